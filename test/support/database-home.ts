import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Config, loadConfig } from '../../src/config.ts';

/** Folders for a local database of a test's own, in a path with spaces. */
export interface DatabaseHome {
  readonly config: Config;
  /** An environment that leads a process to the same folders. */
  readonly env: Record<string, string | undefined>;
  remove(): void;
}

/** @param jars `shared`: those that the machine has resolved; `none`: an empty cache. */
export function databaseHome(jars: 'shared' | 'none'): DatabaseHome {
  const root = join(mkdtempSync(join(tmpdir(), 'concordat-')), 'a home with spaces');
  const cache = join(root, 'cache');
  const shared = loadConfig(process.env).folders.cache;
  mkdirSync(cache, { recursive: true });
  if (jars === 'shared') {
    mkdirSync(shared, { recursive: true });
    symlinkSync(shared, join(cache, 'concordat'));
  }
  const kept = Object.entries(process.env).filter(([name]) => !/^(NEO4J|CONCORDAT)_/.test(name));
  const env = {
    ...Object.fromEntries(kept),
    XDG_CACHE_HOME: cache,
    XDG_DATA_HOME: join(root, 'data'),
    CONCORDAT_DATABASE: 'local',
  };
  return { config: loadConfig(env), env, remove: () => rmSync(join(root, '..'), { recursive: true, force: true }) };
}

/** What `database-process.ts` prints, one at a time. */
export interface DatabaseProcessLine {
  readonly say?: string;
  readonly uri?: string;
  readonly username?: string;
  readonly password?: string;
  readonly origin?: string;
  readonly error?: string;
}

/** Another process that opens a database, run from another folder than this project's. */
export interface DatabaseProcess {
  readonly child: ChildProcess;
  /** The first line that matches, already printed or to come; fails when the process ends without one. */
  line(matches: (line: DatabaseProcessLine) => boolean): Promise<DatabaseProcessLine>;
  /** Resolves when it is gone. */
  readonly gone: Promise<void>;
}

export function databaseProcess(env: DatabaseHome['env']): DatabaseProcess {
  const script = fileURLToPath(new URL('./database-process.ts', import.meta.url));
  const loader = import.meta.resolve('tsx');
  const child = spawn(process.execPath, ['--import', loader, script], {
    cwd: '/',
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: DatabaseProcessLine[] = [];
  let ended = false;
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => {
      ended = true;
      resolve();
    });
  });
  createInterface({ input: child.stdout }).on('line', (text) => lines.push(JSON.parse(text)));
  const line = async (matches: (line: DatabaseProcessLine) => boolean) => {
    for (;;) {
      const found = lines.find(matches);
      if (found !== undefined) return found;
      if (ended) throw new Error(`The process ended without it, after ${JSON.stringify(lines)}`);
      await sleep(20);
    }
  };
  return { child, line, gone };
}

/** Waits until a condition holds; the test's own timeout is its bound. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}
