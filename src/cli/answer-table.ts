import { factLines, type TableOptions, tableLines } from './table.ts';

/** Answers in GraphQL as tables: a row for each edge or node of a root list, what is nested joined into its row. */

type Thing = Readonly<Record<string, unknown>>;
type Drawing = Pick<TableOptions, 'columns' | 'style'>;

const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The items of a list or a connection; null for anything else. */
function itemsOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (!isThing(value)) return null;
  const items = value['edges'] ?? value['nodes'];
  return Array.isArray(items) ? items : null;
}

/** The rows of a root field, as they came: what `--format ndjson` prints a line each. */
export const rowsOf = (value: unknown): readonly unknown[] => itemsOf(value) ?? [value];

/** Lines of a whole answer; each root field under its name where there are several. */
export function answerLines(data: Thing, drawing: Drawing): string[] {
  const roots = Object.entries(data);
  return roots.flatMap(([name, value], nth) => [
    ...(roots.length > 1 ? [...(nth > 0 ? [''] : []), drawing.style(['bold', 'underline'], name)] : []),
    ...rootLines(value, drawing),
  ]);
}

function rootLines(value: unknown, drawing: Drawing): string[] {
  const items = itemsOf(value);
  if (items === null) {
    if (!isThing(value)) return [value === null || value === undefined ? 'Nothing was found.' : textOf(value)];
    return factLines(factsOf(value), drawing);
  }
  const rest = isThing(value) ? remarks(value, items.length) : [];
  if (items.length === 0) return ['Nothing was found.', ...rest];
  const rows = items.map((item) => (isThing(item) ? cellsOf(item) : new Map<string, unknown>([['value', item]])));
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const numeric = names.filter((name) => rows.every((row) => isNumberOrNothing(row.get(name))));
  return [
    ...tableLines(
      names,
      rows.map((row) => names.map((name) => textOf(row.get(name)))),
      { ...drawing, numeric: new Set(numeric), whole: new Set(names.filter((name) => /(^|\.)id$/.test(name))) },
    ),
    ...rest,
  ];
}

/** What a connection says of the whole list, beside its items. */
function remarks(connection: Thing, shown: number): string[] {
  const { totalCount, pageInfo } = connection;
  const next = isThing(pageInfo) && pageInfo['hasNextPage'] === true;
  const cursor = isThing(pageInfo) && typeof pageInfo['endCursor'] === 'string' ? pageInfo['endCursor'] : null;
  if (typeof totalCount === 'number' && totalCount > shown && shown > 0)
    return ['', `${shown} of ${totalCount}${cursor ? `; the next ones with after: "${cursor}"` : ''}`];
  if (typeof totalCount === 'number') return shown === 0 || totalCount === shown ? [] : [`${totalCount} in all`];
  return next ? ['', `${shown}, and there are more${cursor ? `: after: "${cursor}"` : ''}`] : [];
}

/** Steps that only stand between a thing and what is told of it. */
const BETWEEN = new Set(['node', 'relationship']);

const isNumberOrNothing = (value: unknown): boolean =>
  value === null || value === undefined || typeof value === 'number';

/** A row's cells by the names of its columns: plain values, and lists as text. */
function cellsOf(item: Thing): Map<string, unknown> {
  const cells = new Map<string, unknown>();
  const walk = (thing: Thing, path: readonly string[]): void => {
    for (const [key, value] of Object.entries(thing)) {
      if (isHidden(key)) continue;
      const here = BETWEEN.has(key) ? path : [...path, key];
      const items = itemsOf(value);
      if (items !== null) cells.set(nameFor(here, cells), joined(items));
      else if (isThing(value)) walk(value, here);
      else if (here.length > 0) cells.set(nameFor(here, cells), value);
    }
  };
  walk(item, []);
  return cells;
}

/** Two columns may come to the same name once what stands between is left out: an edge's date and its node's. */
function nameFor(path: readonly string[], taken: ReadonlyMap<string, unknown>): string {
  const name = path.join('.') || 'value';
  let free = name;
  for (let nth = 2; taken.has(free); nth++) free = `${name} (${nth})`;
  return free;
}

const isHidden = (key: string): boolean => key === 'cursor' || key === 'pageInfo';

/** One thing as names and values; each item of its lists has a line. */
function factsOf(thing: Thing, path: readonly string[] = []): [string, string | string[]][] {
  return Object.entries(thing).flatMap(([key, value]): [string, string | string[]][] => {
    if (isHidden(key)) return [];
    const here = BETWEEN.has(key) ? path : [...path, key];
    const items = itemsOf(value);
    if (items !== null) return [[here.join('.'), items.map(itemText)]];
    if (isThing(value)) return factsOf(value, here);
    return [[here.join('.') || key, textOf(value)]];
  });
}

const joined = (items: readonly unknown[]): string => items.map(itemText).join(', ');

/** An item of a nested list: what it is called, and the rest of it behind, in brackets. */
function itemText(item: unknown): string {
  if (!isThing(item)) return textOf(item);
  const cells = [...cellsOf(item)]
    .map(([name, value]) => [name, textOf(value)] as const)
    .filter(([, text]) => text !== '');
  const head = cells.find(([name]) => name === 'name' || name.endsWith('.name')) ?? cells[0];
  const rest = cells.filter((cell) => cell !== head).map(([, text]) => text);
  return `${head?.[1] ?? ''}${rest.length > 0 ? ` (${rest.join(', ')})` : ''}`;
}

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
