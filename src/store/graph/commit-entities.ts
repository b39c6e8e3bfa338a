import { fieldsOfEntity } from '../../model/model.ts';
import type { NextEntity } from '../records/next.ts';
import { grouped, labels, type Pen, STAMPS, sameList, stamped, sweep, tombstone, write } from './commit.ts';
import type { StoredEntity } from './graph-state.ts';
import { fingerprint, floatsOf, type Properties, wholeNumbers } from './properties.ts';

/** Writing entities with their names and external ids: only what differs from what is there. */

interface Row {
  readonly next: NextEntity;
  readonly after: StoredEntity | null;
}

/** Writes entities; those with a fate leave the live graph. */
export async function commitEntities(
  { tx, stamp, ledger }: Pen,
  entities: readonly { readonly next: NextEntity; readonly properties: Properties }[],
): Promise<void> {
  const changed: Row[] = [];
  for (const { next, properties } of entities) {
    if (!next.fate && isSame(next, properties)) {
      ledger.unchanged(next.id);
      continue;
    }
    const whole = wholeNumbers(properties, floatsOf(fieldsOfEntity(next.type)));
    const after = next.fate
      ? null
      : {
          id: next.id,
          type: next.type,
          properties: stamped(whole, next.before, next.born, stamp),
          names: next.names,
          externalIds: [...next.externalIds].sort(),
        };
    changed.push({ next, after });
    const { id, before, fate = null, returns = false } = next;
    ledger.changed({ id, before, after, fate, returns });
  }
  const row = ({ next, after }: Row) => ({ id: next.id, properties: after?.properties ?? null });
  const kept = changed.filter(({ after }) => after);
  const gone = changed.filter(({ after }) => !after);
  const forget = [...gone, ...kept.filter(({ next }) => next.before && next.before.names.length > 0)];
  await sweep(tx, 'MATCH (:Entity {id: row.id})-[:NAMED]->(m:Name) DETACH DELETE m', forget.map(row));
  await writeGone(tx, gone);
  const keys = [
    ...changed.flatMap(droppedKeys),
    ...kept.filter(({ next }) => next.returns).flatMap(({ next }) => next.externalIds),
  ];
  await sweep(
    tx,
    'MATCH (x:ExternalId {key: row.key}) DETACH DELETE x',
    keys.map((key) => ({ key })),
  );
  for (const [type, group] of grouped(
    kept.filter(({ next }) => next.returns),
    ({ next }) => next.type,
  ))
    await write(
      tx,
      `MATCH (n:Removed {id: row.id}) REMOVE n:Removed SET n:${labels(type)} SET n = row.properties`,
      group.map(row),
    );
  for (const [type, group] of grouped(
    kept.filter(({ next }) => !next.before && !next.returns),
    ({ next }) => next.type,
  ))
    await write(tx, `CREATE (n:${labels(type)}) SET n = row.properties`, group.map(row));
  const updates = kept.filter(({ next }) => next.before);
  await write(tx, 'MATCH (n:Entity {id: row.id}) SET n = row.properties', updates.map(row));
  await writeNamesAndKeys(tx, kept);
}

const isSame = ({ before, names, externalIds }: NextEntity, properties: Properties): boolean =>
  before !== null &&
  fingerprint(before.properties, STAMPS) === fingerprint(properties, STAMPS) &&
  sameList(before.names.map((name) => fingerprint(name)).sort(), names.map((name) => fingerprint(name)).sort()) &&
  sameList([...before.externalIds].sort(), [...externalIds].sort());

/** External ids that an entity has no more. One that is removed keeps them, so that nothing else takes them. */
const droppedKeys = ({ next }: Row): readonly string[] =>
  (next.before?.externalIds ?? []).filter((key) => !next.externalIds.includes(key));

/** Removed and merged entities: the node stays, with one label and nothing but its id. */
async function writeGone(tx: Pen['tx'], gone: readonly Row[]): Promise<void> {
  for (const [type, group] of grouped(gone, ({ next }) => next.type))
    await write(
      tx,
      `MATCH (n:Entity {id: row.id}) REMOVE n:${labels(type)} SET n:Removed SET n = row.properties`,
      group.map(({ next }) => ({
        id: next.id,
        properties: tombstone(next.id, 'ENTITY', type.name, next.fate ?? {}),
      })),
    );
}

async function writeNamesAndKeys(tx: Pen['tx'], kept: readonly Row[]): Promise<void> {
  await write(
    tx,
    'MATCH (n:Entity {id: row.id}) CREATE (n)-[:NAMED]->(m:Name) SET m = row.properties',
    kept.flatMap(({ next }) => next.names.map((properties) => ({ id: next.id, properties }))),
  );
  await write(
    tx,
    'MATCH (n:Entity {id: row.id}) CREATE (n)-[:IDENTIFIED_BY]->(:ExternalId {key: row.key, scheme: row.scheme, value: row.value})',
    kept.flatMap(({ next }) =>
      next.externalIds
        .filter((key) => next.returns || !next.before?.externalIds.includes(key))
        .map((key) => ({
          id: next.id,
          key,
          scheme: key.slice(0, key.indexOf(':')),
          value: key.slice(key.indexOf(':') + 1),
        })),
    ),
  );
}
