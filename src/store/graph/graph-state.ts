import type { ManagedTransaction, Transaction } from 'neo4j-driver';
import { identifier } from '../../compile/identifier.ts';
import { CLAIM_TIES } from '../../model/common-fields.ts';
import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import { endNamed, type Model, typeOfId } from '../../model/model.ts';
import type { Properties } from './properties.ts';

/**
 * What the store holds of the things that a call touches. Entities and edges are read under write locks, so that nothing
 * is lost in between; of claims, those that are written to: whoever changes what a claim says of an edge holds the edge. A
 * lock is taken by writing a constant that is taken away again: a property that is set to itself would be read before
 * the lock is had, and written over what somebody else has made of it in the meantime.
 */

export type Tx = Transaction | ManagedTransaction;

export interface StoredEntity {
  readonly id: string;
  readonly type: EntityType;
  readonly properties: Properties;
  readonly names: readonly Properties[];
  /** Keys, `SCHEME:value`. */
  readonly externalIds: readonly string[];
}

export interface StoredEdge {
  readonly id: string;
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  readonly properties: Properties;
}

export type TieName = keyof typeof CLAIM_TIES;

export interface StoredClaim {
  readonly id: string;
  readonly properties: Properties;
  readonly subject: string | null;
  readonly object: string | null;
  readonly speaker: string | null;
  readonly source: string | null;
  readonly locator: string | null;
  readonly ties: Readonly<Record<TieName, readonly string[]>>;
  /** Whether a claim that counts disputes it, as the store stands. */
  readonly disputedBy: readonly string[];
}

const rows = async (tx: Tx, text: string, parameters: Record<string, unknown>): Promise<unknown[][]> => {
  const result = await tx.run(`CYPHER 5 ${text}`, parameters);
  return result.records.map((record) => record.keys.map((key) => record.get(key)));
};

/** Whose an external id is, and whose it was before a merge. */
export interface Identified {
  readonly id: string;
  readonly formerly: string | null;
}

/** Entities by the keys of their external ids; removed ones keep theirs. */
export async function loadExternalIds(tx: Tx, keys: readonly string[]): Promise<Map<string, Identified>> {
  if (keys.length === 0) return new Map();
  const found = await rows(
    tx,
    'UNWIND $keys AS key MATCH (e)-[:IDENTIFIED_BY]->(x:ExternalId {key: key}) RETURN key, e.id, x.formerly',
    { keys },
  );
  return new Map((found as [string, string, string | null][]).map(([key, id, formerly]) => [key, { id, formerly }]));
}

/** What is left of a thing that was removed, or merged into another. */
export interface Gone {
  readonly id: string;
  readonly kind: 'ENTITY' | 'RELATIONSHIP' | 'CLAIM';
  readonly type: string;
  /** What it was merged into, in the end. */
  readonly survivor?: string;
  readonly merge?: string;
  readonly with?: string;
  readonly severed?: string;
  /** A relationship's ends, as they were. */
  readonly from?: string;
  readonly to?: string;
}

/** What is left of those of these ids that are no more. */
export async function loadGone(tx: Tx, ids: readonly string[]): Promise<Map<string, Gone>> {
  if (ids.length === 0) return new Map();
  const found = await rows(tx, 'UNWIND $ids AS id MATCH (x:Removed {id: id}) RETURN x.id, properties(x)', { ids });
  return new Map(found as [string, Gone][]);
}

/** The concrete types of the entities that exist among these ids. */
export async function loadTypes(tx: Tx, model: Model, ids: readonly string[]): Promise<Map<string, EntityType>> {
  if (ids.length === 0) return new Map();
  const found = await rows(tx, 'UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN n.id, labels(n)', { ids });
  return new Map(
    found
      .map(([id, labels]) => [id as string, concreteType(model, labels as string[])] as const)
      .filter((pair): pair is [string, EntityType] => pair[1] !== null),
  );
}

/** @param lock whether others must wait that would write to them */
export async function loadEntities(
  tx: Tx,
  model: Model,
  ids: readonly string[],
  lock = true,
): Promise<Map<string, StoredEntity>> {
  if (ids.length === 0) return new Map();
  const found = await rows(
    tx,
    `UNWIND $ids AS id MATCH (n:Entity {id: id})${lock ? ' SET n.locked = true WITH n REMOVE n.locked WITH n' : ''}
     RETURN n.id, labels(n), properties(n), COLLECT { MATCH (n)-[:NAMED]->(m:Name) RETURN properties(m) }, COLLECT { MATCH (n)-[:IDENTIFIED_BY]->(x) RETURN x.key ORDER BY x.key }`,
    { ids: [...ids].sort() },
  );
  const entities = new Map<string, StoredEntity>();
  for (const [id, labels, properties, names, externalIds] of found as [
    string,
    string[],
    Properties,
    Properties[],
    string[],
  ][]) {
    const type = concreteType(model, labels);
    if (type) entities.set(id, { id, type, properties, names, externalIds });
  }
  return entities;
}

