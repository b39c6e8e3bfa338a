import { JSONParser } from '@streamparser/json';
import { badInput } from '../../../errors.ts';
import type { TextLine } from '../text-lines.ts';
import type { RawRow } from './rows.ts';

/** Rows of a JSON file: the items of its list, those of a list within it, the entries of an object, or the whole. */

const unreadable = (error: unknown): string => `This is no JSON: ${(error as Error).message.split('\n')[0]}.`;

export async function* jsonLineRows(lines: AsyncIterable<TextLine>): AsyncIterable<RawRow> {
  for await (const { line, text } of lines) {
    if (text.trim() === '') continue;
    yield readItem(text, line, `line ${line}`);
  }
}

function readItem(raw: string, line: number, locator: string): RawRow {
  try {
    return { line, locator, raw, value: JSON.parse(raw) as unknown };
  } catch (error) {
    return { line, locator, raw, value: null, problem: unreadable(error) };
  }
}

/** @param path to the list within the file; `*` at its end for the entries of an object, as `{key, value}` */
export async function* jsonRows(lines: AsyncIterable<TextLine>, path: string | undefined): AsyncIterable<RawRow> {
  const iterator = lines[Symbol.asyncIterator]();
  const passed: TextLine[] = [];
  try {
    let begins = '';
    while (begins === '') {
      const { done, value } = await iterator.next();
      if (done) return;
      passed.push(value);
      begins = value.text.trimStart().charAt(0);
    }
    const all = chained(passed, iterator);
    if (path === undefined && begins === '[') yield* items(all);
    else if (path === undefined) yield* whole(all);
    else yield* within(all, path);
  } finally {
    await iterator.return?.();
  }
}

async function* chained(first: readonly TextLine[], rest: AsyncIterator<TextLine>): AsyncIterable<TextLine> {
  yield* first;
  for (;;) {
    const { done, value } = await rest.next();
    if (done) return;
    yield value;
  }
}

async function* whole(lines: AsyncIterable<TextLine>): AsyncIterable<RawRow> {
  const texts: string[] = [];
  for await (const { text } of lines) texts.push(text);
  yield readItem(texts.join('\n'), 1, 'the whole');
}

/** The items of a list, each read by itself: one that is broken costs no other. */
async function* items(lines: AsyncIterable<TextLine>): AsyncIterable<RawRow> {
  let depth = 0;
  let inText = false;
  let isEscaped = false;
  let item = '';
  let begun = 0;
  let nth = 0;
  for await (const { line, text } of lines) {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const sign = text[at];
      if (inText) {
        if (isEscaped) isEscaped = false;
        else if (sign === '\\') isEscaped = true;
        else if (sign === '"') inText = false;
        continue;
      }
      if (sign === '"') inText = true;
      else if (sign === '[' || sign === '{') {
        if (depth++ === 0) from = at + 1;
      } else if (sign === ']' || sign === '}') depth--;
      const isEnd = (sign === ',' && depth === 1) || (sign === ']' && depth === 0);
      if (!isEnd) {
        if (begun === 0 && depth > 0 && sign?.trim() && !(depth === 1 && sign === '[')) begun = line;
        continue;
      }
      const raw = (item + text.slice(from, at)).trim();
      if (raw !== '') yield readItem(raw, begun || line, `item ${++nth}`);
      item = '';
      begun = 0;
      from = at + 1;
      if (depth === 0) return;
    }
    if (depth > 0) item += `${text.slice(from)}\n`;
  }
  const raw = item.trim();
  yield {
    line: begun || 1,
    locator: `item ${nth + 1}`,
    raw,
    value: null,
    problem: 'The file ends before its list does.',
  };
}

async function* within(lines: AsyncIterable<TextLine>, path: string): AsyncIterable<RawRow> {
  const isEntries = path === '*' || path.endsWith('.*');
  const list = path === '*' ? '' : path.replace(/\.\*$/, '');
  const parser = new JSONParser({ paths: [`$${list === '' ? '' : `.${list}`}.*`], keepStack: false });
  const found: RawRow[] = [];
  let line = 0;
  let nth = 0;
  parser.onValue = ({ value, key }) => {
    const each = isEntries ? { key: String(key), value } : value;
    const raw = isEntries ? `${JSON.stringify(key)}: ${JSON.stringify(value)}` : JSON.stringify(value);
    found.push({ line, locator: isEntries ? String(key) : `item ${++nth}`, raw, value: each });
  };
  for await (const each of lines) {
    line = each.line;
    try {
      parser.write(`${each.text}\n`);
    } catch (error) {
      throw badInput(`Line ${line}: ${unreadable(error)}`, {
        suggestion: 'Mend it there: what comes after it cannot be told.',
      });
    }
    yield* found.splice(0);
  }
}
