import type { Statement } from '../../compile/plan.ts';
import type { Model } from '../../model/model.ts';
import { readWithin } from '../change.ts';
import type { Connection } from '../connection.ts';
import { returningClaim, sameClaim } from '../curation/claims.ts';
import { findingKeys } from '../finding-keys.ts';
import { commitClaims } from '../graph/commit-claims.ts';
import { commitEdges } from '../graph/commit-edges.ts';
import { commitEntities } from '../graph/commit-entities.ts';
import {
  loadClaims,
  loadEdges,
  loadEntities,
  loadGone,
  type StoredClaim,
  type StoredEdge,
  type StoredEntity,
  type Tx,
} from '../graph/graph-state.ts';
import type { Properties } from '../graph/properties.ts';
import type { NextClaim, NextEdge, NextEntity } from '../records/next.ts';
import { Ledger } from './ledger.ts';
import { readState, type Stored } from './states.ts';

/**
 * The graph as it was recorded at an instant, around some entities: themselves, the edges at them, the claims about
 * them and about those edges, and what all of these name. What has changed since is put back within a transaction that
 * is never committed, and the question is asked there: it is the same question, answered by the same statement.
 */
export interface PastReader {
  read(statement: Statement, options: { operation: string }): Promise<unknown[][]>;
}

class Past extends Error {
  constructor(readonly rows: unknown[][]) {
    super('never committed');
  }
}

/** @param ids of entities, relationships or claims */
export const asRecorded = (connection: Connection, model: Model, at: Date, ids: readonly string[]): PastReader => ({
  async read(statement, { operation }) {
    try {
      await connection.write(operation, async (tx) => {
        await rewind(tx, model, at, ids);
        throw new Past(await readWithin(tx, statement));
      });
    } catch (error) {
      if (error instanceof Past) return error.rows;
      throw error;
    }
    throw new Error('the past is never committed');
  },
});

/** Puts back, around these ids, what has changed since. */
async function rewind(tx: Tx, model: Model, at: Date, asked: readonly string[]): Promise<void> {
  const merged = [...(await loadGone(tx, asked)).values()].flatMap(({ survivor }) => survivor ?? []);
  const ids = [...asked, ...merged];
  const past = new Map<string, Stored | null>();
  const changed = new Set<string>();
  const look = async (wanted: Iterable<string>): Promise<Stored[]> => {
    const fresh = [...new Set(wanted)].filter((id) => !past.has(id));
    for (const { id, state, hasChanged } of await statesAt(tx, model, at, fresh)) {
      past.set(id, state);
      if (hasChanged) changed.add(id);
    }
    return fresh.flatMap((id) => past.get(id) ?? []);
  };
  const roots = await look(ids);
  const touching = await look(await everTouching(tx, ids));
  const claims = await look([...roots, ...touching].flatMap(claimsOf));
  await look([...roots, ...touching, ...claims].flatMap(namedBy));
  await put(tx, model, new Map([...past].filter(([id]) => changed.has(id))));
}

/** What each thing was at an instant, null where it was not there, and whether that has changed since. */
async function statesAt(
  tx: Tx,
  model: Model,
  at: Date,
  ids: readonly string[],
): Promise<{ id: string; state: Stored | null; hasChanged: boolean }[]> {
  if (ids.length === 0) return [];
  const { records } = await tx.run(
    `CYPHER 5 UNWIND $ids AS id
     WITH id, EXISTS { MATCH (v:Revision {of: id}) } AS isKnown, EXISTS { MATCH (v:Revision {of: id}) WHERE v.at > datetime($at) } AS hasChanged
     WHERE isKnown
     RETURN id, hasChanged, head(COLLECT { MATCH (v:Revision {of: id}) WHERE v.at <= datetime($at)
       RETURN v.after ORDER BY v.sequence DESC LIMIT 1 })`,
    { ids, at: at.toISOString() },
  );
  return records.map((record) => {
    const [id, text] = [record.get(0) as string, record.get(2) as string | null];
    return { id, state: text === null ? null : readState(model, id, text), hasChanged: record.get(1) === true };
  });
}

/** Relationships and claims that have ever led from or to these. */
async function everTouching(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const { records } = await tx.run(
    `CYPHER 5 UNWIND $ids AS id CALL (id) {
       MATCH (v:Revision {from: id}) RETURN v.of AS of UNION MATCH (v:Revision {to: id}) RETURN v.of AS of
     } RETURN DISTINCT of`,
    { ids: [...new Set(ids)] },
  );
  return records.map((record) => record.get(0) as string);
}

const endsOf = (state: Stored): string[] =>
  'ties' in state
    ? [state.subject, state.object].flatMap((id) => id ?? [])
    : 'from' in state
      ? [state.from, state.to]
      : [];

