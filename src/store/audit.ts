import { randomUUID } from 'node:crypto';
import type { Role } from '../model/roles.ts';
import type { Connection } from './connection.ts';
import type { Tx } from './graph/graph-state.ts';

/** The audit log: nodes `(:ConcordatCall)`, one for each call that wrote and for each that was refused. */

export interface AuditEntry {
  /** Made where it is not given. */
  readonly id?: string;
  readonly at: Date;
  /** Who called; `nobody` where that is not known. */
  readonly by: string;
  readonly role?: Role;
  readonly address?: string;
  /** What was called, such as `record`. */
  readonly operation: string;
  readonly outcome: 'WRITTEN' | 'REFUSED';
  /** Of a refusal. */
  readonly code?: string;
  readonly message?: string;
  /** What the caller gave as reason. */
  readonly reason?: string;
  /** The first and last number of the revisions that it made. */
  readonly first?: number;
  readonly last?: number;
}

/** Writes one entry within a transaction. */
export const auditEntry = (tx: Tx, entry: AuditEntry): Promise<void> => auditEntries(tx, [entry]);

/** Writes entries within a transaction; those that are there already are left as they are. */
async function auditEntries(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
  await tx.run(
    `CYPHER 5 UNWIND $entries AS entry
     MERGE (c:ConcordatCall {id: entry.id})
     ON CREATE SET c += entry, c.at = datetime(entry.at), c.first = toInteger(entry.first), c.last = toInteger(entry.last)`,
    { entries: entries.map(row) },
  );
}

/** Whether a call has been committed, as far as the database knows: asked when its answer was lost on the way. */
export async function isWritten(tx: Tx, id: string): Promise<boolean> {
  const { records } = await tx.run('CYPHER 5 MATCH (c:ConcordatCall {id: $id}) RETURN c.id', { id });
  return records.length > 0;
}

/** Characters of a text: messages quote what was sent. */
const LONGEST = 1_000;
const short = (text: string | undefined) => text?.slice(0, LONGEST) ?? null;

const row = ({
  id = callId(),
  at,
  by,
  role,
  address,
  operation,
  outcome,
  code,
  message,
  reason,
  ...more
}: AuditEntry) => ({
  ...{ id, at: at.toISOString(), by: short(by), role: role ?? null, address: address ?? null, outcome },
  ...{ operation: short(operation), code: code ?? null, message: short(message), reason: short(reason) },
  ...{ first: more.first ?? null, last: more.last ?? null },
});

/** An id for a call. */
export const callId = (): string => `call:${randomUUID()}`;

/** Entries that are written beside the requests that they are about, without holding them up. */
export interface AuditTrail {
  /** @returns whether it will be written: not where more wait than the database takes */
  note(entry: AuditEntry): boolean;
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>;
}

/** Entries that may wait, and that are written at once. */
const WAITING = 1_000;
const AT_ONCE = 200;

/** @param onError told what went wrong while entries were written; they are lost, apart from the log */
export function auditTrail(connection: Pick<Connection, 'write'>, onError: (error: unknown) => void): AuditTrail {
  const waiting: AuditEntry[] = [];
  let writing: Promise<void> | null = null;
  const write = async () => {
    while (waiting.length > 0) {
      const some = waiting.splice(0, AT_ONCE);
      await connection.write('audit', (tx) => auditEntries(tx, some)).catch(onError);
    }
    writing = null;
  };
  return {
    note(entry) {
      if (waiting.length >= WAITING) return false;
      // Given now, so that writing it again after a break finds it there.
      waiting.push({ ...entry, id: entry.id ?? callId() });
      writing ??= write();
      return true;
    },
    async settled() {
      await writing;
    },
  };
}
