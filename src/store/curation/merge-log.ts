import type { Tx } from '../graph/graph-state.ts';
import { nativeInstant, type Properties } from '../graph/properties.ts';
import type { Severed } from '../log/ledger.ts';
import type { Stated } from '../records/next.ts';

/** What a merge did, so that it can be undone: kept with it, as JSON. States are texts of `log/states.ts`. */
export interface MergeLog {
  /** What was merged away. */
  retired: { id: string; state: string }[];
  /** What the survivor was given: recorded values where it had none, entries of lists, names, external ids. */
  filled: Record<string, unknown>;
  listed: Record<string, string[]>;
  /** As fingerprints. */
  names: string[];
  externalIds: { key: string; formerly: string | null; of: string }[];
  /** Edges that were moved: each became another, or was dropped since it would have led to itself. */
  edges: { id: string; state: string; became: string | null }[];
  /** Edges that came to be by that, and values that others were given. */
  made: string[];
  folded: { id: string; filled: Record<string, unknown> }[];
  /** Claims whose ends, references, or edges were moved. `slots` hold what each was before. */
  claims: { id: string; slots: Record<string, string>; asserts: string[] | null; states: Stated[] | null }[];
  /** Properties of edges and fields of entities that referred to what was merged away. */
  references: Severed[];
  /** Ids that led to what was merged away, and lead to the survivor now. */
  redirected: { id: string; was: string }[];
  /** What was left of removed edges whose ids were taken. */
  buried: Properties[];
}

export const emptyLog = (): MergeLog => ({
  retired: [],
  filled: {},
  listed: {},
  names: [],
  externalIds: [],
  edges: [],
  made: [],
  folded: [],
  claims: [],
  references: [],
  redirected: [],
  buried: [],
});

export interface StoredMerge {
  readonly id: string;
  readonly into: string;
  readonly from: readonly string[];
  readonly isActive: boolean;
  readonly log: MergeLog;
}

export async function writeMerge(
  tx: Tx,
  merge: { id: string; into: string; from: readonly string[]; reason: string; at: Date; by: string; log: MergeLog },
): Promise<void> {
  const { log, at, ...rest } = merge;
  await tx.run('CYPHER 5 CREATE (m:Merge {active: true}) SET m += $merge', {
    merge: { ...rest, at: nativeInstant(at), log: JSON.stringify(log) },
  });
}

/** A merge by id, locked; null where there is none. */
export async function loadMerge(tx: Tx, id: string): Promise<StoredMerge | null> {
  const { records } = await tx.run(`CYPHER 5 MATCH (m:Merge {id: $id}) RETURN m.id, m.into, m.from, m.active, m.log`, {
    id,
  });
  return records[0] ? storedMerge(records[0].keys.map((key) => records[0]?.get(key))) : null;
}

/** The other merges into the same survivor that are in force, in the order in which they were made. */
export async function loadMergesInto(tx: Tx, into: string, without: string): Promise<StoredMerge[]> {
  const { records } = await tx.run(
    `CYPHER 5 MATCH (m:Merge {into: $into, active: true}) WHERE m.id <> $without
     RETURN m.id, m.into, m.from, m.active, m.log ORDER BY m.at, m.id`,
    { into, without },
  );
  return records.map((record) => storedMerge(record.keys.map((key) => record.get(key))));
}

const storedMerge = ([id, into, from, active, log]: unknown[]): StoredMerge => ({
  id: id as string,
  into: into as string,
  from: from as string[],
  isActive: active === true,
  log: JSON.parse(log as string) as MergeLog,
});

export async function rewriteMerge(tx: Tx, id: string, log: MergeLog): Promise<void> {
  await tx.run('CYPHER 5 MATCH (m:Merge {id: $id}) SET m.log = $log', { id, log: JSON.stringify(log) });
}

export async function closeMerge(tx: Tx, id: string, at: Date, by: string): Promise<void> {
  await tx.run('CYPHER 5 MATCH (m:Merge {id: $id}) SET m.active = false, m.undoneAt = $at, m.undoneBy = $by', {
    id,
    at: nativeInstant(at),
    by,
  });
}

/** Makes what leads to `was` lead to `now`; returns the ids that did. */
export async function redirect(
  tx: Tx,
  moves: readonly { was: string; now: string }[],
): Promise<{ id: string; was: string }[]> {
  if (moves.length === 0) return [];
  const { records } = await tx.run(
    `CYPHER 5 UNWIND $moves AS move MATCH (x:Removed {survivor: move.was}) SET x.survivor = move.now RETURN x.id, move.was`,
    { moves },
  );
  return records.map((record) => ({ id: record.get(0) as string, was: record.get(1) as string }));
}

/** Notes whose external ids were before a merge. */
export async function setFormerly(tx: Tx, rows: readonly { key: string; formerly: string | null }[]): Promise<void> {
  if (rows.length > 0)
    await tx.run('CYPHER 5 UNWIND $rows AS row MATCH (x:ExternalId {key: row.key}) SET x.formerly = row.formerly', {
      rows,
    });
}

/** Puts back what was left of things that were removed, unless they are there. */
export async function bury(tx: Tx, left: readonly Properties[]): Promise<void> {
  if (left.length > 0)
    await tx.run('CYPHER 5 UNWIND $left AS row MERGE (x:Removed {id: row.id}) SET x = row', { left });
}

/** Makes ids lead where they led before. */
export async function redirectBack(tx: Tx, moves: readonly { id: string; was: string }[]): Promise<void> {
  if (moves.length > 0)
    await tx.run('CYPHER 5 UNWIND $moves AS move MATCH (x:Removed {id: move.id}) SET x.survivor = move.was', { moves });
}
