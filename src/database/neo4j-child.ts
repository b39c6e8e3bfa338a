import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../errors.ts';
import { identify, type ProcessIdentity, stopProcess } from './processes.ts';
import { withProgress } from './progress.ts';

/** How long Neo4j has to close its stores before it is killed. */
export const stopGraceMs = 30_000;

/** A store that was not closed is recovered at start, which may take minutes. */
const startTimeoutMs = 300_000;

/** What to run, and where. */
export interface Neo4jCommand {
  readonly java: string;
  readonly options: readonly string[];
  readonly lib: string;
  readonly main: string;
  /** Home of the database: conf, data, logs. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The arguments for `java` that run Neo4j in the foreground. */
export function neo4jArguments(command: Omit<Neo4jCommand, 'java' | 'env'>): string[] {
  return [
    ...command.options,
    ...['-cp', join(command.lib, '*'), command.main],
    ...[`--home-dir=${command.folder}`, `--config-dir=${join(command.folder, 'conf')}`],
    // Without it nothing reaches standard output, and so no sign of readiness.
    '--console-mode',
  ];
}

/** The environment for Neo4j's programs: ours without our settings, one of which is a password. */
export function neo4jEnv(env: Neo4jCommand['env'], folder: string): Record<string, string | undefined> {
  const others = Object.entries(env).filter(([name]) => !name.startsWith('NEO4J_'));
  return { ...Object.fromEntries(others), NEO4J_HOME: folder, NEO4J_CONF: join(folder, 'conf') };
}

/** A Neo4j that this process started and that is ready. */
export interface Neo4jChild {
  readonly identity: ProcessIdentity;
  /** Resolves once it has ended and the operating system has forgotten it, too. */
  reaped(): Promise<void>;
}

/** A port on loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port on loopback.');
  return address.port;
}

/** The port was taken between being chosen and being bound: another one will do. */
export class PortTaken extends StartError {}

/**
 * Starts Neo4j and waits until it says `Started.`
 *
 * It writes to a file, not to a pipe: a pipe would have to be read for as long as it runs, and would break under a
 * Neo4j that outlives this process. It has a process group of its own, since a terminal sends Ctrl-C to the whole
 * group: the API has to close first.
 * @param spawned called as soon as the process exists, in the same tick.
 * @throws StartError with the end of its output when it ends or is not ready in time; the signal's reason when aborted.
 */
export async function startNeo4j(
  command: Neo4jCommand,
  watch: {
    readonly say: (line: string) => void;
    readonly signal?: AbortSignal | undefined;
    readonly spawned: (identity: ProcessIdentity) => void;
  },
): Promise<Neo4jChild> {
  const log = consoleLog(command.folder);
  mkdirSync(join(command.folder, 'logs'), { recursive: true });
  if (existsSync(log)) renameSync(log, log.replace(/\.log$/, '.previous.log'));
  const output = openSync(log, 'w', 0o600);
  const child = spawn(command.java, neo4jArguments(command), {
    stdio: ['ignore', output, output],
    detached: true,
    cwd: command.folder,
    env: neo4jEnv(command.env, command.folder),
  });
  closeSync(output);
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const identity = child.pid === undefined ? undefined : identify(child.pid);
  if (identity === undefined) throw ended(await gone, log);
  watch.spawned(identity);
  // Whoever forgets to dispose the database should still be able to come to an end.
  child.unref();
  const reaped = async () => {
    child.ref();
    await gone;
  };

  let state: 'starting' | 'ready' | { readonly failed: string } = 'starting';
  void gone.then((how) => {
    state = { failed: how };
  });
  try {
    await withProgress(
      watch.say,
      (seconds) => `  Neo4j is starting, ${seconds} s`,
      5_000,
      async () => {
        const deadline = Date.now() + startTimeoutMs;
        while (state === 'starting') {
          if (/ Started\.\s*$/m.test(readFileSync(log, 'utf8'))) state = 'ready';
          else if (Date.now() > deadline) state = { failed: `not ready after ${startTimeoutMs / 1000} s` };
          else await sleep(50, undefined, { signal: watch.signal });
        }
        if (typeof state === 'object') throw ended(state.failed, log);
      },
    );
    return { identity, reaped };
  } catch (error) {
    await stopProcess(identity, stopGraceMs);
    await reaped();
    throw watch.signal?.aborted ? watch.signal.reason : error;
  }
}

/** What Neo4j printed in its last run on this folder. */
export function consoleLog(folder: string): string {
  return join(folder, 'logs', 'console.log');
}

function ended(how: string, log: string): StartError {
  const text = readFileSync(log, 'utf8');
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  const message = [`Neo4j did not start (${how}). The end of ${log}:`, ...lines.slice(-12).map((line) => `  ${line}`)];
  if (/address already in use|already in use, cannot bind|BindException/i.test(text)) {
    return new PortTaken(message.join('\n'));
  }
  return new StartError(
    [...message, 'Ways out: mend what it complains of, set CONCORDAT_HOME to another folder, or set NEO4J_URI.'].join(
      '\n',
    ),
  );
}
