import { createHash } from 'node:crypto';
import type { EntityType, RelationshipType } from './declarations.ts';
import { slug } from './folding.ts';
import { idPrefix } from './model.ts';

/** Ids that are made from what identifies a thing: the same thing gets the same id, on any machine, in any order. */

/** 96 bits of SHA-256 over the JSON of the parts, as 24 hexadecimal digits. */
const digest = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);

/** An entity's id from its first external id, else from its name; null where neither gives one. */
export function entityId(
  type: EntityType,
  name: string | undefined,
  externalIds: readonly { readonly scheme: string; readonly value: string }[],
): string | null {
  const [first] = externalIds;
  const local = first
    ? `${first.scheme.toLowerCase().replaceAll('_', '-')}-${localPart(first.value)}`
    : slug(name ?? '');
  return local === '' ? null : `${idPrefix(type)}:${local}`;
}

/** What may stand in an id as it is: nothing invisible, and nothing that looks like what is made of the rest. */
const PLAIN = /^(?!.*~[0-9a-f]{24}$)[^\s\p{Cc}\p{Cs}\p{Cf}]{1,200}$/u;

/** A value of another data set as a part of an id, so that two values never make one: most as they are, others by a digest. */
function localPart(value: string): string {
  if (PLAIN.test(value)) return value;
  const readable = slug(value.toWellFormed()).slice(0, 60).toWellFormed();
  return `${readable}~${digest([value])}`;
}

/** An edge's id from its type, both ends (sorted when symmetric) and the values of its identity, absent ones included. */
export function edgeId(
  type: RelationshipType,
  from: string,
  to: string,
  identity: Readonly<Record<string, unknown>>,
): string {
  const ends = type.symmetric ? [from, to].sort() : [from, to];
  return `${idPrefix(type)}:${digest([...ends, ...type.identity.map((name) => identity[name] ?? null)])}`;
}

/** A claim's id from what it says, who says it and where. */
export const claimId = (parts: readonly unknown[]): string => `claim:${digest(parts)}`;
