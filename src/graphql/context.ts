import type { Statement } from '../compile/plan.ts';
import type { Model } from '../model/model.ts';

/** What resolvers are handed: where to read. The store implements it; tests may count what passes through. */
export interface Reader {
  /**
   * Runs a read statement in one round trip.
   * @param operation names the operation in the database's own query log
   * @param signal ends the statement when the client goes away
   * @throws ConcordatError with TIMEOUT or DATABASE_UNAVAILABLE
   */
  read(statement: Statement, options: { operation: string; signal?: AbortSignal }): Promise<unknown[][]>;
}

export interface GraphContext {
  readonly model: Model;
  readonly reader: Reader;
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
