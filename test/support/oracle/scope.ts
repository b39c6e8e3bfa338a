import { GRADES } from '../../../src/model/vocabulary.ts';
import type { PlainEdge } from './plain-graph.ts';
import type { Relations } from './relations.ts';
import { overlapsRange, type Range, stateOf } from './temporal.ts';

/** From which day, how surely and with how much commitment relationships are looked at; handed down from field to field. */
export interface Scope {
  readonly asOf: string | null;
  readonly certain: boolean;
  readonly minCommitment: string | null;
}

/** Where nothing is said. */
export const ANY_TIME: Scope = { asOf: null, certain: false, minCommitment: null };

type Said = Readonly<Record<string, unknown>>;

/** The scope below something that may say its own: what is absent is inherited, null lifts it. */
export const under = (scope: Scope, said: Said): Scope => ({
  asOf: said['asOf'] === undefined ? scope.asOf : (said['asOf'] as string | null),
  certain: said['certain'] === undefined ? scope.certain : said['certain'] === true,
  minCommitment: said['minCommitment'] === undefined ? scope.minCommitment : (said['minCommitment'] as string | null),
});

/** Whether something says anything of time or commitment by itself. */
export const saysScope = (said: Said): boolean =>
  ['asOf', 'certain', 'minCommitment'].some((key) => said[key] !== undefined) || (said['overlaps'] ?? null) !== null;

/** Kept whatever their commitment: what somebody said, and where somebody stands. */
const SPARED = new Set(['STANCE_ON', 'SPOKE_OF']);

/** Whether a scope, and a range beside it, keep an edge. */
export function keeps({ relationshipNamed }: Relations, edge: PlainEdge, scope: Scope, range: Range | null): boolean {
  const type = relationshipNamed(edge.type);
  if (scope.asOf !== null && type.time.class !== 'timeless') {
    const surely = type.time.class === 'act' ? 'PAST' : 'CURRENT';
    const state = stateOf(type, edge.properties, scope.asOf);
    if (state !== surely && (scope.certain || state !== 'UNKNOWN')) return false;
  }
  if (range !== null && !overlapsRange(type, edge.properties, range, scope.certain)) return false;
  if (scope.minCommitment === null || SPARED.has(edge.type)) return true;
  const grade = (value: unknown) => (GRADES as readonly unknown[]).indexOf(value);
  const own = grade(edge.properties['status']);
  return own >= 0 && own <= grade(scope.minCommitment);
}
