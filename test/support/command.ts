import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import type { TestDatabase } from './database.ts';
import { projectFile } from './project.ts';

/** The command line as a user runs it: the built program, in a process of its own, from another folder. */

export interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the match once the error output has it. */
  says(pattern: RegExp): Promise<RegExpMatchArray>;
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Commands {
  /** The folder that they run in. */
  readonly folder: string;
  start(args: readonly string[], env?: Record<string, string>, command?: readonly string[]): Run;
  /** Runs a command to its end. */
  run(args: readonly string[], env?: Record<string, string>, input?: string): Promise<Ended>;
  /** Runs a command of the shell, in which `concordat` is the program, on a pseudo-terminal of 80 columns: all that is shown. */
  show(command: string, env?: Record<string, string>): Promise<Ended>;
}

/** Call it once, at the top of a test file. What still runs after a test is ended. */
export function commands(database: TestDatabase): Commands {
  const folder = mkdtempSync(join(tmpdir(), 'concordat elsewhere '));
  const running = new Set<ChildProcess>();
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const start: Commands['start'] = (args, env = {}, command = [process.execPath, projectFile('dist/cli.js')]) => {
    const [program = '', ...before] = command;
    const child = spawn(program, [...before, ...args], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        NEO4J_URI: database.uri,
        NEO4J_USERNAME: database.username,
        NEO4J_PASSWORD: database.password,
        NEO4J_DATABASE: database.database,
        PORT: '0',
        LOG_LEVEL: 'error',
        ...env,
      },
    });
    running.add(child);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    const listeners = new Set<() => void>();
    child.stderr.on('data', (chunk) => {
      err += chunk;
      for (const listener of listeners) listener();
    });
    const ended = new Promise<Ended>((resolve) => {
      child.once('close', (code) => {
        running.delete(child);
        resolve({ code, out, err });
        for (const listener of listeners) listener();
      });
    });
    return {
      child,
      ended,
      says: (pattern) =>
        new Promise((resolve, reject) => {
          const look = () => {
            const match = pattern.exec(err);
            if (match) resolve(match);
            else if (child.exitCode !== null)
              reject(new Error(`ended with ${child.exitCode} before it said ${pattern}: ${err}`));
          };
          listeners.add(look);
          look();
        }),
    };
  };
  return {
    folder,
    start,
    run(args, env, input) {
      const { child, ended } = start(args, env);
      child.stdin?.end(input ?? '');
      return ended;
    },
    async show(command, env) {
      const shell = `stty cols 80; concordat() { '${process.execPath}' '${projectFile('dist/cli.js')}' "$@"; }; ${command}`;
      const bash = `bash -c '${shell.replaceAll("'", "'\\''")}'`;
      const { child, ended } = start(['-qec', bash, '/dev/null'], { TERM: 'xterm-256color', ...env }, ['script']);
      child.stdin?.end();
      const { code, out, err } = await ended;
      return { code, err, out: out.replaceAll('\r\n', '\n').replaceAll('^D\b\b', '') };
    },
  };
}

/** What a terminal shows, without its colours and without what moves its cursor. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal is told by.
export const plain = (text: string): string => text.replace(/\u001B\[[\d;?]*[A-Za-z]|\u001B[78]/g, '');

/** What a terminal shows in the end: of a line that was begun anew, what was written last. */
export const remaining = (text: string): string =>
  plain(
    text
      .split('\n')
      .map((line) => line.split('\u001B[1G').at(-1))
      .join('\n'),
  );
