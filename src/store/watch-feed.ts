import { LAST_SEQUENCE } from '../compile/revisions.ts';
import type { Connection } from './connection.ts';

/**
 * The change feed, as a place to wait at. One looks for all who wait, and only while somebody does; a write in the same
 * process wakes it, those of others it finds when it looks the next time.
 */
export interface WatchedFeed extends Disposable {
  /** Aborted when the feed is closed: nothing more is told. */
  readonly closed: AbortSignal;
  /**
   * Waits for a change after one.
   * @param sequence the number of the last change that is known
   * @param signal ends the waiting
   * @param atMost milliseconds to wait
   * @returns whether there is one; false when the waiting was ended, or took too long
   */
  beyond(sequence: number, signal: AbortSignal, atMost?: number): Promise<boolean>;
  /** Looks at once: something was written. */
  wake(): void;
}

interface Waiting {
  readonly sequence: number;
  readonly end: (isBeyond: boolean) => void;
}

/** Milliseconds between two looks at most, while the database does not answer. */
const LONGEST = 5_000;

const LAST = { text: `CYPHER 5 RETURN ${LAST_SEQUENCE}`, parameters: {} };

/** @param interval milliseconds between two looks */
export function watchFeed(connection: Pick<Connection, 'read'>, interval: number): WatchedFeed {
  const closing = new AbortController();
  const waiting = new Set<Waiting>();
  let last = 0;
  let failures = 0;
  let isLooking = false;
  let isWoken = false;
  let timer: NodeJS.Timeout | undefined;

  const rest = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const lookLater = () => {
    if (timer !== undefined || isLooking || waiting.size === 0) return;
    timer = setTimeout(
      () => void look(),
      isWoken ? 0 : Math.min(interval * 2 ** failures, Math.max(LONGEST, interval)),
    );
    timer.unref();
  };
  const look = async (): Promise<void> => {
    rest();
    isLooking = true;
    isWoken = false;
    try {
      const [[found] = []] = await connection.read(LAST, { operation: 'feed', signal: closing.signal });
      last = Number(found);
      failures = 0;
    } catch {
      // Whoever waits goes on waiting: what they missed they read when it answers again.
      failures = Math.min(failures + 1, 10);
    }
    isLooking = false;
    for (const one of [...waiting]) if (one.sequence < last) one.end(true);
    lookLater();
  };

  return {
    closed: closing.signal,
    beyond(sequence, signal, atMost) {
      if (signal.aborted || closing.signal.aborted) return Promise.resolve(false);
      if (sequence < last) return Promise.resolve(true);
      return new Promise((resolve) => {
        const late = atMost === undefined ? undefined : setTimeout(() => one.end(false), atMost);
        late?.unref();
        const ended = () => one.end(false);
        const one: Waiting = {
          sequence,
          end(isBeyond) {
            clearTimeout(late);
            signal.removeEventListener('abort', ended);
            waiting.delete(one);
            if (waiting.size === 0) rest();
            resolve(isBeyond);
          },
        };
        signal.addEventListener('abort', ended, { once: true });
        waiting.add(one);
        lookLater();
      });
    },
    wake() {
      isWoken = true;
      if (!isLooking) rest();
      lookLater();
    },
    [Symbol.dispose]() {
      closing.abort();
      for (const one of [...waiting]) one.end(false);
    },
  };
}
