import { badInput, ConcordatError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import type { Call, JudgementInput, WriteReport } from '../model/reports.ts';
import { type ChangeOptions, change, type TransactionReader } from './change.ts';
import type { Connection } from './connection.ts';
import { layJudgement } from './curation/judge.ts';
import { layMerge } from './curation/merge.ts';
import { layRemoval } from './curation/remove.ts';
import { layRestoration } from './curation/restore.ts';
import { layRetraction } from './curation/retract.ts';
import { layUnmerge } from './curation/unmerge.ts';
import { layRecords } from './records/lay.ts';
import { type ReadRecords, readRecords } from './records/records.ts';
import { verify } from './records/verify.ts';

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

    /** Retracts claims: they stay and count for nothing. */
    retract: async <T>(claims: readonly string[], reason: string, call: Call, answer: Answer<T>): Promise<T> =>
      change(
        { ...shared(call), reason: needed('reason', reason) },
        (state) => layRetraction(state, needed('claims', claims), reason),
        answer,
      ),

    /** Removes what should never have been entered; with `cascade`, what refers to it as well. */
    remove: async <T>(
      ids: readonly string[],
      { reason, cascade }: { readonly reason: string; readonly cascade: boolean },
      call: Call,
      answer: Answer<T>,
    ): Promise<T> =>
      change(
        { ...shared(call), reason: needed('reason', reason), alone: true, action: 'REMOVED' },
        (state) => layRemoval(state, needed('ids', ids), cascade),
        answer,
      ),

    /** Brings back what was removed or retracted, under the same ids. */
    restore: async <T>(ids: readonly string[], call: Call, answer: Answer<T>): Promise<T> =>
      change(
        { ...shared(call), alone: true, action: 'RESTORED' },
        (state) => layRestoration(state, needed('ids', ids)),
        answer,
      ),

    /** Merges entities into one of them. */
    merge: async <T>(
      input: { readonly into: string; readonly from: readonly string[]; readonly reason: string },
      { dryRun }: { readonly dryRun: boolean },
      call: Call,
      answer: Answer<T>,
    ): Promise<T> =>
      change(
        { ...shared(call), reason: needed('reason', input.reason), alone: true, action: 'MERGED', dryRun },
        (state) => layMerge(state, { ...input, from: needed('from', input.from) }),
        answer,
      ),

    /** Undoes a merge, by its id. */
    unmerge: async <T>(merge: string, call: Call, answer: Answer<T>): Promise<T> =>
      change({ ...shared(call), alone: true, action: 'UNMERGED' }, (state) => layUnmerge(state, merge), answer),

    /** Judges whether two entities are one. */
    judge: async <T>(input: JudgementInput, call: Call, answer: Answer<T>): Promise<T> =>
      change(
        { ...shared(call), action: 'JUDGED', ...(input.reason === undefined ? {} : { reason: input.reason }) },
        (state) => layJudgement(state, input),
        answer,
      ),
  };
}

/**
 * Checks what a call cannot be without.
 * @throws BAD_USER_INPUT for a blank reason and an empty list; LIMIT_EXCEEDED for a list beyond 1,000
 */
function needed<V extends string | readonly string[]>(name: string, value: V): V {
  if (typeof value === 'string' ? value.trim() === '' : value.length === 0)
    throw badInput(typeof value === 'string' ? `${name} must say why.` : `${name} must name something.`, {
      path: [name],
      value,
      suggestion: typeof value === 'string' ? 'History shows it to whoever asks why.' : 'Name ids.',
    });
  if (typeof value !== 'string' && value.length > MOST_RECORDS)
    throw new ConcordatError('LIMIT_EXCEEDED', `${name} may name at most ${MOST_RECORDS}; it names ${value.length}.`, {
      path: [name],
      value: value.length,
      suggestion: 'Name them in several calls.',
    });
  return value;
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
