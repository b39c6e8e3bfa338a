import { parse } from 'yaml';
import type { ImportFormat, ImportInput, ImportRow } from './format.ts';
import { lineGroups, textLines } from './text-lines.ts';

/** Our own records, in JSON Lines or YAML: the shape in which everything enters the graph. */

export const records: ImportFormat = {
  name: 'records',
  extensions: ['records.jsonl', 'jsonl', 'ndjson', 'yaml', 'yml'],
  title: 'Records as JSON Lines or YAML',
  ownClaims: 'whenNew',
  isOurs: true,
  rejects: async (input) =>
    isYaml(input)
      ? { extension: 'yaml', head: '', between: '\n', tail: '\n' }
      : { extension: 'jsonl', head: '', between: '\n', tail: '\n' },
  read: (input) => (isYaml(input) ? readYamlItems(input) : readLines(input)),
};

const isYaml = ({ fileName }: ImportInput): boolean => /\.ya?ml$/i.test(fileName);

/** Lines of an export that say what it is, or hold the history of its store, are no records. */
async function* readLines(input: ImportInput): AsyncIterable<ImportRow> {
  for await (const { line, text } of textLines(input.open())) {
    if (text.trim() === '') continue;
    if (text.startsWith('{"concordat":')) continue;
    yield read(line, text, () => JSON.parse(text));
  }
}

/** A list's items one by one, each being text that begins with a dash at the margin. */
async function* readYamlItems(input: ImportInput): AsyncIterable<ImportRow> {
  for await (const { line, text, isItem } of lineGroups(textLines(input.open()), (each) => /^-(\s|$)/.test(each))) {
    if (!isItem) {
      const problem = {
        path: '',
        code: 'UNREADABLE',
        message: 'A file of records is a list: each record begins with "- " at the margin.',
      };
      yield { line, locator: `line ${line}`, records: [], problems: [problem], notices: [], raw: text };
      continue;
    }
    yield read(line, text, () => (parse(text, { uniqueKeys: true }) as unknown[])[0]);
  }
}

function read(line: number, raw: string, parsed: () => unknown): ImportRow {
  const row = { line, locator: `line ${line}`, notices: [], raw };
  try {
    return { ...row, records: [parsed()], problems: [] };
  } catch (error) {
    const message = `This cannot be read: ${(error as Error).message.split('\n')[0]}`;
    return { ...row, records: [], problems: [{ path: '', code: 'UNREADABLE', message }] };
  }
}
