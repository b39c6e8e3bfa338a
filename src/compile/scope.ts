import { badInput } from '../errors.ts';
import type { RelationshipType } from '../model/declarations.ts';
import { gradesFrom, isGraded } from '../model/grades.ts';
import { type Commitment, GRADES } from '../model/vocabulary.ts';
import { type Argument, isGiven, placeOf, under } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import { asText } from './values.ts';

/**
 * What of the graph is looked at: as of which day, how surely, with which commitment at least. A root field says so for
 * everything below it; a list may say otherwise for itself and for what is below it.
 */
export interface Scope {
  /** The day; null where none is named. */
  readonly asOf: Argument | null;
  /** Whether what may have been is left out, and only what surely was is kept. */
  readonly certain: boolean;
  readonly minCommitment: Commitment | null;
}

/** Everything, whatever its time and commitment. */
export const EVERYTHING: Scope = { asOf: null, certain: false, minCommitment: null };

/** Arguments, or keys of a filter, that name a scope. */
export const SCOPE_KEYS = ['asOf', 'certain', 'minCommitment'] as const;

/**
 * The scope that arguments name within another: what they leave out is inherited, null lifts it.
 * @throws BAD_USER_INPUT for a commitment that is no grade
 */
export function scopeWithin(given: Argument, inherited: Scope): Scope {
  const [asOf, certain, minCommitment] = SCOPE_KEYS.map((key) => under(given, key)) as [Argument, Argument, Argument];
  return {
    asOf: asOf.value === undefined ? inherited.asOf : isGiven(asOf) ? asOf : null,
    certain: certain.value === undefined ? inherited.certain : certain.value === true,
    minCommitment:
      minCommitment.value === undefined
        ? inherited.minCommitment
        : isGiven(minCommitment)
          ? gradeOf(minCommitment)
          : null,
  };
}

function gradeOf(argument: Argument): Commitment {
  const value = argument.value as Commitment;
  if ((GRADES as readonly string[]).includes(value)) return value;
  throw badInput(`minCommitment cannot be ${value}: it is a kind of speech, not a grade.`, {
    path: placeOf(argument),
    value,
    suggestion: `One of ${GRADES.join(', ')}.`,
  });
}

/** The conditions under which an edge of one of these types is in the scope; none where all of them are. */
export function inScope(
  emitter: Emitter,
  scope: Scope,
  types: readonly RelationshipType[],
  edge: string,
  overlaps?: Argument,
): string[] {
  const { asOf } = scope;
  return [
    ...(asOf ? holdsOn(types, edge, () => emitter.param(asOf, asText), scope.certain) : []),
    ...(overlaps && isGiven(overlaps)
      ? byClass(types, edge, () => inRange(emitter, overlaps, scope.certain, edge))
      : []),
    ...(scope.minCommitment ? committed(types, edge, scope.minCommitment) : []),
  ];
}

/**
 * The conditions under which an edge of one of these types holds on a day, or may; none where all of them always do.
 * @param day the parameter that holds it as text; not asked for where none is needed
 */
export const holdsOn = (
  types: readonly RelationshipType[],
  edge: string,
  day: () => string,
  certain: boolean,
): string[] => byClass(types, edge, () => onDay(day(), certain, edge));

/** Conditions by the class of an edge's type; a timeless edge always holds. */
interface Holding {
  readonly state: string;
  readonly act: string;
}

function byClass(types: readonly RelationshipType[], edge: string, hold: () => Holding): string[] {
  const among = (is: RelationshipType['time']['class']) => types.filter((type) => type.time.class === is);
  const [states, acts, timeless] = [among('state'), among('act'), among('timeless')];
  if (timeless.length === types.length) return [];
  const holding = hold();
  if (states.length === types.length) return [holding.state];
  if (acts.length === types.length) return [holding.act];
  const cases = [
    ...(timeless.length > 0 ? [`WHEN ${isOneOf(edge, timeless)} THEN true`] : []),
    ...(acts.length > 0 ? [`WHEN ${isOneOf(edge, acts)} THEN ${holding.act}`] : []),
  ];
  return [`CASE ${cases.join(' ')} ELSE ${states.length > 0 ? holding.state : 'true'} END`];
}

const isOneOf = (edge: string, types: readonly RelationshipType[]): string =>
  `type(${edge}) IN [${types.map((type) => `'${type.name}'`).join(', ')}]`;

