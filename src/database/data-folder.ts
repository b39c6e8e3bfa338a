import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../errors.ts';
import { type LockHolder, tryLock } from './lock.ts';
import { type Neo4jRun, readRun } from './neo4j-run.ts';
import { passwordFile } from './password.ts';
import { isRunning } from './processes.ts';
import { compareVersions, majorLine } from './versions.ts';

/** The folder of one database, held by this process until released. */
export interface DataFolder {
  readonly folder: string;
  release(): void;
}

/**
 * Makes and takes the data folder for a version of Neo4j: `<data>/<kind>/<major line>`, for its owner only.
 * @throws FolderInUse when another process holds it; StartError when a newer Neo4j has written to it.
 */
export function takeDataFolder(
  data: string,
  kind: 'neo4j' | 'neo4j-docker',
  version: string,
  say: (line: string) => void,
): DataFolder {
  const all = join(data, kind);
  const line = majorLine(version);
  const folder = join(all, line);
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const others = readdirSync(all).filter((name) => name !== line);
    if (others.length > 0) {
      say(`Neo4j ${line} starts with an empty graph; what Neo4j ${others.join(', ')} holds stays in ${all}.`);
    }
  }
  chmodSync(folder, 0o700);
  const lock = tryLock(folder, 'lock');
  if (!lock.taken) throw heldBy(lock.holder, folder);
  const last = readRun(folder);
  if (last !== undefined && compareVersions(last.version, version) > 0) {
    lock.release();
    throw new StartError(
      `The data in ${folder} were last used by Neo4j ${last.version}; ${version} is older and may not read them.\n` +
        `Ways out: set NEO4J_VERSION=${last.version}, set CONCORDAT_HOME to another folder, or set NEO4J_URI.`,
    );
  }
  return { folder, release: lock.release };
}

/** Another process holds the folder, and with it the database. */
export class FolderInUse extends StartError {
  constructor(
    message: string,
    readonly folder: string,
    /** The Neo4j that runs on it; absent while there is none yet. */
    readonly run: Neo4jRun | undefined,
  ) {
    super(message);
  }
}

function heldBy(holder: LockHolder, folder: string): FolderInUse {
  const last = readRun(folder);
  // While the holder is still starting, the record is that of an earlier run.
  const run = last !== undefined && isRunning(last) ? last : undefined;
  const uri = run && `bolt://127.0.0.1:${run.boltPort}`;
  const who = holder.pid === process.pid ? `this process (${holder.pid})` : `process ${holder.pid}`;
  return new FolderInUse(
    [
      `The local database in ${folder} is in use by ${who} since ${holder.since}${uri ? `, on ${uri}` : ''}.`,
      'Ways out:',
      `  - stop that process (kill ${holder.pid});`,
      uri === undefined
        ? '  - set NEO4J_URI to another Neo4j;'
        : `  - use its database: NEO4J_URI=${uri} NEO4J_PASSWORD="$(cat '${passwordFile(folder)}')";`,
      '  - set CONCORDAT_HOME to another folder, for a database of its own.',
    ].join('\n'),
    folder,
    run,
  );
}
