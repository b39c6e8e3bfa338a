import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { edgeAttributes, nodeAttributes } from '../../src/transfer/export/attributes.ts';
import { guarded, row, unguarded } from '../../src/transfer/export/csv-cells.ts';
import { checkRequest, readRequest } from '../../src/transfer/export/export-request.ts';
import { IdIndex } from '../../src/transfer/export/id-index.ts';
import { gathered, json, writable, xmlAttribute } from '../../src/transfer/export/text.ts';

/** What exports rest on, without a database. */

describe('ids that were seen', () => {
  test('are known by their places, however many', () => {
    const index = new IdIndex();
    const id = (nth: number) => `person:number-${nth}`;
    for (let nth = 0; nth < 200_000; nth++) if (index.add(id(nth)) !== nth) throw new Error(`${id(nth)} was taken`);
    expect(index.add(id(17))).toBe(17);
    expect(index.size).toBe(200_000);
    for (let nth = 0; nth < 200_000; nth++) if (index.place(id(nth)) !== nth) throw new Error(`${id(nth)} is lost`);
    for (let nth = 200_000; nth < 300_000; nth++) if (index.has(id(nth))) throw new Error(`${id(nth)} was never seen`);
  });
});

describe('cells of CSV', () => {
  const text = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', 'a', '"', ',') });

  test('never begin as a formula does, and can be had back', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(guarded(given)).not.toMatch(/^[=+\-@\t\r\n]/);
        expect(unguarded(guarded(given))).toBe(given);
      }),
    );
    expect(guarded("'Abd al-Rahman")).toBe("'Abd al-Rahman");
  });

  test('are quoted where they have to be', () => {
    expect(row(['a', 'b,c', 'd"e', 'f\ng', ' h'])).toBe('a,"b,c","d""e","f\ng"," h"\r\n');
  });
});

describe('text', () => {
  test('has no character that XML has no place for, and all others', () => {
    expect(writable('a\u0000\u0008\u000B\u001F\uFFFE\uD800b')).toBe('a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDb');
    expect(writable('\t\n\r é كي 𝒜 \u0085\u2028')).toBe('\t\n\r é كي 𝒜 \u0085\u2028');
    expect(xmlAttribute('<a href="b">\n&\t')).toBe('&lt;a href=&quot;b&quot;&gt;&#10;&amp;&#9;');
    expect(json({ a: '</script>\u2028' })).toBe('{"a":"<\\/script>\\u2028"}');
  });

  test('is gathered to pieces, the first at once', async () => {
    async function* texts() {
      for (let nth = 0; nth < 10_000; nth++) yield 'ten chars!';
    }
    const pieces: string[] = [];
    for await (const piece of gathered(texts())) pieces.push(piece);
    expect(pieces[0]).toBe('ten chars!');
    expect(pieces.join('')).toHaveLength(100_000);
    expect(pieces.length).toBeLessThan(4);
  });
});

describe('attributes', () => {
  test('have each name once', () => {
    for (const attributes of [nodeAttributes(ontology, 'full'), edgeAttributes(ontology)])
      expect(new Set(attributes.map(({ name }) => name)).size).toBe(attributes.length);
  });
});

describe('what an export is asked for', () => {
  test('is said by the same parameters whatever their order, defaults left out', () => {
    const asked = (search: string) => checkRequest(ontology, readRequest('g', new URLSearchParams(search))).parameters;
    expect(asked('types=PERSON,MEMBER_OF&ids=a,b&depth=1&view=contracted')).toEqual(
      asked('ids=a,b,a&types=MEMBER_OF,PERSON'),
    );
    expect(asked('')).toEqual({});
    expect(Object.keys(asked('limit=5&view=full&minCommitment=fact&asOf=2024-01-01&query=x&ids=a'))).toEqual([
      ...['ids', 'query', 'asOf', 'minCommitment', 'view', 'limit'],
    ]);
  });
});

describe('what says nothing', () => {
  const checked = (asked: string) => checkRequest(ontology, readRequest('graph', new URLSearchParams(asked)));

  test.each(['ids=', 'ids=,%20,', 'query=', 'query=%20'])('%s is refused, rather than read as everything', (asked) => {
    expect(() => checked(asked)).toThrow(/is given and says nothing/);
  });

  test('a number out of its range is told the range, and a strange parameter which there are', () => {
    expect(() => checked('limit=-1')).toThrow('limit must be a whole number, 1 to 100000; it is "-1".');
    expect(() => checked('limit=0')).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ suggestion: 'Leave it out for as much as there is.' }),
      }),
    );
    expect(() => checked('qqqqqqqqqqq=1')).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ suggestion: expect.stringMatching(/^There are ids, query/) }),
      }),
    );
  });
});
