import type { Problem } from './records.ts';
import type { Role } from './roles.ts';
import type { Judgement } from './vocabulary.ts';

/** What a call that writes is asked for, and what it reports, whichever it is. */

/** What became of a thing. */
export type Outcome = 'created' | 'updated' | 'unchanged' | 'retracted' | 'removed' | 'restored';

/** Something that would refer to what is not there any more. */
export interface Dangling {
  readonly id: string;
  /** What it refers to. */
  readonly to: string;
  /** In which words it does: `is stated in`, `leads to` … */
  readonly because: string;
}

/** A field in which two things that are merged differ: the survivor's value is kept. Values as records give them. */
export interface MergeConflict {
  /** The entity or relationship that is kept, and the one that is folded into it. */
  readonly into: string;
  readonly from: string;
  readonly field: string;
  readonly kept: unknown;
  readonly given: unknown;
}

/** What a call did, or, with problems, would have had to be mended first: then nothing was changed. */
export interface WriteReport {
  /** Id of the call, which its revisions and its entry in the audit log carry. */
  readonly call: string;
  /** Of `record`: the id of each record, in its place; null where it could not be told. */
  readonly ids: readonly (string | null)[];
  /** By id, in the order in which things were written. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly problems: readonly Problem[];
  readonly notices: readonly Problem[];
  readonly dangling: readonly Dangling[];
  readonly conflicts: readonly MergeConflict[];
  /** Ids of the merges that were made or undone. */
  readonly merges: readonly string[];
}

/** Who calls, and what for: it stands in the revisions and in the audit log. */
export interface Call {
  readonly by: string;
  readonly role: Role;
  /** What is done, such as `record`. */
  readonly operation: string;
  readonly address?: string;
}

export interface JudgementInput {
  readonly a: string;
  readonly b: string;
  readonly judgement: Judgement;
  readonly reason?: string;
}
