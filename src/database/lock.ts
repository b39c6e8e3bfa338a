import { randomBytes } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isRunning, type ProcessIdentity } from './processes.ts';

/** Who holds a lock. */
export interface LockHolder extends ProcessIdentity {
  /** Instant at which it was taken, ISO 8601. */
  readonly since: string;
}

export type LockAttempt =
  | { readonly taken: true; release(): void }
  | { readonly taken: false; readonly holder: LockHolder };

/**
 * Takes the lock `name` in a folder for this process, or tells who has it. A lock whose holder is dead counts as free.
 *
 * Replacing a dead holder's file is where lock files go wrong: between reading it and removing it, another may have
 * done the same and hold the lock already. So files are numbered and only ever added: `name.1`, `name.2`, …; the
 * highest number decides. Making the next one is atomic (a hard link, which also never shows half a file), whoever
 * then sees a still higher one backs out, and only the holder removes lower ones. A released lock stays as the highest
 * file, marked, so that numbers never start again below somebody who is still looking.
 */
export function tryLock(folder: string, name: string): LockAttempt {
  const numbers = () =>
    readdirSync(folder)
      .filter((file) => file.startsWith(`${name}.`))
      .map((file) => Number(file.slice(name.length + 1)))
      .filter((number) => Number.isSafeInteger(number))
      .sort((a, b) => b - a);
  const path = (number: number) => join(folder, `${name}.${number}`);
  const self = identify(process.pid);
  if (self === undefined) throw new Error('This process cannot identify itself.');
  const mine = { ...self, since: new Date().toISOString() };

  for (;;) {
    const highest = numbers()[0] ?? 0;
    if (highest > 0) {
      const holder = readHolder(path(highest));
      if (holder === 'vanished') continue;
      if (holder !== 'free' && isRunning(holder)) return { taken: false, holder };
    }
    const next = highest + 1;
    if (!create(path(next), JSON.stringify(mine))) continue;
    const [top, ...lower] = numbers();
    if (top !== next) {
      rmSync(path(next), { force: true });
      continue;
    }
    for (const number of lower) rmSync(path(number), { force: true });
    return { taken: true, release: () => replace(path(next), JSON.stringify({ ...mine, released: true })) };
  }
}

/** Half a file can only be left by a machine that lost power: nobody holds it. */
function readHolder(path: string): LockHolder | 'free' | 'vanished' {
  try {
    const { released, ...holder } = JSON.parse(readFileSync(path, 'utf8')) as LockHolder & { released?: boolean };
    return released || typeof holder.pid !== 'number' ? 'free' : holder;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'vanished' : 'free';
  }
}

function create(path: string, content: string): boolean {
  const draft = draftOf(path, content);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function replace(path: string, content: string): void {
  renameSync(draftOf(path, content), path);
}

function draftOf(path: string, content: string): string {
  const draft = `${path}.${randomBytes(6).toString('hex')}.draft`;
  writeFileSync(draft, content, { mode: 0o600 });
  return draft;
}
