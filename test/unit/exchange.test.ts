import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entityId } from '../../src/model/identity.ts';
import { Person } from '../../src/ontology/actors.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { importFormatOf } from '../../src/transfer/import/formats.ts';
import { jsonElements } from '../../src/transfer/json-elements.ts';
import { documentRows, lineRows } from '../../src/transfer/json-rows.ts';
import { countryRecord } from '../../src/transfer/vocabularies/countries.ts';
import { ftmId, ownIdOf } from '../../src/transfer/vocabularies/ftm-ids.ts';
import { tellingWord, tellType } from '../../src/transfer/vocabularies/telling.ts';
import { readDate, toToken } from '../../src/transfer/vocabularies/values.ts';
import { all } from '../support/exported.ts';
import { projectFile } from '../support/project.ts';

async function* cut(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('the elements of a document', () => {
  test('are those that JSON.parse finds, wherever the bytes are cut', async () => {
    const values = fc.array(fc.jsonValue(), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), values, { maxKeys: 3 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        async (document, size, isPretty) => {
          const text = JSON.stringify(document, null, isPretty ? 2 : 0);
          const found = await all(jsonElements(cut(text, size)));
          const expected = Object.entries(JSON.parse(text) as typeof document).flatMap(([key, list]) =>
            list.map((value) => ({ key: JSON.stringify(key).slice(1, -1), value })),
          );
          expect(found.map(({ key, text }) => ({ key, value: JSON.parse(text) as unknown }))).toEqual(expected);
        },
      ),
    );
  });

  test('have the lines at which they begin', async () => {
    const text = '{\n "persons": [\n\n  {"id": "ä\\n"},\n  {"id":\n 2}, 3\n ],\n "meta": {"a": [1]}, "x": []\n}\n';
    expect((await all(documentRows(cut(text, 3)))).map(({ key, line, value }) => [key, line, value])).toEqual([
      ['persons', 4, { id: 'ä\n' }],
      ['persons', 5, { id: 2 }],
      ['persons', 6, 3],
    ]);
  });

  test.each([
    ['', /empty/],
    ['"text"', /begins with/],
    ['[{"a": 1}', /bracket is not closed/],
    ['[{"a": "b\n"}]', /Line 1: a text that is not closed/],
    ['[1] [2]', /something stands after it/],
  ])('are not guessed where the document is broken: %s', async (text, message) => {
    await expect(all(jsonElements(cut(text, 2)))).rejects.toThrow(message);
  });
});

test('lines are numbered as they stand, empty ones and broken ones too', async () => {
  const rows = await all(lineRows(cut('{"a":1}\r\n\n{"a":\n{"ü":2}', 2)));
  expect(rows.map(({ line, value, broken }) => [line, value, broken !== null])).toEqual([
    [1, { a: 1 }, false],
    [3, undefined, true],
    [4, { ü: 2 }, false],
  ]);
});

test('what is no text in UTF-8 is told row by row', async () => {
  async function* bytes(text: string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text, 'latin1');
  }
  const rows = [
    ...(await all(lineRows(bytes('{"a":"\xe9"}\n{"b":1}')))),
    ...(await all(documentRows(bytes('[{"a":"\xe9"}, {"b":1}]')))),
  ];
  expect(rows.map(({ broken }) => broken)).toEqual([
    'This is not text in UTF-8.',
    null,
    'This is not text in UTF-8.',
    null,
  ]);
});

test('files are known by how they are called', () => {
  const names = ['ep-popolo-v1.0.json', 'a.popolo.json', 'entities.ftm.json', 'x.FTM.jsonl', 'b.stix.json'];
  expect(names.map((name) => importFormatOf(name)?.name)).toEqual(['popolo', 'popolo', 'ftm', 'ftm', 'stix']);
});

describe('ids', () => {
  test('of two values are two, however odd', () => {
    const made = (value: string) => entityId(Person, undefined, [{ scheme: 'FTM', value }]);
    const odd = [
      'a b',
      'a_b',
      'a  b',
      'A b',
      'a\u0000b',
      'a\u200bb',
      'ab',
      'é',
      'e\u0301',
      ' a',
      ':a',
      'x'.repeat(500),
      'x'.repeat(501),
    ];
    expect(new Set(odd.map(made)).size).toBe(odd.length);
    for (const value of odd) expect(made(value)).toMatch(/^person:[^\s:][^\s]{0,292}$/u);
    expect(made('NK-abc')).toBe('person:ftm-NK-abc');
  });

  test('of this graph are written as FollowTheMoney allows, and lead back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[^\s:\p{C}][^\s\p{C}]{0,30}$/u), (local) => {
        const id = `person:${local}`;
        expect(ftmId(id)).toMatch(/^[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?$/);
        expect(ownIdOf(ontology, ftmId(id))).toBe(id);
      }),
    );
    expect(ftmId('person:nayib-bukele')).toBe('person.nayib-bukele');
    expect(ownIdOf(ontology, 'NK-abc')).toBeNull();
    expect(ftmId(`person:${'й'.repeat(200)}`).length).toBeLessThan(255);
  });
});

test('dates are read as files write them', () => {
  const given = [
    '2012-00-00',
    '2012-05-00',
    '2012-5-3',
    '2012-05-03T10:00:00Z',
    '2012',
    '0000-00-00',
    'circa 1900',
    '2012-02-30',
  ];
  expect(given.map(readDate)).toEqual(['2012', '2012-05', '2012-05-03', '2012-05-03', '2012', null, null, null]);
});

test('words become values of open lists in any script', () => {
  expect(['Member of Parliament', 'Директор', 'ministro/a', '…'].map(toToken)).toEqual([
    'MEMBER_OF_PARLIAMENT',
    'DIREKTOR',
    'MINISTRO_A',
    null,
  ]);
});

describe('types', () => {
  test('are told by the word that is written for them', () => {
    for (const type of ontology.entities)
      for (const vocabulary of ['popolo', 'stix', 'ftm'] as const) {
        const object = type.maps[vocabulary];
        const isAlone = ontology.entities.filter((each) => each.maps[vocabulary] === object).length === 1;
        if (!object || isAlone) continue;
        const word = tellingWord(ontology, vocabulary, type, undefined);
        expect([type.name, tellType(ontology, vocabulary, object, { words: [word] })?.type.name]).toEqual([
          type.name,
          type.name,
        ]);
      }
  });

  test('and relationships stand in the page that tells what goes where', () => {
    const page = readFileSync(projectFile('docs/exchange-formats.md'), 'utf8');
    const mapped = [...ontology.entities, ...ontology.relationships].flatMap(({ maps }) =>
      [maps.ftm, maps.popolo, maps.stix].filter((each) => each !== undefined),
    );
    expect(mapped.filter((each) => !page.includes(each))).toEqual([]);
  });
});

test('a country is made by its code, and none of what is no country', () => {
  expect(countryRecord('SV')?.record).toEqual({
    country: { name: 'El Salvador', externalIds: [{ scheme: 'ISO3166', value: 'SV' }], iso2: 'SV' },
  });
  expect(countryRecord('suhh')?.ref).toEqual({ externalId: { scheme: 'FTM_TERRITORY', value: 'suhh' } });
  expect(['eu', 'zz', 'xyz', ''].map(countryRecord)).toEqual([null, null, null, null]);
});
