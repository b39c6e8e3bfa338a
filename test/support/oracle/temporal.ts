import type { RelationshipType } from '../../../src/model/declarations.ts';
import { daysOf } from './comparing.ts';
import type { Properties } from './plain-graph.ts';

/** When an edge holds, by rule 5 of the ontology. Days are ISO, so that they compare as text. */

/** A property that holds a day or an ISO prefix; null where there is none. */
const dateIn = (properties: Properties, name: string): string | null =>
  typeof properties[name] === 'string' ? (properties[name] as string) : null;

/** Where an edge stands on a day. */
export function stateOf(type: RelationshipType, properties: Properties, day: string): string {
  const date = (name: string) => dateIn(properties, name);
  if (type.time.class === 'timeless') return 'CURRENT';
  const from = date('validFrom');
  const to = date('validTo');
  const surelyBegun = from !== null && daysOf(from).last <= day;
  const surelyNotBegun = from !== null && daysOf(from).first > day;
  if (type.time.class === 'act') return surelyBegun ? 'PAST' : surelyNotBegun ? 'FUTURE' : 'UNKNOWN';
  const surelyOver = to !== null && daysOf(to).last <= day;
  const surelyNotOver = to !== null && daysOf(to).first > day;
  const [seenFirst, seenLast] = [date('observedFrom'), date('observedTo')];
  if (surelyOver) return 'PAST';
  if (surelyNotBegun) return 'FUTURE';
  const seenBefore = seenFirst !== null && seenFirst <= day;
  const seenLater = seenLast !== null && seenLast >= day;
  return (surelyBegun || seenBefore) && (surelyNotOver || seenLater) ? 'CURRENT' : 'UNKNOWN';
}

/** Inclusive days; an end that is null is open. */
export interface Range {
  readonly from?: string | null;
  readonly to?: string | null;
}

/** Whether a state may have held, or surely held, on some day of a range; whether an act was done within it. */
export function overlapsRange(type: RelationshipType, properties: Properties, range: Range, certain: boolean): boolean {
  if (type.time.class === 'timeless') return true;
  const [first, last] = [range.from ?? null, range.to ?? null];
  const begins = dateIn(properties, 'validFrom');
  const begun = begins === null ? null : daysOf(begins);
  if (type.time.class === 'act') {
    const before = first !== null && begun !== null && begun.last < first;
    const after = last !== null && begun !== null && begun.first > last;
    if (before || after) return false;
    const surelyFrom = first === null || (begun !== null && begun.first >= first);
    const surelyTo = last === null || (begun !== null && begun.last <= last);
    return !certain || (surelyFrom && surelyTo);
  }
  const ends = dateIn(properties, 'validTo');
  const over = ends === null ? null : daysOf(ends);
  const overAtFirst = first !== null && over !== null && over.last <= first;
  const notBegunByLast = last !== null && begun !== null && begun.first > last;
  if (overAtFirst || notBegunByLast) return false;
  const [seenFirst, seenLast] = [dateIn(properties, 'observedFrom'), dateIn(properties, 'observedTo')];
  const surelyBegun =
    last === null || (begun !== null && begun.last <= last) || (seenFirst !== null && seenFirst <= last);
  const surelyGoesOn =
    first === null || (over !== null && over.first > first) || (seenLast !== null && seenLast >= first);
  return !certain || (surelyBegun && surelyGoesOn);
}
