import { identifier } from '../compile/identifier.ts';
import type { RelationshipType } from '../model/declarations.ts';
import { type Model, typeOfId } from '../model/model.ts';
import type { Connection } from './connection.ts';

/** What is in the store, asked for without any lock: for whoever wants to know before it writes. */

/** Those of these ids that entities have, those that led to them before a merge included; and of these external ids (`SCHEME:value`). */
export async function knownEntities(
  connection: Connection,
  ids: readonly string[],
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0 && keys.length === 0) return new Set();
  const rows = await connection.read(
    {
      text: `CYPHER 5 CALL () {
        UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN id AS known
        UNION ALL UNWIND $ids AS id MATCH (n:Removed {id: id}) WHERE n.survivor IS NOT NULL RETURN id AS known
        UNION ALL UNWIND $keys AS key MATCH (:Entity)-[:IDENTIFIED_BY]->(:ExternalId {key: key}) RETURN key AS known
      } RETURN known`,
      parameters: { ids, keys },
    },
    { operation: 'import' },
  );
  return new Set(rows.map(([known]) => known as string));
}

/** The names of entities, by their ids and by their external ids (`SCHEME:value`). */
export async function knownNames(
  connection: Connection,
  ids: readonly string[],
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0 && keys.length === 0) return new Map();
  const rows = await connection.read(
    {
      text: `CYPHER 5 CALL () {
        UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN id AS known, n.name AS name
        UNION ALL UNWIND $keys AS key MATCH (n:Entity)-[:IDENTIFIED_BY]->(:ExternalId {key: key}) RETURN key AS known, n.name AS name
      } RETURN known, name`,
      parameters: { ids, keys },
    },
    { operation: 'import' },
  );
  return new Map(rows.map(([known, name]) => [known as string, name as string]));
}

/** Those of these ids that claims have, retracted ones included, and had that were removed. */
export async function knownClaims(connection: Connection, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await connection.read(
    {
      text: `CYPHER 5 CALL () {
        UNWIND $ids AS id MATCH (c:Claim {id: id}) RETURN id AS known
        UNION ALL UNWIND $ids AS id MATCH (c:Removed {id: id}) RETURN id AS known
      } RETURN known`,
      parameters: { ids },
    },
    { operation: 'import' },
  );
  return new Set(rows.map(([known]) => known as string));
}

/** Those of these ids that relationships have. */
export async function knownRelationships(
  connection: Connection,
  model: Model,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const byType = new Map<RelationshipType, string[]>();
  for (const id of ids) {
    const type = typeOfId(model, id);
    if (type?.is === 'relationship') byType.set(type, [...(byType.get(type) ?? []), id]);
  }
  const known = new Set<string>();
  for (const [type, some] of byType) {
    const rows = await connection.read(
      {
        text: `CYPHER 5 UNWIND $ids AS id MATCH ()-[r:${identifier(type.name)} {id: id}]->() RETURN id`,
        parameters: { ids: some },
      },
      { operation: 'import' },
    );
    for (const [id] of rows) known.add(id as string);
  }
  return known;
}
