import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tryLock } from '../../src/database/lock.ts';
import { identify, isRunning, sendSignal, stopProcess } from '../../src/database/processes.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concordat-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a lock is held once, even within one process, until it is released', () => {
  const first = tryLock(folder, 'lock');
  expect(first.taken).toBe(true);
  expect(tryLock(folder, 'lock')).toMatchObject({ taken: false, holder: { pid: process.pid } });
  expect(tryLock(folder, 'other').taken).toBe(true);
  if (first.taken) first.release();
  expect(tryLock(folder, 'lock').taken).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(['lock.2', 'other.1']);
});

test('a holder whose number now is another process is dead', () => {
  const holder = { pid: process.pid, began: 'long ago', since: '2025-02-03T00:00:00.000Z' };
  writeFileSync(join(folder, 'lock.7'), JSON.stringify(holder));
  expect(isRunning(holder)).toBe(false);
  expect(tryLock(folder, 'lock').taken).toBe(true);
  expect(readdirSync(folder)).toEqual(['lock.8']);
});

test('half a file holds nothing', () => {
  writeFileSync(join(folder, 'lock.1'), '{"pid":');
  expect(tryLock(folder, 'lock').taken).toBe(true);
});

test('of many processes that find a dead holder at once, one gets the lock', async () => {
  writeFileSync(join(folder, 'lock.1'), JSON.stringify({ pid: process.pid, began: 'long ago', since: '' }));
  const module = new URL('../../src/database/lock.ts', import.meta.url).href;
  // Each waits for the file `go`, so that they do meet, and holds what it got until the end.
  const script = `import { existsSync } from 'node:fs';
    import { tryLock } from ${JSON.stringify(module)};
    process.stdout.write('r');
    while (!existsSync(${JSON.stringify(join(folder, 'go'))}));
    process.stdout.write(tryLock(${JSON.stringify(folder)}, 'lock').taken ? '1' : '0');
    process.stdin.resume();`;
  const contenders = Array.from({ length: 5 }, () => {
    const child = spawn(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
        cwd: fileURLToPath(new URL('../..', import.meta.url)),
      },
    );
    let text = '';
    const length = (wanted: number) =>
      new Promise<void>((resolve, reject) => {
        const check = () => text.length >= wanted && resolve();
        check();
        child.stdout.on('data', check);
        child.once('exit', () => reject(new Error(`ended after "${text}"`)));
      });
    child.stdout.on('data', (data) => {
      text += data;
    });
    return { child, length, outcome: () => text.slice(1) };
  });
  await Promise.all(contenders.map(({ length }) => length(1)));
  writeFileSync(join(folder, 'go'), '');
  await Promise.all(contenders.map(({ length }) => length(2)));
  expect(contenders.map(({ outcome }) => outcome()).sort()).toEqual(['0', '0', '0', '0', '1']);
  for (const { child } of contenders) child.stdin.end();
});

test('a process that ignores SIGTERM is killed, and one that is gone is left alone', async () => {
  const stubborn = spawn(process.execPath, [
    '-e',
    "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1e6)",
  ]);
  await new Promise((resolve) => stubborn.stdout.once('data', resolve));
  const identity = identify(stubborn.pid ?? 0);
  if (identity === undefined) throw new Error('It did not start.');
  sendSignal({ ...identity, began: 'long ago' }, 'SIGKILL');
  expect(isRunning(identity)).toBe(true);
  expect(await stopProcess(identity, 200)).toBe(false);
  expect(isRunning(identity)).toBe(false);
  expect(await stopProcess(identity, 200)).toBe(true);
});
