import { badInput, ConcordatError } from '../errors.ts';
import { parsePartialDate } from '../model/partial-date.ts';
import { type Argument, placeOf } from './arguments.ts';

/**
 * Values on their way into parameters, always of one type for a slot. The compiler knows no driver, so that integers
 * travel as a marked value which the store turns into the driver's own.
 */

/** A whole number that must reach the database as an integer. */
export class WholeNumber {
  constructor(readonly value: number) {}
}

export const asText = (argument: Argument): unknown => argument.value;
export const asFlag = (argument: Argument): unknown => argument.value;
export const asNumber = (argument: Argument): unknown => argument.value;
export const asWhole = (argument: Argument): unknown => new WholeNumber(argument.value as number);

/** An instant in UTC: Cypher holds two instants for different when only their offsets differ. */
export function inUtc(value: unknown): unknown {
  const [, second = '', fraction = '', offset = ''] = INSTANT.exec(String(value)) ?? [];
  return `${new Date(`${second}${offset}`).toISOString().slice(0, 19)}${fraction}Z`;
}

/** To the second or minute, its fraction, its offset; milliseconds of JavaScript's would cut what is finer. */
const INSTANT = /^([^.]+?)(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** The largest list that `in` and its like take. */
export const LIST_LIMIT = 200;

/** A list of at most 200 values. */
export function asList(argument: Argument, each: (value: unknown) => unknown = (value) => value): unknown {
  const list = argument.value as unknown[];
  if (list.length > LIST_LIMIT)
    throw new ConcordatError(
      'LIMIT_EXCEEDED',
      `${argument.path.at(-1)} takes at most ${LIST_LIMIT} values; ${list.length} are given.`,
      {
        path: placeOf(argument),
        value: list.length,
        suggestion: 'Ask in several queries, or filter by what the values have in common.',
      },
    );
  return list.map(each);
}

/** The earliest day that a partial date can mean; the scalar has checked its form. */
export const earliest = (argument: Argument): unknown => parsePartialDate(argument.value as string)?.earliest;
/** The latest day that a partial date can mean. */
export const latest = (argument: Argument): unknown => parsePartialDate(argument.value as string)?.latest;

/** `between` takes exactly two values, in order. */
export function pair(argument: Argument): [unknown, unknown] {
  const list = argument.value as unknown[];
  if (list.length !== 2)
    throw badInput(`between takes exactly two values, the smaller first; ${list.length} are given.`, {
      path: placeOf(argument),
      value: list,
      suggestion: 'between: [from, to], both included',
    });
  return [list[0], list[1]];
}
