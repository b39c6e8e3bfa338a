import type { Session } from 'neo4j-driver';
import { ConcordatError } from '../errors.ts';

/**
 * Ends of a statement that the database does not bring about itself: its client goes away, or the time is over and the
 * database has not noticed, since it looks for that while it runs a statement, and hardly while it plans one.
 */

/** Whichever end comes first, as a promise that only ever rejects. */
export interface Ending extends Disposable {
  readonly ended: Promise<never>;
}

/** @param after milliseconds until the statement has taken too long, however the database sees that */
export function ending(after: number, signal: AbortSignal | undefined, tooLong: () => ConcordatError): Ending {
  let end: (error: ConcordatError) => void = () => {};
  const ended = new Promise<never>((_, reject) => {
    end = reject;
  });
  // Whoever raced it against an answer no longer listens once that has come.
  ended.catch(() => {});
  const gone = () => end(new ConcordatError('TIMEOUT', 'The client went away before its query was answered.'));
  const timer = setTimeout(() => end(tooLong()), after);
  signal?.addEventListener('abort', gone, { once: true });
  if (signal?.aborted) gone();
  return {
    ended,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', gone);
    },
  };
}

/** The parts of the driver's own connection that end it. */
interface Held {
  close(): Promise<void>;
  release(): Promise<void>;
}

/** The connection that a session holds once it runs a statement; null where the driver no longer tells. */
export function heldBy(session: Session): Promise<Held | null> {
  const { _readConnectionHolder: holder } = session as unknown as {
    _readConnectionHolder?: { getConnection(): Promise<Held | null> };
  };
  return holder?.getConnection().catch(() => null) ?? Promise.resolve(null);
}

/**
 * Closes a session whose statement is still under way. That stops the statement, if the database gets to hear of it;
 * one that plans does not listen. So that such a session does not keep its connection from the pool for ever, the
 * connection is cut off after a while. The driver has no way of its own for that.
 * @param patience milliseconds that the database has to say that it has stopped
 */
export async function letGo(session: Session, held: Promise<Held | null>, patience: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), patience);
    timer.unref();
  });
  const closed = session.close().catch(() => {});
  if ((await Promise.race([closed, late])) === 'late') {
    const connection = await held;
    await connection?.close();
    await connection?.release();
  }
  clearTimeout(timer);
}
