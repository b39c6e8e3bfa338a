import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { badInput } from '../errors.ts';
import { readJsonLines } from './json-lines.ts';
import type { RecordFile } from './record-file.ts';
import { readYaml } from './yaml.ts';

const READERS: Readonly<Record<string, (text: string) => Omit<RecordFile, 'file'>>> = {
  yaml: readYaml,
  yml: readYaml,
  jsonl: readJsonLines,
  ndjson: readJsonLines,
};

/**
 * Reads every file of records in a folder, in the order of their names; other files are left alone.
 * @throws BAD_USER_INPUT when the folder is not there or holds no file of records
 */
export async function readFolder(folder: string): Promise<RecordFile[]> {
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory())
    throw badInput(`There is no folder ${folder}.`, {
      value: folder,
      suggestion: 'Name a folder of .yaml or .jsonl files, such as seeds/el-salvador-2025.',
    });
  const names = (await readdir(folder)).filter((name) => extension(name) in READERS).sort();
  if (names.length === 0)
    throw badInput(`The folder ${folder} holds no file of records.`, {
      value: folder,
      suggestion: `Files end in ${Object.keys(READERS)
        .map((each) => `.${each}`)
        .join(', ')}.`,
    });
  return Promise.all(
    names.map(async (file) => ({
      file,
      ...(READERS[extension(file)] as (typeof READERS)[string])(await readFile(join(folder, file), 'utf8')),
    })),
  );
}

const extension = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase();
