import { z } from 'zod';
import { claimFields, DERIVED_ON_EDGES, nameFields, STORE_SET } from '../model/common-fields.ts';
import type { EntityType, RelationshipType } from '../model/declarations.ts';
import type { Field } from '../model/kinds.ts';
import { datesOf, fieldsOfEntity, lookupName, type Model, recordName, storedName } from '../model/model.ts';
import { nearest } from '../model/nearest.ts';
import type { ClaimRecord, ClaimValue, GraphRecord, Problem, Ref } from '../model/records.ts';
import {
  amountValue,
  countValue,
  fieldSchema,
  isWritable,
  MOST_ITEMS,
  partialDateValue,
  plainText,
  shortText,
  TOO_MANY_ITEMS,
} from './field-schemas.ts';
import { type Expected, problemsOf, refuse } from './record-problems.ts';

/** The shape of records, derived from the model: one zod schema a type, and problems in words instead of zod's issues. */
export interface RecordSchemas {
  /** Every key that a record may have: `person`, `holdsPosition`, `claim` … */
  readonly keys: readonly string[];
  /** What the record of a key, or a claim inside one, may say. */
  fieldsOf(key: string): readonly string[];
  /** Reads one record. `index` is its place in the call and stands in every problem. */
  parse(input: unknown, index: number): { record: GraphRecord } | { problems: Problem[] };
}

type Shape = Record<string, z.ZodType>;
interface Reader extends Expected {
  readonly schema: z.ZodType;
  build(value: Record<string, unknown>): GraphRecord;
}

const REFERENCE = 'must be an id, a tag of this file, or one of {id}, {externalId: {scheme, value}}, {record}, {tag}';

const scheme = z
  .string({ error: 'must be a scheme such as WIKIDATA' })
  .regex(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/, 'must be in UPPER_SNAKE_CASE, such as WIKIDATA');
const externalId = z.strictObject(
  { scheme: scheme.max(100, 'must have at most 100 characters'), value: shortText },
  { error: 'must be {scheme, value}' },
);

/** Characters of a reference: ids have at most 300. */
const LONGEST_REF = 2_000;

const ref: z.ZodType<Ref> = z.unknown().transform((input, context): Ref => {
  if (typeof input === 'string' && input.trim() !== '' && input.length <= LONGEST_REF) return { name: input };
  const given = input as Record<string, unknown> | null;
  const [key, ...more] = given && typeof given === 'object' ? Object.keys(given) : [];
  const value = key === undefined ? undefined : given?.[key];
  if (more.length === 0) {
    if (key === 'id' && typeof value === 'string' && value.length <= LONGEST_REF) return { id: value };
    if (key === 'tag' && typeof value === 'string') return { name: value };
    if (key === 'record' && Number.isInteger(value) && (value as number) >= 0) return { record: value as number };
    const external = key === 'externalId' ? externalId.safeParse(value) : undefined;
    if (external?.success) return { externalId: external.data };
  }
  context.addIssue({ code: 'custom', message: REFERENCE });
  return z.NEVER;
});
const refs = z.array(ref, { error: 'must be a list of references' }).max(MOST_ITEMS, TOO_MANY_ITEMS);

const tag = z
  .string({ error: 'must be text' })
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, 'must be a word of letters, digits, dots, dashes: no colon, no space');

/** Whoever is to name a thing by its id must be able to send it; the database keeps half of a surrogate pair as another sign. */
const isVisible = (text: string): boolean => !/[\p{Cc}\p{Cs}]/u.test(text);
const INVISIBLE = 'must have no control characters, and no half of a surrogate pair';

const id = z
  .string({ error: 'must be text' })
  .regex(/^[a-z][a-z0-9-]*:[^\s:][^\s]*$/u, 'must look like person:nayib-bukele: the type, a colon, and no spaces')
  .refine(isVisible, INVISIBLE)
  .max(300, 'must have at most 300 characters');

