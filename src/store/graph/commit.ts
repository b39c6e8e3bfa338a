import neo4j from 'neo4j-driver';
import { identifier } from '../../compile/identifier.ts';
import type { EntityType } from '../../model/declarations.ts';
import { familiesOf } from '../../model/model.ts';
import type { Fate, Ledger } from '../log/ledger.ts';
import type { Kind } from '../log/states.ts';
import type { Tx } from './graph-state.ts';
import { nativeInstant, type Properties } from './properties.ts';

/** What writing entities, edges and claims has in common. */

/** Who writes, and when. */
export interface Stamp {
  readonly at: Date;
  readonly by: string;
}

/** What writing needs: where, by whom, and where it is noted. */
export interface Pen {
  /** Null where nothing is written, and only what would become of things is noted. */
  readonly tx: Tx | null;
  /** Null where things are written as they were, stamps and all. */
  readonly stamp: Stamp | null;
  readonly ledger: Ledger;
}

/** Properties that the store sets whenever it writes: two states that differ in nothing else are the same. */
export const STAMPS = new Set(['createdAt', 'updatedAt', 'createdBy', 'version', 'recordedAt', 'recordedBy']);

/** Somebody else has changed the graph in between: the call is tried again from its beginning. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/**
 * Runs one statement over rows, which must each find what they name.
 * @throws Overtaken when a row found nothing: what was there when it was read is gone
 */
export async function write(tx: Tx | null, text: string, rows: readonly unknown[]): Promise<void> {
  if (!tx || rows.length === 0) return;
  const { records } = await tx.run(`CYPHER 5 UNWIND $rows AS row ${text} RETURN count(*)`, { rows });
  const done = Number(records[0]?.get(0));
  if (done !== rows.length)
    throw new Overtaken(`${rows.length - done} of ${rows.length} rows found nothing to write to`);
}

/** Runs one statement over rows, some of which may find nothing. */
export async function sweep(tx: Tx | null, text: string, rows: readonly unknown[]): Promise<void> {
  if (tx && rows.length > 0) await tx.run(`CYPHER 5 UNWIND $rows AS row ${text}`, { rows });
}

/** Properties with what the store sets. `born` is what a thing had of that before it was not there for a while. */
export function stamped(
  properties: Properties,
  before: { properties: Properties } | null,
  born: Properties | undefined,
  stamp: Stamp | null,
): Properties {
  if (!stamp) return properties;
  const { at, by } = stamp;
  const had = before?.properties ?? born ?? {};
  return {
    ...properties,
    createdAt: had['createdAt'] ?? nativeInstant(at),
    createdBy: had['createdBy'] ?? by,
    updatedAt: nativeInstant(at),
    version: nextVersion(had),
  };
}

export const nextVersion = (had: Properties): unknown => neo4j.int(Number(had['version'] ?? 0) + 1);

/** Groups items by what the statement must spell out. */
export function grouped<T, R>(items: readonly T[], by: (item: T) => R): Map<R, T[]> {
  const groups = new Map<R, T[]>();
  for (const item of items) {
    const group = groups.get(by(item));
    if (group) group.push(item);
    else groups.set(by(item), [item]);
  }
  return groups;
}

/** The labels of an entity's node. */
export const labels = (type: EntityType): string =>
  [
    type.name,
    ...familiesOf(type)
      .map((one) => one.name)
      .reverse(),
  ]
    .map(identifier)
    .join(':');

export const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** What is left of a thing that is no more: its id, what it was, and what became of it. */
export const tombstone = (id: string, kind: Kind, type: string, fate: Fate): Properties => ({
  id,
  kind,
  type,
  ...(fate.survivor ? { survivor: fate.survivor } : {}),
  ...(fate.merge ? { merge: fate.merge } : {}),
  ...(fate.with ? { with: fate.with } : {}),
  ...(fate.severed && fate.severed.length > 0 ? { severed: JSON.stringify(fate.severed) } : {}),
});
