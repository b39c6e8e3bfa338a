import { badInput } from '../../errors.ts';
import { typeOfId } from '../../model/model.ts';
import type { GraphRecord, Problem } from '../../model/records.ts';
import type { WriteReport } from '../../model/reports.ts';
import { knownClaims, knownNames, knownRelationships } from '../../store/known-ids.ts';
import { schemasOf } from '../../store/records/records.ts';
import { shownValues } from '../../store/shown-values.ts';
import { recordAll } from '../../store/writer.ts';
import { withChangedFields } from './changed-fields.ts';
import type { BatchNotes, Progress } from './checkpoint.ts';
import type { RowProblem } from './format.ts';
import type { ImporterOptions } from './importer.ts';
import { withMergedClaims } from './merge-claims.ts';
import { idOfOwnClaim } from './own-claim.ts';
import { asRowProblem, namedBy, type OwnClaims, type ReadRow } from './read-rows.ts';
import { withoutValues } from './said-before.ts';
import type { Tally } from './tally.ts';

/** Recording rows in one transaction: those that have problems are left out, and the others are recorded without them. */

/** A row with what is recorded of it in this pass. */
export interface PreparedRow {
  readonly row: ReadRow;
  readonly records: readonly GraphRecord[];
}

export interface BatchResult {
  readonly entries: readonly number[];
  readonly refused: ReadonlyMap<ReadRow, readonly RowProblem[]>;
  readonly notices: readonly { readonly row: ReadRow; readonly problem: RowProblem }[];
  readonly tags: readonly (readonly [tag: string, id: string])[];
  /** Rows that are to be recorded in a call of their own, after this one. */
  readonly left: readonly ReadRow[];
}

/** What is written down of a batch, and how far the import has come with it. */
export interface Noted {
  readonly notes: BatchNotes;
  readonly progress: Progress;
}

export class Batch {
  #hasSource = false;

  constructor(
    private readonly options: ImporterOptions,
    private readonly tally: Tally,
  ) {}

  /** Records the import's own source, once a run. */
  async recordSource(): Promise<void> {
    if (this.#hasSource) return;
    const { model, source } = this.options;
    const result = schemasOf(model).parse({ source }, 0);
    const problems = 'problems' in result ? result.problems : (await this.#call([result.record])).problems;
    const [problem] = problems;
    if (problem) {
      throw badInput(`The import's own source cannot be recorded: ${problem.message}`, {
        path: ['source', ...problem.path.slice(1)],
        value: source,
        ...(problem.suggestion ? { suggestion: problem.suggestion } : {}),
      });
    }
    this.#hasSource = true;
  }

  /**
   * @param connects whether claims are made of these rows, so that names are needed
   * @param recordsOf is asked for what is recorded of a row; told which relationships are there already, and names
   */
  async prepare(
    rows: readonly ReadRow[],
    connects: boolean,
    recordsOf: (row: ReadRow, there: Pick<OwnClaims, 'isThere' | 'nameOf'>) => GraphRecord[],
  ): Promise<PreparedRow[]> {
    const { connection, model, format, source } = this.options;
    const isLazy = format.ownClaims === 'whenNew';
    const ids = isLazy
      ? rows.flatMap(({ parsed }) =>
          parsed.flatMap((record) => (record.is === 'relationship' && record.id !== undefined ? [record.id] : [])),
        )
      : [];
    const known = await knownRelationships(connection, model, ids);
    const names = await this.#namesFor(connects ? rows : []);
    const there = { isThere: (id: string) => known.has(id), nameOf: (key: string) => names.get(key) };
    const said = await knownClaims(connection, isLazy ? [] : rows.map(({ row }) => idOfOwnClaim(row, source.id)));
    const prepared = await this.#compared(
      rows.map((row) => {
        const records = recordsOf(row, there);
        return { row, records: said.has(idOfOwnClaim(row.row, source.id)) ? records.map(withoutValues) : records };
      }),
    );
    const isOwn = (record: GraphRecord) =>
      record.is === 'claim' && record.source !== undefined && 'id' in record.source && record.source.id === source.id;
    if (isLazy && prepared.some(({ records }) => records.some(isOwn))) await this.recordSource();
    return prepared;
  }

  /** Names of what relationships join, where neither the row nor a mapping says what is claimed. */
  async #namesFor(rows: readonly ReadRow[]): Promise<ReadonlyMap<string, string>> {
    const { connection, model } = this.options;
    const wanted = new Set(
      rows
        .filter(({ row }) => row.claim === undefined)
        .flatMap(({ parsed }) =>
          parsed.flatMap((record) =>
            record.is === 'relationship'
              ? [record.from, record.to].flatMap((ref) => (ref ? (namedBy(ref) ?? []) : []))
              : [],
          ),
        ),
    );
    const isId = (each: string) => typeOfId(model, each)?.is === 'entity';
    const ids = [...wanted].filter(isId);
    return knownNames(
      connection,
      ids,
      [...wanted].filter((each) => !isId(each)),
    );
  }

