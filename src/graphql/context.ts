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

export interface GraphContext {
  readonly model: Model;
  readonly reader: Reader;
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
