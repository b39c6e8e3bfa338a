import { randomUUID } from 'node:crypto';
import { ConcordatError } from '../../errors.ts';
import type { Connection } from '../../store/connection.ts';
import type { Tx } from '../../store/graph/graph-state.ts';
import type { RowProblem } from './format.ts';

/**
 * How far an import has come, in the store: `(:ConcordatImport)` with one `(:ConcordatImportBatch)` a batch, written in the
 * same transaction as what the batch records. Whoever starts the same import takes it over; one that was taken over stops.
 */

/** How far it has come: rows of the pass that are dealt with, and batches that were written. */
export interface Progress {
  readonly pass: number;
  readonly rows: number;
  readonly batches: number;
}

/** What a batch adds to what is known. */
export interface BatchNotes {
  /** Of `Tally`. */
  readonly entries: readonly number[];
  readonly refused: readonly RefusedRow[];
  readonly notices: readonly { readonly file: string; readonly line: number; readonly problem: RowProblem }[];
  readonly noticeCount: number;
  /** Tags that hold in the whole file, and what they lead to. */
  readonly tags: readonly (readonly [tag: string, id: string])[];
  /** Whether a later pass is needed for entities that point at others. */
  readonly hasReferring: boolean;
}

export interface RefusedRow {
  readonly number: number;
  readonly file: string;
  readonly line: number;
  readonly problems: readonly RowProblem[];
}

export interface Checkpoint {
  readonly progress: Progress;
  /** Whether it was complete once. */
  readonly isDone: boolean;
}

const START: Progress = { pass: 0, rows: 0, batches: 0 };
const OPERATION = 'import';

/** Checkpoints of one import, for one run of it. */
export class Checkpoints {
  readonly #run = randomUUID();

  constructor(
    private readonly connection: Connection,
    /** Follows from what is imported: the same import has the same. */
    readonly id: string,
    private readonly about: Readonly<Record<string, string>>,
  ) {}

  /** Takes the import over, and says how far it has come. */
  async begin(fresh: boolean): Promise<Checkpoint> {
    return this.connection.write(OPERATION, async (tx) => {
      const { records } = await tx.run(
        `CYPHER 5 MERGE (c:ConcordatImport {id: $id}) ON CREATE SET c.pass = 0, c.rows = 0, c.batches = 0, c.done = false
         SET c.run = $run, c += $about WITH c RETURN c.pass, c.rows, c.batches, c.done`,
        { id: this.id, run: this.#run, about: this.about },
      );
      const [pass, rows, batches, done] = ['c.pass', 'c.rows', 'c.batches', 'c.done'].map((key) =>
        records[0]?.get(key),
      ) as [number, number, number, boolean];
      if (!fresh && !done) return { progress: { pass, rows, batches }, isDone: false };
      await this.#forget(tx);
      await this.#set(tx, START, false);
      return { progress: START, isDone: done };
    });
  }

  /** What the batches of an interrupted run have noted, in their order. */
  async *notes(): AsyncIterable<BatchNotes> {
    for (let after = this.id; ; ) {
      const rows = await this.connection.read(
        {
          text: `CYPHER 5 MATCH (b:ConcordatImportBatch) WHERE b.id > $after AND b.id STARTS WITH $id
                 RETURN b.id, b.entries, b.notes ORDER BY b.id LIMIT 50`,
          parameters: { after, id: `${this.id}#` },
        },
        { operation: OPERATION },
      );
      for (const [id, entries, notes] of rows as [string, number[], string][]) {
        yield { ...(JSON.parse(notes) as BatchNotes), entries };
        after = id;
      }
      if (rows.length === 0) return;
    }
  }

  /** Notes a batch, within the transaction that records it. */
  async save(tx: Tx, progress: Progress, notes: BatchNotes): Promise<void> {
    await this.#set(tx, progress, false);
    const { entries, ...rest } = notes;
    await tx.run(
      'CYPHER 5 CREATE (b:ConcordatImportBatch {id: $id, entries: [x IN $entries | toInteger(x)], notes: $notes})',
      { id: `${this.id}#${String(progress.batches).padStart(9, '0')}`, entries, notes: JSON.stringify(rest) },
    );
  }

  /** Notes a batch that records nothing. */
  note(progress: Progress, notes: BatchNotes): Promise<void> {
    return this.connection.write(OPERATION, (tx) => this.save(tx, progress, notes));
  }

  /** The import is complete: what it had to remember is forgotten. */
  async end(progress: Progress): Promise<void> {
    await this.connection.write(OPERATION, async (tx) => {
      await this.#set(tx, progress, true);
      await this.#forget(tx);
    });
  }

  async #set(tx: Tx, { pass, rows, batches }: Progress, done: boolean): Promise<void> {
    const { records } = await tx.run(
      `CYPHER 5 MATCH (c:ConcordatImport {id: $id, run: $run})
       SET c.pass = toInteger($pass), c.rows = toInteger($rows), c.batches = toInteger($batches), c.done = $done, c.at = datetime()
       RETURN c.id`,
      { id: this.id, run: this.#run, pass, rows, batches, done },
    );
    if (records.length === 0)
      throw new ConcordatError(
        'CONFLICT',
        'The same file is being imported by somebody else, who has gone on from here.',
        {
          suggestion: 'Let the other finish; then import it again: what is there is left as it is.',
        },
      );
  }

  async #forget(tx: Tx): Promise<void> {
    await tx.run('CYPHER 5 MATCH (b:ConcordatImportBatch) WHERE b.id STARTS WITH $id DELETE b', { id: `${this.id}#` });
  }
}
