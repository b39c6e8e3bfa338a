import { describe, expect, test } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { dateBy, isDateFormat } from '../../src/transfer/import/mapping/dates.ts';
import { type Delimited, delimitedRows } from '../../src/transfer/import/mapping/delimited.ts';
import { jsonRows } from '../../src/transfer/import/mapping/json-rows.ts';
import { degreesIn, plainText } from '../../src/transfer/import/mapping/plain.ts';
import type { Scope } from '../../src/transfer/import/mapping/scope.ts';
import { scopesAt, valueAt } from '../../src/transfer/import/mapping/scope.ts';
import { evaluate, holds, takeOf } from '../../src/transfer/import/mapping/values.ts';
import { yamlRows } from '../../src/transfer/import/mapping/yaml-rows.ts';
import { RowSet } from '../../src/transfer/import/row-set.ts';
import { Tally } from '../../src/transfer/import/tally.ts';
import { linesOf } from '../../src/transfer/import/text-lines.ts';

/** The parts that mapping files are made of. */

const scope = (value: unknown): Scope => ({ value, parent: null, variables: { line: '3' } });

async function* chunks(text: string, size = 7): AsyncIterable<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test.each([
  ['dd/mm/yyyy', '3/2/1970', '1970-02-03'],
  ['yyyymmdd', '19700203', '1970-02-03'],
  ['yyyymmdd', '19700200', '1970-02'],
  ['yyyymmdd', '19700000', '1970'],
  ['dd mmm yyyy', '1 June 2019', '2019-06-01'],
  ['mmm dd, yyyy', 'Sept 9, 2019', '2019-09-09'],
  ['yyyy', '1970', '1970'],
  ['dd.mm.yyyy', '3/2/1970', null],
  ['dd mmm yyyy', '1 Fructidor 2019', null],
])('a date by %s', (format, text, expected) => {
  expect(dateBy(format, text)).toBe(expected);
});

test('a format of dates names a year, and nothing twice', () => {
  expect([isDateFormat('dd/mm/yyyy'), isDateFormat('dd/mm'), isDateFormat('yyyy yyyy')]).toEqual([true, false, false]);
});

test('HTML is made plain, and degrees are numbers', () => {
  expect(plainText('Jos&eacute; <b>Ra&uacute;l</b>&nbsp;&amp; &#169; &foo;')).toBe('José Raúl & © &foo;');
  expect([degreesIn('13 50 N, 88 55 W', 'latitude'), degreesIn('13 50 N, 88 55 W', 'longitude')]).toEqual([
    13.8333, -88.9167,
  ]);
  expect(degreesIn('nowhere', 'latitude')).toBeNull();
});

