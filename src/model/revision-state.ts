import { CLAIM_TIES, claimFields, relationshipFields, STORE_SET } from './common-fields.ts';
import type { RelationshipType } from './declarations.ts';
import { type Field, PARTS, storedProperties } from './kinds.ts';
import { datesOf, endNamed, fieldsOfEntity, type Model, relationshipNamed } from './model.ts';

/** The states that revisions keep, as text in the store, and what has changed between two of them. */

/** What a revision is about. */
export interface Revised {
  /** ENTITY, RELATIONSHIP, CLAIM, or what else is kept. */
  readonly kind: string;
  /** `Person`, `HOLDS_POSITION`, `Claim` … */
  readonly type: string;
}

type Values = Readonly<Record<string, unknown>>;

/** A field in which two states differ; null where one of them does not have it. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What stands for values that JSON has no words for: a day, an instant, a number that is no integer. */
const TAGS = new Set(['$date', '$instant', '$float']);

function untagged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untagged);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [tag, inner] = entries[0] ?? [];
  if (entries.length === 1 && tag !== undefined && TAGS.has(tag)) return inner;
  return Object.fromEntries(entries.map(([key, each]) => [key, untagged(each)]));
}

/**
 * A state as users see it: its properties under the names that records give them, days and instants as ISO text, what has
 * parts as an object. What no field of the model tells, such as a field that was declared once, stays as it is.
 * @param text JSON, as the store keeps it
 */
export function publicState(model: Model, revised: Revised, text: string): Values {
  const state = untagged(JSON.parse(text)) as Values;
  const properties = state['properties'];
  if (typeof properties !== 'object' || properties === null) return state;
  return { ...state, properties: asRecorded(fieldsOf(model, revised), properties as Values) };
}

/** A field of a thing, and the property that it is stored in. */
interface Stored {
  readonly field: Field;
  readonly stored: string;
}

function fieldsOf(model: Model, { kind, type }: Revised): Stored[] {
  const asNamed = (field: Field): Stored => ({ field, stored: field.name });
  const end = kind === 'ENTITY' ? endNamed(model, type) : undefined;
  if (end?.is === 'entity') return fieldsOfEntity(end).map(asNamed);
  const relationship = kind === 'RELATIONSHIP' ? relationshipNamed(model, type) : undefined;
  if (relationship)
    return [...renamedDates(relationship), ...[...relationshipFields, ...relationship.fields].map(asNamed)];
  return kind === 'CLAIM' ? claimFields.map(asNamed) : [];
}

/** The dates that a type has names of its own for; they come before the common ones, which are stored alike. */
const renamedDates = (type: RelationshipType): Stored[] =>
  datesOf(type).map((field) => ({ field, stored: field.name === type.time.from ? 'validFrom' : 'validTo' }));

function asRecorded(fields: readonly Stored[], properties: Values): Values {
  const rest: Record<string, unknown> = { ...properties };
  const told: Record<string, unknown> = {};
  for (const { field, stored } of fields) {
    const value = valueIn(field, stored, rest);
    for (const name of storedProperties({ ...field, name: stored })) delete rest[name];
    if (value !== undefined) told[field.name] = value;
  }
  const { valueKind, valueJson, ...others } = rest;
  const value = typeof valueJson === 'string' ? { value: JSON.parse(valueJson) as unknown } : {};
  return { ...told, ...value, ...others };
}

function valueIn(field: Field, stored: string, properties: Values): unknown {
  if (!(field.kind === 'count' || field.kind === 'amount' || field.kind === 'quote')) return properties[stored];
  const parts = Object.entries(PARTS[field.kind]).flatMap(([suffix, part]) => {
    const value = properties[stored + suffix];
    return value === undefined || value === null ? [] : [[part, value]];
  });
  return parts.length > 0 ? Object.fromEntries(parts) : undefined;
}

/** What the store keeps for itself, and what every revision of a thing has in common. */
const LEFT_OUT = new Set(['id', 'type', 'asRecorded', 'recordedBy', ...STORE_SET]);

/** What two states differ in, field by field, in the order of their names. */
export function changesBetween(before: Values | null, after: Values | null): FieldChange[] {
  const [old, now] = [told(before), told(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  return names
    .filter((name) => canonical(old[name]) !== canonical(now[name]))
    .map((field) => ({ field, before: old[field] ?? null, after: now[field] ?? null }));
}

/** Everything that a state tells, by name: fields, and what is tied to it; what is empty is not told. */
function told(state: Values | null): Values {
  if (state === null) return {};
  const { properties, ties, ...beside } = state;
  const all: Values = {
    ...beside,
    ...(properties as Values | undefined),
    ...Object.fromEntries(
      Object.entries((ties as Values | undefined) ?? {}).map(([tie, ids]) => [
        CLAIM_TIES[tie as keyof typeof CLAIM_TIES]?.forward ?? tie,
        ids,
      ]),
    ),
  };
  return Object.fromEntries(
    Object.entries(all).filter(
      ([name, value]) =>
        !LEFT_OUT.has(name) && value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** Equal for values that are equal, whatever the order of their keys. */
const canonical = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
