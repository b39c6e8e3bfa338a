import type { Statement } from '../compile/plan.ts';
import type { Model } from '../model/model.ts';
import type { Call, Dangling, MergeConflict, WriteReport } from '../model/reports.ts';
import { auditEntry, callId, isWritten } from './audit.ts';
import { type Connection, driverValues } from './connection.ts';
import { CallState, type Supposed } from './graph/call-state.ts';
import { Overtaken } from './graph/commit.ts';
import { commitCall, mustBeAlone } from './graph/commit-call.ts';
import type { Tx } from './graph/graph-state.ts';
import { advanceFeed, lockFeed, readFeed } from './log/feed.ts';
import { type Action, writeRevisions } from './log/revisions.ts';
import { reported } from './records/write.ts';

/**
 * One call that writes: one transaction, in which the graph is changed, its revisions are numbered, the call is entered
 * in the audit log, and its answer is read. All of it is committed, or nothing.
 */

export interface ChangeOptions {
  readonly connection: Connection;
  readonly model: Model;
  readonly call: Call;
  readonly reason?: string;
  readonly action?: Action;
  /** Whether nobody else may write meanwhile: for what takes things away, or moves them. */
  readonly alone?: boolean;
  readonly dryRun?: boolean;
  /** The instant of the call; now unless said. */
  readonly at?: Date;
  /** See `WriteOptions`. */
  readonly excused?: ReadonlySet<string>;
  readonly supposed?: Supposed;
  readonly keepsNames?: boolean;
  /** What is to be written in the same transaction, once the call has been and its report is known. */
  readonly within?: (tx: Tx, report: WriteReport) => Promise<void>;
  /** Told once what was written is there for all to see. */
  readonly onCommit?: () => void;
}

/** What laying a call out found, beside what stands in its state. */
export interface Laid {
  readonly ids?: readonly (string | null)[];
  readonly dangling?: readonly Dangling[];
  readonly conflicts?: readonly MergeConflict[];
  readonly merges?: readonly string[];
}

/** Reads within a transaction. */
export interface TransactionReader {
  read(statement: Statement): Promise<unknown[][]>;
}

type Answer<T> = (report: WriteReport, reader: TransactionReader) => Promise<T>;

/** Undoes what was written, and keeps what was answered. */
class Undone<T> extends Error {
  constructor(readonly result: T) {
    super('undone');
  }
}

/**
 * Makes a call.
 * @param lay puts into the state what the graph shall be, and its problems
 * @param answer is given the report, with problems or without; it may be called again where the call begins anew
 */
export async function change<T>(
  options: ChangeOptions,
  lay: (state: CallState) => Promise<Laid>,
  answer: Answer<T>,
): Promise<T> {
  const id = callId();
  let alone = options.alone ?? false;
  let answered: { readonly value: T } | null = null;
  const work = async (tx: Tx): Promise<T> => {
    // The database may have committed what it could not say that it had.
    if (answered && (await isWritten(tx, id))) return answered.value;
    const at = options.at ?? new Date();
    const { epoch } = alone ? await lockFeed(tx) : await readFeed(tx);
    const { model, excused, supposed, keepsNames, call } = options;
    const beside = {
      ...(excused ? { excused } : {}),
      ...(supposed ? { supposed } : {}),
      ...(keepsNames ? { keepsNames } : {}),
    };
    const state = new CallState(tx, { model, at, by: call.by, ...beside }, id);
    const laid = await lay(state);
    const isFine = state.problems.all.length === 0;
    if (isFine && !alone && mustBeAlone(state)) {
      alone = true;
      throw new Overtaken('the call bears on what others may be writing');
    }
    if (isFine) await commitCall(state);
    const value = await finish(tx, { id, at, epoch, alone, isFine, state, laid }, options, answer);
    answered = { value };
    return value;
  };
  try {
    const result = await options.connection.write(options.call.operation, work);
    options.onCommit?.();
    return result;
  } catch (error) {
    if (error instanceof Undone) return error.result as T;
    throw error;
  }
}

interface Done {
  readonly id: string;
  readonly at: Date;
  readonly epoch: number;
  readonly alone: boolean;
  readonly isFine: boolean;
  readonly state: CallState;
  readonly laid: Laid;
}

/** Writes the log, answers, and undoes everything where there are problems, or where it was only a trial. */
async function finish<T>(tx: Tx, done: Done, options: ChangeOptions, answer: Answer<T>): Promise<T> {
  const { id, state, isFine } = done;
  if (isFine) await log(tx, done, options);
  const report: WriteReport = {
    call: id,
    ids: [],
    outcomes: isFine ? state.ledger.outcomes : new Map(),
    problems: reported(state),
    notices: state.findings.notices.all,
    dangling: [],
    conflicts: [],
    merges: [],
    ...done.laid,
  };
  if (isFine && !options.dryRun) await options.within?.(tx, report);
  const value = await answer(report, { read: (statement) => readWithin(tx, statement) });
  if (!isFine || options.dryRun) throw new Undone(value);
  return value;
}

/** A trial is undone in any case: it keeps nobody waiting, and numbers nothing. */
async function log(tx: Tx, { id, at, epoch, alone, state }: Done, options: ChangeOptions): Promise<void> {
  const { call, reason = null, action = null } = options;
  const { changes } = state.ledger;
  const written = changes.length + state.others.length;
  let numbered = {};
  if (!options.dryRun && written > 0) {
    const feed = await lockFeed(tx);
    if (!alone && feed.epoch !== epoch) throw new Overtaken('things were taken away or moved meanwhile');
    await writeRevisions(tx, feed, changes, state.others, { call: id, at, by: call.by, reason, action });
    await advanceFeed(tx, written, alone);
    numbered = { first: feed.sequence + 1, last: feed.sequence + written };
  }
  for (const step of state.finally) await step();
  if (options.dryRun) return options.supposed?.take(changes);
  await auditEntry(tx, {
    ...call,
    ...{ id, at, outcome: 'WRITTEN' },
    ...(reason === null ? {} : { reason }),
    ...numbered,
  });
}

export async function readWithin(tx: Tx, { text, parameters }: Statement): Promise<unknown[][]> {
  const { records } = await tx.run(text, driverValues(parameters));
  return records.map((record) => record.keys.map((key) => record.get(key) as unknown));
}