describe('paths', () => {
  const row = scope({ 'a.b': 1, name: { first: 'Ana' }, terms: [{ id: 1 }, { id: 2 }] });

  test('lead into lists and tables, and back', () => {
    expect(['a.b', 'name.first', 'terms.-1.id', '$line', 'name.x.y', '.'].map((path) => valueAt(row, path))).toEqual([
      1,
      'Ana',
      2,
      '3',
      undefined,
      row.value,
    ]);
    const [term] = scopesAt(row, 'terms');
    expect(term && [valueAt(term, 'id'), valueAt(term, '^.name.first'), valueAt(term, '$index')]).toEqual([
      1,
      'Ana',
      '1',
    ]);
    expect(scopesAt(row, 'name.*').map(({ value }) => value)).toEqual([{ key: 'first', value: 'Ana' }]);
    expect(scopesAt(row, 'nothing')).toEqual([]);
  });

  test('never lead to what every object has', () => {
    expect(['constructor', '__proto__', 'name.toString'].map((path) => valueAt(row, path))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(() => evaluate({ value: 'name.first', values: {} }, row, {})).toThrow('not in the table');
    expect(evaluate({ value: '=constructor', values: {}, otherwise: 'NONE' }, row, {})).toBe('NONE');
  });
});

test('values are taken, made and looked up', () => {
  const row = scope({ name: ' Ana  ', list: 'a; b;;c', sex: 'F', empty: ' ' });
  const value = (from: Parameters<typeof evaluate>[0]) => evaluate(from, row, { sexes: { F: 'female' } });
  expect(takeOf('{name|slug}-{sex}', row)).toBe('ana-F');
  expect(takeOf('{name} {empty}', row)).toBeNull();
  expect(value({ value: 'list', split: ';' })).toEqual(['a', 'b', 'c']);
  expect(value({ value: 'sex', values: 'sexes' })).toBe('female');
  expect(value({ first: ['empty', 'name'] })).toBe('Ana');
  expect(value({ value: 'empty', default: '=none' })).toBe('none');
  expect(value({ value: 'name', pattern: '^(.)', into: 'x:{.}' })).toBe('x:A');
  expect(value({ value: 'name', when: { value: 'sex', isNot: 'F' } })).toBeNull();
  expect(holds(['name', { value: 'sex', in: ['F', 'M'] }, { value: 'empty', empty: true }], row)).toBe(true);
});

describe('rows', () => {
  const columns = async (text: string, how: Delimited = { delimiter: ',', quotes: true }) =>
    (await all(delimitedRows(linesOf(chunks(text)), how))).map(({ line, value, problem }) => [
      line,
      problem ?? Object.values(value as object),
    ]);

  test('of columns: what is broken costs its own line', async () => {
    expect(await columns('a,b\n1,"x\ny"\n2,"open\n3,"q"\n4,"p"q\n5\n\n6,"say ""x"""\n7,')).toEqual([
      [2, ['1', 'x\ny']],
      [4, 'The quote that opens in line 4 does not close.'],
      [5, ['3', 'q']],
      [6, 'After the quote that closes "p" comes something else than ",".'],
      [7, 'The row has 1 value, and the header 2.'],
      [9, ['6', 'say "x"']],
      [10, ['7', '']],
    ]);
    expect(await columns('a\tb\n1\tsay "x"', { delimiter: '\t', quotes: true })).toEqual([[2, ['1', 'say "x"']]]);
    await expect(columns('a,a\n1,2')).rejects.toThrow('two columns named "a"');
  });

  test('of JSON: an item that is broken costs no other', async () => {
    const rows = await all(
      jsonRows(linesOf(chunks('[\n{"a": "]}\\""},\n{"a": [1, {"b": 2}]},\n{a: 1},\n 5]')), undefined),
    );
    expect(rows.map(({ line, value, problem }) => [line, problem === undefined ? value : 'broken'])).toEqual([
      [2, { a: ']}"' }],
      [3, { a: [1, { b: 2 }] }],
      [4, 'broken'],
      [5, 5],
    ]);
    const cut = await all(jsonRows(linesOf(chunks('[{"a": 1}, {"a"')), undefined));
    expect(cut.map(({ problem }) => problem)).toEqual([undefined, 'The file ends before its list does.']);
  });

  test('of YAML: items at the margin, and entries of a table', async () => {
    const list = await all(yamlRows(linesOf(chunks('# people\n- a: 1\n  b:\n  - x\n- a: {\n- a: 3')), undefined));
    expect(list.map(({ line, value, problem }) => [line, problem === undefined ? value : 'broken'])).toEqual([
      [2, { a: 1, b: ['x'] }],
      [5, 'broken'],
      [6, { a: 3 }],
    ]);
    const table = await all(yamlRows(linesOf(chunks('A:\n- x\nB:\n- y\n')), '*'));
    expect(table.map(({ value }) => value)).toEqual([
      { key: 'A', value: ['x'] },
      { key: 'B', value: ['y'] },
    ]);
  });
});

test('things are counted once, by the strongest that became of them', () => {
  const tally = new Tally();
  const none = new Set<string>();
  const note = (outcomes: [string, 'created' | 'updated' | 'unchanged'][]) =>
    tally.add(tally.entriesOf(ontology, new Map(outcomes), none));
  note(Array.from({ length: 5_000 }, (_, nth) => [`person:${nth}`, 'unchanged']));
  note([
    ['person:1', 'updated'],
    ['person:2', 'created'],
    ['claim:x', 'created'],
    ['member-of:y', 'updated'],
  ]);
  note([
    ['person:2', 'updated'],
    ['person:1', 'unchanged'],
    ['claim:x', 'unchanged'],
  ]);
  expect(tally.counts()).toEqual({
    entities: { created: 1, updated: 1, unchanged: 4_998 },
    relationships: { created: 0, updated: 1, unchanged: 0 },
    claims: { created: 1, updated: 0, unchanged: 0 },
  });
  const rows = new RowSet();
  for (const row of [0, 7, 8, 100_000, 7]) rows.add(row);
  expect([rows.size, rows.has(7), rows.has(9), rows.has(100_000)]).toEqual([4, true, false, true]);
});
