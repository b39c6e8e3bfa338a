import type { Model } from '../model/model.ts';
import type { GraphRecord } from '../model/records.ts';
import type { Outcome } from '../model/reports.ts';
import type { Connection } from '../store/connection.ts';
import type { Tx } from '../store/graph/graph-state.ts';
import { readRecords } from '../store/records/records.ts';
import { writeRecords } from '../store/records/write.ts';
import { recordAll } from '../store/writer.ts';
import { readFolder } from './read-files.ts';
import type { RecordFile } from './record-file.ts';

/** Loading a folder of records: every problem first, then one transaction a file; nothing when anything is wrong. */

/** Something wrong, or worth a notice, with where it stands. */
export interface FileProblem {
  readonly file: string;
  readonly line: number;
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly suggestion?: string;
}

export interface SeedReport {
  readonly files: readonly {
    readonly file: string;
    readonly records: number;
    readonly created: number;
    readonly updated: number;
    readonly unchanged: number;
  }[];
  readonly problems: readonly FileProblem[];
  readonly notices: readonly FileProblem[];
}

interface Read {
  readonly file: RecordFile;
  readonly records: readonly (GraphRecord | null)[];
}

/** Undoes the trial run. */
class Rollback extends Error {}

/** Loads a folder. The store is unchanged when the report has problems. */
export async function seedFolder(
  connection: Connection,
  model: Model,
  folder: string,
  by: string,
): Promise<SeedReport> {
  const files = await readFolder(folder);
  const problems: FileProblem[] = files.flatMap((file) =>
    file.unreadable.map((one) => ({
      file: file.file,
      line: one.line,
      path: '',
      code: 'UNREADABLE',
      message: one.message,
    })),
  );
  const read = files.map((file): Read => {
    const result = readRecords(model, file.inputs);
    problems.push(...result.problems.map((problem) => located(file, problem)));
    return { file, records: result.records };
  });
  problems.push(...(await trial(connection, model, read, by)));
  if (problems.length > 0) return { files: [], problems: inOrder(problems), notices: [] };
  const at = new Date();
  const report: SeedReport['files'][number][] = [];
  const notices: FileProblem[] = [];
  for (const { file, records } of read) {
    const call = { by, role: 'admin', operation: `seed ${file.file}` } as const;
    const read = { records, problems: [] };
    const written = await recordAll({ connection, model, call, at }, read, async (report) => report);
    if (written.problems.length > 0)
      return { files: report, problems: written.problems.map((problem) => located(file, problem)), notices };
    const count = (outcome: Outcome) => [...written.outcomes.values()].filter((each) => each === outcome).length;
    report.push({
      file: file.file,
      records: records.length,
      created: count('created'),
      updated: count('updated'),
      unchanged: count('unchanged'),
    });
    notices.push(...written.notices.map((notice) => located(file, notice)));
  }
  return { files: report, problems: [], notices };
}

/** Writes everything in one transaction that is rolled back, to find what only the graph can tell. */
async function trial(connection: Connection, model: Model, read: readonly Read[], by: string): Promise<FileProblem[]> {
  let found: FileProblem[] = [];
  const attempt = async (tx: Tx) => {
    found = [];
    // What a broken record or a file with problems would have made is missing through no fault of those that refer to it.
    const missing = new Set<string>();
    for (const one of read) {
      for (const id of declaredIds(one, (record) => record === null)) missing.add(id);
      const written = await writeRecords(tx, one.records, { model, at: new Date(), by, excused: missing });
      found.push(...written.problems.map((problem) => located(one.file, problem)));
      if (!written.complete) for (const id of declaredIds(one, () => true)) missing.add(id);
    }
    throw new Rollback();
  };
  await connection.write('seed trial', attempt).catch((error: unknown) => {
    if (!(error instanceof Rollback)) throw error;
  });
  return found;
}

/** Ids that records of a file give themselves. */
function declaredIds({ file, records }: Read, which: (record: GraphRecord | null) => boolean): string[] {
  return file.inputs.flatMap((input, nth) => {
    const [value] = Object.values((input ?? {}) as Record<string, { id?: unknown } | null>);
    return typeof value?.id === 'string' && which(records[nth] ?? null) ? [value.id] : [];
  });
}

function located(
  file: RecordFile,
  problem: { record: number; path: readonly (string | number)[]; code: string; message: string; suggestion?: string },
): FileProblem {
  return {
    file: file.file,
    line: file.lineOf(problem.record, problem.path),
    path: problem.path.join('.'),
    code: problem.code,
    message: problem.message,
    ...(problem.suggestion ? { suggestion: problem.suggestion } : {}),
  };
}

const inOrder = (problems: readonly FileProblem[]): FileProblem[] =>
  [...problems].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