/**
 * What `stateOn` of the model says, for the database: CURRENT and UNKNOWN are kept of states, PAST and UNKNOWN of acts;
 * surely, the first of each two.
 */
function onDay(text: string, certain: boolean, edge: string): Holding {
  const day = `date(${text})`;
  const notPast = `(${edge}.validToLatest IS NULL OR ${edge}.validToLatest > ${day})`;
  const notFuture = `(${edge}.validFromEarliest IS NULL OR ${edge}.validFromEarliest <= ${day})`;
  if (!certain) return { state: `(${notPast} AND ${notFuture})`, act: notFuture };
  const begun = `(${edge}.validFromLatest <= ${day} OR ${edge}.observedFrom <= ${day})`;
  const goesOn = `(${edge}.validToEarliest > ${day} OR ${edge}.observedTo >= ${day})`;
  return {
    state: `coalesce(${notPast} AND ${notFuture} AND ${begun} AND ${goesOn}, false)`,
    act: `coalesce(${edge}.validFromLatest <= ${day}, false)`,
  };
}

/** Whether an edge holds on some day of a range, or may; an act, whether it was done within it. */
function inRange(emitter: Emitter, overlaps: Argument, certain: boolean, edge: string): Holding {
  const [from, to] = [under(overlaps, 'from'), under(overlaps, 'to')];
  checkRange(overlaps);
  const first = isGiven(from) ? `date(${emitter.param(from, asText)})` : null;
  const last = isGiven(to) ? `date(${emitter.param(overlaps, endOfRange)})` : null;
  const all = (...conditions: (string | null)[]): string => conditions.filter(Boolean).join(' AND ') || 'true';
  const notOver = first && `(${edge}.validToLatest IS NULL OR ${edge}.validToLatest > ${first})`;
  const notAfter = last && `(${edge}.validFromEarliest IS NULL OR ${edge}.validFromEarliest <= ${last})`;
  const notBefore = first && `(${edge}.validFromLatest IS NULL OR ${edge}.validFromLatest >= ${first})`;
  if (!certain) return { state: `(${all(notOver, notAfter)})`, act: `(${all(notBefore, notAfter)})` };
  const begun = last && `(${edge}.validFromLatest <= ${last} OR ${edge}.observedFrom <= ${last})`;
  const goesOn = first && `(${edge}.validToEarliest > ${first} OR ${edge}.observedTo >= ${first})`;
  const done = all(first && `${edge}.validFromEarliest >= ${first}`, last && `${edge}.validFromLatest <= ${last}`);
  return {
    state: `coalesce(${all(notOver, notAfter, begun, goesOn)}, false)`,
    act: `coalesce(${done}, false)`,
  };
}

function checkRange(overlaps: Argument): void {
  const [from, to] = [under(overlaps, 'from'), under(overlaps, 'to')];
  if (!isGiven(from) && !isGiven(to))
    throw badInput('overlaps names no day.', {
      path: placeOf(overlaps),
      suggestion: 'Give from, to, or both: overlaps: {from: "2024-01-01", to: "2024-12-31"}.',
    });
}

/** The range's end. @throws BAD_USER_INPUT when it lies before the range's start */
function endOfRange(overlaps: Argument): unknown {
  const [from, to] = [under(overlaps, 'from'), under(overlaps, 'to')];
  if (isGiven(from) && String(from.value) > String(to.value))
    throw badInput(`overlaps ends on ${to.value}, before it begins on ${from.value}.`, {
      path: placeOf(to),
      value: to.value,
      suggestion: 'Give the earlier day as from; both days are included.',
    });
  return to.value;
}

/**
 * The condition under which an edge of one of these types has at least a commitment. Speech is no grade of it: what
 * somebody said, and where somebody stands, is kept whatever the grade.
 */
export function committed(types: readonly RelationshipType[], edge: string, least: Commitment): string[] {
  const graded = types.filter(isGraded);
  if (graded.length === 0) return [];
  const is = `${edge}.status IN [${gradesFrom(least)
    .map((grade) => `'${grade}'`)
    .join(', ')}]`;
  if (graded.length === types.length) return [is];
  const spared = types.filter((type) => !isGraded(type));
  return [`(${isOneOf(edge, spared)} OR ${is})`];
}
