import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { badInput, ConcordatError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import type { Connection } from '../store/connection.ts';
import type { FeedState, Piece } from '../store/copy/read-copy.ts';
import { beginRestore, endRestore, isHalfRestored, restorePieces } from '../store/copy/restore-copy.ts';
import { exportGraph } from './export/read-graph.ts';
import { records } from './export/records.ts';
import { textLines } from './import/text-lines.ts';

/** A whole store in one file, and back: the graph with its claims, its history, and what was removed, merged and judged. */

export interface DumpOptions {
  readonly connection: Connection;
  readonly model: Model;
  /** Ends in `.gz` to be packed. */
  readonly path: string;
  /** Told how many lines were written, or pieces restored. */
  readonly onProgress?: (count: number) => void;
  readonly signal?: AbortSignal;
}

export interface DumpReport {
  /** Lines of the file; pieces of the store. */
  readonly lines: number;
  /** The last change that is in it. */
  readonly sequence: number;
}

/** Attempts at a file during which nobody else writes. */
const ATTEMPTS = 3;

/**
 * Writes the whole store into a file. Keys, the audit log and the checkpoints of imports are not in it. The file is there once
 * it is whole.
 * @throws CONFLICT where others have written whenever it was tried
 */
export async function dumpStore(options: DumpOptions): Promise<DumpReport> {
  if (await isHalfRestored(options.connection))
    throw new ConcordatError('CONFLICT', 'The store holds a part of a file that was being restored.', {
      suggestion: 'Restore it again, to the end.',
    });
  const part = `${options.path}.part`;
  try {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const { isConsistent, ...report } = await dumpOnce(options, part);
      if (!isConsistent) continue;
      await rename(part, options.path);
      return report;
    }
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await rm(part, { force: true });
  throw new ConcordatError('CONFLICT', `Others were writing whenever it was tried, ${ATTEMPTS} times.`, {
    suggestion: 'Try again when less is written.',
  });
}

async function dumpOnce({ connection, model, path, onProgress, signal }: DumpOptions, part: string) {
  let lines = 0;
  let end = { sequence: 0, isConsistent: false };
  const graph = await exportGraph(connection, model, { name: 'store', view: 'contracted' }, signal);
  const from = { connection, model, signal: signal ?? new AbortController().signal };
  const written = async function* () {
    for await (const chunk of records.write(graph, from)) {
      const text = String(chunk);
      lines += text.split('\n').length - 1;
      if (text.startsWith('{"concordat":"end"')) end = JSON.parse(text) as typeof end;
      onProgress?.(lines);
      yield text;
    }
  };
  const file = createWriteStream(part);
  const source = Readable.from(written());
  await (/\.gz$/i.test(path) ? pipeline(source, createGzip(), file) : pipeline(source, file));
  if (!file.closed) await once(file, 'close');
  return { lines, sequence: end.sequence, isConsistent: end.isConsistent };
}

/**
 * Fills an empty store from a file that `dumpStore` has written: the same graph, history and ids. A restore that was ended is
 * begun anew when it is run again; until then the store is not ready, and says so.
 * @throws CONFLICT for a store that holds something; BAD_USER_INPUT for a file that is no dump, or not whole
 */
export async function restoreStore(options: DumpOptions): Promise<DumpReport> {
  const { connection, model, path, onProgress, signal } = options;
  if (!(await stat(path).catch(() => null))) throw badInput(`There is no file ${path}.`, { value: path });
  await checkHeader(path);
  await beginRestore(connection);
  let end: (FeedState & { readonly pieces: number }) | null = null;
  let count = 0;
  const pieces = async function* (): AsyncIterable<Piece> {
    for await (const { text } of textLines(open(path))) {
      signal?.throwIfAborted();
      if (!text.startsWith('{"concordat":')) continue;
      const { concordat, ...piece } = parsed(text, path);
      if (concordat === 'store') yield piece as Piece;
      if (concordat === 'end') end = piece as unknown as FeedState & { pieces: number };
    }
  };
  await restorePieces(connection, model, pieces(), (more) => {
    count += more;
    onProgress?.(count);
  });
  const found = end as (FeedState & { readonly pieces: number }) | null;
  if (!found || found.pieces !== count)
    throw badInput('The file ends before the store does: it is not whole.', {
      value: path,
      suggestion: 'Take another copy of it.',
    });
  await endRestore(connection, found);
  return { lines: count, sequence: found.sequence };
}

function parsed(text: string, path: string): { readonly concordat: string } & Piece {
  try {
    return JSON.parse(text) as { readonly concordat: string } & Piece;
  } catch {
    throw badInput('The file is damaged: a line in it does not end.', {
      value: path,
      suggestion: 'Take another copy.',
    });
  }
}

async function checkHeader(path: string): Promise<void> {
  for await (const { text } of textLines(open(path))) {
    if (/^\{"concordat":"records","version":1,"holds":"store"/.test(text)) return;
    break;
  }
  throw badInput(`${path} is no dump of a whole store.`, {
    value: path,
    suggestion: 'Import it: that takes any file of records.',
  });
}

async function* open(path: string): AsyncIterable<Uint8Array> {
  const raw = createReadStream(path);
  const bytes = /\.gz$/i.test(path) ? raw.pipe(createGunzip()) : raw;
  raw.on('error', (error) => bytes.destroy(error));
  try {
    for await (const chunk of bytes) yield chunk as Uint8Array;
  } finally {
    raw.destroy();
  }
}
