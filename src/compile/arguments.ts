import { type FieldNode, type GraphQLField, getArgumentValues } from 'graphql';

/**
 * Arguments as the compiler meets them: a value now, to decide the statement's shape by, and a way to the value that the
 * next call with the same shape will have in its place.
 */

/** The field that arguments stand on. */
export interface ArgumentSource {
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
  /** Keys of the answer that lead to the field, for error messages. */
  readonly path: readonly string[];
}

/** A value among a field's arguments: what it is now, and where it stands. */
export interface Argument {
  readonly source: ArgumentSource;
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** All arguments of a field. */
export function argumentsOf(source: ArgumentSource, variables: Readonly<Record<string, unknown>>): Argument {
  return { source, path: [], value: getArgumentValues(source.field, source.node, variables) };
}

/** The value under a key; its `value` is undefined where nothing is given. */
export const under = (argument: Argument, key: string | number): Argument => ({
  source: argument.source,
  path: [...argument.path, key],
  value: step(argument.value, key),
});

/** The keys of an input object that are given, in their given order. */
export const keysGiven = (argument: Argument): string[] =>
  argument.value && typeof argument.value === 'object'
    ? Object.entries(argument.value)
        .filter(([, value]) => value !== undefined)
        .map(([key]) => key)
    : [];

/** The items of a list; none where nothing is given. */
export const items = (argument: Argument): Argument[] =>
  Array.isArray(argument.value) ? argument.value.map((_, nth) => under(argument, nth)) : [];

/** Whether anything but null is given. */
export const isGiven = (argument: Argument): boolean => argument.value !== undefined && argument.value !== null;

/** The place of an argument, for error messages: the answer's keys, then the argument's. */
export const placeOf = (argument: Argument): (string | number)[] => [...argument.source.path, ...argument.path];

const step = (value: unknown, key: string | number): unknown =>
  value && typeof value === 'object' ? (value as Record<string | number, unknown>)[key] : undefined;

/** Reads the same argument out of another call's variables. */
export function reread(
  argument: Argument,
  variables: Readonly<Record<string, unknown>>,
  memo: Map<FieldNode, unknown>,
): Argument {
  const { source } = argument;
  let values = memo.get(source.node);
  if (values === undefined) {
    values = getArgumentValues(source.field, source.node, variables);
    memo.set(source.node, values);
  }
  return { ...argument, value: argument.path.reduce(step, values) };
}
