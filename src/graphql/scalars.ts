import { GraphQLError } from 'graphql';
import { isDay, parsePartialDate } from '../model/partial-date.ts';
import type { Builder } from './builder.ts';

/** Dates as text, and values of any shape. */

const DAY = 'a full day such as "2022-03-27"';
const PARTIAL = 'a date that there is, such as "2022", "2022-03" or "2022-03-27"';
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Reads a text or says what it must be. */
const reading = (name: string, expected: string, valid: (text: string) => boolean) => (value: unknown) => {
  if (typeof value === 'string' && valid(value)) return value;
  throw new GraphQLError(`${name} must be ${expected}; it is ${JSON.stringify(value)}.`);
};

export function addScalars(builder: Builder): void {
  builder.scalarType('PartialDate', {
    description:
      'A day, month or year: an ISO 8601 prefix that keeps its precision, such as "2022", "2022-03" or "2022-03-27".',
    serialize: String,
    parseValue: reading('PartialDate', PARTIAL, (text) => parsePartialDate(text) !== null),
  });
  builder.scalarType('Date', {
    description: 'A full day in ISO 8601, such as "2022-03-27".',
    serialize: String,
    parseValue: reading('Date', DAY, isDay),
  });
  builder.scalarType('DateTime', {
    description: 'An instant in ISO 8601, such as "2022-03-27T12:00:00Z".',
    serialize: String,
    parseValue: reading(
      'DateTime',
      'an instant such as "2022-03-27T12:00:00Z"',
      (text) => INSTANT.test(text) && !Number.isNaN(Date.parse(text)),
    ),
  });
  builder.scalarType('JSON', {
    description: 'Any JSON value: a text, a number, true or false, null, a list, or an object.',
    serialize: (value) => value,
  });
}

/** A scalar by name, as a type parameter. */
export const scalar = (
  name: 'String' | 'Int' | 'Float' | 'Boolean' | 'ID' | 'PartialDate' | 'Date' | 'DateTime' | 'JSON',
): never => name as never;
