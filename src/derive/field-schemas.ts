import { z } from 'zod';
import type { Field } from '../model/kinds.ts';
import { isDay, parsePartialDate } from '../model/partial-date.ts';

/** One zod schema a kind: what a record may say in a field. Each error is a whole predicate: "must be …". */

const wellFormed = (text: string): boolean => text.isWellFormed();

/** Text that is not blank; trimmed nowhere, since quotes keep their spaces. */
export const plainText = z
  .string({ error: 'must be text' })
  .refine(wellFormed, 'must be well-formed Unicode: it holds half of a surrogate pair')
  .refine(
    (text) => text.trim() !== '',
    'must not be blank; leave it out, or, to take a value away, name its field in clear',
  );

/** Text that an index can hold whole: the database stops for good at one that it cannot. */
export const shortText = plainText.refine((text) => text.length <= 2_000, 'must have at most 2,000 characters');

const openListValue = z
  .string({ error: 'must be a word in UPPER_SNAKE_CASE' })
  .regex(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/, 'must be in UPPER_SNAKE_CASE, such as PRESS_CONFERENCE')
  .max(100, 'must have at most 100 characters');

const PARTIAL_DATE = 'must be a date in quotes: "2022", "2022-03" or "2022-03-27"';
const DAY = 'must be a full day in quotes, such as "2022-03-27"';

export const partialDateValue = z
  .string({ error: PARTIAL_DATE })
  .refine((text) => parsePartialDate(text) !== null, PARTIAL_DATE);

const dayValue = z.string({ error: DAY }).refine(isDay, DAY);

/** GraphQL's Int has 32 bits: what could not be read back is not taken in. */
const LARGEST_INT = 2_147_483_647;

const finite = (what: string) => z.number({ error: `must be ${what}` });

function numberSchema(what: string, min: number | null, max: number | null, whole: boolean) {
  const bounds = [min !== null ? `at least ${min}` : '', max !== null ? `at most ${max}` : '']
    .filter(Boolean)
    .join(' and ');
  const message = bounds ? `must be ${what}, ${bounds}` : `must be ${what}`;
  return finite(what).refine(
    (value) =>
      (!whole || Number.isSafeInteger(value)) && (min === null || value >= min) && (max === null || value <= max),
    message,
  );
}

const someOf = (parts: object): boolean => Object.values(parts).some((part) => part !== undefined);
const ordered = (value: { atLeast?: number | undefined; atMost?: number | undefined }): boolean =>
  value.atLeast === undefined || value.atMost === undefined || value.atLeast <= value.atMost;

const wholeNumber = numberSchema('a whole number', 0, LARGEST_INT, true).optional();
const NOTHING_SAID = 'must say at least one of its parts; leave the field out when nothing is known';

const countObject = z.strictObject(
  { exact: wholeNumber, atLeast: wholeNumber, atMost: wholeNumber, text: plainText.optional() },
  { error: 'must be a count: {exact, atLeast, atMost, text}' },
);
export const countValue = countObject
  .refine(someOf, NOTHING_SAID)
  .refine(ordered, 'must not have atLeast above atMost');

const number = numberSchema('a number', null, null, false).optional();
const amountObject = z.strictObject(
  {
    value: number,
    currency: z
      .string({ error: 'must be a currency code' })
      .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, such as USD')
      .optional(),
    atLeast: number,
    atMost: number,
    text: plainText.optional(),
  },
  { error: 'must be an amount: {value, currency, atLeast, atMost, text}' },
);
export const amountValue = amountObject
  .refine(someOf, NOTHING_SAID)
  .refine(ordered, 'must not have atLeast above atMost');

const quoteValue = z.strictObject(
  {
    text: plainText,
    language: plainText.optional(),
    translation: plainText.optional(),
    elided: z.boolean({ error: 'must be true or false' }).optional(),
  },
  { error: 'must be a quote: {text, language, translation, elided}' },
);

/** What one record may list of one sort: more is better told in several, and everybody else waits for it. */
export const MOST_ITEMS = 1_000;
export const TOO_MANY_ITEMS = `must have at most ${MOST_ITEMS} items; tell the rest in another record`;

/** What a record may say in a field. References are read by the caller's schema, since records point in several ways. */
export function fieldSchema(field: Field, reference: z.ZodType): z.ZodType {
  switch (field.kind) {
    case 'text':
      // An index takes 8,167 bytes; texts that are searched by their words may be longer.
      return field.fullText && field.name !== 'name' ? plainText : shortText;
    case 'textList':
      return z
        .array(shortText, { error: 'must be a list of texts' })
        .max(MOST_ITEMS, TOO_MANY_ITEMS)
        .transform((items) => [...new Set(items)]);
    case 'openList':
      return openListValue;
    case 'closedList':
      return z.enum(Object.keys(field.list.values) as [string, ...string[]], {
        error: `must be one of ${Object.keys(field.list.values).join(', ')}`,
      });
    case 'boolean':
      return z.boolean({ error: 'must be true or false' });
    case 'integer':
      return numberSchema('a whole number', field.min ?? -LARGEST_INT, field.max ?? LARGEST_INT, true);
    case 'float':
      return numberSchema('a number', field.min, field.max, false);
    case 'partialDate':
      return partialDateValue;
    case 'date':
      return dayValue;
    case 'count':
      return countValue;
    case 'amount':
      return amountValue;
    case 'quote':
      return quoteValue;
    case 'reference':
      return reference;
    case 'dateTime':
    case 'statusOf':
      throw new Error(`${field.name}: a ${field.kind} is never part of a record`);
  }
}

/** Whether a record may give the field at all. */
export const isWritable = (field: Field): boolean => field.kind !== 'dateTime' && field.kind !== 'statusOf';
