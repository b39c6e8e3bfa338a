import { createHash } from 'node:crypto';
import type { Model } from '../../model/model.ts';
import type { Connection } from '../../store/connection.ts';
import { Checkpoints, type Progress } from './checkpoint.ts';
import type { ImportFormat, SourceOptions } from './format.ts';
import { Importer } from './importer.ts';
import { type InputFiles, inputFiles } from './input-files.ts';
import { readMapping } from './mapping-file.ts';
import { writeRejects } from './rejects.ts';
import type { ImportProgress, ImportReport } from './report.ts';
import { sourceRecord } from './source-record.ts';
import { inUtf8 } from './text-lines.ts';
import { Trial } from './trial.ts';

export interface ImportOptions {
  readonly connection: Connection;
  readonly model: Model;
  /** A file, or a folder of files of one format; what is packed by gzip is unpacked. */
  readonly path?: string;
  /** Instead of a path: bytes, which are kept aside in a file, since they are read more than once. */
  readonly input?: { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> };
  readonly format: ImportFormat;
  /** The mapping, for formats that take one: parsed, or the path of its file. */
  readonly mapping?: unknown;
  /** What is known of the import's own source; goes before what the mapping says. */
  readonly source?: SourceOptions;
  /** In whose name it is recorded. */
  readonly by: string;
  readonly dryRun?: boolean;
  /** Rows of one transaction; 1,000 unless said. */
  readonly batch?: number;
  /** Whether to begin anew where an earlier run was interrupted. */
  readonly fresh?: boolean;
  /** Where refused rows are written; null for nowhere; beside the file, or in the working folder, unless said. */
  readonly rejects?: string | null;
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Imports a file. Each batch of rows is one transaction, with a checkpoint in it: an import that was ended anywhere goes
 * on where it was when it is run again, and comes to the same graph and the same report. On a dry run nothing is written.
 * @throws BAD_USER_INPUT for a file that cannot be read, or a mapping that does not fit it, before anything is written;
 *   CONFLICT when the same file is imported a second time meanwhile; whatever the signal was aborted with
 */
export async function importFile(given: ImportOptions): Promise<ImportReport> {
  const begun = Date.now();
  const options =
    typeof given.mapping === 'string' ? { ...given, mapping: await readMapping(given.mapping, given.model) } : given;
  const { format, mapping, connection, model } = options;
  await using input = await inputFiles(
    options.input ? { input: options.input.bytes, name: options.input.name } : { path: options.path ?? '' },
  );
  const source = sourceRecord(input.name, format.source?.(mapping), options.source);
  const inputOf = (file: InputFiles['files'][number], onBytes?: (bytes: number) => void) => ({
    fileName: file.name,
    // A mapping may name an encoding of its own.
    open: () => (mapping === undefined ? inUtf8(file.open(onBytes)) : file.open(onBytes)),
    model,
    source: source.id,
    ...(mapping === undefined ? {} : { mapping }),
  });
  for (const file of input.files) await format.check?.(inputOf(file));
  await using trial = options.dryRun ? await Trial.begin(model) : null;
  const checkpoints = trial
    ? null
    : new Checkpoints(connection, await identify(input, options, source), {
        file: input.name,
        format: format.name,
        source: source.id,
      });
  const importer = new Importer({ ...options, files: input, source, inputOf, trial, checkpoints });
  const start = checkpoints ? await checkpoints.begin(options.fresh ?? false) : null;
  const { rowsDone, ...report } = await importer.run(start?.progress ?? null);
  const rejects =
    checkpoints && options.rejects !== null && report.rows.refused > 0
      ? await writeRejects({ ...options, files: input, inputOf, checkpoints })
      : null;
  await checkpoints?.end(rowsDone);
  return {
    file: input.name,
    format: format.name,
    source: source.id,
    dryRun: trial !== null,
    isRepeated: start?.isDone ?? false,
    ...report,
    rejects,
    seconds: (Date.now() - begun) / 1_000,
  };
}

/** The same file, read in the same way, is the same import. */
async function identify(
  input: InputFiles,
  { format, mapping }: ImportOptions,
  source: Readonly<Record<string, unknown>>,
): Promise<string> {
  const parts = [input.name, await input.fingerprint(), format.name, mapping ?? null, source];
  return `import:${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)}`;
}

export type { Progress };
