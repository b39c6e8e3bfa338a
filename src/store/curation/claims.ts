import type { StoredClaim } from '../graph/graph-state.ts';
import { CLAIM_BOOKKEEPING, type NextClaim, plain, type Stated } from '../records/next.ts';
import { storedValue } from '../records/next-claim.ts';
import type { Place } from '../records/problems.ts';

/** A claim as it stands, to be changed. */
export const sameClaim = (stored: StoredClaim, place: Place | null = null): NextClaim => ({
  before: stored,
  place,
  id: stored.id,
  ...contentOf(stored),
});

/** A claim that is not there any more, as it was, to come back. */
export const returningClaim = (was: StoredClaim): NextClaim => ({
  before: null,
  place: null,
  id: was.id,
  returns: true,
  born: was.properties,
  ...contentOf(was),
});

const contentOf = (stored: StoredClaim) => ({
  properties: plain(stored.properties, CLAIM_BOOKKEEPING),
  value: stored.properties['valueKind'] ? storedValue(stored.properties) : null,
  subject: stored.subject,
  object: stored.object,
  speaker: stored.speaker,
  source: stored.source,
  locator: stored.locator,
  asserts: [...((stored.properties['asserts'] as string[] | undefined) ?? [])],
  states: statesOf(stored),
  ties: { ...stored.ties } as NextClaim['ties'],
});

/** What a stored claim says of properties of edges. */
const statesOf = (stored: StoredClaim): Stated[] =>
  ((stored.properties['states'] as string[] | undefined) ?? []).map((one) => JSON.parse(one) as Stated);
