import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { badInput } from '../../errors.ts';

/** The files that an import reads, each as often as it needs. */

export interface InputFile {
  readonly name: string;
  /** Bytes, before they are unpacked. */
  readonly size: number;
  /** @param onBytes told how many bytes were read more */
  open(onBytes?: (bytes: number) => void): AsyncIterable<Uint8Array>;
}

/** What a folder may hold beside, such as a licence, is not read. */
const DATA = /^[^.].*\.(csv|tsv|tab|jsonl?|ndjson|ya?ml|gexf|graphml|xml)(\.gz)?$/i;

export interface InputFiles extends AsyncDisposable {
  readonly files: readonly InputFile[];
  /** What the import is called: the name of the file, or of the folder. */
  readonly name: string;
  readonly isFolder: boolean;
  readonly size: number;
  /** SHA-256 over the names and contents, as hexadecimal digits. */
  fingerprint(): Promise<string>;
}

/**
 * A file, every file of a folder in the order of their names, or what a stream brings, which is kept aside.
 * @throws BAD_USER_INPUT where there is nothing to read
 */
export async function inputFiles(
  from: { readonly path: string } | { readonly input: AsyncIterable<Uint8Array>; readonly name: string },
): Promise<InputFiles> {
  if ('input' in from) return keptAside(from.input, from.name);
  const found = await stat(from.path).catch(() => null);
  if (!found)
    throw badInput(`There is no file ${from.path}.`, { value: from.path, suggestion: 'Name a file, or a folder.' });
  const name = basename(from.path);
  if (!found.isDirectory()) return filesOf(name, false, [await fileAt(from.path)], async () => {});
  const entries = await readdir(from.path, { withFileTypes: true });
  const names = entries.flatMap((entry) => (entry.isFile() && DATA.test(entry.name) ? [entry.name] : [])).sort();
  if (names.length === 0)
    throw badInput(`The folder ${from.path} holds no file that can be imported.`, {
      value: from.path,
      suggestion: 'Their names end in .csv, .json, .jsonl, .yaml, .gexf or .graphml.',
    });
  const files = await Promise.all(names.map((each) => fileAt(join(from.path, each))));
  return filesOf(name, true, files, async () => {});
}

async function keptAside(input: AsyncIterable<Uint8Array>, name: string): Promise<InputFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-import-'));
  const path = join(folder, 'input');
  await pipeline(Readable.from(input, { objectMode: false }), createWriteStream(path));
  return filesOf(name, false, [{ ...(await fileAt(path, name)) }], () => rm(folder, { recursive: true }));
}

async function fileAt(path: string, name = basename(path)): Promise<InputFile> {
  const { size } = await stat(path);
  return {
    name: name.replace(/\.gz$/i, ''),
    size,
    async *open(onBytes) {
      const packed = await isPacked(path);
      const raw = createReadStream(path, { highWaterMark: 1 << 18 });
      if (onBytes) raw.on('data', (chunk) => onBytes(chunk.length));
      const bytes = packed ? raw.pipe(createGunzip()) : raw;
      raw.on('error', (error) => bytes.destroy(error));
      try {
        for await (const chunk of bytes) yield chunk as Uint8Array;
      } catch (error) {
        if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error;
        throw badInput(`${name} cannot be unpacked: ${(error as Error).message}.`, {
          value: name,
          suggestion: 'It was cut off or changed on its way: get it again.',
        });
      } finally {
        raw.destroy();
      }
    },
  };
}

/** By its first bytes: names are not always true. */
async function isPacked(path: string): Promise<boolean> {
  await using file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
  return buffer[0] === 0x1f && buffer[1] === 0x8b;
}

function filesOf(
  name: string,
  isFolder: boolean,
  files: readonly InputFile[],
  remove: () => Promise<void>,
): InputFiles {
  return {
    name,
    isFolder,
    files,
    size: files.reduce((sum, file) => sum + file.size, 0),
    async fingerprint() {
      const hash = createHash('sha256');
      for (const file of files) {
        if (isFolder) hash.update(`\n${file.name}\n${file.size}\n`);
        for await (const chunk of file.open()) hash.update(chunk);
      }
      return hash.digest('hex');
    },
    [Symbol.asyncDispose]: remove,
  };
}
