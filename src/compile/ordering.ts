import { badInput } from '../errors.ts';
import type { Field } from '../model/kinds.ts';
import { COMMITMENTS } from '../model/vocabulary.ts';
import { type Argument, items, keysGiven, placeOf, under } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import { identifier } from './identifier.ts';
import { isAlwaysThere } from './presence.ts';
import { statusExpression } from './properties.ts';

/** Orders, and the keyset cursors that follow from them. Absent values come last both ways; ids break ties. */

/** One key that a list is ordered by. */
export interface OrderKey {
  /** Names the key in cursors, so that a cursor of another order is refused. */
  readonly name: string;
  readonly text: string;
  readonly descending: boolean;
  readonly nullable: boolean;
  /** Whether the key is worked out anew each time it is read, so that a statement does well to do so once a row. */
  readonly computed: boolean;
  /** Whether an index holds what is ordered by, where it is not absent. */
  readonly indexed: boolean;
  /** How a cursor's value becomes comparable: as it is, or read as a date or an instant. */
  readonly as: 'plain' | 'date' | 'datetime';
}

/** What a field is ordered by, or null where it has no order. */
export function orderable(field: Field): boolean {
  return !['textList', 'quote', 'reference'].includes(field.kind);
}

/** The order key of a stored field of the node or edge in a variable. */
export function fieldKey(
  emitter: Emitter,
  field: Field,
  stored: string,
  variable: string,
  descending: boolean,
): OrderKey {
  const at = (suffix = '') => `${variable}.${identifier(stored + suffix)}`;
  const key = (text: string, as: OrderKey['as'] = 'plain'): OrderKey => ({
    name: `${variable[0]}.${field.name}`,
    text,
    descending,
    nullable: !isAlwaysThere(field),
    computed: field.kind === 'statusOf',
    indexed: field.name === 'name' || ['partialDate', 'openList', 'integer', 'float'].includes(field.kind),
    as,
  });
  switch (field.kind) {
    case 'partialDate':
      return key(at('Earliest'), 'date');
    case 'date':
      return key(at(), 'date');
    case 'dateTime':
      return key(at(), 'datetime');
    case 'count':
      return key(`coalesce(${at('Exact')}, ${at('AtLeast')}, ${at('AtMost')})`);
    case 'amount':
      return key(`coalesce(${at('Value')}, ${at('AtLeast')}, ${at('AtMost')})`);
    case 'closedList':
      return key(byDeclaration(Object.keys(field.list.values), at()));
    case 'statusOf':
      return key(byDeclaration(COMMITMENTS, statusExpression(emitter, field.relationship, variable)));
    default:
      return key(at());
  }
}

/** Closed lists are ordered as they are declared: commitments from the strongest to the weakest. */
const byDeclaration = (values: readonly string[], text: string): string =>
  `CASE ${text} ${values.map((value, nth) => `WHEN '${value}' THEN ${nth}`).join(' ')} END`;

export const idKey = (variable: string, descending = false): OrderKey => ({
  name: `${variable[0]}.id`,
  text: `${variable}.id`,
  descending,
  nullable: false,
  computed: false,
  indexed: true,
  as: 'plain',
});

/** The order by how many edges an entity has; `text` counts them. */
export const countKey = (variable: string, relation: string, text: string, descending: boolean): OrderKey => ({
  name: `${variable[0]}.${relation}#`,
  text,
  descending,
  nullable: false,
  computed: true,
  indexed: false,
  as: 'plain',
});

/**
 * Reads an `orderBy` list, each item naming exactly one field, and hands each field's place to `keyOf`.
 * @throws BAD_USER_INPUT when two items name the same field
 */
export function readOrder(
  orderBy: Argument,
  keyOf: (path: readonly string[], descending: boolean) => OrderKey,
  tie: OrderKey,
): OrderKey[] {
  const keys: OrderKey[] = [];
  for (const item of items(orderBy)) {
    let place = item;
    const path: string[] = [];
    while (typeof place.value === 'object' && place.value !== null) {
      const [key] = keysGiven(place);
      if (key === undefined) break;
      path.push(key);
      place = under(place, key);
    }
    const key = keyOf(path, place.value === 'DESC');
    if (keys.some((other) => other.name === key.name))
      throw badInput(`orderBy names ${path.join('.')} twice.`, {
        path: placeOf(item),
        value: path.join('.'),
        suggestion: 'Name each field once; the first decides.',
      });
    keys.push(key);
  }
  return keys.some((key) => key.name === tie.name) ? keys : [...keys, tie];
}

/** `ORDER BY`'s items; reversed for a page that is read backward, and then turned round by whoever reads the rows. */
export function orderText(keys: readonly OrderKey[], backward: boolean): string {
  return keys
    .flatMap((key) => {
      const direction = key.descending !== backward ? ' DESC' : '';
      // Cypher puts nulls last ascending and first descending; whichever of the two is not wanted is said expressly.
      const nulls =
        key.nullable && key.descending
          ? [`${key.text} IS NULL${backward ? ' DESC' : ''}`]
          : key.nullable && backward
            ? [`${key.text} IS NULL DESC`]
            : [];
      return [...nulls, `${key.text}${direction}`];
    })
    .join(', ');
}

/** How a key leaves the database, to be put into a cursor. */
export const cursorExpression = (key: OrderKey): string => (key.as === 'plain' ? key.text : `toString(${key.text})`);

interface CursorContent {
  readonly order: string;
  readonly keys: readonly unknown[];
}

