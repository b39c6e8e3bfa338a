import { badInput } from '../../errors.ts';
import { nearest } from '../../model/nearest.ts';
import type { ImportFormat, ImportInput, ImportRow, RejectsLayout, SourceOptions } from './format.ts';
import { type CompiledMapping, compileMapping } from './mapping/compile.ts';
import { type Delimited, delimitedRows, headerIn } from './mapping/delimited.ts';
import { jsonLineRows, jsonRows } from './mapping/json-rows.ts';
import type { Mapping } from './mapping/language.ts';
import { mapRow } from './mapping/map-row.ts';
import type { RawRow } from './mapping/rows.ts';
import { type Scope, scopesAt } from './mapping/scope.ts';
import { holds } from './mapping/values.ts';
import { yamlRows } from './mapping/yaml-rows.ts';
import { decoded, linesOf } from './text-lines.ts';

/** Somebody else's file: columns, JSON or YAML, and a mapping that says what its rows become. */
export const mapping: ImportFormat = {
  name: 'mapping',
  extensions: ['csv', 'tsv', 'tab', 'json'],
  title: 'CSV, TSV, JSON or YAML, by a mapping file',
  source: (given) => (given as Mapping | undefined)?.source as SourceOptions,
  async check(input) {
    const compiled = compiledOf(input);
    const how = delimitedOf(input, compiled);
    if (!how) return;
    const columns = await headerIn(lines(input, compiled), how);
    for (const [column, where] of compiled.columns) {
      if (column.startsWith('$') || column === '.' || columns.includes(column)) continue;
      const near = nearest(column, columns);
      throw badInput(`mapping: ${where} names the column "${column}", which ${input.fileName} does not have.`, {
        path: ['mapping', ...where.split('.')],
        value: column,
        suggestion: near ? `Did you mean ${near}?` : `It has: ${columns.join(', ')}. A constant begins with =.`,
      });
    }
  },
  async rejects(input): Promise<RejectsLayout> {
    const compiled = compiledOf(input);
    const layout = await layoutOf(input, compiled);
    // Rejects are written in UTF-8: the mark says so, where the mapping names another encoding.
    return compiled.mapping.file?.encoding === undefined ? layout : { ...layout, head: `\uFEFF${layout.head}` };
  },
  async *read(input) {
    const compiled = compiledOf(input);
    const file = input.fileName.replace(/\.[^.]*$/, '');
    let nth = 0;
    for await (const row of rowsOf(input, compiled)) yield* mapped(compiled, row, { file, row: String(++nth) });
  },
};

async function layoutOf(input: ImportInput, compiled: CompiledMapping): Promise<RejectsLayout> {
  const lined = (extension: string, head = '') => ({ extension, head, between: '\n', tail: '\n' });
  if (delimitedOf(input, compiled)) {
    const extension = /\.(tsv|tab)$/i.test(input.fileName) ? 'tsv' : 'csv';
    for await (const { text } of lines(input, compiled)) return lined(extension, `${text}\n`);
  }
  const rows = compiled.mapping.file?.rows;
  if (/\.ya?ml$/i.test(input.fileName)) return lined('yaml');
  if (/\.(jsonl|ndjson)$/i.test(input.fileName)) return lined('jsonl');
  const keys = rows?.split('.') ?? [];
  const isEntries = keys.at(-1) === '*';
  const around = isEntries ? keys.slice(0, -1) : keys;
  const open = around.map((key) => `{${JSON.stringify(key)}: `).join('');
  const [begin, end] = isEntries ? ['{', '}'] : ['[', ']'];
  return {
    extension: 'json',
    head: `${open}${begin}\n`,
    between: ',\n',
    tail: `\n${end}${'}'.repeat(around.length)}\n`,
  };
}

const compiledMappings = new WeakMap<object, CompiledMapping>();

function compiledOf({ mapping: given, model }: ImportInput): CompiledMapping {
  if (typeof given !== 'object' || given === null)
    throw badInput('A file of somebody else’s needs a mapping, which says what its rows become.', {
      path: ['mapping'],
      suggestion: 'Write one: docs/importing.md shows how; seeds/ has some.',
    });
  const known = compiledMappings.get(given) ?? compileMapping(model, given);
  compiledMappings.set(given, known);
  return known;
}

/** How a file with columns is written; null for one that has none. */
function delimitedOf({ fileName }: ImportInput, { mapping: { file } }: CompiledMapping): Delimited | null {
  if (file?.delimiter === undefined && /\.(jsonl?|ndjson|ya?ml)$/i.test(fileName)) return null;
  const delimiter = file?.delimiter ?? (/\.(tsv|tab)$/i.test(fileName) ? '\t' : ',');
  return { delimiter, quotes: file?.quotes ?? true };
}

const lines = (input: ImportInput, { mapping: { file } }: CompiledMapping) =>
  linesOf(decoded(input.open(), file?.encoding));

function rowsOf(input: ImportInput, compiled: CompiledMapping): AsyncIterable<RawRow> {
  const how = delimitedOf(input, compiled);
  const text = lines(input, compiled);
  const rows = compiled.mapping.file?.rows;
  if (how) return delimitedRows(text, how);
  if (/\.ya?ml$/i.test(input.fileName)) return yamlRows(text, rows);
  return /\.(jsonl|ndjson)$/i.test(input.fileName) ? jsonLineRows(text) : jsonRows(text, rows);
}

function* mapped(
  compiled: CompiledMapping,
  { line, locator, value, raw, problem }: RawRow,
  variables: Readonly<Record<string, string>>,
): Iterable<ImportRow> {
  if (problem !== undefined) {
    const problems = [{ path: '', code: 'UNREADABLE', message: problem }];
    yield { line, locator, records: [], problems, notices: [], raw };
    return;
  }
  const { each, when } = compiled.mapping.file ?? {};
  const whole: Scope = { value, parent: null, variables: { ...variables, line: String(line) } };
  const scopes = scopesAt(whole, each).filter((scope) => when === undefined || holds(when, scope));
  for (const scope of scopes) {
    const { records, problems, locator: own, claim } = mapRow(compiled, scope);
    yield {
      line,
      locator: own ?? (each === undefined ? locator : `${locator}, ${each} ${scope.variables['index']}`),
      records,
      problems,
      notices: [],
      raw,
      ...(claim ? { claim } : {}),
    };
  }
}
