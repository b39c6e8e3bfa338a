import { identifier } from '../../compile/identifier.ts';
import type { RelationshipType } from '../../model/declarations.ts';
import { type Model, typeOfId } from '../../model/model.ts';
import type { Connection } from '../connection.ts';

/** What records say of fields where claims say otherwise, by id: names of fields, with null where records say nothing. */
export async function hiddenValues(
  connection: Connection,
  model: Model,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const found = new Map<string, Record<string, unknown>>();
  const byType = new Map<RelationshipType | null, string[]>();
  for (const id of ids) {
    const type = typeOfId(model, id);
    const key = type?.is === 'relationship' ? type : null;
    byType.set(key, [...(byType.get(key) ?? []), id]);
  }
  for (const [type, some] of byType) {
    const pattern = type ? `()-[x:${identifier(type.name)} {id: id}]->()` : '(x:Entity {id: id})';
    const rows = await connection.read(
      {
        text: `CYPHER 5 UNWIND $ids AS id MATCH ${pattern} WHERE x.asRecorded IS NOT NULL RETURN id, x.asRecorded`,
        parameters: { ids: some },
      },
      { operation: 'export' },
    );
    for (const [id, text] of rows) found.set(id as string, JSON.parse(text as string) as Record<string, unknown>);
  }
  return found;
}
