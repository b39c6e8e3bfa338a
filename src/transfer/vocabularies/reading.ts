import type { ImportRow, RowProblem } from '../import/format.ts';

/** What the readers of other vocabularies share: a row in the making, and notices that are told once and counted. */

/** Something that a row has and this graph cannot hold. */
interface Left {
  readonly path: string;
  readonly why: string;
}

/** A row while it is read. */
export interface Reading {
  readonly line: number;
  readonly locator: string;
  readonly raw: string;
  readonly records: unknown[];
  readonly problems: RowProblem[];
  readonly left: Left[];
  claim?: NonNullable<ImportRow['claim']>;
}

export const reading = (line: number, locator: string, raw: string): Reading => ({
  line,
  locator,
  raw,
  records: [],
  problems: [],
  left: [],
});

/** Refuses the row. */
export function refuse(row: Reading, path: string, code: string, message: string, suggestion?: string): void {
  row.problems.push({ path, code, message, ...(suggestion ? { suggestion } : {}) });
}

/** Leaves something of the row out. `why` is a whole predicate, the same for all values that are left for one reason. */
export function leave(row: Reading, path: string, why = 'has no place in this graph'): void {
  row.left.push({ path, why });
}

/**
 * Rows with what was left out told on the last of them, each property once with how often: fifty thousand rows that have
 * one property too many are one notice.
 */
export async function* counted(rows: AsyncIterable<Reading>): AsyncGenerator<ImportRow> {
  const left = new Map<string, Left & { times: number; readonly line: number }>();
  let waiting: Reading | null = null;
  for await (const row of rows) {
    if (waiting) yield finished(waiting, []);
    for (const each of row.left) {
      const key = JSON.stringify([each.path, each.why]);
      const known = left.get(key);
      if (known) known.times++;
      else left.set(key, { ...each, times: 1, line: row.line });
    }
    waiting = row;
  }
  if (waiting)
    yield finished(
      waiting,
      [...left.values()].map(({ path, why, times, line }) => ({
        path,
        code: 'LEFT_OUT',
        message: `${path} ${why}: left out ${times === 1 ? 'once' : `${times} times`}, first in line ${line}.`,
      })),
    );
}

const finished = (row: Reading, notices: readonly RowProblem[]): ImportRow => ({
  line: row.line,
  locator: row.locator,
  records: row.problems.length > 0 ? [] : row.records,
  problems: row.problems,
  notices,
  raw: row.raw,
  ...(row.claim ? { claim: row.claim } : {}),
});
