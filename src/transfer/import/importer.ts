import type { RecordSchemas } from '../../derive/records.ts';
import type { GraphRecord } from '../../model/records.ts';
import { schemasOf } from '../../store/records/records.ts';
import { Batch, type BatchResult } from './batch.ts';
import type { BatchNotes, Checkpoints, Progress } from './checkpoint.ts';
import { type FileIndex, indexFile, lacking } from './file-index.ts';
import type { ImportInput, RowProblem } from './format.ts';
import type { ImportOptions } from './import-file.ts';
import type { InputFile, InputFiles } from './input-files.ts';
import {
  connectionsOf,
  entitiesOf,
  Naming,
  type OwnClaims,
  type ReadRow,
  readRow,
  refersToOthers,
} from './read-rows.ts';
import type { ImportReport, Refusal } from './report.ts';
import { RowSet } from './row-set.ts';
import { Tally } from './tally.ts';
import type { Trial } from './trial.ts';

export interface ImporterOptions extends ImportOptions {
  readonly files: InputFiles;
  readonly source: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly inputOf: (file: InputFile, onBytes?: (bytes: number) => void) => ImportInput;
  /** Of a dry run. */
  readonly trial: Trial | null;
  /** Of one that is none. */
  readonly checkpoints: Checkpoints | null;
}

/** Entities; those that point at others, where there are any; what connects them. */
const PASSES = ['entities', 'referring', 'relationships'] as const;
type Pass = (typeof PASSES)[number];

const ROWS = 1_000;
/** Records of one transaction: rows may hold many each. */
const RECORDS = 5_000;
/** Refusals and notices that a report tells one by one. */
const TOLD = 100;

type Result = Pick<
  ImportReport,
  'resumedAt' | 'rows' | 'entities' | 'relationships' | 'claims' | 'refusals' | 'notices' | 'noticeCount'
> & {
  readonly rowsDone: Progress;
};

/** One run of an import: reads the file once a pass, and records it batch by batch. */
export class Importer {
  readonly #tally = new Tally();
  readonly #refused = new RowSet();
  readonly #refusals: Refusal[] = [];
  readonly #notices: Refusal[] = [];
  readonly #tags = new Map<string, string>();
  readonly #schemas: RecordSchemas;
  readonly #batch: Batch;
  #noticeCount = 0;
  #hasReferring = false;
  #read = 0;
  #bytes = 0;
  #progress: Progress = { pass: 0, rows: 0, batches: 0 };

  constructor(private readonly options: ImporterOptions) {
    this.#schemas = schemasOf(options.model);
    this.#batch = new Batch(options, this.#tally);
  }

