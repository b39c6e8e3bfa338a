import type { RelationshipType } from '../../model/declarations.ts';
import { parsePartialDate } from '../../model/partial-date.ts';
import {
  type Attribution,
  COMMITMENTS,
  type Commitment,
  type Polarity,
  type Rank,
  type SpeechAct,
} from '../../model/vocabulary.ts';

/** What follows from claims: which stand, what status an edge has, which value a field shows. Pure; each rule is tested. */

/** A claim as far as the rules look at it. Dates are ISO; `recordedAt` sorts as text. */
export interface Evidence {
  readonly id: string;
  readonly commitment: Commitment;
  readonly hedged: boolean;
  readonly polarity: Polarity;
  readonly attribution: Attribution;
  readonly act: SpeechAct | null;
  readonly rank: Rank;
  readonly confidence: number | null;
  readonly speaker: string | null;
  readonly source: string;
  readonly observedOn: string | null;
  readonly assertedAt: string | null;
  readonly publishedAt: string | null;
  readonly recordedAt: string;
  readonly retracted: boolean;
  /** Whether an unretracted, not deprecated claim disputes it. */
  readonly disputed: boolean;
}

/** An edge as far as the rules look at it. */
export interface EdgeShape {
  readonly type: RelationshipType;
  readonly from: string;
  readonly act: unknown;
}

/** What an edge shows of its claims. */
export interface Derived {
  readonly status: Commitment;
  readonly weakestStatus: Commitment;
  readonly hedged: boolean;
  readonly disputed: boolean;
  readonly confidence: number | null;
  readonly claimCount: number;
  readonly sourceCount: number;
  /** ISO days. */
  readonly observedFrom: string | null;
  readonly observedTo: string | null;
}

const counts = (claim: Evidence): boolean => !claim.retracted && claim.rank !== 'DEPRECATED';

/** Standing: asserts, is not retracted, is not deprecated. */
export const isStanding = (claim: Evidence): boolean => claim.polarity === 'POSITIVE' && counts(claim);

/** Whether a claim carries an edge: it stands, and a question carries only that its own speaker questioned. */
export function carries(claim: Evidence, edge: EdgeShape): boolean {
  if (!isStanding(claim)) return false;
  if (claim.commitment !== 'QUESTION') return true;
  return edge.type.name === 'SPOKE_OF' && edge.act === 'QUESTIONED' && edge.from === claim.speaker;
}

const strength = (commitment: Commitment): number => COMMITMENTS.indexOf(commitment);

/**
 * What an edge shows, from the claims that assert it; null when none carries it, so that it must not exist.
 * `rootOf` leads from a source to the source that it repeats.
 */
export function deriveEdge(
  edge: EdgeShape,
  claims: readonly Evidence[],
  rootOf: (source: string) => string,
): Derived | null {
  const standing = claims.filter((claim) => carries(claim, edge));
  if (standing.length === 0) return null;
  const outside = standing.filter((claim) => claim.attribution !== 'ANALYST');
  const basis = outside.length > 0 ? outside : standing;
  const strongest = Math.min(...basis.map((claim) => strength(claim.commitment)));
  const weakest = Math.max(...standing.map((claim) => strength(claim.commitment)));
  const ofGrade = basis.filter((claim) => strength(claim.commitment) === strongest);
  const confidences = ofGrade.flatMap((claim) => claim.confidence ?? []);
  const days = standing
    .flatMap((claim) => claim.observedOn ?? [])
    .filter((day) => day.length === 10)
    .sort();
  return {
    status: COMMITMENTS[strongest] ?? 'QUESTION',
    weakestStatus: COMMITMENTS[weakest] ?? 'QUESTION',
    hedged: ofGrade.every((claim) => claim.hedged),
    disputed:
      claims.some((claim) => claim.polarity === 'NEGATED' && counts(claim)) || standing.some((claim) => claim.disputed),
    confidence: confidences.length > 0 ? Math.max(...confidences) : null,
    claimCount: standing.length,
    sourceCount: new Set(standing.map((claim) => rootOf(claim.source))).size,
    observedFrom: days[0] ?? null,
    observedTo: days.at(-1) ?? null,
  };
}

/** What an edge shows that starts at a source, which is its own evidence. */
export const OWN_EVIDENCE: Derived = {
  status: 'FACT',
  weakestStatus: 'FACT',
  hedged: false,
  disputed: false,
  confidence: null,
  claimCount: 0,
  sourceCount: 1,
  observedFrom: null,
  observedTo: null,
};

/** Orders claims by whose value is shown: preferred, then strongest, then said, printed, recorded last; then by id. */
export function byPrecedence(a: Evidence, b: Evidence): number {
  return (
    Number(b.rank === 'PREFERRED') - Number(a.rank === 'PREFERRED') ||
    strength(a.commitment) - strength(b.commitment) ||
    later(a.assertedAt, b.assertedAt) ||
    later(a.publishedAt, b.publishedAt) ||
    compare(b.recordedAt, a.recordedAt) ||
    compare(a.id, b.id)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const latest = (date: string | null): string => (date === null ? '' : (parsePartialDate(date)?.latest ?? ''));
const later = (a: string | null, b: string | null): number => compare(latest(b), latest(a));
