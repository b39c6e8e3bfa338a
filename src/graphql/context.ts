import type { Statement } from '../compile/plan.ts';
import type { Model } from '../model/model.ts';
import type { Call, JudgementInput, WriteReport } from '../model/reports.ts';
import type { Caller } from '../model/roles.ts';

/** What resolvers are handed: where to read, and where to write. The store implements both. */

export interface Reader {
  /**
   * Runs a read statement in one round trip.
   * @param operation names the operation in the database's own query log
   * @param signal ends the statement when the client goes away
   * @throws ConcordatError with TIMEOUT or DATABASE_UNAVAILABLE
   */
  read(statement: Statement, options: { operation: string; signal?: AbortSignal }): Promise<unknown[][]>;
}

/**
 * What a call answers, from what it did. It reads within the call's own transaction: what was written is seen, even
 * where it is undone afterwards, after problems and in a dry run. It may be called again when the call is repeated.
 */
export type Answer<T> = (report: WriteReport, reader: Reader) => Promise<T>;

/** One call, one transaction: all of it is done, or nothing. */
export interface Writer {
  /** @param inputs records as they come, at most 1,000 */
  record<T>(
    inputs: readonly unknown[],
    options: { readonly dryRun: boolean },
    call: Call,
    answer: Answer<T>,
  ): Promise<T>;
  retract<T>(claims: readonly string[], reason: string, call: Call, answer: Answer<T>): Promise<T>;
  remove<T>(
    ids: readonly string[],
    options: { readonly reason: string; readonly cascade: boolean },
    call: Call,
    answer: Answer<T>,
  ): Promise<T>;
  restore<T>(ids: readonly string[], call: Call, answer: Answer<T>): Promise<T>;
  merge<T>(
    input: { readonly into: string; readonly from: readonly string[]; readonly reason: string },
    options: { readonly dryRun: boolean },
    call: Call,
    answer: Answer<T>,
  ): Promise<T>;
  /** @param merge id of the merge to undo */
  unmerge<T>(merge: string, call: Call, answer: Answer<T>): Promise<T>;
  judge<T>(input: JudgementInput, call: Call, answer: Answer<T>): Promise<T>;
}

/** Where whoever follows the changes waits for more. */
export interface Feed {
  /** Aborted when nothing more is told. */
  readonly closed: AbortSignal;
  /**
   * Waits for a change after the one of a number.
   * @param atMost milliseconds to wait
   * @returns whether there is one; false when the waiting was ended, or took too long
   */
  beyond(sequence: number, signal: AbortSignal, atMost?: number): Promise<boolean>;
}

export interface GraphContext {
  readonly model: Model;
  readonly reader: Reader;
  /**
   * A reader whose statements see the graph around some things as it was recorded at an instant. Absent where that cannot
   * be told.
   * @param at ISO instant in UTC that has been
   * @param ids what the statements begin at; ids that were retired since included
   */
  readonly recordedAsOf?: (at: string, ids: readonly string[]) => Reader;
  /** Absent where nothing can be written. */
  readonly writer?: Writer;
  /** Who asks; absent where nobody needs to know. */
  readonly caller?: Caller & { readonly address?: string };
  /**
   * Whether the key or token that the request came with still holds, for answers that take long: not once it is revoked, has
   * expired, or has another role. A few seconds may pass until it is known. Absent where nobody needs to know.
   * @throws ConcordatError where that cannot be told
   */
  readonly stillMay?: () => Promise<boolean>;
  /** Absent where changes cannot be followed. */
  readonly feed?: Feed;
  /** How many changes a statement may bring to whoever follows them, so that it costs no more than a query may. */
  readonly batch?: number;
  readonly signal?: AbortSignal;
  /** ISO day that `state` is seen from where nobody names one. */
  readonly today: string;
  /** Root fields that have been asked already, by their keys in the answer. */
  readonly answered?: ReadonlyMap<string, Promise<Answered>>;
}

/** What a root field's statement brought. */
export interface Answered {
  readonly value: unknown;
  /** Whether the value can be written as it is. */
  readonly isPlain: boolean;
}
