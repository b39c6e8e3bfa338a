import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Checkpoints, RefusedRow } from './checkpoint.ts';
import type { ImportInput } from './format.ts';
import type { ImportOptions } from './import-file.ts';
import type { InputFile, InputFiles } from './input-files.ts';

/**
 * Refused rows as a file that can be mended and imported by itself, and beside it why each was refused, a line each. Written
 * when everything else is done, from what the checkpoints have noted: so it is whole, whatever happened meanwhile.
 */

interface Writing extends ImportOptions {
  readonly files: InputFiles;
  readonly inputOf: (file: InputFile) => ImportInput;
  readonly checkpoints: Checkpoints;
}

/** @returns the path of the file of rows; that of the reasons has `.reasons.jsonl` after it */
export async function writeRejects(options: Writing): Promise<string> {
  const { files, format, inputOf } = options;
  const [first] = files.files;
  const layout = first && (await format.rejects?.(inputOf(first)));
  const { extension, head, between, tail } = layout ?? {
    extension: extensionOf(files.name),
    head: '',
    between: '\n',
    tail: '\n',
  };
  const path =
    options.rejects ?? join(options.path ? dirname(options.path) : '.', `${files.name}.rejects.${extension}`);
  const reasons = await sortedReasons(options.checkpoints);
  const rows = writer(`${path}.part`);
  const why = writer(`${path}.reasons.jsonl.part`);
  await rows.write(head);
  let number = 0;
  let nth = 0;
  let last: string | null = null;
  for (const file of files.files)
    for await (const row of format.read(inputOf(file))) {
      const reason = reasons[nth];
      if (reason?.number !== number++) continue;
      // Where rows are items of a list within, several may stand in one piece of the file: it is written once.
      const piece = `${row.line} ${row.raw}`;
      if (piece !== last) await rows.write(`${nth === 0 ? '' : between}${row.raw}`);
      last = piece;
      await why.write(
        `${JSON.stringify({ ...(files.isFolder ? { file: file.name } : {}), line: row.line, problems: reason.problems, raw: row.raw })}\n`,
      );
      nth++;
    }
  await rows.write(tail);
  await rows.end();
  await why.end();
  await rename(`${path}.reasons.jsonl.part`, `${path}.reasons.jsonl`);
  await rename(`${path}.part`, path);
  return path;
}

const extensionOf = (name: string): string => {
  const plain = name.replace(/\.gz$/i, '');
  return plain.includes('.') ? plain.slice(plain.lastIndexOf('.') + 1) : 'txt';
};

async function sortedReasons(checkpoints: Checkpoints): Promise<RefusedRow[]> {
  const all: RefusedRow[] = [];
  for await (const { refused } of checkpoints.notes()) all.push(...refused);
  return all.sort((a, b) => a.number - b.number);
}

/** Writes a file, no faster than the disk takes it. */
function writer(path: string) {
  const stream = createWriteStream(path);
  return {
    async write(text: string): Promise<void> {
      if (text !== '' && !stream.write(text)) await once(stream, 'drain');
    },
    async end(): Promise<void> {
      stream.end();
      await once(stream, 'finish');
    },
  };
}
