import { badInput } from '../errors.ts';
import type { Field } from '../model/kinds.ts';
import { type Argument, isGiven, keysGiven, placeOf, under } from './arguments.ts';
import type { Emitter, Slot } from './emitter.ts';
import { fullTextWords } from './full-text.ts';
import { identifier } from './identifier.ts';
import { statusExpression } from './properties.ts';
import { asFlag, asList, asNumber, asText, asWhole, earliest, inUtc, latest, pair, WholeNumber } from './values.ts';

/**
 * The operators of `where`, by kind of field. An operator on an absent value is false, save `isNull`; `not` is the
 * complement and so includes what is unknown.
 */

/** How the values of one kind are compared. */
interface Comparison {
  readonly text: string;
  /** Converts one value of the operator's argument. */
  readonly convert: Slot['convert'];
  /** Converts one item of a list. */
  readonly item: (value: unknown) => unknown;
  /** Wraps a parameter so that the database compares it as the property's type. */
  readonly wrap: (parameter: string) => string;
}

const plain = (parameter: string): string => parameter;
const same = (value: unknown): unknown => value;

const SIGNS = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/** The predicate of all operators given for one field; each must hold. */
export function fieldPredicate(
  emitter: Emitter,
  given: Argument,
  field: Field,
  stored: string,
  variable: string,
): string[] {
  const at = (suffix = '') => `${variable}.${identifier(stored + suffix)}`;
  const compare = (text: string, convert: Slot['convert'], item = same, wrap = plain) =>
    comparisons(emitter, given, { text, convert, item, wrap }, matching(field, stored, variable));
  switch (field.kind) {
    case 'text':
    case 'openList':
    case 'closedList':
    case 'reference':
      return compare(at(), asText);
    case 'statusOf':
      return compare(statusExpression(emitter, field.relationship, variable), asText);
    case 'boolean':
      return compare(at(), asFlag);
    case 'integer':
      return compare(at(), asWhole, (value) => new WholeNumber(value as number));
    case 'float':
      return compare(at(), asNumber);
    case 'date':
      return compare(at(), asText, same, (parameter) => `date(${parameter})`);
    case 'dateTime':
      return compare(
        at(),
        (argument) => inUtc(argument.value),
        inUtc,
        (parameter) => `datetime(${parameter})`,
      );
    case 'partialDate':
      return partialDates(emitter, given, at);
    case 'textList':
      return lists(emitter, given, at());
    case 'count':
    case 'amount':
    case 'quote':
      return parts(emitter, given, field, at);
  }
}

/** Where the words of a field can be searched: an index and the property in it. */
interface Matching {
  readonly variable: string;
  readonly property: string;
  readonly fullText: boolean;
}

const matching = (field: Field, stored: string, variable: string): Matching => ({
  variable,
  property: stored,
  fullText: (field.kind === 'text' || field.kind === 'textList') && field.fullText,
});

function comparisons(emitter: Emitter, given: Argument, how: Comparison, words: Matching | null): string[] {
  return keysGiven(given).flatMap((operator) => {
    const value = under(given, operator);
    if (operator === 'isNull') return isNull(how.text, value);
    if (value.value === null) return ['false'];
    const param = () => how.wrap(emitter.param(value, how.convert));
    switch (operator) {
      case 'eq':
      case 'ne':
      case 'lt':
      case 'lte':
      case 'gt':
      case 'gte':
        return [`${how.text} ${SIGNS[operator]} ${param()}`];
      case 'in':
        return [membership(emitter, value, how, '')];
      case 'notIn':
        return [membership(emitter, value, how, 'NOT ')];
      case 'between':
        return [
          `${how.text} >= ${how.wrap(emitter.param(value, (argument) => how.item(pair(argument)[0])))}`,
          `${how.text} <= ${how.wrap(emitter.param(value, (argument) => how.item(pair(argument)[1])))}`,
        ];
      case 'startsWith':
        return [`${how.text} STARTS WITH ${param()}`];
      case 'contains':
        return [`${how.text} CONTAINS ${param()}`];
      case 'matches':
        return words ? [fullTextWords(emitter, value, words.property, words.variable)] : [];
      default:
        return [];
    }
  });
}

/** `isNull: null` asks nothing, as if it were left out. */
const isNull = (text: string, { value }: Argument): string[] =>
  value === null ? [] : [`${text} IS ${value === true ? '' : 'NOT '}NULL`];

