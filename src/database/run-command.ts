import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

export interface CommandOutcome {
  /** Exit code; null when it could not be started or was ended by a signal. */
  readonly code: number | null;
  /** What it printed, both streams, the last few hundred lines. */
  readonly lines: readonly string[];
}

/**
 * Runs a program to its end, without a shell, so that spaces in paths mean nothing.
 * @throws the signal's reason when it is aborted; the program is ended first.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string | undefined>> | undefined;
    readonly signal?: AbortSignal | undefined;
    readonly timeoutMs?: number;
    readonly onLine?: (line: string) => void;
  } = {},
): Promise<CommandOutcome> {
  options.signal?.throwIfAborted();
  const lines: string[] = [];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...(options.env ?? process.env) } });
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 400) lines.shift();
      options.onLine?.(line);
    });
  }
  const end = () => child.kill('SIGTERM');
  const timer = options.timeoutMs === undefined ? undefined : setTimeout(end, options.timeoutMs);
  options.signal?.addEventListener('abort', end, { once: true });
  try {
    const code = await new Promise<number | null>((resolve) => {
      child.once('error', (error) => {
        lines.push(error.message);
        resolve(null);
      });
      child.once('close', resolve);
    });
    options.signal?.throwIfAborted();
    return { code, lines };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', end);
  }
}

/** The first program of that name on `PATH`. */
export function findOnPath(name: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    if (folder !== '' && isProgram(join(folder, name))) return join(folder, name);
  }
  return undefined;
}

/** Whether the path is a file that may be executed. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
