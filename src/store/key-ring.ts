import { createHash } from 'node:crypto';
import type { Caller } from '../model/roles.ts';
import type { Connection } from './connection.ts';
import { findKey, isSecretOf, type StoredKey, touchKey } from './keys.ts';

/** Keys as a server checks them: at most one look-up a key every few seconds, whoever asks how often. */

/** Whose a key is, or why it is not taken. */
export type Checked = { readonly holder: Caller & { readonly id: string } } | { readonly refused: string };

export interface KeyRing {
  /** Checks a key. @throws DATABASE_UNAVAILABLE or TIMEOUT where that cannot be told */
  check(id: string, secret: string): Promise<Checked>;
  /** Resolves when nothing is being noted any more. */
  settled(): Promise<void>;
}

export interface KeyRingOptions {
  /** Milliseconds for which what was looked up counts: a key that is revoked works that long, at most. */
  readonly keptMs?: number;
  /** Keys, and ids that are none, that are kept. */
  readonly keptKeys?: number;
  readonly now?: () => number;
  /** Told what went wrong while the use of a key was noted. */
  readonly onError?: (error: unknown) => void;
}

/** How often the use of a key is noted. */
const NOTED_EVERY = 60_000;

/** Compared with where there is no such key, so that it takes no less time than where there is. */
const NO_KEY = { hash: createHash('sha256').digest('hex') };

interface Kept {
  readonly key: Promise<StoredKey | null>;
  readonly until: number;
}

export function keyRing(connection: Pick<Connection, 'read' | 'write'>, options: KeyRingOptions = {}): KeyRing {
  const { keptMs = 5_000, keptKeys = 10_000, now = Date.now, onError = () => {} } = options;
  // A Map keeps the order in which keys were set: the first is the oldest.
  const kept = new Map<string, Kept>();
  const noted = new Map<string, number>();
  const noting = new Set<Promise<void>>();

  const find = (id: string): Promise<StoredKey | null> => {
    const known = kept.get(id);
    if (known && known.until > now()) return known.key;
    kept.delete(id);
    const key = findKey(connection, id);
    kept.set(id, { key, until: now() + keptMs });
    // What could not be looked up is looked up again.
    key.catch(() => kept.get(id)?.key === key && kept.delete(id));
    for (const oldest of kept.keys()) {
      if (kept.size <= keptKeys) break;
      kept.delete(oldest);
    }
    return key;
  };

  const note = (id: string): void => {
    const at = now();
    if ((noted.get(id) ?? Number.NEGATIVE_INFINITY) > at - NOTED_EVERY) return;
    noted.set(id, at);
    const done: Promise<void> = touchKey(connection, id, new Date(at))
      .catch(onError)
      .finally(() => noting.delete(done));
    noting.add(done);
  };

  return {
    async check(id, secret) {
      const key = await find(id);
      const isIts = isSecretOf(secret, key ?? NO_KEY);
      if (!key) return { refused: `there is no key ${id}` };
      if (!isIts) return { refused: `the secret is not that of the key ${id}` };
      if (key.revokedAt !== null) return { refused: `the key ${id} is revoked` };
      if (key.expiresAt !== null && Date.parse(key.expiresAt) <= now()) return { refused: `the key ${id} has expired` };
      note(id);
      return { holder: { id, name: key.name, role: key.role } };
    },
    async settled() {
      await Promise.all(noting);
    },
  };
}