const CLAIM_VALUE = 'must be exactly one of {text}, {number}, {boolean}, {date}, {amount}, {count}';
const claimValue = z
  .strictObject(
    {
      text: plainText.optional(),
      number: z.number({ error: 'must be a number' }).optional(),
      boolean: z.boolean({ error: 'must be true or false' }).optional(),
      date: partialDateValue.optional(),
      amount: amountValue.optional(),
      count: countValue.optional(),
    },
    { error: CLAIM_VALUE },
  )
  .refine((value) => Object.values(value).filter((part) => part !== undefined).length === 1, CLAIM_VALUE)
  .transform((value): ClaimValue => {
    const [kind = '', said] = Object.entries(value).find(([, part]) => part !== undefined) ?? [];
    return { kind: kind.toUpperCase() as ClaimValue['kind'], value: said };
  });

const written: Shape = {
  tag: tag.optional(),
  id: id.optional(),
  clear: z.array(plainText, { error: 'must be a list of field names' }).max(MOST_ITEMS, TOO_MANY_ITEMS).optional(),
  expectedVersion: z.number({ error: 'must be a whole number' }).int('must be a whole number').optional(),
};

/** The fields of a claim that a record may give, beside what it is about, who says it and where. */
export const claimOwn: readonly Field[] = claimFields.filter(
  (field) => !STORE_SET.has(field.name) && field.name !== 'predicate',
);

const claimId = z
  .string({ error: 'must be text' })
  .regex(/^claim:[^\s:][^\s]*$/u, 'must look like claim:the-fee-is-offered: "claim:" and no spaces')
  .refine(isVisible, INVISIBLE)
  .max(300, 'must have at most 300 characters');

const claimShape: Shape = {
  ...written,
  id: claimId.optional(),
  ...shapeOf(claimOwn),
  subject: ref.optional(),
  predicate: plainText.optional(),
  object: ref.optional(),
  value: claimValue.optional(),
  asserts: refs.optional(),
  states: z
    .array(
      z.strictObject(
        {
          relationship: ref.optional(),
          property: plainText,
          value: z.unknown().refine((value) => value !== undefined && value !== null, 'must be given'),
        },
        { error: 'must be {relationship, property, value}' },
      ),
      { error: 'must be a list of {relationship, property, value}' },
    )
    .max(MOST_ITEMS, TOO_MANY_ITEMS)
    .optional(),
  speaker: ref.optional(),
  source: ref.optional(),
  supports: refs.optional(),
  disputes: refs.optional(),
  qualifies: refs.optional(),
  supersedes: refs.optional(),
};
const ofClaims: Expected = { fields: Object.keys(claimShape), clears: optionalOnes(claimOwn) };
const claimSchema = z.strictObject(claimShape, { error: 'must be a claim' });
const claims = z.array(claimSchema, { error: 'must be a list of claims' }).max(MOST_ITEMS, TOO_MANY_ITEMS).optional();

/** Names of the fields that may be absent, and so be taken away. */
function optionalOnes(fields: readonly Field[]): string[] {
  return fields.filter((field) => !field.required).map((field) => field.name);
}

/** Optional schemas of fields, by name. Which are required depends on whether the thing exists: the store says. */
function shapeOf(fields: readonly Field[]): Shape {
  return Object.fromEntries(fields.filter(isWritable).map((field) => [field.name, fieldSchema(field, ref).optional()]));
}

/** The declared fields of an entity that a record may give, beside its names in other forms and data sets. */
export const writableEntityFields = (type: EntityType): Field[] =>
  fieldsOfEntity(type).filter((field) => isWritable(field) && !STORE_SET.has(field.name));

/** The declared fields of an edge that a record may give, its dates under the names that records use. */
export function writableEdgeFields(type: RelationshipType): Field[] {
  const own = new Map(datesOf(type).map((field) => [field.name, field]));
  const dates: Field[] = [];
  for (const name of [type.time.from, type.time.to]) {
    if (name === null) continue;
    dates.push(own.get(name) ?? { kind: 'partialDate', name, description: 'Its day.', required: false });
  }
  return [...dates, ...type.fields.filter((field) => !DERIVED_ON_EDGES.has(field.name))];
}