/** @param lock whether others must wait that would write to them */
export async function loadEdges(
  tx: Tx,
  model: Model,
  ids: readonly string[],
  lock = true,
): Promise<Map<string, StoredEdge>> {
  const byType = new Map<RelationshipType, string[]>();
  for (const id of [...ids].sort()) {
    const type = typeOfId(model, id);
    if (type?.is === 'relationship') byType.set(type, [...(byType.get(type) ?? []), id]);
  }
  const edges = new Map<string, StoredEdge>();
  for (const [type, some] of byType) {
    const found = await rows(
      tx,
      `UNWIND $ids AS id MATCH (a)-[r:${identifier(type.name)} {id: id}]->(b)${lock ? ' SET r.locked = true WITH a, r, b REMOVE r.locked WITH a, r, b' : ''} RETURN r.id, a.id, b.id, properties(r)`,
      { ids: some },
    );
    for (const [id, from, to, properties] of found as [string, string, string, Properties][])
      edges.set(id, { id, type, from, to, properties });
  }
  return edges;
}

const TIES = Object.keys(CLAIM_TIES) as TieName[];

/** @param lock whether others must wait that would write to them */
export async function loadClaims(tx: Tx, ids: readonly string[], lock = false): Promise<Map<string, StoredClaim>> {
  if (ids.length === 0) return new Map();
  const found = await rows(
    tx,
    `UNWIND $ids AS id MATCH (c:Claim {id: id})${lock ? ' SET c.locked = true WITH c REMOVE c.locked WITH c' : ''}
     RETURN c.id, properties(c),
       head(COLLECT { MATCH (c)-[:SUBJECT]->(x) RETURN x.id }), head(COLLECT { MATCH (c)-[:OBJECT]->(x) RETURN x.id }),
       head(COLLECT { MATCH (c)-[:SPEAKER]->(x) RETURN x.id }), head(COLLECT { MATCH (c)-[s:STATED_IN]->(x) RETURN [x.id, s.locator] }),
       ${TIES.map((tie) => `COLLECT { MATCH (c)-[:${tie}]->(x) RETURN x.id ORDER BY x.id }`).join(', ')},
       COLLECT { MATCH (c)<-[:DISPUTES]-(x:Claim) WHERE x.retractedAt IS NULL AND x.rank <> 'DEPRECATED' RETURN x.id }`,
    { ids: [...ids].sort() },
  );
  const claims = new Map<string, StoredClaim>();
  for (const row of found) {
    const [id, properties, subject, object, speaker, stated, ...rest] = row as [
      string,
      Properties,
      string | null,
      string | null,
      string | null,
      [string, string | null] | null,
      ...string[][],
    ];
    claims.set(id, {
      id,
      properties,
      subject,
      object,
      speaker,
      source: stated?.[0] ?? null,
      locator: stated?.[1] ?? null,
      ties: Object.fromEntries(TIES.map((tie, nth) => [tie, rest[nth] ?? []])) as unknown as StoredClaim['ties'],
      disputedBy: rest[TIES.length] ?? [],
    });
  }
  return claims;
}

/** Ids of claims that assert edges that did not exist when they were recorded. */
export async function loadUnheld(tx: Tx, edges: readonly string[]): Promise<string[]> {
  if (edges.length === 0) return [];
  const found = await rows(tx, 'MATCH (c:Claim:Unheld) WHERE any(edge IN c.asserts WHERE edge IN $edges) RETURN c.id', {
    edges,
  });
  return found.map(([id]) => id as string);
}

/** Ids of the claims about a field of these entities. */
export async function loadFieldClaims(tx: Tx, subjects: readonly string[]): Promise<string[]> {
  if (subjects.length === 0) return [];
  const found = await rows(
    tx,
    'UNWIND $subjects AS id MATCH (:Entity {id: id})<-[:SUBJECT]-(c:Claim) WHERE c.valueKind IS NOT NULL RETURN c.id',
    { subjects },
  );
  return found.map(([id]) => id as string);
}

/** For each source, the one that it repeats in the end: itself, or the last along DERIVED_FROM, the first by id of several. */
export async function loadRoots(tx: Tx, sources: readonly string[]): Promise<Map<string, string>> {
  if (sources.length === 0) return new Map();
  const found = await rows(
    tx,
    `UNWIND $sources AS id MATCH (s:Source {id: id}) MATCH (s)-[:DERIVED_FROM*0..20]->(root) WHERE NOT EXISTS { (root)-[:DERIVED_FROM]->() } RETURN id, min(root.id)`,
    { sources },
  );
  return new Map(found as [string, string][]);
}

/** Edges whose claims are stated in these sources, or in what is derived from them. */
export async function loadEdgesStatedIn(tx: Tx, sources: readonly string[]): Promise<string[]> {
  if (sources.length === 0) return [];
  const found = await rows(
    tx,
    `UNWIND $sources AS id MATCH (:Source {id: id})<-[:DERIVED_FROM*0..20]-(s) MATCH (s)<-[:STATED_IN]-(c:Claim) UNWIND c.asserts AS edge RETURN DISTINCT edge`,
    { sources },
  );
  return found.map(([edge]) => edge as string);
}

function concreteType(model: Model, labels: readonly string[]): EntityType | null {
  for (const label of labels) {
    const end = endNamed(model, label);
    if (end?.is === 'entity') return end;
  }
  return null;
}