const claimsOf = (state: Stored): string[] =>
  'from' in state ? ((state.properties['claims'] as string[] | undefined) ?? []) : [];

function namedBy(state: Stored): string[] {
  const own =
    'ties' in state
      ? [state.subject, state.object, state.speaker, state.source].flatMap((id) => id ?? [])
      : endsOf(state);
  const mentioned = Object.values(state.properties).filter(
    (value): value is string => typeof value === 'string' && /^[a-z][a-z0-9-]*:\S+$/.test(value),
  );
  return [...own, ...mentioned];
}

async function put(tx: Tx, model: Model, past: ReadonlyMap<string, Stored | null>): Promise<void> {
  const ids = [...past.keys()];
  const entities = await loadEntities(tx, model, ids);
  const edges = await loadEdges(tx, model, ids);
  const claims = await loadClaims(tx, ids);
  const gone = await loadGone(tx, ids);
  await freeKeys(tx, [...past.values()]);
  const tied = [...past.values()].flatMap((was) => (was && 'ties' in was ? Object.values(was.ties).flat() : []));
  const others = await loadClaims(tx, tied);
  const isThere = (id: string) => others.has(id) || claims.has(id) || past.get(id) != null;
  const pen = { tx, stamp: null, ledger: new Ledger() };
  const nextEntities: { next: NextEntity; properties: Properties }[] = [];
  const nextEdges: { next: NextEdge; properties: Properties | null }[] = [];
  const nextClaims: NextClaim[] = [];
  for (const [id, was] of past) {
    const now = entities.get(id) ?? edges.get(id) ?? claims.get(id);
    const state = was ?? now;
    if (!state) continue;
    if ('ties' in state) nextClaims.push(withTies(claimOf(was as StoredClaim | null, claims.get(id)), isThere));
    else if ('from' in state) nextEdges.push(edgeOf(state, was as StoredEdge | null, edges.get(id) ?? null));
    else nextEntities.push(entityOf(state, was as StoredEntity | null, entities.get(id) ?? null, gone.has(id)));
  }
  // Edges go before what they lead to does, and come after it.
  await commitEdges(
    pen,
    nextEdges.filter(({ properties }) => !properties),
  );
  await commitEntities(pen, nextEntities);
  await commitEdges(
    pen,
    nextEdges.filter(({ properties }) => properties),
  );
  await commitClaims(pen, nextClaims);
}

function entityOf(state: StoredEntity, was: StoredEntity | null, before: StoredEntity | null, isGone: boolean) {
  const { id, type } = state;
  const properties = was ? { ...was.properties, ...findingKeys(type, was.properties, was.names) } : state.properties;
  const next: NextEntity = {
    ...{ before, place: null, id, type, asRecorded: {} },
    names: was ? [...was.names] : [],
    externalIds: was ? [...was.externalIds] : [],
    ...(was ? {} : { fate: {} }),
    ...(was && isGone ? { returns: true } : {}),
  };
  return { next, properties };
}

function edgeOf(state: StoredEdge, was: StoredEdge | null, before: StoredEdge | null) {
  const { id, type, from, to } = state;
  const next: NextEdge = { before, place: null, id, type, from, to, asRecorded: {}, claims: new Set() };
  return { next, properties: was?.properties ?? null };
}

function claimOf(was: StoredClaim | null, now: StoredClaim | undefined): NextClaim {
  if (!was) return { ...sameClaim(now as StoredClaim), fate: {} };
  const back = returningClaim(was);
  const properties = { ...back.properties, ...stampsOf(was.properties) };
  if (!now) return { ...back, properties };
  const { returns: _, ...rest } = back;
  return { ...rest, before: now, properties };
}

/** A claim without ties to what is not there, further off than the past is put back. */
const withTies = (claim: NextClaim, isThere: (id: string) => boolean): NextClaim => ({
  ...claim,
  ties: Object.fromEntries(
    Object.entries(claim.ties).map(([tie, ids]) => [tie, ids.filter(isThere)]),
  ) as NextClaim['ties'],
});

/** External ids that somebody else has now. */
async function freeKeys(tx: Tx, past: readonly (Stored | null)[]): Promise<void> {
  const rows = past.flatMap((was) =>
    was && 'externalIds' in was ? was.externalIds.map((key) => ({ key, id: was.id })) : [],
  );
  await tx.run(
    `CYPHER 5 UNWIND $rows AS row MATCH (x:ExternalId {key: row.key})<-[:IDENTIFIED_BY]-(other) WHERE other.id <> row.id
     DETACH DELETE x`,
    { rows },
  );
}

/** What writing a claim otherwise sets. */
const stampsOf = (properties: Properties): Properties => {
  const { recordedAt, recordedBy, version } = properties;
  return { recordedAt, recordedBy, version };
};
