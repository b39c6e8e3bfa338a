import { badInput } from '../errors.ts';
import { type Argument, placeOf, under } from './arguments.ts';
import { where } from './clauses.ts';
import { at, type Emitter, type Place } from './emitter.ts';
import type { Listing } from './listing.ts';
import { emitRevision } from './objects.ts';
import { decodeCursor, type OrderKey } from './ordering.ts';
import type { Page } from './paging.ts';

/** Lists of revisions: what has happened to a thing, and what has happened at all. */

/** Revisions are counted in the order in which they were committed. */
export const sequenceKey = (variable: string, descending: boolean): OrderKey => ({
  name: 'v.sequence',
  text: `${variable}.sequence`,
  descending,
  nullable: false,
  computed: false,
  indexed: true,
  as: 'plain',
});

const node = (emitter: Emitter, place: Place, variable: string): Pick<Listing, 'node' | 'part'> => ({
  node: (selected) => emitRevision(emitter, selected, variable, at(place, selected.key)),
  part: () => {
    throw new Error('an edge to a revision has a cursor and a node');
  },
});

/**
 * What has happened to a thing, the last first; where `connected` is given, also to what is tied to it. Each end by which
 * a revision may be found has an index in the order of the list, of which no more than a page is read.
 * @param ids expressions of the ids that it goes, or went, by
 * @param variables that the ids need
 */
export function historyOf(
  emitter: Emitter,
  ids: readonly string[],
  variables: readonly string[],
  given: Argument,
  place: Place,
): Listing {
  const revision = emitter.variable('v');
  const ends = under(given, 'connected').value === true ? ['of', 'from', 'to'] : ['of'];
  const named = ends.flatMap((end) => ids.map((id) => ({ end, is: `${revision}.${end} = ${id}` })));
  /** What each end finds that those before it do not. The index that all have in common has its order, but not its end. */
  const seeks = named.map(({ end, is }, nth) => ({
    match: `MATCH (${revision}:Revision) USING INDEX ${revision}:Revision(${end}, sequence)`,
    // An index of two properties is used where both are asked for.
    where: [is, `${revision}.sequence > 0`, ...named.slice(0, nth).map((other) => `NOT coalesce(${other.is}, false)`)],
    order: `${revision}.${end} DESC`,
  }));
  return {
    match: `MATCH (${revision}:Revision)`,
    where: [`(${named.map(({ is }) => is).join(' OR ')})`],
    variables: [revision],
    keys: [sequenceKey(revision, true)],
    count: seeks.map((seek) => `COUNT { ${seek.match}${where(seek.where)} }`).join(' + '),
    seen: ({ until }) => seeks.map((seek) => `EXISTS { ${seek.match}${where([...seek.where, until])} }`).join(' OR '),
    ways: ({ order, limit, beyond }) => ({
      given: variables.join(', '),
      queries: seeks.map(
        (seek) =>
          `${seek.match}${where([...seek.where, beyond?.whole])} WITH ${revision} ORDER BY ${seek.order}, ${order} LIMIT ${limit} RETURN ${revision}`,
      ),
    }),
    ...node(emitter, place, revision),
  };
}

/** The number of the last change; 0 where there is none. */
export const LAST_SEQUENCE =
  "coalesce(head(COLLECT { MATCH (f:ConcordatFeed {name: 'changes'}) RETURN f.sequence }), 0)";

/**
 * What has happened after a cursor, in order. A commit may be half applied when it is read: what comes after a number
 * that is missing is left for later.
 */
export function changesSince(emitter: Emitter, page: Page, place: Place): Listing {
  const revision = emitter.variable('v');
  const keys = [sequenceKey(revision, false)];
  const since = page.cursor;
  const after = since ? emitter.slot(since, (argument) => sequenceIn(argument)) : null;
  const sinceIn = (values: readonly unknown[]): number => (after === null ? 0 : Number(values[after]));
  return {
    match: `MATCH (${revision}:Revision)`,
    where: since ? [] : [`${revision}.sequence > 0`],
    variables: [revision],
    keys,
    count: null,
    counted: { text: LAST_SEQUENCE, decode: (last, { values }) => Math.max(0, Number(last) - sinceIn(values)) },
    ...(since ? { check: emitReached(emitter, since) } : {}),
    trim: (found, { values }) =>
      unbroken(
        found.map(([sequence]) => Number(sequence)),
        sinceIn(values),
      ),
    ...node(emitter, place, revision),
  };
}

/** How many of these numbers follow the one before without a gap. */
export function unbroken(sequences: readonly number[], after: number): number {
  const gap = sequences.findIndex((sequence, nth) => sequence !== after + nth + 1);
  return gap < 0 ? sequences.length : gap;
}

/** The number that a cursor of the change feed holds. @throws BAD_USER_INPUT when it is none */
export function sequenceIn(since: Argument): number {
  const sequence = Number(decodeCursor([sequenceKey('v', false)], since).keys[0]);
  if (Number.isSafeInteger(sequence) && sequence >= 0) return sequence;
  throw badInput('since is a damaged cursor.', {
    path: placeOf(since),
    value: since.value,
    suggestion: 'Pass the cursor of a change, unchanged.',
  });
}

/** The check that a cursor's change has happened in this store. */
function emitReached(emitter: Emitter, since: Argument) {
  const sequence = emitter.param(since, sequenceIn);
  return {
    text: `${sequence} <= ${LAST_SEQUENCE} OR EXISTS { MATCH (:Revision {sequence: ${sequence}}) }`,
    decode: (isReached: unknown) => {
      if (isReached !== true) throw notReached(since);
    },
  };
}

/** The error of a cursor from another store, or from a time that a backup has undone. */
export const notReached = (since: Argument): Error =>
  badInput('since is the cursor of a change that has not happened in this store.', {
    path: placeOf(since),
    suggestion:
      'The store may have been replaced by an older one. Read everything anew, and follow changes from there.',
  });
