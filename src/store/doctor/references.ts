import { type Field, references } from '../../model/kinds.ts';
import { covers, endNamed, type Model, typeAmong } from '../../model/model.ts';
import type { Properties } from '../graph/properties.ts';
import { allRows, type Ward } from './check.ts';

/** Fields that hold the id of an entity, for many things at once. */

interface Referring {
  readonly id: string;
  readonly fields: readonly Field[];
  readonly properties: Properties;
}

/** What refers to nothing, or to what it may not, in words, by the id of what does. */
export async function wrongReferences(ward: Ward, things: readonly Referring[]): Promise<Map<string, string[]>> {
  const all = things.flatMap(({ id, fields, properties }) =>
    references(fields).flatMap((slot) => {
      const to = properties[slot];
      const field = fields.find((each) => each.name === slot);
      return typeof to === 'string' && field?.kind === 'reference' ? [{ id, slot, to, expected: field.to }] : [];
    }),
  );
  if (all.length === 0) return new Map();
  const labels = await labelsOf(ward, [...new Set(all.map(({ to }) => to))]);
  const wrong = new Map<string, string[]>();
  for (const { id, slot, to, expected } of all) {
    const found = labels.get(to);
    const problem = found
      ? isOne(ward.model, found, expected)
        ? null
        : `${slot} leads to ${to}, which is no ${expected}`
      : `${slot} leads to ${to}, which is not there`;
    if (problem) wrong.set(id, [...(wrong.get(id) ?? []), problem]);
  }
  return wrong;
}

/** Labels of those entities that are there. */
async function labelsOf(ward: Ward, ids: readonly string[]): Promise<Map<string, readonly string[]>> {
  const rows = await allRows(ward, 'UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN id, labels(n)', { ids });
  return new Map(rows as [string, string[]][]);
}

function isOne(model: Model, labels: readonly string[], expected: string): boolean {
  const [type, end] = [typeAmong(model, labels), endNamed(model, expected)];
  return type === null || end === undefined || covers(end, type);
}
