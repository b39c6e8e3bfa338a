import type { RelationshipType } from '../../../src/model/declarations.ts';
import { daysOf } from './comparing.ts';
import type { Properties } from './plain-graph.ts';

/** Where an edge stands on a day, by rule 5 of the ontology. */
export function stateOf(type: RelationshipType, properties: Properties, day: string): string {
  const date = (name: string) => (typeof properties[name] === 'string' ? (properties[name] as string) : null);
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
