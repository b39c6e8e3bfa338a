import type { Outcome } from '../../model/reports.ts';
import { kindOf, type Stored } from './states.ts';

/** What a call changes, as it changes it: what its report says and what its revisions are made of. */

/** Why a thing leaves the live graph for good: by being removed, or merged into another. */
export interface Fate {
  /** Id of what it was merged into. */
  readonly survivor?: string;
  readonly merge?: string;
  /** Id of the thing that was removed, where this one went because of that. */
  readonly with?: string;
  /** What else was changed so that nothing refers to it any more; undone when it is restored. */
  readonly severed?: readonly Severed[];
}

/** A reference that was taken out of something that stays. */
export interface Severed {
  readonly id: string;
  /** A property that held the id; a tie between claims; or `asserts`. */
  readonly slot: string;
  readonly was: unknown;
}

/** One thing, before and after; null where it is not there. */
export interface Change {
  readonly id: string;
  readonly before: Stored | null;
  readonly after: Stored | null;
  /** Whether it was there once, and comes back. */
  readonly returns: boolean;
  readonly fate: Fate | null;
}

export class Ledger {
  readonly outcomes = new Map<string, Outcome>();
  readonly changes: Change[] = [];

  changed(change: Change): void {
    this.changes.push(change);
    this.outcomes.set(change.id, outcomeOf(change));
  }

  unchanged(id: string): void {
    if (!this.outcomes.has(id)) this.outcomes.set(id, 'unchanged');
  }
}

function outcomeOf({ before, after, returns }: Change): Outcome {
  if (!after) return 'removed';
  if (!before) return returns ? 'restored' : 'created';
  const wasRetracted = before.properties['retractedAt'] !== undefined;
  return kindOf(after) === 'CLAIM' && !wasRetracted && after.properties['retractedAt'] !== undefined
    ? 'retracted'
    : 'updated';
}
