import type { RelationshipType } from './declarations.ts';
import { type Commitment, GRADES } from './vocabulary.ts';

/** Commitment as an order: which grades are at least as strong as one, and which relationships have a grade at all. */

/** What somebody says of something, or where somebody stands, is a kind of speech: no commitment ranks it. */
const SPEECH: ReadonlySet<string> = new Set(['SPOKE_OF', 'STANCE_ON']);

/** Whether edges of the type are ranked by their commitment. */
export const isGraded = (type: RelationshipType): boolean => !SPEECH.has(type.name);

/** The grades at or above one, strongest first; none for what is no grade. */
export function gradesFrom(least: Commitment): readonly Commitment[] {
  return GRADES.slice(0, (GRADES as readonly Commitment[]).indexOf(least) + 1);
}
