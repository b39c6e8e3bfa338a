import type { Connection } from '../connection.ts';
import type { Tx } from '../graph/graph-state.ts';

/**
 * The one node that every call which writes ends at. Whoever holds its lock numbers its revisions and commits, so that
 * their order is that of the commits, and no number is left out. Its epoch counts the calls that take things away or
 * move them: a call that had begun before such a one, and has read what is there no more, sees that and begins anew.
 */

export interface Feed {
  /** The last number given. */
  readonly sequence: number;
  readonly epoch: number;
}

/** The feed as it stands, without waiting for anybody. */
export async function readFeed(tx: Tx): Promise<Feed> {
  const { records } = await tx.run("CYPHER 5 MATCH (f:ConcordatFeed {name: 'changes'}) RETURN f.sequence, f.epoch");
  return { sequence: Number(records[0]?.get(0) ?? 0), epoch: Number(records[0]?.get(1) ?? 0) };
}

/** Waits for the lock, which this transaction then holds to its end. */
export async function lockFeed(tx: Tx): Promise<Feed> {
  const { records } = await tx.run(
    `CYPHER 5 MERGE (f:ConcordatFeed {name: 'changes'}) ON CREATE SET f.sequence = 0, f.epoch = 0
     SET f.locked = true WITH f REMOVE f.locked RETURN f.sequence, f.epoch`,
  );
  return { sequence: Number(records[0]?.get(0)), epoch: Number(records[0]?.get(1)) };
}

/** Moves the feed on; the lock is held. */
export async function advanceFeed(tx: Tx, by: number, turnsEpoch: boolean): Promise<void> {
  await tx.run(
    `CYPHER 5 MATCH (f:ConcordatFeed {name: 'changes'})
     SET f.sequence = f.sequence + toInteger($by), f.epoch = f.epoch + toInteger($epoch)`,
    { by, epoch: turnsEpoch ? 1 : 0 },
  );
}

/** The feed without a transaction of one's own, and the instant of the last change; null where nothing was ever written. */
export async function lookAtFeed(
  connection: Pick<Connection, 'read'>,
  signal?: AbortSignal,
): Promise<Feed & { readonly at: string | null }> {
  const text = `CYPHER 5 OPTIONAL MATCH (f:ConcordatFeed {name: 'changes'})
    OPTIONAL MATCH (r:Revision {sequence: f.sequence}) RETURN f.sequence, f.epoch, toString(r.at) LIMIT 1`;
  const options = { operation: 'feed', ...(signal ? { signal } : {}) };
  const [row] = await connection.read({ text, parameters: {} }, options);
  return { sequence: Number(row?.[0] ?? 0), epoch: Number(row?.[1] ?? 0), at: (row?.[2] as string | null) ?? null };
}
