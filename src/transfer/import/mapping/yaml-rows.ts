import { parse } from 'yaml';
import { lineGroups, type TextLine } from '../text-lines.ts';
import type { RawRow } from './rows.ts';
import { type Scope, scopesAt } from './scope.ts';

/** Rows of a YAML file: the items of its list, or the entries of its top level (`*`), one by one; or a list within it. */

export async function* yamlRows(lines: AsyncIterable<TextLine>, path: string | undefined): AsyncIterable<RawRow> {
  if (path === undefined) yield* groups(lines, /^-(\s|$)/, (text) => (parse(text) as unknown[])[0]);
  else if (path === '*')
    yield* groups(lines, /^[^\s#-][^:]*:(\s|$)/, (text) => {
      const [[key, value] = []] = Object.entries(parse(text) as object);
      return { key, value };
    });
  else yield* within(lines, path);
}

async function* groups(
  lines: AsyncIterable<TextLine>,
  begins: RegExp,
  read: (text: string) => unknown,
): AsyncIterable<RawRow> {
  let nth = 0;
  for await (const { line, text, isItem } of lineGroups(lines, (each) => begins.test(each))) {
    const row = { line, locator: `item ${++nth}`, raw: text };
    try {
      if (isItem) yield { ...row, value: read(text) };
      else
        yield {
          ...row,
          value: null,
          problem: 'The file does not begin with a list at the margin: name the list in file.rows.',
        };
    } catch (error) {
      yield { ...row, value: null, problem: `This is no YAML: ${(error as Error).message.split('\n')[0]}` };
    }
  }
}

async function* within(lines: AsyncIterable<TextLine>, path: string): AsyncIterable<RawRow> {
  const texts: string[] = [];
  for await (const { text } of lines) texts.push(text);
  const scope: Scope = { value: parse(texts.join('\n')) as unknown, parent: null, variables: {} };
  let nth = 0;
  for (const { value } of scopesAt(scope, path))
    yield { line: 1, locator: `item ${++nth}`, raw: JSON.stringify(value), value };
}
