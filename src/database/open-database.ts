import { StartError } from '../errors.ts';
import { FolderInUse } from './data-folder.ts';
import type { Database, DatabaseOptions } from './database.ts';
import { findDocker, startDockerNeo4j } from './docker-neo4j.ts';
import { givenNeo4j } from './given-neo4j.ts';
import { localMeans } from './local-means.ts';
import { startLocalNeo4j } from './local-neo4j.ts';
import { sharedNeo4j } from './shared-neo4j.ts';
import { waysOut } from './ways-out.ts';

/**
 * Finds or starts the Neo4j to work on: the one of `NEO4J_URI`; else Neo4j Community as a child process, where there
 * are a JDK and Maven, or `NEO4J_HOME`; else as a container, where a Docker engine answers. `CONCORDAT_DATABASE`
 * names one of the latter two.
 *
 * What fails is not passed over: a machine that can run Neo4j locally, but fails to, is told why.
 * Where another process runs the local database already, `shared` asks for that one.
 * @throws StartError that says what was tried, what is missing and the ways out; the signal's reason when aborted.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { config, signal } = options;
  const env = options.env ?? process.env;
  signal?.throwIfAborted();
  try {
    if (config.NEO4J_URI !== undefined) return await givenNeo4j(config.NEO4J_URI, config);

    const missing: string[] = [];
    if (config.CONCORDAT_DATABASE !== 'docker') {
      const means = localMeans(config, env);
      if (!('missing' in means)) return await startLocalNeo4j(means, options);
      missing.push(...means.missing);
    }
    if (config.CONCORDAT_DATABASE !== 'local') {
      const found = await findDocker(env, signal);
      if ('docker' in found) return await startDockerNeo4j(found.docker, options);
      missing.push(found.missing);
    }
    const forced = config.CONCORDAT_DATABASE === 'auto' ? '' : ` (CONCORDAT_DATABASE=${config.CONCORDAT_DATABASE})`;
    throw new StartError(
      [`There is no Neo4j to work on${forced}.`, ...missing.map((line) => `  - ${line}`), waysOut].join('\n'),
    );
  } catch (error) {
    if (options.shared && error instanceof FolderInUse && error.run) return sharedNeo4j(error.folder, error.run);
    throw explainFolder(error, config.folders);
  }
}

/** A folder that cannot be written, a full disk: the operating system's own words, and whose folders they are. */
function explainFolder(error: unknown, folders: DatabaseOptions['config']['folders']): unknown {
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (error instanceof StartError || code === undefined || path === undefined) return error;
  return new StartError(
    `The local database cannot be prepared: ${message}.\n` +
      `Ways out: make ${folders.cache} and ${folders.data} writable, set CONCORDAT_HOME to another folder, or set NEO4J_URI.`,
    { cause: error },
  );
}
