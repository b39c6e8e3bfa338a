import neo4j from 'neo4j-driver';
import { identifier } from '../compile/identifier.ts';
import { CLAIM_EDGES, CLAIM_TIES } from '../model/common-fields.ts';
import type { EntityType, RelationshipType } from '../model/declarations.ts';
import { familiesOf } from '../model/model.ts';
import type { Tx } from './graph-state.ts';
import type { NextClaim, NextEdge, NextEntity } from './next.ts';
import { fingerprint, nativeInstant, type Properties } from './properties.ts';

/** Writing: rows a type, one `UNWIND` each, and only what differs from what is there. */

/** Whether a thing was made, changed, or was already so. */
export type Outcome = 'created' | 'updated' | 'unchanged';

/** Who writes, and when. */
export interface Stamp {
  readonly at: Date;
  readonly by: string;
}

const STAMPS = new Set(['createdAt', 'updatedAt', 'createdBy', 'version', 'recordedAt', 'recordedBy']);

const run = async (tx: Tx, text: string, rows: readonly unknown[]): Promise<void> => {
  if (rows.length > 0) await tx.run(`CYPHER 5 ${text}`, { rows });
};

function stamped(properties: Properties, before: { properties: Properties } | null, stamp: Stamp): Properties {
  const at = nativeInstant(stamp.at);
  return {
    ...properties,
    createdAt: before?.properties['createdAt'] ?? at,
    createdBy: before?.properties['createdBy'] ?? stamp.by,
    updatedAt: at,
    version: neo4j.int(Number(before?.properties['version'] ?? 0) + 1),
  };
}

/** Groups rows by the type whose label or relationship type the statement must spell out. */
function byType<T, R>(items: readonly T[], type: (item: T) => R): Map<R, T[]> {
  const groups = new Map<R, T[]>();
  for (const item of items) groups.set(type(item), [...(groups.get(type(item)) ?? []), item]);
  return groups;
}

const labels = (type: EntityType): string =>
  [
    type.name,
    ...familiesOf(type)
      .map((one) => one.name)
      .reverse(),
  ]
    .map(identifier)
    .join(':');

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Writes entities with their names and external ids. */
export async function commitEntities(
  tx: Tx,
  entities: readonly { next: NextEntity; properties: Properties }[],
  stamp: Stamp,
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const changed = entities.filter(({ next, properties }) => {
    const { before } = next;
    const same =
      before !== null &&
      fingerprint(before.properties, STAMPS) === fingerprint(properties, STAMPS) &&
      sameList(
        [...before.names].map((name) => fingerprint(name)).sort(),
        next.names.map((name) => fingerprint(name)).sort(),
      ) &&
      sameList([...before.externalIds].sort(), [...next.externalIds].sort());
    outcomes.set(next.id, same ? 'unchanged' : before ? 'updated' : 'created');
    return !same;
  });
  const row = ({ next, properties }: (typeof changed)[number]) => ({
    id: next.id,
    properties: stamped(properties, next.before, stamp),
  });
  for (const [type, group] of byType(
    changed.filter(({ next }) => !next.before),
    ({ next }) => next.type,
  ))
    await run(tx, `UNWIND $rows AS row CREATE (n:${labels(type)}) SET n = row.properties`, group.map(row));
  const updates = changed.filter(({ next }) => next.before);
  await run(tx, 'UNWIND $rows AS row MATCH (n:Entity {id: row.id}) SET n = row.properties', updates.map(row));
  await run(
    tx,
    'UNWIND $rows AS row MATCH (:Entity {id: row.id})-[:NAMED]->(m:Name) DETACH DELETE m',
    updates.filter(({ next }) => (next.before?.names.length ?? 0) > 0).map(row),
  );
  await run(
    tx,
    'UNWIND $rows AS row MATCH (n:Entity {id: row.id}) CREATE (n)-[:NAMED]->(m:Name) SET m = row.properties',
    changed.flatMap(({ next }) => next.names.map((properties) => ({ id: next.id, properties }))),
  );
  const gone = changed.flatMap(({ next }) =>
    (next.before?.externalIds ?? []).filter((key) => !next.externalIds.includes(key)).map((key) => ({ key })),
  );
  await run(tx, 'UNWIND $rows AS row MATCH (x:ExternalId {key: row.key}) DETACH DELETE x', gone);
  await run(
    tx,
    `UNWIND $rows AS row MATCH (n:Entity {id: row.id})
     CREATE (n)-[:IDENTIFIED_BY]->(:ExternalId {key: row.key, scheme: row.scheme, value: row.value})`,
    changed.flatMap(({ next }) =>
      next.externalIds
        .filter((key) => !next.before?.externalIds.includes(key))
        .map((key) => ({
          id: next.id,
          key,
          scheme: key.slice(0, key.indexOf(':')),
          value: key.slice(key.indexOf(':') + 1),
        })),
    ),
  );
  return outcomes;
}

