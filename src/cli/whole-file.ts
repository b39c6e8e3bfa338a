import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StartError } from '../errors.ts';

/** Writing a file whole or not at all: beside it under another name, and renamed at the end. `-` is standard output. */

export type Chunks = AsyncIterable<string | Uint8Array>;

/**
 * @returns bytes that were written
 * @throws StartError where the file cannot be written; whatever the chunks throw; the signal's reason. Nothing is left then.
 */
export async function writeWhole(file: string, chunks: Chunks, signal: AbortSignal): Promise<number> {
  let bytes = 0;
  const counted = async function* () {
    for await (const chunk of chunks) {
      const raw = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      bytes += raw.length;
      yield raw;
    }
  };
  const source = Readable.from(counted(), { objectMode: false });
  if (file === '-') {
    await pipeline(source, process.stdout, { end: false, signal });
    return bytes;
  }
  await refuseFolder(file);
  const part = join(dirname(file), `.${basename(file)}.${process.pid}.part`);
  try {
    await pipeline(source, createWriteStream(part, { flags: 'wx' }), { signal });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    signal.throwIfAborted();
    throw readable(error, file);
  }
  return bytes;
}

async function refuseFolder(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory())
    throw new StartError(`${file} is a folder. Name a file in it, such as ${join(file, 'graph.gexf')}.`);
}

function readable(error: unknown, file: string): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  const why = code === 'ENOENT' ? `there is no folder ${dirname(file)}` : message;
  return new StartError(`${file} cannot be written: ${why}.`, { cause: error });
}
