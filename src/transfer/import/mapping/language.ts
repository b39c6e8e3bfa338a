import { z } from 'zod';

/** The language of mapping files: how rows of somebody else's file become records. Described in docs/importing.md. */

const text = z.string({ error: 'must be text' });

/** Where a value is taken from: a column, a template with {columns}, or, after `=`, the text itself. */
export type Take = string | number | boolean;
const take = z.union([text, z.number(), z.boolean()], { error: 'must be a column, a template or a constant' });

export type Condition = string | ConditionRule | readonly (string | ConditionRule)[];
export interface ConditionRule {
  readonly value: Take;
  readonly is?: Take | undefined;
  readonly isNot?: Take | undefined;
  readonly in?: readonly Take[] | undefined;
  readonly notIn?: readonly Take[] | undefined;
  readonly matches?: string | undefined;
  readonly empty?: boolean | undefined;
}
const rule = z.strictObject(
  {
    value: take,
    is: take.optional(),
    isNot: take.optional(),
    in: z.array(take).optional(),
    notIn: z.array(take).optional(),
    matches: text.optional(),
    empty: z.boolean().optional(),
  },
  { error: 'must be a column, or {value, is | isNot | in | notIn | matches | empty}' },
);
const condition = z.union([text, rule, z.array(z.union([text, rule]))], {
  error:
    'must be a column that is not empty, or {value, is | isNot | in | notIn | matches | empty}, or a list of these',
});

/** A value and what is done to it, in this order: plain, split, pattern, degrees, values, date, into. */
export interface Taken {
  readonly value?: Take | undefined;
  /** The first of these that is not empty. */
  readonly first?: readonly Expression[] | undefined;
  /** Whether it is HTML, and only its text is meant. */
  readonly plain?: boolean | undefined;
  /** Of coordinates such as `13 50 N, 88 55 W`: the one that is meant, as a number. */
  readonly degrees?: 'latitude' | 'longitude' | undefined;
  /** A template around the value, which is `{.}` there. */
  readonly into?: string | undefined;
  readonly pattern?: string | undefined;
  readonly split?: string | undefined;
  readonly values?: string | Readonly<Record<string, Take>> | undefined;
  readonly otherwise?: Take | undefined;
  readonly date?: string | readonly string[] | undefined;
  readonly default?: Take | undefined;
  readonly when?: Condition | undefined;
}
export type Expression = Take | Taken;

const expression: z.ZodType<Expression> = z.lazy(() =>
  z.union([take, taken], { error: 'must be a column, a template, a constant, or {value, …}' }),
);
const lookUp = z.record(z.string(), take, { error: 'must be a table of values' });
const taken: z.ZodType<Taken> = z.strictObject({
  value: take.optional(),
  first: z.array(expression).optional(),
  plain: z.boolean().optional(),
  degrees: z.enum(['latitude', 'longitude']).optional(),
  into: text.optional(),
  pattern: text.optional(),
  split: text.min(1, 'must not be empty').optional(),
  values: z.union([text, lookUp]).optional(),
  otherwise: take.optional(),
  date: z.union([text, z.array(text)]).optional(),
  default: take.optional(),
  when: condition.optional(),
});

/** Fields are looked at when the model is known: an expression, a list of them, or an object of parts. */
const body = z.record(z.string(), z.unknown(), { error: 'must be the fields of a record' });
const item = z.record(z.string(), body, { error: 'must be one record: its type, and its fields' });

const source = z.strictObject({
  id: text.optional(),
  name: text.optional(),
  kind: text.optional(),
  url: text.optional(),
  archivedUrl: text.optional(),
  publishedAt: text.optional(),
  retrievedAt: text.optional(),
  language: text.optional(),
  reliability: text.optional(),
  description: text.optional(),
  licence: text.optional(),
});

export const mappingSchema = z.strictObject(
  {
    source: source.optional(),
    file: z
      .strictObject({
        encoding: text.optional(),
        delimiter: text.length(1, 'must be one character').optional(),
        quotes: z.boolean().optional(),
        rows: text.optional(),
        locator: text.optional(),
        each: text.optional(),
        when: condition.optional(),
      })
      .optional(),
    values: z.record(z.string(), lookUp).optional(),
    /** Lists made from a column, for `each`: a name, and what is split. */
    lists: z.record(z.string(), expression).optional(),
    entities: z.array(item, { error: 'must be a list of records' }).optional(),
    relationships: z.array(item, { error: 'must be a list of records' }).optional(),
    claim: z
      .strictObject({
        text: text.optional(),
        commitment: text.optional(),
        hedged: z.boolean().optional(),
        locator: text.optional(),
      })
      .optional(),
  },
  { error: 'must be a mapping: source, file, values, lists, entities, relationships, claim' },
);

export type Mapping = z.infer<typeof mappingSchema>;
export const expressionSchema = expression;
export const conditionSchema = condition;