/** Writes edges; those whose properties are null are deleted, since no claim carries them any more. */
export async function commitEdges(
  tx: Tx,
  edges: readonly { next: NextEdge; properties: Properties | null }[],
  stamp: Stamp,
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const changed = edges.filter(({ next, properties }) => {
    const same =
      next.before !== null &&
      properties !== null &&
      fingerprint(next.before.properties, STAMPS) === fingerprint(properties, STAMPS);
    outcomes.set(next.id, same ? 'unchanged' : next.before ? 'updated' : 'created');
    return !same;
  });
  const typeOf = ({ next }: { next: NextEdge }): RelationshipType => next.type;
  const row = ({ next, properties }: (typeof changed)[number]) => ({
    id: next.id,
    from: next.from,
    to: next.to,
    properties: properties ? stamped(properties, next.before, stamp) : null,
  });
  const kept = changed.filter(({ properties }) => properties !== null);
  for (const [type, group] of byType(
    kept.filter(({ next }) => !next.before),
    typeOf,
  ))
    await run(
      tx,
      `UNWIND $rows AS row MATCH (a:Entity {id: row.from}) MATCH (b:Entity {id: row.to}) CREATE (a)-[r:${identifier(type.name)}]->(b) SET r = row.properties`,
      group.map(row),
    );
  for (const [type, group] of byType(
    kept.filter(({ next }) => next.before),
    typeOf,
  ))
    await run(
      tx,
      `UNWIND $rows AS row MATCH ()-[r:${identifier(type.name)} {id: row.id}]->() SET r = row.properties`,
      group.map(row),
    );
  for (const [type, group] of byType(
    changed.filter(({ next, properties }) => next.before && !properties),
    typeOf,
  ))
    await run(
      tx,
      `UNWIND $rows AS row MATCH ()-[r:${identifier(type.name)} {id: row.id}]->() DELETE r`,
      group.map(row),
    );
  return outcomes;
}

/** A claim's properties in the store: its fields, what it asserts and states, and its value. */
function claimProperties(claim: NextClaim): Properties {
  return {
    id: claim.id,
    ...claim.properties,
    ...(claim.asserts.length > 0 ? { asserts: claim.asserts } : {}),
    ...(claim.states.length > 0 ? { states: claim.states.map((one) => JSON.stringify(one)) } : {}),
    ...(claim.value ? { valueKind: claim.value.kind, valueJson: JSON.stringify(claim.value.value) } : {}),
  };
}

const TIES = Object.keys(CLAIM_TIES) as (keyof typeof CLAIM_TIES)[];

/** Writes claims with their edges to what they speak of. */
export async function commitClaims(tx: Tx, claims: readonly NextClaim[], stamp: Stamp): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const changed = claims.filter((claim) => {
    const { before } = claim;
    const same =
      before !== null &&
      fingerprint(before.properties, STAMPS) === fingerprint(claimProperties(claim), STAMPS) &&
      sameList(
        [before.subject, before.object, before.speaker, before.source, before.locator],
        [claim.subject, claim.object, claim.speaker, claim.source, claim.locator],
      ) &&
      TIES.every((tie) => sameList(before.ties[tie], claim.ties[tie]));
    outcomes.set(claim.id, same ? 'unchanged' : before ? 'updated' : 'created');
    return !same;
  });
  const rows = changed.map((claim) => ({
    id: claim.id,
    properties: {
      ...claimProperties(claim),
      recordedAt: claim.before?.properties['recordedAt'] ?? nativeInstant(stamp.at),
      recordedBy: claim.before?.properties['recordedBy'] ?? stamp.by,
      version: neo4j.int(Number(claim.before?.properties['version'] ?? 0) + 1),
    },
  }));
  const isNew = new Set(changed.filter((claim) => !claim.before).map((claim) => claim.id));
  await run(
    tx,
    'UNWIND $rows AS row CREATE (c:Claim) SET c = row.properties',
    rows.filter((row) => isNew.has(row.id)),
  );
  const old = rows.filter((row) => !isNew.has(row.id));
  await run(tx, 'UNWIND $rows AS row MATCH (c:Claim {id: row.id}) SET c = row.properties', old);
  await run(
    tx,
    `UNWIND $rows AS row MATCH (:Claim {id: row.id})-[e:${[...CLAIM_EDGES, ...TIES].join('|')}]->() DELETE e`,
    old,
  );
  const ends = (pick: (claim: NextClaim) => string | null) =>
    changed.flatMap((claim) =>
      pick(claim) === null ? [] : [{ id: claim.id, to: pick(claim), locator: claim.locator }],
    );
  const link = (edge: string, set = '') =>
    `UNWIND $rows AS row MATCH (c:Claim {id: row.id}) MATCH (x:Entity {id: row.to}) CREATE (c)-[e:${edge}]->(x)${set}`;
  await run(
    tx,
    link('SUBJECT'),
    ends((claim) => claim.subject),
  );
  await run(
    tx,
    link('OBJECT'),
    ends((claim) => claim.object),
  );
  await run(
    tx,
    link('SPEAKER'),
    ends((claim) => claim.speaker),
  );
  await run(
    tx,
    link('STATED_IN', ' SET e.locator = row.locator'),
    ends((claim) => claim.source),
  );
  for (const tie of TIES)
    await run(
      tx,
      `UNWIND $rows AS row MATCH (c:Claim {id: row.id}) MATCH (x:Claim {id: row.to}) CREATE (c)-[:${tie}]->(x)`,
      changed.flatMap((claim) => claim.ties[tie].map((to) => ({ id: claim.id, to }))),
    );
  return outcomes;
}

/** Labels claims that assert an edge which does not exist, so that they are found when it comes to be. */
export async function labelUnheld(tx: Tx, unheld: readonly string[], held: readonly string[]): Promise<void> {
  const rows = (ids: readonly string[]) => ids.map((id) => ({ id }));
  await run(tx, 'UNWIND $rows AS row MATCH (c:Claim {id: row.id}) SET c:Unheld', rows(unheld));
  await run(tx, 'UNWIND $rows AS row MATCH (c:Claim:Unheld {id: row.id}) REMOVE c:Unheld', rows(held));
}
