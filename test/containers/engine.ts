import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { findOnPath, runCommand } from '../../src/database/run-command.ts';
import { projectFile } from '../support/project.ts';

/** Programs of the Docker engine, run to their end; what they print is part of the error when they fail. */

type Env = Readonly<Record<string, string | undefined>>;

/** Standard output of a `docker` command. */
export function docker(...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('docker', args, { timeout: 120_000, maxBuffer: 2 ** 24 }, (error, stdout, stderr) =>
      error ? reject(new Error(`docker ${args.join(' ')}: ${error.message}\n${stderr}`)) : resolve(stdout.trim()),
    );
  });
}

/** What `docker inspect` says of one container. */
export async function inspect(container: string): Promise<{
  readonly State: { Status: string; ExitCode: number; OOMKilled: boolean; Health?: { Status: string } };
  readonly HostConfig: { ReadonlyRootfs: boolean; CapDrop: string[] | null; Init: boolean | null };
  readonly NetworkSettings: { Ports: Record<string, { HostIp: string; HostPort: string }[] | null> };
}> {
  return JSON.parse(await docker('inspect', container))[0];
}

export interface ComposeOptions {
  /** Name of the project, which its containers, networks and volumes bear. */
  readonly project: string;
  readonly files: readonly string[];
  /** Read instead of `.env`. */
  readonly envFile: string;
  readonly env: Env;
}

/** Compose on this project's folder: version 2 where the engine's client has it, else 1.29. */
export async function compose({ project, files, envFile, env }: ComposeOptions) {
  const second = await runCommand('docker', ['compose', 'version']);
  const [program, ...first] = second.code === 0 ? ['docker', 'compose'] : ['docker-compose'];
  if (program === undefined || findOnPath(program, process.env) === undefined)
    throw new Error('Neither `docker compose` nor `docker-compose` is there.');
  const named = [...first, '--project-name', project, '--project-directory', projectFile('.'), '--env-file', envFile];
  const run = (args: readonly string[], more: Env = {}) =>
    runCommand(program, [...named, ...files.flatMap((file) => ['--file', file]), ...args], {
      env: { ...process.env, ...env, ...more },
      timeoutMs: 400_000,
    });
  return {
    run,
    /** @throws with the last lines it printed, unless it succeeds. */
    async must(...args: string[]): Promise<readonly string[]> {
      const { code, lines } = await run(args);
      if (code === 0) return lines;
      throw new Error(`compose ${args.join(' ')} ended with ${code}:\n${lines.slice(-40).join('\n')}`);
    },
    /** Id of a service's container. */
    async container(service: string): Promise<string> {
      const id = await docker(
        ...['ps', '--all', '--quiet', '--no-trunc', '--filter', `label=com.docker.compose.project=${project}`],
        ...['--filter', `label=com.docker.compose.service=${service}`],
      );
      if (!/^[0-9a-f]{64}$/.test(id)) throw new Error(`The service ${service} has no container, or several: ${id}`);
      return id;
    },
  };
}

/** Asks again until the answer will do. @throws the last answer or error when the time is over. */
export async function poll<T>(
  what: string,
  ask: () => Promise<T>,
  willDo: (answer: T) => boolean,
  { seconds = 90, every = 300 } = {},
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    let last: unknown;
    try {
      const answer = await ask();
      if (willDo(answer)) return answer;
      last = answer;
    } catch (error) {
      last = String(error);
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s; last: ${JSON.stringify(last)}`);
    await sleep(every);
  }
}
