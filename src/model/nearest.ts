import { editDistance } from './edit-distance.ts';

/** "Did you mean …": the valid value nearest to one that is not. */

/** The candidate within a third of its length (at least two edits) of what was given; undefined when none is near. */
export function nearest(given: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  const needle = given.toLowerCase();
  for (const candidate of candidates) {
    const allowed = Math.max(2, Math.floor(candidate.length / 3));
    if (Math.abs(candidate.length - given.length) > allowed) continue;
    const distance = editDistance(needle, candidate.toLowerCase());
    if (distance <= allowed && distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
