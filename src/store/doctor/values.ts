import { z } from 'zod';
import { fieldSchema } from '../../derive/field-schemas.ts';
import type { Field } from '../../model/kinds.ts';
import { parsePartialDate } from '../../model/partial-date.ts';
import { fromProperties, nativeDate, type Properties } from '../graph/properties.ts';

/** Whether stored properties are what the model says that they may be. Pure. */

const anyId = z.string({ error: 'must be an id' });
const schemas = new WeakMap<Field, z.ZodType>();

function schemaOf(field: Field): z.ZodType {
  const known = schemas.get(field) ?? fieldSchema(field, anyId);
  schemas.set(field, known);
  return known;
}

/** Fields that hold what they may not, in words. Instants and statuses are the store's own. */
export function wrongValues(fields: readonly Field[], properties: Properties): string[] {
  return fields.flatMap((field) => {
    if (field.kind === 'dateTime' || field.kind === 'statusOf') return [];
    const stored = fromProperties(field, properties);
    if (stored === undefined || stored === null) return [];
    const value = field.kind === 'date' || field.kind === 'partialDate' ? String(stored) : stored;
    const result = schemaOf(field).safeParse(value);
    return result.success
      ? []
      : [`${field.name} is ${short(value)}: it ${result.error.issues[0]?.message ?? 'is wrong'}`];
  });
}

/** Required fields that are not there. */
export const missingFields = (fields: readonly Field[], properties: Properties): string[] =>
  fields
    .filter((field) => field.required && (fromProperties(field, properties) ?? null) === null)
    .map((field) => field.name);

/** The properties that a partial date's text asks for, of those dates where they are others; null where there are none. */
export function wrongDates(fields: readonly Field[], properties: Properties): Properties | null {
  const right: Properties = {};
  for (const field of fields) {
    if (field.kind !== 'partialDate') continue;
    const [earliest, latest] = [`${field.name}Earliest`, `${field.name}Latest`];
    const text = properties[field.name];
    const date = typeof text === 'string' ? parsePartialDate(text) : null;
    // A text that is no date is another check's.
    if (text !== undefined && text !== null && date === null) continue;
    for (const [name, day] of [
      [earliest, date?.earliest],
      [latest, date?.latest],
    ] as const)
      if ((properties[name] === undefined || properties[name] === null ? undefined : String(properties[name])) !== day)
        right[name] = day === undefined ? null : nativeDate(day);
  }
  return Object.keys(right).length > 0 ? right : null;
}

const short = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};
