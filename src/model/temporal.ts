import type { Time } from './declarations.ts';
import type { TemporalState } from './vocabulary.ts';

/** What is known of when an edge holds. Days are ISO, so that they compare as text; null where nothing is known. */
export interface Dates {
  readonly fromEarliest: string | null;
  readonly fromLatest: string | null;
  readonly toEarliest: string | null;
  readonly toLatest: string | null;
  readonly observedFrom: string | null;
  readonly observedTo: string | null;
}

/**
 * Where an edge stands on a day. Intervals are half-open; a state that was seen to hold is current between the first and
 * the last day on which it was; whatever the dates do not settle is UNKNOWN.
 */
export function stateOn(day: string, time: Time['class'], dates: Dates): TemporalState {
  if (time === 'timeless') return 'CURRENT';
  const begun = dates.fromLatest !== null && dates.fromLatest <= day;
  const notBegun = dates.fromEarliest !== null && dates.fromEarliest > day;
  if (time === 'act') return begun ? 'PAST' : notBegun ? 'FUTURE' : 'UNKNOWN';
  if (dates.toLatest !== null && dates.toLatest <= day) return 'PAST';
  if (notBegun) return 'FUTURE';
  const { observedFrom, observedTo } = dates;
  if (observedFrom !== null && observedTo !== null && observedFrom <= day && day <= observedTo) return 'CURRENT';
  const endsAfter = (dates.toEarliest !== null && dates.toEarliest > day) || (observedTo !== null && observedTo >= day);
  const began = begun || (observedFrom !== null && observedFrom <= day);
  return began && endsAfter ? 'CURRENT' : 'UNKNOWN';
}
