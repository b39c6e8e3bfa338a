import { badInput } from '../../../errors.ts';
import type { TextLine } from '../text-lines.ts';
import type { RawRow } from './rows.ts';

/**
 * Rows of a file with columns, by RFC 4180. What is broken costs no more than its own line: a quote that does not close, or
 * that stands where none may, refuses the line that it begins on, and reading goes on with the next.
 */

export interface Delimited {
  readonly delimiter: string;
  /** Whether a value may be written in quotes. */
  readonly quotes: boolean;
}

type Parsed =
  | { readonly is: 'whole'; readonly values: readonly string[] }
  /** A quote is open at the end. */
  | { readonly is: 'open' }
  | { readonly is: 'broken'; readonly message: string };

/** Lines that one value in quotes may stretch over. */
const LONGEST = 1_000;

/** @throws BAD_USER_INPUT for a file without a header, or with one that names a column twice */
export async function* delimitedRows(lines: AsyncIterable<TextLine>, how: Delimited): AsyncIterable<RawRow> {
  let header: readonly string[] | null = null;
  let nth = 0;
  for await (const { line, texts, parsed } of records(lines, how)) {
    const raw = texts.join('\n');
    if (!header) {
      header = headerOf(parsed);
      continue;
    }
    const row = { line, locator: `row ${++nth}`, raw };
    if (parsed.is !== 'whole') {
      yield {
        ...row,
        value: null,
        problem: parsed.is === 'broken' ? parsed.message : `The quote that opens in line ${line} does not close.`,
      };
      continue;
    }
    const { values } = parsed;
    if (values.length !== header.length) {
      const counts = `${values.length} ${values.length === 1 ? 'value' : 'values'}, and the header ${header.length}`;
      yield { ...row, value: null, problem: `The row has ${counts}.` };
      continue;
    }
    yield { ...row, value: Object.fromEntries(header.map((name, column) => [name, values[column] ?? ''])) };
  }
}

/** The columns of a file. */
export async function headerIn(lines: AsyncIterable<TextLine>, how: Delimited): Promise<readonly string[]> {
  for await (const { parsed } of records(lines, how)) return headerOf(parsed);
  throw badInput('The file is empty: its first line must name its columns.');
}

function headerOf(parsed: Parsed): readonly string[] {
  if (parsed.is !== 'whole') throw badInput('The first line of the file, which must name its columns, cannot be read.');
  const names = parsed.values.map((name) => name.trim());
  const twice = names.find((name, nth) => names.indexOf(name) !== nth);
  if (twice !== undefined)
    throw badInput(`The file has two columns named "${twice}".`, {
      value: twice,
      suggestion: 'Give each a name of its own.',
    });
  return names;
}

interface Record {
  readonly line: number;
  readonly texts: readonly string[];
  readonly parsed: Parsed;
}

async function* records(lines: AsyncIterable<TextLine>, how: Delimited): AsyncIterable<Record> {
  const iterator = lines[Symbol.asyncIterator]();
  const waiting: TextLine[] = [];
  let width: number | null = null;
  const next = async (nth: number): Promise<TextLine | null> => {
    while (waiting.length <= nth) {
      const { done, value } = await iterator.next();
      if (done) return null;
      waiting.push(value);
    }
    return waiting[nth] ?? null;
  };
  try {
    for (;;) {
      const first = await next(0);
      if (!first) return;
      const texts = [first.text];
      let parsed = parseRecord(first.text, how);
      while (parsed.is === 'open' && texts.length < LONGEST) {
        const more = await next(texts.length);
        if (!more) break;
        texts.push(more.text);
        if (more.text.includes('"')) parsed = parseRecord(texts.join('\n'), how);
      }
      const isSound = parsed.is === 'whole' && (width === null || parsed.values.length === width);
      const taken = isSound ? texts.length : 1;
      if (parsed.is === 'whole') width ??= parsed.values.length;
      waiting.splice(0, taken);
      if (taken < texts.length) yield { line: first.line, texts: [first.text], parsed: { is: 'open' } };
      else if (texts.length > 1 || first.text.trim() !== '') yield { line: first.line, texts, parsed };
    }
  } finally {
    await iterator.return?.();
  }
}

function parseRecord(text: string, { delimiter, quotes }: Delimited): Parsed {
  if (!quotes || !text.includes('"')) return { is: 'whole', values: text.split(delimiter) };
  const values: string[] = [];
  for (let at = 0; ; ) {
    if (text[at] === '"') {
      let value = '';
      for (let from = at + 1; ; ) {
        const end = text.indexOf('"', from);
        if (end < 0) return { is: 'open' };
        value += text.slice(from, end);
        at = end + 1;
        if (text[at] !== '"') break;
        value += '"';
        from = at + 1;
      }
      if (at < text.length && text[at] !== delimiter)
        return {
          is: 'broken',
          message: `After the quote that closes "${excerpt(value)}" comes something else than "${delimiter}".`,
        };
      values.push(value);
    } else {
      const end = text.indexOf(delimiter, at);
      const value = text.slice(at, end < 0 ? text.length : end);
      if (delimiter !== '\t' && value.includes('"'))
        return {
          is: 'broken',
          message: `A quote stands in the middle of ${excerpt(value)}: write the value in quotes, and each quote in it twice.`,
        };
      values.push(value);
      at = end < 0 ? text.length : end;
    }
    if (at >= text.length) return { is: 'whole', values };
    at++;
  }
}

const excerpt = (value: string): string => (value.length > 40 ? `${value.slice(0, 40)}…` : value);
