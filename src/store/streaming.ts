import type { Session } from 'neo4j-driver';
import { Neo4jError } from 'neo4j-driver';
import { toConcordatError, tookTooLong } from './driver-errors.ts';
import { ending, heldBy, letGo } from './ending.ts';

/** Reading a statement's rows as they are needed, however many there are. */

/** Rows that the database sends at once. Those that wait here to be taken are no more than a few of these. */
const FETCH = 1_000;
/** Rows that are handed on at once: a promise for each would cost more than many a row. */
const AT_ONCE = 250;

export interface StreamOptions {
  /** Milliseconds from the first row to the last, however slowly they are taken. */
  readonly timeout: number;
  /** Milliseconds that the database has beyond those to end a statement. */
  readonly patience: number;
  readonly signal: AbortSignal | undefined;
  readonly metadata: object;
}

/**
 * The rows of a statement, some at a time. Its session is closed, and with it the statement ended, when the last row is
 * taken, when whoever takes them returns, when the signal aborts, or when the time is over.
 * @throws ConcordatError TIMEOUT, DATABASE_UNAVAILABLE
 */
export async function* streamRows(
  open: (fetchSize: number) => Session,
  statement: { readonly text: string; readonly parameters: Record<string, unknown> },
  { timeout, patience, signal, metadata }: StreamOptions,
): AsyncGenerator<unknown[][], void> {
  using end = ending(timeout + patience, signal, () => tookTooLong(timeout));
  // Raced by hand: a race keeps what it was decided by for as long as any of its promises lives.
  let cut: unknown;
  let onCut: (error: unknown) => void = () => {};
  end.ended.catch((error: unknown) => {
    cut = error;
    onCut(error);
  });
  if (signal?.aborted) return end.ended;
  const session = open(FETCH);
  const result = session.run(statement.text, statement.parameters, { timeout, metadata });
  const held = heldBy(session);
  const records = result[Symbol.asyncIterator]();
  const some = async (): Promise<{ rows: unknown[][]; isLast: boolean }> => {
    const rows: unknown[][] = [];
    while (rows.length < AT_ONCE) {
      const { done, value } = await records.next();
      if (done) return { rows, isLast: true };
      rows.push(value.keys.map((_, nth) => value.get(nth) as unknown));
    }
    return { rows, isLast: false };
  };
  let isOver = false;
  try {
    while (!isOver) {
      if (cut) throw cut;
      const { rows, isLast } = await new Promise<Awaited<ReturnType<typeof some>>>((resolve, reject) => {
        onCut = reject;
        some().then(resolve, reject);
      });
      isOver = isLast;
      if (rows.length > 0) yield rows;
    }
  } catch (error) {
    isOver = error instanceof Neo4jError;
    throw toConcordatError(error, timeout);
  } finally {
    if (isOver) await session.close();
    else await letGo(session, held, patience);
  }
}