  /** Goes on where an earlier run was; null where there is none to go on from. */
  async run(start: Progress | null): Promise<Result> {
    if (start && start.batches > 0) await this.#resume(start);
    const resumedAt = start && (start.pass > 0 || start.rows > 0) ? start.rows : 0;
    const index = await this.#index(start);
    if (this.options.format.ownClaims !== 'whenNew') await this.#batch.recordSource();
    for (let pass = this.#progress.pass; pass < PASSES.length; pass++) {
      const name = PASSES[pass] as Pass;
      if (pass !== this.#progress.pass) this.#progress = { ...this.#progress, pass, rows: 0 };
      if (name !== 'referring' || this.#hasReferring) await this.#runPass(name, index);
    }
    const refused = this.#refused.size;
    return {
      resumedAt,
      rows: { read: this.#read, accepted: this.#read - refused, refused },
      ...this.#tally.counts(),
      refusals: [...this.#refusals].sort((a, b) => (a.file ?? '').localeCompare(b.file ?? '') || a.line - b.line),
      notices: this.#notices,
      noticeCount: this.#noticeCount,
      rowsDone: this.#progress,
    };
  }

  async #resume(start: Progress): Promise<void> {
    this.#progress = start;
    if (this.options.checkpoints) for await (const notes of this.options.checkpoints.notes()) this.#learn(notes);
  }

  /** What the rows of the whole file make: asked for before anything is recorded of a row that points at something. */
  async #index(start: Progress | null): Promise<FileIndex | null> {
    const pass = PASSES[start?.pass ?? 0];
    if (pass === 'relationships') return null;
    return indexFile(this.#rows(false));
  }

  async #runPass(pass: Pass, index: FileIndex | null): Promise<void> {
    const { batch = ROWS } = this.options;
    let rows: ReadRow[] = [];
    let records = 0;
    let last = this.#progress.rows;
    for await (const row of this.#rows(true)) {
      last = row.number + 1;
      if (row.number < this.#progress.rows) continue;
      rows.push(row);
      records += row.parsed.length;
      if (rows.length < batch && records < RECORDS) continue;
      await this.#record(pass, rows, last, index);
      rows = [];
      records = 0;
    }
    this.#read = Math.max(this.#read, last);
    if (rows.length > 0) await this.#record(pass, rows, last, index);
  }

  async *#rows(tells: boolean): AsyncIterable<ReadRow> {
    const { files, format, inputOf, signal } = this.options;
    this.#bytes = 0;
    let number = 0;
    for (const file of files.files) {
      const input = inputOf(file, (bytes) => {
        this.#bytes += tells ? bytes : 0;
      });
      for await (const row of format.read(input)) {
        signal?.throwIfAborted();
        yield readRow(this.#schemas, row, number++, file.name);
      }
    }
  }

  /** Records one batch, and what is known with it. */
  async #record(pass: Pass, rows: readonly ReadRow[], upTo: number, index: FileIndex | null): Promise<void> {
    const { trial, checkpoints, onProgress, files, signal } = this.options;
    signal?.throwIfAborted();
    const open = rows.filter(({ number }) => !this.#refused.has(number));
    const refused = new Map<ReadRow, readonly RowProblem[]>();
    for (const row of open) if (row.problems.length > 0) refused.set(row, row.problems);
    if (pass !== 'relationships' && index) {
      const candidates = open.filter((row) => !refused.has(row));
      for (const [row, problems] of await lacking(candidates, index, this.options)) refused.set(row, problems);
    }
    const sound = open.filter((row) => !refused.has(row));
    let rest: readonly ReadRow[] = sound;
    do {
      const prepared = await this.#batch.prepare(rest, pass === 'relationships', (row, there) =>
        this.#recordsOf(pass, row, there),
      );
      const result = await this.#batch.record(prepared, (outcome) => {
        const until = outcome.left[0]?.number ?? upTo;
        const done = ({ number }: ReadRow) => number >= this.#progress.rows && number < until;
        const notes = this.#notesOf(
          pass,
          rows.filter(done),
          [...refused].filter(([row]) => done(row)),
          outcome,
        );
        return { notes, progress: { pass: PASSES.indexOf(pass), rows: until, batches: this.#progress.batches + 1 } };
      });
      this.#progress = result.progress;
      this.#learn(result.notes);
      rest = result.left;
    } while (rest.length > 0);
    if (trial || checkpoints)
      onProgress?.({
        pass: pass === 'relationships' ? pass : 'entities',
        rows: upTo,
        refused: this.#refused.size,
        bytes: Math.min(this.#bytes, files.size),
        total: files.size,
      });
  }

  #recordsOf(pass: Pass, row: ReadRow, there: Pick<OwnClaims, 'isThere' | 'nameOf'>): GraphRecord[] {
    const { model, source, format } = this.options;
    const naming = new Naming(row, format.isOurs ?? false, (tag) => this.#tags.get(tag));
    if (pass === 'entities') return entitiesOf(naming, (record) => !refersToOthers(record));
    if (pass === 'referring') return entitiesOf(naming, refersToOthers);
    return connectionsOf(naming, { model, source: source.id, give: format.ownClaims ?? 'always', ...there });
  }

  #notesOf(
    pass: Pass,
    rows: readonly ReadRow[],
    refused: readonly (readonly [ReadRow, readonly RowProblem[]])[],
    outcome: BatchResult,
  ): BatchNotes {
    // In the order of rows: so the first of them are the same wherever batches begin.
    const told = [
      ...(pass === 'entities' ? rows : []).flatMap((row) => row.row.notices.map((problem) => ({ row, problem }))),
      ...outcome.notices,
    ]
      .sort((a, b) => a.row.number - b.row.number)
      .map(({ row, problem }) => ({ file: row.file, line: row.row.line, problem }));
    const all = [...refused, ...outcome.refused].sort(([a], [b]) => a.number - b.number);
    return {
      entries: outcome.entries,
      refused: all.map(([row, problems]) => ({ number: row.number, file: row.file, line: row.row.line, problems })),
      notices: told.slice(0, Math.max(0, TOLD - this.#notices.length)),
      noticeCount: told.length,
      tags: outcome.tags,
      hasReferring:
        pass === 'entities' &&
        rows.some(({ parsed }) => parsed.some((record) => record.is === 'entity' && refersToOthers(record))),
    };
  }

  #learn(notes: BatchNotes): void {
    this.#tally.add(notes.entries);
    const place = (file: string, line: number) => ({ ...(this.options.files.isFolder ? { file } : {}), line });
    for (const { number, file, line, problems } of notes.refused) {
      this.#refused.add(number);
      for (const problem of problems)
        if (this.#refusals.length < TOLD) this.#refusals.push({ ...place(file, line), ...problem });
    }
    for (const { file, line, problem } of notes.notices) this.#notices.push({ ...place(file, line), ...problem });
    this.#noticeCount += notes.noticeCount;
    for (const [tag, id] of notes.tags) this.#tags.set(tag, id);
    this.#hasReferring ||= notes.hasReferring;
  }
}
