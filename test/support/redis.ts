import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { findOnPath } from '../../src/database/run-command.ts';

/** A Redis of a test's own, on loopback, that keeps nothing. */
export interface TestRedis extends AsyncDisposable {
  readonly url: string;
  /** Ends it, and starts it again on the same port. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** The program, where the machine has it. */
export const findRedis = (env: Readonly<Record<string, string | undefined>>): string | null =>
  findOnPath('redis-server', env) ?? null;

export async function openRedis(program: string): Promise<TestRedis> {
  const port = await freePort();
  let running: ChildProcess | null = null;
  const start = async () => {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], cwd: '/tmp' });
    running = child;
    for await (const line of createInterface({ input: child.stdout }))
      if (line.includes('Ready to accept connections')) return;
    throw new Error('redis-server ended before it was ready');
  };
  const stop = async () => {
    if (!running) return;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
    running = null;
  };
  await start();
  return { url: `redis://127.0.0.1:${port}`, start, stop, [Symbol.asyncDispose]: stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
