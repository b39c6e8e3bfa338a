import type { Field } from '../../../src/model/kinds.ts';
import { compareValues, daysOf, holdsWords, instant } from './comparing.ts';
import type { Properties } from './plain-graph.ts';

/** Operators of a filter, by their meaning in the API's text: one on what is absent is false, and `not` is the complement. */

/** An input object as graphql-js has read it. */
export type Given = Readonly<Record<string, unknown>>;

/** `and or not` around what a key means by itself. */
export function fulfils(where: Given | null | undefined, leaf: (key: string, value: unknown) => boolean): boolean {
  return Object.entries(where ?? {}).every(([key, value]) => {
    if (value === null || value === undefined) return true;
    if (key === 'and') return (value as Given[]).every((each) => fulfils(each, leaf));
    if (key === 'or') return (value as Given[]).some((each) => fulfils(each, leaf));
    if (key === 'not') return !fulfils(value as Given, leaf);
    return leaf(key, value);
  });
}

type Test = (operator: string, value: unknown) => boolean;

/**
 * Every operator that is given holds. One without a value is about nothing, and fulfilled by nothing; but `isNull: null`
 * asks nothing, as if it were not there.
 */
export const operators = (given: unknown, test: Test): boolean =>
  Object.entries(given as Given).every(
    ([operator, value]) => (operator === 'isNull' && value === null) || (value !== undefined && test(operator, value)),
  );

/** Operators over one value that compares as it is, or by `read`. */
export function scalar(actual: unknown, given: unknown, read: (value: unknown) => unknown = (value) => value): boolean {
  return operators(given, (operator, wanted) => {
    if (operator === 'isNull') return (actual === null) === (wanted === true);
    if (actual === null || wanted === null) return false;
    const against = (value: unknown) => compareValues(read(actual), read(value));
    switch (operator) {
      case 'eq':
        return against(wanted) === 0;
      case 'ne':
        return against(wanted) !== 0;
      case 'in':
        return (wanted as unknown[]).some((value) => against(value) === 0);
      case 'notIn':
        return !(wanted as unknown[]).some((value) => against(value) === 0);
      case 'lt':
        return against(wanted) < 0;
      case 'lte':
        return against(wanted) <= 0;
      case 'gt':
        return against(wanted) > 0;
      case 'gte':
        return against(wanted) >= 0;
      case 'between': {
        const [low, high] = wanted as unknown[];
        return against(low) >= 0 && against(high) <= 0;
      }
      case 'startsWith':
        return String(actual).startsWith(String(wanted));
      case 'contains':
        return String(actual).includes(String(wanted));
      case 'matches':
        return holdsWords(String(actual), String(wanted));
      default:
        throw new Error(`no operator ${operator}`);
    }
  });
}

function partialDate(actual: string | null, given: unknown): boolean {
  return operators(given, (operator, wanted) => {
    if (operator === 'isNull') return (actual === null) === (wanted === true);
    if (actual === null || wanted === null) return false;
    const is = daysOf(actual);
    const days = (value: unknown) => daysOf(String(value));
    switch (operator) {
      case 'eq':
        return actual === wanted;
      case 'ne':
        return actual !== wanted;
      case 'in':
        return (wanted as string[]).includes(actual);
      case 'notIn':
        return !(wanted as string[]).includes(actual);
      case 'lt':
        return is.last < days(wanted).first;
      case 'lte':
        return is.last <= days(wanted).last;
      case 'gt':
        return is.first > days(wanted).last;
      case 'gte':
        return is.first >= days(wanted).first;
      case 'between': {
        const [low, high] = wanted as string[];
        return is.first >= days(low).first && is.last <= days(high).last;
      }
      case 'startsWith':
        return actual.startsWith(String(wanted));
      default:
        throw new Error(`no operator ${operator}`);
    }
  });
}

const list = (actual: readonly string[], given: unknown): boolean =>
  operators(given, (operator, wanted) => {
    if (wanted === null) return false;
    if (operator === 'isEmpty') return (actual.length === 0) === wanted;
    if (operator === 'has') return actual.includes(String(wanted));
    return (wanted as string[]).some((value) => actual.includes(value));
  });

const PARTS: Readonly<Record<string, readonly string[]>> = {
  count: ['exact', 'atLeast', 'atMost', 'text'],
  amount: ['value', 'currency', 'atLeast', 'atMost', 'text'],
  quote: ['text'],
};

function parts(field: Field, stored: string, properties: Properties, given: unknown): boolean {
  const part = (name: string) => properties[stored + name.charAt(0).toUpperCase() + name.slice(1)] ?? null;
  return operators(given, (name, wanted) => {
    if (name === 'isNull') return PARTS[field.kind]?.every((each) => part(each) === null) === (wanted === true);
    if (wanted === null) return false;
    return scalar(name === 'elided' ? (part(name) ?? false) : part(name), wanted);
  });
}

/** Whether a field's value in these properties fulfils its filter. */
export function fieldFulfils(
  field: Field,
  stored: string,
  properties: Properties,
  status: unknown,
  given: unknown,
): boolean {
  const actual = properties[stored] ?? null;
  switch (field.kind) {
    case 'statusOf':
      return scalar(status, given);
    case 'textList':
      return list((actual ?? []) as string[], given);
    case 'partialDate':
      return partialDate(actual as string | null, given);
    case 'dateTime':
      return scalar(actual, given, (value) => instant(String(value)));
    case 'count':
    case 'amount':
    case 'quote':
      return parts(field, stored, properties, given);
    default:
      return scalar(actual, given);
  }
}