  /** Of what is there already, only what differs. */
  async #compared(prepared: PreparedRow[]): Promise<PreparedRow[]> {
    const { connection, model, format } = this.options;
    if (!format.comparesFirst) return prepared;
    const ids = prepared.flatMap(({ records }) => records.flatMap(({ id }) => id ?? []));
    const shown = await shownValues(connection, model, ids);
    return prepared.map(({ row, records }) => ({
      row,
      records: records.map((each) => withChangedFields(each, shown)),
    }));
  }

  /** Records rows, and notes it in the same transaction. `note` may be asked more than once. */
  async record(prepared: readonly PreparedRow[], note: (result: BatchResult) => Noted): Promise<Noted & BatchResult> {
    const refused = new Map<ReadRow, readonly RowProblem[]>();
    let now = [...prepared];
    let left: ReadRow[] = [];
    for (;;) {
      const rowOf = now.flatMap(({ row, records }) => records.map(() => row));
      const all = now.flatMap((each) => each.records);
      const records = this.options.format.isOurs ? withMergedClaims(all) : all;
      let noted: (Noted & BatchResult) | null = null;
      const noting = (report: WriteReport | null) => {
        const result = { ...this.#resultOf(report, records, rowOf), refused, left };
        noted = { ...note(result), ...result };
        return noted;
      };
      if (records.length === 0) {
        const done = noting(null);
        await this.options.checkpoints?.note(done.progress, done.notes);
        return done;
      }
      const report = await this.#call(records, noting);
      if (report.problems.length === 0) return noted ?? noting(report);
      const problems = problemsByRow(report.problems, rowOf);
      const twice = now.findIndex(({ row }) => problems.get(row)?.every(standsTwice));
      for (const [row, all] of problems)
        if (!all.every(standsTwice) || row === now[0]?.row) refused.set(row, unrepeated(all));
      const before = now.length;
      now = now.filter(({ row }) => !refused.has(row));
      if (now.length < before) continue;
      left = [...now.slice(twice).map(({ row }) => row), ...left];
      now = now.slice(0, twice);
    }
  }

  async #call(records: readonly GraphRecord[], noting?: (report: WriteReport) => Noted): Promise<WriteReport> {
    const { connection, model, by, files, trial, checkpoints, format } = this.options;
    return recordAll(
      {
        connection,
        model,
        call: { by, role: 'editor', operation: `import ${files.name}` },
        keepsNames: !format.isOurs,
        ...(trial ? { dryRun: true, supposed: trial } : {}),
        ...(noting && checkpoints
          ? {
              within: async (tx, report) => {
                const { progress, notes } = noting(report);
                await checkpoints.save(tx, progress, notes);
              },
            }
          : {}),
      },
      { records, problems: [] },
      async (report) => report,
    );
  }

  #resultOf(report: WriteReport | null, records: readonly GraphRecord[], rowOf: readonly ReadRow[]) {
    const { model, source, format } = this.options;
    if (!report) return { entries: [], notices: [], tags: [] };
    return {
      entries: this.tally.entriesOf(model, report.outcomes, new Set([source.id])),
      notices: report.notices.flatMap((notice) => {
        const row = rowOf[notice.record];
        return row ? [{ row, problem: asRowProblem(notice) }] : [];
      }),
      tags: format.isOurs
        ? records.flatMap(({ tag }, nth) => {
            const id = report.ids[nth];
            return tag !== undefined && id && !/^row\d+\.\d+$/.test(tag) ? [[tag, id] as const] : [];
          })
        : [],
    };
  }
}

/** A claim that another row of the same call has too: it is recorded again in the next call, where it changes nothing. */
const standsTwice = ({ code, path, message }: RowProblem): boolean =>
  code === 'DUPLICATE' && path.endsWith('.id') && message.endsWith('stands twice in this call.');

function problemsByRow(problems: readonly Problem[], rowOf: readonly ReadRow[]): Map<ReadRow, RowProblem[]> {
  const byRow = new Map<ReadRow, RowProblem[]>();
  for (const problem of problems) {
    const row = rowOf[problem.record];
    if (!row) continue;
    const known = byRow.get(row);
    if (known) known.push(asRowProblem(problem));
    else byRow.set(row, [asRowProblem(problem)]);
  }
  return byRow;
}

/** What follows from an end that leads nowhere: its claim then has no subject. */
const follows = ({ code, path }: RowProblem): boolean => code === 'MISSING_FIELD' && path === 'claim.subject';

/** The same is told once, however many records of a row it is wrong with, and no more than is to be mended. */
function unrepeated(all: readonly RowProblem[]): RowProblem[] {
  const told = new Set<string>();
  const problems = all.some(({ code }) => code === 'UNKNOWN_REFERENCE') ? all.filter((each) => !follows(each)) : all;
  return problems.filter(({ code, message }) => {
    const key = `${code} ${message}`;
    const isNew = !told.has(key);
    told.add(key);
    return isNew;
  });
}