/** `in` and `notIn`; the values of dates are read as dates one by one. */
function membership(emitter: Emitter, value: Argument, how: Comparison, not: string): string {
  const param = emitter.param(value, (argument) => asList(argument, how.item));
  const list = how.wrap('x') === 'x' ? param : `[x IN ${param} | ${how.wrap('x')}]`;
  return `${not}${how.text} IN ${list}`;
}

/** Partial dates: before and after are sure, from the earliest and the latest day that each side can mean. */
function partialDates(emitter: Emitter, given: Argument, at: (suffix?: string) => string): string[] {
  return keysGiven(given).flatMap((operator) => {
    const value = under(given, operator);
    if (operator === 'isNull') return isNull(at(), value);
    if (value.value === null) return ['false'];
    const day = (convert: Slot['convert']) => `date(${emitter.param(value, convert)})`;
    const ofPair = (nth: 0 | 1, edge: typeof earliest) =>
      day((argument) => edge({ ...argument, value: pair(argument)[nth] }));
    switch (operator) {
      case 'eq':
        return [`${at()} = ${emitter.param(value, asText)}`];
      case 'ne':
        return [`${at()} <> ${emitter.param(value, asText)}`];
      case 'in':
        return [`${at()} IN ${emitter.param(value, (argument) => asList(argument))}`];
      case 'notIn':
        return [`NOT ${at()} IN ${emitter.param(value, (argument) => asList(argument))}`];
      case 'lt':
        return [`${at('Latest')} < ${day(earliest)}`];
      case 'lte':
        return [`${at('Latest')} <= ${day(latest)}`];
      case 'gt':
        return [`${at('Earliest')} > ${day(latest)}`];
      case 'gte':
        return [`${at('Earliest')} >= ${day(earliest)}`];
      case 'between':
        return [`${at('Earliest')} >= ${ofPair(0, earliest)}`, `${at('Latest')} <= ${ofPair(1, latest)}`];
      case 'startsWith':
        return [`${at()} STARTS WITH ${emitter.param(value, asText)}`];
      default:
        return [];
    }
  });
}

function lists(emitter: Emitter, given: Argument, text: string): string[] {
  return keysGiven(given).map((operator) => {
    const value = under(given, operator);
    if (value.value === null) return 'false';
    if (operator === 'has') return `${emitter.param(value, asText)} IN coalesce(${text}, [])`;
    if (operator === 'hasAny')
      return `any(x IN coalesce(${text}, []) WHERE x IN ${emitter.param(value, (argument) => asList(argument))})`;
    return `${value.value === true ? '' : 'NOT '}size(coalesce(${text}, [])) = 0`;
  });
}

/**
 * The comparisons of a number that an expression counts.
 * @throws BAD_USER_INPUT when none is given
 */
export function comparesNumber(emitter: Emitter, given: Argument, text: string): string[] {
  const signs = Object.entries(SIGNS).filter(([operator]) => isGiven(under(given, operator)));
  if (signs.length === 0)
    throw badInput('count compares with nothing.', {
      path: placeOf(given),
      suggestion: `Give one of ${Object.keys(SIGNS).join(', ')}, such as count: {gte: 2}.`,
    });
  return signs.map(([operator, sign]) => `${text} ${sign} ${emitter.param(under(given, operator), asWhole)}`);
}

/** Counts, amounts and quotes: a filter a part. */
function parts(emitter: Emitter, given: Argument, field: Field, at: (suffix?: string) => string): string[] {
  return keysGiven(given).flatMap((part) => {
    const value = under(given, part);
    const suffix = part.charAt(0).toUpperCase() + part.slice(1);
    if (part === 'isNull') {
      const all = (
        field.kind === 'count'
          ? ['Exact', 'AtLeast', 'AtMost', 'Text']
          : field.kind === 'amount'
            ? ['Value', 'Currency', 'AtLeast', 'AtMost', 'Text']
            : ['Text']
      )
        .map((each) => `${at(each)} IS NULL`)
        .join(' AND ');
      return [value.value === true ? `(${all})` : `NOT (${all})`];
    }
    const whole = field.kind === 'count' && part !== 'text';
    const number = field.kind === 'amount' && ['value', 'atLeast', 'atMost'].includes(part);
    const how: Comparison = {
      text: part === 'elided' ? `coalesce(${at(suffix)}, false)` : at(suffix),
      convert: whole ? asWhole : number ? asNumber : asText,
      item: whole ? (item) => new WholeNumber(item as number) : same,
      wrap: plain,
    };
    return comparisons(
      emitter,
      value,
      how,
      field.kind === 'quote'
        ? { variable: at().split('.')[0] ?? '', property: 'quoteText', fullText: part === 'text' }
        : null,
    );
  });
}
