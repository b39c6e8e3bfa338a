import type { RelationshipType } from './legend.ts';
import type { Edge } from './things.ts';

/** Where relationships stand on a day, reckoned in the page so that the slider answers at once. The server's rules. */

export type State = 'PAST' | 'CURRENT' | 'FUTURE' | 'UNKNOWN';

/** The state of an edge on a day (`YYYY-MM-DD`), by the class of its type. */
export function stateOn(day: string, time: RelationshipType['time']['class'], edge: Edge): State {
  if (time === 'timeless') return 'CURRENT';
  const begun = edge.begins !== null && latest(edge.begins) <= day;
  const notBegun = edge.begins !== null && earliest(edge.begins) > day;
  if (time === 'act') return begun ? 'PAST' : notBegun ? 'FUTURE' : 'UNKNOWN';
  if (edge.ends !== null && latest(edge.ends) <= day) return 'PAST';
  if (notBegun) return 'FUTURE';
  const { observedFrom, observedTo } = edge;
  if (observedFrom !== null && observedTo !== null && observedFrom <= day && day <= observedTo) return 'CURRENT';
  const endsAfter = (edge.ends !== null && earliest(edge.ends) > day) || (observedTo !== null && observedTo >= day);
  const began = begun || (observedFrom !== null && observedFrom <= day);
  return began && endsAfter ? 'CURRENT' : 'UNKNOWN';
}

/** Whether a day keeps an edge: states that hold or may hold, acts that are done or may be, whatever is timeless. */
export function isKept(state: State, time: RelationshipType['time']['class']): boolean {
  if (time === 'act') return state === 'PAST' || state === 'UNKNOWN';
  return state === 'CURRENT' || state === 'UNKNOWN';
}

/** The first day that an ISO prefix can mean. */
export const earliest = (date: string): string =>
  date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date;

/** The last day that an ISO prefix can mean. */
export function latest(date: string): string {
  if (date.length === 4) return `${date}-12-31`;
  if (date.length !== 7) return date;
  const day = new Date(0);
  // The year is set apart: the constructor would take 50 to be 1950.
  day.setUTCFullYear(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0);
  return `${date}-${String(day.getUTCDate()).padStart(2, '0')}`;
}
