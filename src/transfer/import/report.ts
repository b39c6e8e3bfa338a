import type { RowProblem } from './format.ts';

/** What an import did, or on a dry run would do. */
export interface ImportReport {
  readonly file: string;
  readonly format: string;
  /** Id of the import's own source. */
  readonly source: string;
  readonly dryRun: boolean;
  /** Rows that an earlier, interrupted run had dealt with; they count in what follows. */
  readonly resumedAt: number;
  readonly rows: { readonly read: number; readonly accepted: number; readonly refused: number };
  /** Whether an earlier import of the same file, by the same mapping, was complete, so that nothing was to be expected. */
  readonly isRepeated: boolean;
  /**
   * Things by what became of them: each is counted once, whatever the number of rows that name it. The import's own
   * source is not among them.
   */
  readonly entities: OutcomeCounts;
  readonly relationships: OutcomeCounts;
  readonly claims: OutcomeCounts;
  /** The first refused rows; all of them are in the file of rejects. */
  readonly refusals: readonly Refusal[];
  readonly notices: readonly Refusal[];
  /** How many there are of them; the first are told. */
  readonly noticeCount: number;
  /** Where the refused rows were written; null where there were none. */
  readonly rejects: string | null;
  readonly seconds: number;
}

export interface OutcomeCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

export interface Refusal extends RowProblem {
  /** Where a folder is imported: which of its files. */
  readonly file?: string;
  readonly line: number;
}

/** Told while an import runs. `total` is the size of the file, where it is known. */
export interface ImportProgress {
  readonly pass: 'entities' | 'relationships';
  readonly rows: number;
  readonly refused: number;
  /** Bytes of the file that this pass has read. */
  readonly bytes: number;
  readonly total: number | null;
}
