import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../errors.ts';
import { askDatabase } from './answers.ts';
import { takeDataFolder } from './data-folder.ts';
import type { Database, DatabaseOptions } from './database.ts';
import { writeRun } from './neo4j-run.ts';
import { availableMemory, memorySizes, neo4jContainerEnv } from './neo4j-settings.ts';
import { establishPassword } from './password.ts';
import { identify } from './processes.ts';
import { withProgress } from './progress.ts';
import { findOnPath, runCommand } from './run-command.ts';
import { majorLine } from './versions.ts';
import { waysOut } from './ways-out.ts';

const stopGraceSeconds = 30;
const startTimeoutMs = 180_000;

/** The `docker` program, when there is one and its engine answers; else a sentence that says what is missing. */
export async function findDocker(
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<{ readonly docker: string } | { readonly missing: string }> {
  const docker = findOnPath('docker', env);
  if (docker === undefined) return { missing: 'No docker program was found on PATH.' };
  const args = ['version', '--format', '{{.Server.Version}}'];
  const { code } = await runCommand(docker, args, { env, signal, timeoutMs: 5_000 });
  return code === 0 ? { docker } : { missing: `No Docker engine answers ${docker}.` };
}

/**
 * Runs Neo4j Community from its official image, on a port of loopback, its data in a named volume of this data folder.
 * @throws StartError when the image cannot be had, or the container does not come up.
 */
export async function startDockerNeo4j(docker: string, options: DatabaseOptions): Promise<Database> {
  const { config, say, signal } = options;
  const env = options.env ?? process.env;
  const version = config.NEO4J_VERSION;
  const image = `neo4j:${version}-community`;
  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    runCommand(docker, args, { env: { ...env, ...more }, signal });

  await havePulled(image, run, say);
  const { folder, release } = takeDataFolder(config.folders.data, 'neo4j-docker', version, say);
  // One name a data folder, so that a container whose owner was killed is found again.
  const name = `concordat-neo4j-${majorLine(version)}-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  const exists = async () => (await runCommand(docker, ['container', 'inspect', name], { env })).code === 0;
  const stop = async () => {
    await runCommand(docker, ['stop', '--time', String(stopGraceSeconds), name], { env });
    // The engine removes it a moment after it has stopped; until then its name is taken.
    for (let waited = 0; waited < 50 && (await exists()); waited++) await sleep(100);
  };
  let created = false;
  try {
    if (await exists()) {
      say(`An earlier run was cut off and left its container ${name} behind; it is removed.`);
      await stop();
      await run(['rm', '--force', name]);
    }
    // The image gives this password to a new database, and leaves that of an old one alone.
    const password = await establishPassword(folder, async () => {});
    say(`Starting a container of ${image} (${name}).`);
    created = true;
    const settings = {
      NEO4J_AUTH: `neo4j/${password}`,
      ...neo4jContainerEnv(version, memorySizes(availableMemory())),
    };
    const started = await run(
      [
        ...['run', '--rm', '--detach', '--name', name, '--publish', '127.0.0.1:0:7687', '--volume', `${name}:/data`],
        // Named only: the values go by the environment, where other users of the machine do not see them.
        ...Object.keys(settings).flatMap((setting) => ['--env', setting]),
        image,
      ],
      settings,
    );
    if (started.code !== 0) throw failed(`docker run failed`, started.lines);
    await saysStarted(docker, name, options);
    const { lines } = await run(['port', name, '7687/tcp']);
    const port = Number(/:(\d+)\s*$/m.exec(lines.join('\n'))?.[1]);
    if (!Number.isInteger(port)) throw failed('its port is not published', lines);
    const uri = `bolt://127.0.0.1:${port}`;
    const access = { uri, username: 'neo4j', password, database: 'neo4j' };
    await answers(access);
    const self = identify(process.pid);
    if (self !== undefined) writeRun(folder, { ...self, version, boltPort: port, settings: 'container' });
    say(`Neo4j is ready on ${uri}.`);
    let stopping: Promise<void> | undefined;
    return {
      ...access,
      origin: `Neo4j ${version} Community in a container (${name}) on ${uri}; data in the Docker volume ${name}, password in ${folder}`,
      started: true,
      [Symbol.asyncDispose]: () => {
        stopping ??= stop().then(release);
        return stopping;
      },
    };
  } catch (error) {
    if (created) await stop();
    release();
    throw error;
  }
}

async function havePulled(
  image: string,
  run: (args: readonly string[]) => ReturnType<typeof runCommand>,
  say: (line: string) => void,
): Promise<void> {
  if ((await run(['image', 'inspect', image])).code === 0) return;
  say(`Pulling ${image}; only once.`);
  const { code, lines } = await withProgress(
    say,
    (seconds) => `  pulling, ${seconds} s`,
    3_000,
    () => run(['pull', '--quiet', image]),
  );
  if (code === 0) return;
  throw failed(`docker could not pull ${image}`, lines);
}

/** Follows the container's log until it says so, or ends. */
async function saysStarted(docker: string, name: string, { say, signal, env }: DatabaseOptions): Promise<void> {
  const lines: string[] = [];
  const logs = spawn(docker, ['logs', '--follow', name], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...(env ?? process.env) },
  });
  try {
    await withProgress(
      say,
      (seconds) => `  Neo4j is starting, ${seconds} s`,
      5_000,
      () =>
        new Promise<void>((resolve, reject) => {
          const fail = (why: string) => reject(failed(why, lines));
          const timer = setTimeout(() => fail(`it was not ready after ${startTimeoutMs / 1000} s`), startTimeoutMs);
          const onAbort = () => reject(signal?.reason);
          signal?.addEventListener('abort', onAbort, { once: true });
          for (const input of [logs.stdout, logs.stderr]) {
            createInterface({ input }).on('line', (line) => {
              lines.push(line);
              if (/ Started\.\s*$/.test(line)) resolve();
            });
          }
          logs.once('error', (error) => fail(error.message));
          logs.once('close', () => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', onAbort);
            fail('its container ended');
          });
        }),
    );
  } finally {
    logs.kill();
  }
}

/** The published port may accept connections a moment before Neo4j does behind it. */
async function answers(access: Parameters<typeof askDatabase>[0]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await askDatabase(access);
      return;
    } catch (error) {
      if (attempt === 10) throw failed(`it does not answer on ${access.uri}`, [(error as Error).message]);
      await sleep(300);
    }
  }
}

function failed(why: string, lines: readonly string[]): StartError {
  return new StartError(
    [`Neo4j could not be started as a container: ${why}.`, ...lines.slice(-8).map((line) => `  ${line}`), waysOut].join(
      '\n',
    ),
  );
}