/** The schemas of every record that the model allows. */
export function recordSchemas(model: Model): RecordSchemas {
  const readers = new Map<string, Reader>();
  for (const type of model.entities) readers.set(lookupName(type), entityReader(type));
  for (const type of model.relationships) readers.set(recordName(type), relationshipReader(type));
  readers.set('claim', { schema: claimSchema, ...ofClaims, build: buildClaim });
  const keys = [...readers.keys()];
  return {
    keys,
    fieldsOf: (key) => readers.get(key)?.fields ?? [],
    parse(input, index) {
      const given = input && typeof input === 'object' && !Array.isArray(input) ? Object.entries(input) : [];
      const [entry, ...more] = given;
      if (!entry || more.length > 0) {
        const what = given.length === 0 ? 'is empty' : `has the keys ${given.map(([key]) => key).join(', ')}`;
        return refuse(
          index,
          [],
          'UNKNOWN_RECORD',
          `A record has exactly one key, its type, such as person or holdsPosition; this one ${what}.`,
        );
      }
      const [key, value] = entry;
      const reader = readers.get(key);
      if (!reader) {
        const near = nearest(key, keys);
        return refuse(
          index,
          [key],
          'UNKNOWN_RECORD',
          `"${key}" is no type of record.`,
          near ? `Did you mean ${near}?` : `Known types: ${keys.join(', ')}.`,
        );
      }
      const result = reader.schema.safeParse(value);
      if (result.success) return { record: reader.build(result.data as Record<string, unknown>) };
      return {
        problems: result.error.issues.flatMap((issue) =>
          problemsOf(issue, index, key, value, { ofRecord: reader, ofClaims }),
        ),
      };
    },
  };
}

function entityReader(type: EntityType): Reader {
  const own = writableEntityFields(type);
  const names = new Set(own.map((field) => field.name));
  const shape: Shape = {
    ...written,
    ...shapeOf(own),
    names: z
      .array(z.strictObject(nameShape, { error: 'must be a name: {value, language, kind, validFrom, validTo}' }), {
        error: 'must be a list of names',
      })
      .max(MOST_ITEMS, TOO_MANY_ITEMS)
      .optional(),
    externalIds: z
      .array(externalId, { error: 'must be a list of {scheme, value}' })
      .max(MOST_ITEMS, TOO_MANY_ITEMS)
      .optional(),
    claims,
  };
  return {
    schema: z.strictObject(shape, { error: `must be the fields of a ${lookupName(type)}` }),
    fields: Object.keys(shape),
    clears: [...optionalOnes(own), 'names', 'externalIds'],
    build: (value) => ({
      is: 'entity',
      type,
      ...writtenOf(value),
      ...pick(value, ['names', 'externalIds']),
      fields: pick(value, [...names]),
      claims: ((value['claims'] as Record<string, unknown>[]) ?? []).map(buildClaim),
    }),
  };
}

/** Where a name came from is for merges to say. */
/** The parts of a name that a record may give; where it came from is told by merges. */
export const writableNameFields: readonly Field[] = nameFields.filter((field) => field.name !== 'origin');

const nameShape: Shape = { ...shapeOf(writableNameFields), value: shortText };

function relationshipReader(type: RelationshipType): Reader {
  const own = writableEdgeFields(type);
  const shape: Shape = { ...written, from: ref.optional(), to: ref.optional(), ...shapeOf(own), claims };
  return {
    schema: z.strictObject(shape, { error: `must be the fields of ${recordName(type)}` }),
    fields: Object.keys(shape),
    clears: optionalOnes(own),
    build: (value) => ({
      is: 'relationship',
      type,
      ...writtenOf(value),
      ...pick(value, ['from', 'to']),
      fields: Object.fromEntries(
        own
          .filter((field) => value[field.name] !== undefined)
          .map((field) => [storedName(type, field.name), value[field.name]]),
      ),
      claims: ((value['claims'] as Record<string, unknown>[]) ?? []).map(buildClaim),
    }),
  };
}

function buildClaim(value: Record<string, unknown>): ClaimRecord {
  const list = (key: string): never => (value[key] ?? []) as never;
  return {
    is: 'claim',
    ...writtenOf(value),
    ...pick(value, ['subject', 'predicate', 'object', 'value', 'speaker', 'source']),
    asserts: list('asserts'),
    states: list('states'),
    supports: list('supports'),
    disputes: list('disputes'),
    qualifies: list('qualifies'),
    supersedes: list('supersedes'),
    fields: pick(
      value,
      claimOwn.map((field) => field.name),
    ),
  };
}

const writtenOf = (value: Record<string, unknown>) => ({
  ...pick(value, ['tag', 'id', 'expectedVersion']),
  clear: (value['clear'] ?? []) as string[],
});

function pick(value: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => value[key] !== undefined).map((key) => [key, value[key]]));
}
