import { unbroken } from '../../compile/revisions.ts';
import { ConcordatError } from '../../errors.ts';
import type { Feed } from '../context.ts';

/**
 * Following the changes: read what has come, tell it, wait for more. Nothing is read that nobody takes: the next batch
 * only when the one before was told. Whatever happens in between, the cursor says where to go on.
 */

/** A change by its number, and what is told of it; null where it is not wanted. */
export interface Told {
  readonly sequence: number;
  readonly value: object | null;
}

export interface Following {
  readonly feed: Feed;
  /** The number of the last change that is not told. */
  readonly start: number;
  /** How many changes `read` reads at most. */
  readonly batch: number;
  /** The changes after a number, in order. */
  readonly read: (since: number, signal: AbortSignal) => Promise<Told[]>;
  /** Ends it: the client has gone. */
  readonly signal?: AbortSignal;
  /** Whether whoever began to follow may still do so. */
  readonly stillMay?: () => Promise<boolean>;
}

/** Milliseconds for which an answer to `stillMay` holds. */
const HOLDS = 3_000;
/** Milliseconds: the first pause, and the longest, where the database does not answer, or has not yet written all. */
const PAUSE = { first: 20, longest: 2_000 };

/** What is wanted of the changes, each once, in order; ends when the feed is closed, or the client has gone. */
export function follow(following: Following): AsyncIterableIterator<object> {
  const ending = new AbortController();
  const told = tell(following, ending);
  return {
    next: () => told.next(),
    // A generator hears of its end only when it has told something; what it waits for is ended here.
    async return() {
      ending.abort();
      await told.return(undefined);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* tell(
  { feed, start, batch, read, signal: gone, stillMay }: Following,
  ending: AbortController,
): AsyncGenerator<object, undefined> {
  const { signal } = ending;
  const end = () => ending.abort();
  const ends = [feed.closed, ...(gone ? [gone] : [])];
  for (const one of ends) {
    one.addEventListener('abort', end, { once: true });
    if (one.aborted) end();
  }
  let asked = Number.NEGATIVE_INFINITY;
  /** @throws UNAUTHENTICATED when it may not go on */
  const mayGoOn = async () => {
    if (!stillMay || performance.now() - asked < HOLDS) return;
    if (!(await stillMay())) throw revoked();
    asked = performance.now();
  };
  let cursor = start;
  let isMore = true;
  let inVain = 0;
  try {
    while (!signal.aborted) {
      try {
        asked = isMore ? Number.NEGATIVE_INFINITY : asked;
        await mayGoOn();
        const found: readonly Told[] = isMore ? await read(cursor, signal) : [];
        const kept: readonly Told[] = found.slice(
          0,
          unbroken(
            found.map(({ sequence }) => sequence),
            cursor,
          ),
        );
        for (const { sequence, value } of kept) {
          if (value !== null) {
            await mayGoOn();
            yield value;
            if (signal.aborted) return undefined;
          }
          cursor = sequence;
        }
        // That there is more, and yet nothing to be read, is so while a commit is half applied.
        inVain = isMore && kept.length === 0 ? inVain + 1 : 0;
        if (inVain > 1) await pause(inVain, signal);
        isMore = kept.length === batch || (await feed.beyond(cursor, signal, stillMay ? HOLDS : undefined));
      } catch (error) {
        if (signal.aborted) return undefined;
        if (!(error instanceof ConcordatError && error.code === 'DATABASE_UNAVAILABLE')) throw error;
        await pause(++inVain + 2, signal);
      }
    }
    return undefined;
  } finally {
    for (const one of ends) one.removeEventListener('abort', end);
  }
}

const revoked = (): ConcordatError =>
  new ConcordatError('UNAUTHENTICATED', 'The key or token with which this was begun is no longer valid.', {
    suggestion: 'Subscribe with one that is, and the cursor of the last change that you have: since.',
  });

/** Longer each time. */
function pause(nth: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, Math.min(PAUSE.first * 2 ** nth, PAUSE.longest));
    timer.unref();
    signal.addEventListener('abort', over, { once: true });
    if (signal.aborted) over();
  });
}
