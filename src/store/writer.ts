import { ConcordatError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import type { Call, JudgementInput, WriteReport } from '../model/reports.ts';
import { type ChangeOptions, change, type TransactionReader } from './change.ts';
import type { Connection } from './connection.ts';
import { layRecords } from './lay.ts';
import { type ReadRecords, readRecords } from './records.ts';
import { verify } from './verify.ts';

/** The doors of the store: what mutations, seeds and imports call. Each call is one transaction; see `change`. */

export type Answer<T> = (report: WriteReport, reader: TransactionReader) => Promise<T>;

/** Records that one call may hold. */
export const MOST_RECORDS = 1_000;

export interface WriterOptions {
  /** Told whenever something was written and is there for all to see. */
  readonly onCommit?: () => void;
}

export interface RecordOptions {
  readonly dryRun?: boolean;
  /** The instant that is written as that of the call. */
  readonly at?: Date;
}

export function createWriter(connection: Connection, model: Model, { onCommit }: WriterOptions = {}) {
  const shared = (call: Call) => ({ connection, model, call, ...(onCommit ? { onCommit } : {}) });
  return {
    /**
     * Records inputs: upserts entities, relationships and claims. Problems of shape are told with those of the graph.
     * @throws LIMIT_EXCEEDED for more than 1,000 records
     */
    async record<T>(inputs: readonly unknown[], options: RecordOptions, call: Call, answer: Answer<T>): Promise<T> {
      if (inputs.length > MOST_RECORDS)
        throw new ConcordatError(
          'LIMIT_EXCEEDED',
          `One call takes at most ${MOST_RECORDS} records; these are ${inputs.length}.`,
          { path: ['records'], value: inputs.length, suggestion: 'Send them in several calls.' },
        );
      const read = readRecords(model, inputs);
      return recordAll({ ...shared(call), ...options }, read, answer);
    },
  };
}

/** Records what was read, however much it is, in one call. */
export const recordAll = <T>(options: ChangeOptions, read: ReadRecords, answer: Answer<T>): Promise<T> =>
  change(
    options,
    async (state) => {
      state.problems.all.push(...read.problems);
      const ids = await layRecords(state, read.records);
      await verify(state);
      return { ids };
    },
    answer,
  );

export type Writer = ReturnType<typeof createWriter>;
export type { JudgementInput };
