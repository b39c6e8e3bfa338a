import { GRADES } from '../../../src/model/vocabulary.ts';
import type { Choices } from './choices.ts';
import type { Pool } from './pool.ts';

/** Days, ranges and commitments that part the edges of the graph, as arguments and as keys of a match. */

export const SCOPE_KEYS = ['asOf', 'certain', 'minCommitment'] as const;
export type ScopeKey = (typeof SCOPE_KEYS)[number];

/** Some of the three, at least one; now and then null, which lifts. */
export function scopeFor(choices: Choices, pool: Pool): Partial<Record<ScopeKey, unknown>> {
  const value = <T>(drawn: () => T): T | null => (choices.once(6) ? null : drawn());
  const asOf = () => value(() => choices.one(pool.days));
  const minCommitment = () => value(() => choices.one(GRADES));
  switch (choices.below(5)) {
    case 0:
      return { asOf: asOf() };
    case 1:
      return { minCommitment: minCommitment() };
    case 2:
      return { asOf: asOf(), certain: true };
    case 3:
      return { asOf: asOf(), minCommitment: minCommitment() };
    default:
      return { certain: value(() => choices.below(2) === 1) };
  }
}

/** Inclusive days in their order; one end may be open. */
export function rangeFor(choices: Choices, pool: Pool): { from?: string; to?: string } {
  const [from = '', to = ''] = [choices.one(pool.days), choices.one(pool.days)].sort();
  const open = choices.below(4);
  return { ...(open === 1 ? {} : { from }), ...(open === 2 ? {} : { to }) };
}