/** Names of the keys with their directions: the order that a cursor belongs to. */
const orderName = (keys: readonly OrderKey[]): string =>
  keys.map((key) => `${key.name}${key.descending ? '-' : '+'}`).join(' ');

/** An opaque cursor for the values of the keys at a row. */
export function encodeCursor(keys: readonly OrderKey[], values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([orderName(keys), ...values])).toString('base64url');
}

/** @throws BAD_USER_INPUT when it is no cursor, or one of another list or order */
export function decodeCursor(keys: readonly OrderKey[], argument: Argument): CursorContent {
  const refuse = (why: string) =>
    badInput(`The cursor "${shorten(String(argument.value))}" ${why}.`, {
      path: placeOf(argument),
      value: shorten(String(argument.value)),
      suggestion:
        argument.path.at(-1) === 'since'
          ? 'Pass the cursor of a change, or pageInfo.endCursor of a page of changes, unchanged.'
          : 'Pass pageInfo.endCursor of the page before, of the same list with the same orderBy, unchanged.',
    });
  let content: unknown;
  try {
    const text = String(argument.value);
    if (!/^[A-Za-z0-9_-]+$/.test(text)) throw new Error('not base64url');
    content = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw refuse('is not one of ours');
  }
  if (!Array.isArray(content) || content.length !== keys.length + 1 || typeof content[0] !== 'string')
    throw refuse('is not one of this list');
  const [order, ...values] = content as [string, ...unknown[]];
  if (order !== orderName(keys)) throw refuse('belongs to another list or another orderBy');
  if (values.some((value, nth) => !fitsKey(keys[nth], value))) throw refuse('is damaged');
  return { order, keys: values };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T[0-9:.]+Z$/;

function fitsKey(key: OrderKey | undefined, value: unknown): boolean {
  if (!key) return false;
  if (value === null) return key.nullable;
  if (key.as === 'date') return typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value));
  if (key.as === 'datetime')
    return typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value));
  return ['string', 'number', 'boolean'].includes(typeof value);
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

/** What comes after a cursor: the predicate, and what of it an index can be entered by, which is about the first key alone. */
export interface AfterCursor {
  /** Null where an index cannot be entered for all that follows, since absent keys do. */
  readonly entry: string | null;
  /** What an index can be entered by for those that follow and have the key; null where none of them has it. */
  readonly present: string | null;
  readonly whole: string;
  /**
   * What does not come after it. A comparison with an absent key is unknown, and what is not known to lie beyond the
   * cursor lies on this side of it.
   */
  readonly until: string;
}

/**
 * The predicate of what comes after a cursor (before it, when read backward). Keys that are null in the cursor change the
 * text, so that they are guarded. The first key stands alone as well, which is what an index can be entered by; within
 * what that lets through, "beyond" is "different". (Neo4j compares a text with a parameter by UTF-16 unit, but orders by
 * code point, as its indexes do: so that an index's word is to be taken where there is one.)
 */
export function afterCursor(
  emitter: Emitter,
  keys: readonly OrderKey[],
  cursor: Argument,
  backward: boolean,
): AfterCursor {
  const nulls = emitter.guard(cursor, (argument) =>
    decodeCursor(keys, argument)
      .keys.map((value) => (value === null ? '0' : '1'))
      .join(''),
  );
  const [first] = keys;
  const entered = first !== undefined && keys.length > 1 && !first.nullable && nulls[0] !== '0';
  const parameters = keys.map((key, nth) => {
    if (nulls[nth] === '0') return 'null';
    const param = emitter.param(cursor, (argument) => decodeCursor(keys, argument).keys[nth]);
    return key.as === 'plain' ? param : `${key.as}(${param})`;
  });
  const alternatives = keys.map((key, nth) => {
    const before = keys
      .slice(0, nth)
      .map((other, place) => (nulls[place] === '0' ? `${other.text} IS NULL` : `${other.text} = ${parameters[place]}`));
    const parameter = parameters[nth] ?? 'null';
    const isBeyond =
      entered && nth === 0 ? `${key.text} <> ${parameter}` : beyond(key, parameter, nulls[nth] === '0', backward);
    return [...before, isBeyond].join(' AND ');
  });
  const whole = `(${alternatives.map((one) => (alternatives.length > 1 ? `(${one})` : one)).join(' OR ')})`;
  const isAbsent = nulls[0] === '0';
  const entry =
    first && !isAbsent ? `${first.text} ${first.descending !== backward ? '<=' : '>='} ${parameters[0]}` : null;
  // Read backward, what comes before an absent key is all that have it.
  const present = entry ?? (backward && first ? `${first.text} IS NOT NULL` : null);
  const back =
    first && entry && !first.nullable
      ? `${first.text} ${first.descending !== backward ? '>=' : '<='} ${parameters[0]} AND `
      : '';
  const all = entered ? `${entry} AND ${whole}` : whole;
  return { entry: entered ? entry : null, present, whole: all, until: `${back}NOT coalesce((${all}), false)` };
}

/** What lies beyond one key's value in reading order. */
function beyond(key: OrderKey, parameter: string, isNull: boolean, backward: boolean): string {
  const forward = `${key.text} ${key.descending !== backward ? '<' : '>'} ${parameter}`;
  if (!backward) {
    if (isNull) return 'false';
    return key.nullable ? `(${forward} OR ${key.text} IS NULL)` : forward;
  }
  if (isNull) return `${key.text} IS NOT NULL`;
  return forward;
}
