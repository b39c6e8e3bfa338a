import type { Laid } from '../change.ts';
import type { CallState } from '../graph/call-state.ts';
import { nativeInstant } from '../graph/properties.ts';
import { touch } from '../records/lay.ts';
import { sameClaim } from './claims.ts';

/** Retracting claims: they stay, and count for nothing. Edges that nothing else carries go with them. */
export async function layRetraction(state: CallState, claims: readonly string[], reason: string): Promise<Laid> {
  await state.lockClaims(claims);
  await state.loadGone(claims.filter((id) => !state.storedClaims.has(id)));
  claims.forEach((id, record) => {
    const stored = state.storedClaims.get(id);
    const place = { record, path: ['claims', record] };
    if (!stored)
      state.problems.add(
        place,
        'UNKNOWN_REFERENCE',
        state.gone.has(id) ? `The claim ${id} was removed.` : `There is no claim ${id}.`,
        'Claims have ids such as claim:the-fee-is-offered; relationships list theirs.',
      );
    else if (stored.properties['retractedAt'] !== undefined) {
      state.findings.notices.add(place, 'RETRACTED', `The claim ${id} is retracted already.`);
      state.ledger.unchanged(id);
    } else {
      const next = sameClaim(stored, place);
      next.properties = {
        ...next.properties,
        retractedAt: nativeInstant(state.options.at),
        retractedBy: state.options.by,
        retractionReason: reason,
      };
      state.claims.set(id, next);
    }
  });
  await touch(state);
  return { ids: claims };
}
