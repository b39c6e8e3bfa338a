import { identifier } from '../compile/identifier.ts';
import { writableEdgeFields } from '../derive/records.ts';
import type { EntityType, RelationshipType } from '../model/declarations.ts';
import { fieldsOfEntity, type Model, storedName, typeOfId } from '../model/model.ts';
import type { Connection } from './connection.ts';
import { fromProperties, type Properties } from './graph/properties.ts';

/** What the store shows of things, in the shape of records: to tell what somebody has changed of what was given out. */
export async function shownValues(
  connection: Connection,
  model: Model,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const byType = new Map<EntityType | RelationshipType, string[]>();
  for (const id of ids) {
    const type = typeOfId(model, id);
    if (type) byType.set(type, [...(byType.get(type) ?? []), id]);
  }
  const shown = new Map<string, Readonly<Record<string, unknown>>>();
  for (const [type, some] of byType) {
    const pattern =
      type.is === 'entity' ? `(x:${identifier(type.name)} {id: id})` : `()-[x:${identifier(type.name)} {id: id}]->()`;
    const keys = type.is === 'entity' ? 'COLLECT { MATCH (x)-[:IDENTIFIED_BY]->(k) RETURN k.key }' : '[]';
    const rows = await connection.read(
      {
        text: `CYPHER 5 UNWIND $ids AS id MATCH ${pattern} RETURN id, properties(x), ${keys}`,
        parameters: { ids: some },
      },
      { operation: 'import' },
    );
    for (const [id, properties, externalIds] of rows) {
      const values = valuesOf(type, properties as Properties);
      shown.set(id as string, { ...values, externalIds });
    }
  }
  return shown;
}

const valuesOf = (type: EntityType | RelationshipType, properties: Properties): Record<string, unknown> =>
  Object.fromEntries(
    (type.is === 'entity' ? fieldsOfEntity(type) : writableEdgeFields(type)).flatMap((field) => {
      const stored = type.is === 'entity' ? field : { ...field, name: storedName(type, field.name) };
      const value = fromProperties(stored, properties);
      return value === undefined ? [] : [[stored.name, value]];
    }),
  );
