import neo4j from 'neo4j-driver';
import { type Field, PARTS, storedProperties } from '../../model/kinds.ts';
import { parsePartialDate } from '../../model/partial-date.ts';

/** Field values as they stand in records ↔ properties as they stand in the store, by the ontology's shape rule 8. */

export type Properties = Record<string, unknown>;

/** An ISO day as Neo4j's native date. */
export function nativeDate(day: string): unknown {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return new neo4j.types.Date(year, month, date);
}

/** An instant as Neo4j's native date and time, in UTC. */
export const nativeInstant = (instant: Date): unknown =>
  new neo4j.types.DateTime(
    instant.getUTCFullYear(),
    instant.getUTCMonth() + 1,
    instant.getUTCDate(),
    instant.getUTCHours(),
    instant.getUTCMinutes(),
    instant.getUTCSeconds(),
    instant.getUTCMilliseconds() * 1_000_000,
    0,
  );

const whole = (value: unknown): unknown => (value === undefined ? undefined : neo4j.int(value as number));

/** The properties that hold a field's value; references must be ids by now. */
export function toProperties(field: Field, value: unknown): Properties {
  const parts = value as Record<string, unknown>;
  switch (field.kind) {
    case 'partialDate': {
      const date = parsePartialDate(value as string);
      if (!date) throw new Error(`${field.name}: not a date: ${String(value)}`);
      return {
        [field.name]: date.text,
        [`${field.name}Earliest`]: nativeDate(date.earliest),
        [`${field.name}Latest`]: nativeDate(date.latest),
      };
    }
    case 'date':
      return { [field.name]: nativeDate(value as string) };
    case 'integer':
      return { [field.name]: whole(value) };
    case 'count':
      return named(field.name, {
        Exact: whole(parts['exact']),
        AtLeast: whole(parts['atLeast']),
        AtMost: whole(parts['atMost']),
        Text: parts['text'],
      });
    case 'amount':
    case 'quote':
      return named(
        field.name,
        Object.fromEntries(Object.entries(PARTS[field.kind]).map(([suffix, part]) => [suffix, parts[part]])),
      );
    default:
      return { [field.name]: value };
  }
}

const named = (name: string, parts: Properties): Properties =>
  Object.fromEntries(
    Object.entries(parts)
      .filter(([, value]) => value !== undefined)
      .map(([suffix, value]) => [name + suffix, value]),
  );

/** A field's value as records give it, from the properties that hold it; undefined when it has none. */
export function fromProperties(field: Field, properties: Properties): unknown {
  if (!(field.kind === 'count' || field.kind === 'amount' || field.kind === 'quote'))
    return properties[field.name] ?? undefined;
  const parts = Object.entries(PARTS[field.kind]).flatMap(([suffix, part]) => {
    const value = properties[field.name + suffix];
    return value === undefined || value === null
      ? []
      : [[part, neo4j.isInt(value) ? (value as { toNumber(): number }).toNumber() : value]];
  });
  return parts.length > 0 ? Object.fromEntries(parts) : undefined;
}

/** The same properties with a field's replaced by a value, or taken away when the value is undefined. */
export function withField(properties: Properties, field: Field, value: unknown): Properties {
  const gone = new Set(storedProperties(field));
  const kept = Object.fromEntries(Object.entries(properties).filter(([name]) => !gone.has(name)));
  return value === undefined ? kept : { ...kept, ...toProperties(field, value) };
}

/** Text that is equal exactly when two sets of properties are, native values included, whatever their order. */
export function fingerprint(properties: Properties, without: ReadonlySet<string> = new Set()): string {
  const entries = Object.entries(properties)
    .filter(([name, value]) => !without.has(name) && value !== undefined && value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries, (_, value) =>
    neo4j.isInt(value) ? value.toNumber() : isNative(value) ? `${value}` : value,
  );
}

/** The properties that hold floating numbers; all other numbers are whole. */
export const floatsOf = (fields: readonly Field[]): ReadonlySet<string> =>
  new Set(
    fields.flatMap((field) => {
      if (field.kind === 'float') return [field.name];
      return field.kind === 'amount' ? ['Value', 'AtLeast', 'AtMost'].map((part) => field.name + part) : [];
    }),
  );

/** The same properties with whole numbers as the database's integers: what the driver reads as a number, it would write as a float. */
export const wholeNumbers = (properties: Properties, floats: ReadonlySet<string>): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      typeof value === 'number' && !floats.has(name) ? neo4j.int(value) : value,
    ]),
  );

const isNative = (value: unknown): boolean => neo4j.isDate(value as object) || neo4j.isDateTime(value as object);
