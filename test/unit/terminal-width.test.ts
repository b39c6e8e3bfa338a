import { describe, expect, test } from 'vitest';
import { answerLines } from '../../src/cli/answer-table.ts';
import { line } from '../../src/cli/progress.ts';
import { tableLines } from '../../src/cli/table.ts';
import { cutTo, inOneLine, widthOf, wrapped } from '../../src/cli/width.ts';

const style = (_: unknown, text: string) => text;

describe('the width of a text', () => {
  test.each([
    ['Ana', 3],
    ['Núñez', 5],
    ['Nu\u0301n\u0303ez', 5],
    ['山田太郎', 8],
    ['한국', 4],
    ['한국', 4],
    ['ｆｕｌｌ', 8],
    ['𠮷野家', 6],
    ['أنا', 3],
    ['שָׁלוֹם', 4],
    ['👩‍👩‍👧‍👦', 2],
    ['🇸🇻', 2],
    ['❤️', 2],
    ['a\u200Bb', 2],
    ['𝔄', 1],
  ])('of %s is %d columns', (text, columns) => {
    expect(widthOf(text)).toBe(columns);
  });

  test('is kept where it is cut, in whole signs', () => {
    expect(cutTo('山田太郎', 8)).toBe('山田太郎');
    expect(cutTo('山田太郎', 7)).toBe('山田太…');
    expect(cutTo('山田太郎', 6)).toBe('山田…');
    expect(cutTo('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 3)).toBe('👩‍👩‍👧‍👦…');
  });

  test('is kept by lines that are broken at spaces', () => {
    expect(wrapped('one two three four', 9, '- ', '  ')).toEqual(['- one two', '  three', '  four']);
  });
});

test('what moves the cursor, or turns the direction of what follows, does not reach the terminal', () => {
  expect(inOneLine('a\u001B[31mb\nc\td\u202Ee')).toBe('a [31mb c de');
});

describe('a table', () => {
  test('aligns wide, narrow and right-to-left text, and cuts the widest columns first', () => {
    const rows = [
      ['0.95', '山田太郎', 'person:yamada'],
      ['0.5', 'Ana Lima, who is called by a very long name indeed', 'person:ana'],
      ['12', 'أنا', 'person:ana-ar'],
    ];
    const options = { columns: 40, style, numeric: new Set(['score']), whole: new Set(['id']) };
    const lines = tableLines(['score', 'name', 'id'], rows, options);
    expect(lines).toEqual([
      'score  name                id',
      ' 0.95  山田太郎            person:yamada',
      '  0.5  Ana Lima, who is…   person:ana',
      '   12  أنا\u200E                 person:ana-ar',
    ]);
    for (const each of lines) expect(widthOf(each)).toBeLessThanOrEqual(40);
  });
});

describe('an answer as a table', () => {
  test('has a row for each edge, joins what is nested, and says what there is beside', () => {
    const data = {
      people: {
        totalCount: 12,
        edges: [
          {
            node: { id: 'person:ana', name: 'Ana', alive: true },
            relationship: { validFrom: '2020' },
            more: { nodes: [{ name: 'Mayor', role: 'X' }, { name: 'Judge' }] },
          },
          { node: { id: 'person:ben', name: 'Ben', alive: null }, relationship: null, more: { nodes: [] } },
        ],
        pageInfo: { hasNextPage: true, endCursor: 'abc' },
      },
    };
    expect(answerLines(data, { columns: 80, style })).toEqual([
      'id          name  alive  validFrom  more',
      'person:ana  Ana   yes    2020       Mayor (X), Judge',
      'person:ben  Ben',
      '',
      '2 of 12; the next ones with after: "abc"',
    ]);
  });

  test('tells of one thing a line a field, and of nothing in words', () => {
    const data = {
      agreement: { name: 'The pact', terms: { edges: [{ node: { name: 'One' } }, { node: { name: 'Two' } }] } },
      person: null,
    };
    expect(answerLines(data, { columns: 80, style })).toEqual([
      'agreement',
      'name   The pact',
      'terms  One',
      '       Two',
      '',
      'person',
      'Nothing was found.',
    ]);
  });
});

test('progress tells share, amount, rate and time left within the terminal', () => {
  const step = { what: 'people.csv', done: 500_000, total: 2_000_000, unit: 'bytes' as const, beside: '1,200 rows' };
  expect(line(step, 0, 10, 80)).toBe('people.csv  █████░░░░░░░░░░░░░░  25 %  500 kB  50.0 kB/s  30 s left  1,200 rows');
  expect(widthOf(line(step, 0, 10, 80))).toBeLessThanOrEqual(80);
  expect(line({ what: 'claims', done: 1_500, total: null, unit: 'things' }, 0, 3, 80)).toBe(
    'claims  1,500 things  500/s',
  );
});
