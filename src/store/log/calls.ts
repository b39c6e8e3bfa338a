import neo4j from 'neo4j-driver';
import type { Tx } from '../graph-state.ts';
import { nativeInstant } from '../properties.ts';

/** The entry that a call leaves in the audit log, in the transaction in which it writes. */

export interface CallEntry {
  readonly id: string;
  readonly at: Date;
  readonly by: string;
  readonly role: string;
  readonly operation: string;
  readonly address?: string | undefined;
  readonly reason: string | null;
  /** How many things it changed. */
  readonly changes: number;
}

export async function writeCall(tx: Tx, { at, changes, reason, address, ...entry }: CallEntry): Promise<void> {
  await tx.run("CYPHER 5 CREATE (c:ConcordatCall {outcome: 'WRITTEN'}) SET c += $entry", {
    entry: {
      ...entry,
      at: nativeInstant(at),
      changes: neo4j.int(changes),
      ...(reason === null ? {} : { reason }),
      ...(address === undefined ? {} : { address }),
    },
  });
}

/** Whether a call has been committed, as far as the database knows: asked when its answer was lost on the way. */
export async function isWritten(tx: Tx, id: string): Promise<boolean> {
  const { records } = await tx.run('CYPHER 5 MATCH (c:ConcordatCall {id: $id}) RETURN c.id', { id });
  return records.length > 0;
}
