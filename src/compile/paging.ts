import { badInput, ConcordatError } from '../errors.ts';
import { type Argument, isGiven, placeOf, under } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import { WholeNumber } from './values.ts';

/** How much of a list, and from where: `first after`, on roots also `last before`. */

export const DEFAULT_FIRST = 25;
export const MAXIMUM_FIRST = 200;

/** A page as it is asked for. */
export interface Page {
  readonly backward: boolean;
  /** `after` or `before`; null when neither is given. */
  readonly cursor: Argument | null;
  /** Slot of the page's size, a plain number. */
  readonly size: number;
  /** The LIMIT's parameter: the size, one more where it must be known whether there is more. */
  limit(emitter: Emitter, oneMore: boolean): string;
}

/** Reads the page's size: 25 where none is given. @throws BAD_USER_INPUT below 1, LIMIT_EXCEEDED above 200 */
export function sizeOf(argument: Argument): number {
  const value = (argument.value ?? DEFAULT_FIRST) as number;
  const name = String(argument.path.at(-1));
  if (value < 1)
    throw badInput(`${name} must be at least 1; it is ${value}.`, {
      path: placeOf(argument),
      value,
      suggestion: `Leave ${name} out for ${DEFAULT_FIRST}, or ask for totalCount alone.`,
    });
  if (value > MAXIMUM_FIRST)
    throw new ConcordatError('LIMIT_EXCEEDED', `${name} must be at most ${MAXIMUM_FIRST}; it is ${value}.`, {
      path: placeOf(argument),
      value,
      suggestion: `Ask for ${MAXIMUM_FIRST} and go on with after: pageInfo.endCursor.`,
    });
  return value;
}

/** Reads `first after last before` off a field's arguments. @throws BAD_USER_INPUT when both directions are mixed */
export function pageOf(emitter: Emitter, given: Argument): Page {
  // What is told as it comes is read on from where one has been, which is called so.
  const from = given.source.field.args.some(({ name }) => name === 'since') ? 'since' : 'after';
  const [first, last, after, before] = ['first', 'last', from, 'before'].map((key) => under(given, key)) as [
    Argument,
    Argument,
    Argument,
    Argument,
  ];
  const backward = isGiven(last) || (isGiven(before) && !isGiven(first) && !isGiven(after));
  if (isGiven(first) && isGiven(last))
    throw badInput('first and last cannot be given together.', {
      path: placeOf(given),
      suggestion: 'Give first (and after), or last (and before).',
    });
  const wrong = backward ? after : before;
  if (isGiven(wrong))
    throw badInput(`${wrong.path.at(-1)} does not go with ${backward ? 'last' : 'first'}.`, {
      path: placeOf(wrong),
      value: wrong.value,
      suggestion: backward ? 'Use before with last.' : 'Use after with first.',
    });
  const asked = backward ? last : first;
  const cursor = backward ? before : after;
  return {
    backward,
    cursor: isGiven(cursor) ? cursor : null,
    size: emitter.slot(asked, sizeOf),
    limit: (to, oneMore) => to.param(asked, (argument) => new WholeNumber(sizeOf(argument) + (oneMore ? 1 : 0))),
  };
}
