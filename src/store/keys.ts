import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { badInput } from '../errors.ts';
import { ROLES, type Role } from '../model/roles.ts';
import type { Connection } from './connection.ts';

/**
 * API keys: nodes `(:ConcordatKey)`, which hold what a key may do and a hash of its secret, never the secret.
 *
 * The hash is one round of SHA-256, not one of those that are slow on purpose: they make up for passwords, of which a
 * list of the likely ones can be tried. A secret of 32 random bytes is on no list.
 */

/** A key as whoever manages keys sees it. Instants are ISO 8601, null where there is none. */
export interface Key {
  readonly id: string;
  /** What stands beside everything that is written with it. */
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  /** To the minute, about. */
  readonly lastUsedAt: string | null;
}

/** A key as it is checked. */
export interface StoredKey extends Key {
  /** SHA-256 of the secret, as hex. */
  readonly hash: string;
}

export interface NewKey {
  readonly name: string;
  readonly role: Role;
  readonly createdBy: string;
  /** When it stops to work; null: when it is revoked. */
  readonly expiresAt: Date | null;
}

/** What a key's text begins with: so that one is found where it should not be, in a log or in a repository. */
export const KEY_PREFIX = 'concordat_';

const ID_LENGTH = 12;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const KEY = new RegExp(`^${KEY_PREFIX}([a-z0-9]{${ID_LENGTH}})_([\\w-]{43})$`);

/** Names of whoever writes without a key. */
const TAKEN = new Set(['anonymous', 'seed', 'nobody']);

/** The id and the secret that a key's text holds; null where it is none. */
export function readKey(text: string): { readonly id: string; readonly secret: string } | null {
  const [, id, secret] = KEY.exec(text) ?? [];
  return id && secret ? { id, secret } : null;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Whether a secret is a key's, in a time that does not tell how much of it is. */
export const isSecretOf = (secret: string, { hash }: Pick<StoredKey, 'hash'>): boolean =>
  timingSafeEqual(createHash('sha256').update(secret).digest(), Buffer.from(hash, 'hex'));

/**
 * Makes a key.
 * @returns its id, and its text, which is kept nowhere
 * @throws BAD_USER_INPUT for a name that cannot be one
 */
export async function createKey(connection: Connection, key: NewKey): Promise<{ id: string; text: string }> {
  const name = key.name.trim();
  if (name === '' || name.length > 100 || /\p{Cc}/u.test(name) || TAKEN.has(name.toLowerCase()))
    throw badInput(`A key cannot be named ${JSON.stringify(key.name)}.`, {
      path: ['name'],
      value: key.name,
      suggestion: `Name it after who or what uses it, in 1 to 100 characters; not ${[...TAKEN].join(', ')}.`,
    });
  const id = Array.from({ length: ID_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  const secret = randomBytes(32).toString('base64url');
  await connection.write('key.create', (tx) =>
    tx.run(
      `CYPHER 5 CREATE (k:ConcordatKey {id: $id, name: $name, role: $role, hash: $hash, createdAt: datetime($at), createdBy: $by})
       SET k.expiresAt = CASE WHEN $expiresAt IS NULL THEN null ELSE datetime($expiresAt) END`,
      {
        ...{ id, name, role: key.role, hash: hashOf(secret), by: key.createdBy, at: new Date().toISOString() },
        expiresAt: key.expiresAt?.toISOString() ?? null,
      },
    ),
  );
  return { id, text: `${KEY_PREFIX}${id}_${secret}` };
}

const PARTS = [
  ...['k.id', 'k.name', 'k.role', 'toString(k.createdAt)', 'k.createdBy', 'toString(k.expiresAt)'],
  ...['toString(k.revokedAt)', 'toString(k.lastUsedAt)', 'k.hash'],
].join(', ');

function keyOf(row: readonly unknown[]): StoredKey {
  const [id, name, role, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt, hash] = row as string[];
  const known = ROLES.find((each) => each === role);
  if (!known) throw new Error(`the key ${id} has the role ${role}, which there is not`);
  return { id, name, role: known, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt, hash } as StoredKey;
}

/** Every key, the newest first. */
export async function listKeys(connection: Connection): Promise<Key[]> {
  const text = `CYPHER 5 MATCH (k:ConcordatKey) RETURN ${PARTS} ORDER BY k.createdAt DESC, k.id`;
  const rows = await connection.read({ text, parameters: {} }, { operation: 'key.list' });
  return rows.map((row) => {
    const { hash: _, ...key } = keyOf(row);
    return key;
  });
}

/** The key of an id; null where there is none. */
export async function findKey(connection: Pick<Connection, 'read'>, id: string): Promise<StoredKey | null> {
  const text = `CYPHER 5 MATCH (k:ConcordatKey {id: $id}) RETURN ${PARTS}`;
  const [row] = await connection.read({ text, parameters: { id } }, { operation: 'key.find' });
  return row ? keyOf(row) : null;
}

/**
 * Revokes a key, for good. One that was revoked before keeps its day.
 * @returns the key as it is then; null where there is none
 */
export async function revokeKey(connection: Connection, id: string): Promise<Key | null> {
  await connection.write('key.revoke', (tx) =>
    tx.run(
      'CYPHER 5 MATCH (k:ConcordatKey {id: $id}) SET k.revokedAt = coalesce(k.revokedAt, datetime($at)) RETURN k.id',
      { id, at: new Date().toISOString() },
    ),
  );
  const found = await findKey(connection, id);
  if (!found) return null;
  const { hash: _, ...key } = found;
  return key;
}

/** Notes that a key is used. Several processes may: the latest instant stays. */
export async function touchKey(connection: Pick<Connection, 'write'>, id: string, at: Date): Promise<void> {
  await connection.write('key.use', (tx) =>
    tx.run(
      'CYPHER 5 MATCH (k:ConcordatKey {id: $id}) WHERE k.lastUsedAt IS NULL OR k.lastUsedAt < datetime($at) SET k.lastUsedAt = datetime($at)',
      { id, at: at.toISOString() },
    ),
  );
}
