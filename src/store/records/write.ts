import type { GraphRecord, Problem } from '../../model/records.ts';
import type { Outcome } from '../../model/reports.ts';
import { CallState, type WriteOptions } from '../graph/call-state.ts';
import { commitCall } from '../graph/commit-call.ts';
import type { Tx } from '../graph/graph-state.ts';
import { layRecords } from './lay.ts';
import { verify } from './verify.ts';

/** The one door: records in, the graph changed, in one transaction of the caller's. */

/** What a call did, by id. With problems nothing was written that the caller should keep: roll back. */
export interface Written {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Whether everything was written. */
  readonly complete: boolean;
  readonly problems: readonly Problem[];
  readonly notices: readonly Problem[];
}

/**
 * Writes records: upserts entities, edges and claims, and settles what follows from claims.
 * @param records by their place in the call; null where a record could not be read, so that the others keep their places
 */
export async function writeRecords(
  tx: Tx,
  records: readonly (GraphRecord | null)[],
  options: WriteOptions,
): Promise<Written> {
  const state = new CallState(tx, options);
  await layRecords(state, records);
  await verify(state);
  const complete = state.problems.all.length === 0;
  if (complete) await commitCall(state);
  return {
    outcomes: state.ledger.outcomes,
    complete,
    problems: reported(state),
    notices: state.findings.notices.all,
  };
}

/** Problems, save those that only repeat another of the record, or what is known to be broken elsewhere. */
export function reported(state: CallState): Problem[] {
  const excused = state.options.excused ?? new Set();
  const told = new Set<string>();
  return state.problems.all.filter((problem) => {
    if (problem.code !== 'UNKNOWN_REFERENCE') return true;
    const key = `${problem.record} ${problem.message}`;
    const repeats = told.has(key) || [...excused].some((id) => problem.message.includes(` ${id}.`));
    told.add(key);
    return !repeats;
  });
}
