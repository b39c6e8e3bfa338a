import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { createWriter } from '../../src/store/writer.ts';
import { type ImportOptions, importFile } from '../../src/transfer/import/import-file.ts';
import { mapping } from '../../src/transfer/import/mapping.ts';
import { cleanGraph, testDatabase } from '../support/database.ts';
import { testGraph } from '../support/graph.ts';

/** Somebody else's files, by a mapping. */

const graph = testGraph();
const database = testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'concordat-mapping-test-'));

async function bring(name: string, text: string | Buffer, map: unknown, more: Partial<ImportOptions> = {}) {
  const path = join(folder, name);
  await writeFile(path, text);
  return importFile({
    connection: graph.connection,
    model: ontology,
    path,
    format: mapping,
    mapping: map,
    by: 'ana',
    ...more,
  });
}

const PEOPLE = {
  source: { id: 'source:register', name: 'The register', licence: 'CC0' },
  entities: [
    {
      person: {
        id: 'person:{id}',
        name: 'name',
        birthDate: { value: 'born', date: ['dd/mm/yyyy', 'yyyy'] },
        aliases: { value: 'also', split: ';' },
        externalIds: { REGISTER: 'id' },
      },
    },
    { politicalParty: { when: 'party', id: 'political-party:{party|slug}', name: 'party' } },
  ],
  relationships: [
    { memberOf: { when: 'party', from: 'person:{id}', to: 'political-party:{party|slug}', role: '=MEMBER' } },
    { familyOf: { when: 'parent', from: 'person:{parent}', to: 'person:{id}', kinship: '=PARENT_CHILD' } },
  ],
};

const CSV = [
  'id,name,born,also,party,parent',
  '1,Zoë Ängström,03/02/1970,"Z. Å.;Zoe",Harbour Party,',
  '2,Дмитрий Иванов,1980,,Harbour Party,1',
  '3,"伊藤, 遥",,"say ""hello""",,',
  '4,Broken "quote",1990,,,',
  '5,"never closed,1990,,,',
  '6,ليلى,31/31/x,,,',
  '7,Short row,1990',
  '8,Orphan,1990,,,99',
  '9,"Two',
  'lines",1991,,,',
  ',No id,1990,,,',
  '2,Dmitri Iwanow,1980,,Harbour Party,1',
].join('\n');

describe('a file with columns', () => {
  beforeEach(() => cleanGraph(database));

  test('counts what it makes; what is broken costs its own line', async () => {
    const report = await bring('people.csv', CSV, PEOPLE);
    expect(report.refusals.map(({ line, code, message }) => [line, code, message])).toEqual([
      [
        5,
        'UNREADABLE',
        'A quote stands in the middle of Broken "quote": write the value in quotes, and each quote in it twice.',
      ],
      [6, 'UNREADABLE', 'The quote that opens in line 6 does not close.'],
      [7, 'INVALID_VALUE', 'born: "31/31/x" is no date as dd/mm/yyyy or yyyy.'],
      [8, 'UNREADABLE', 'The row has 3 values, and the header 6.'],
      [9, 'UNKNOWN_REFERENCE', 'There is no entity person:99.'],
      [12, 'MISSING_FIELD', 'person:{id} is empty, so that there is no id for the person.'],
    ]);
    expect(report.rows).toEqual({ read: 11, accepted: 5, refused: 6 });
    expect(report.entities).toEqual({ created: 5, updated: 0, unchanged: 0 });
    expect(report.relationships).toEqual({ created: 3, updated: 0, unchanged: 0 });
    expect(report.claims).toEqual({ created: 5, updated: 0, unchanged: 0 });
    expect(await graph.rows('MATCH (n:Person) RETURN n.id, n.name, n.aliases, n.birthDate ORDER BY n.id')).toEqual([
      ['person:1', 'Zoë Ängström', ['Z. Å.', 'Zoe'], '1970-02-03'],
      ['person:2', 'Дмитрий Иванов', ['Dmitri Iwanow'], '1980'],
      ['person:3', '伊藤, 遥', ['say "hello"'], null],
      ['person:9', 'Two\nlines', null, '1991'],
    ]);
    const rejects = await readFile(report.rejects ?? '', 'utf8');
    expect(rejects.split('\n').slice(0, 3)).toEqual([CSV.split('\n')[0], CSV.split('\n')[4], CSV.split('\n')[5]]);
    const mended = rejects.replace('Broken "quote"', 'Broken').replace('"never', 'never').replace('31/31/x', '1999');
    const second = await bring('mended.csv', mended.replace('Short row,1990', 'Short row,1990,,,'), PEOPLE);
    expect(second.rows).toEqual({ read: 6, accepted: 4, refused: 2 });
  });

  test('changes nothing when it comes again: contradictions in it, and what a curator has done since', async () => {
    const rows = ['1,Ana Lima,1970,Reds', '2,Bo Ek,1980,Reds', '3,Cy Dal,,Greens', '1,Ana Lima,1971,Reds'];
    const text = ['id,name,born,party', ...rows].join('\n');
    const map = {
      entities: [
        { person: { id: 'person:{id}', name: 'name', birthDate: 'born', aliases: ['name'] } },
        { politicalParty: { id: 'political-party:{party|slug}', name: 'party' } },
      ],
      relationships: [{ memberOf: { from: 'person:{id}', to: 'political-party:{party|slug}', role: '=MEMBER' } }],
    };
    // Two calls, so that the contradiction is none of one call.
    const bringIt = () => bring('members.csv', text, map, { batch: 2 });
    expect((await bringIt()).entities).toEqual({ created: 5, updated: 0, unchanged: 0 });
    const again = await bringIt();
    expect([again.entities, again.relationships, again.claims]).toMatchObject([
      { created: 0, updated: 0, unchanged: 5 },
      { created: 0, updated: 0, unchanged: 3 },
      { created: 0, updated: 0, unchanged: 4 },
    ]);
    const [person] = await graph.rows("MATCH (n {id: 'person:1'}) RETURN n.birthDate, n.aliases, n.version");
    expect(person).toEqual(['1971', null, 2]);
    const call = { by: 'cy', role: 'curator', operation: 'test' } as const;
    const writer = createWriter(graph.connection, ontology);
    await writer.record([{ person: { id: 'person:1', birthDate: '1972' } }], {}, call, async () => null);
    await writer.remove(['person:2'], { reason: 'Nobody.', cascade: true }, call, async () => null);
    const [[claim]] = (await graph.rows("MATCH (c:Claim)-[:SUBJECT]->({id: 'person:3'}) RETURN c.id")) as [[string]];
    await writer.retract([claim], 'Wrong.', call, async () => null);
    const all =
      'MATCH (n:Entity|Claim|Revision) OPTIONAL MATCH (n)-[r]->(m) RETURN n.id, n.version, r.id, m.id ORDER BY n.id, r.id, m.id';
    const before = await graph.rows(all);
    const third = await bringIt();
    expect(await graph.rows(all)).toEqual(before);
    expect(new Set(third.notices.map(({ code }) => code))).toEqual(new Set(['REMOVED', 'RETRACTED']));
    expect(third.entities).toMatchObject({ created: 0, updated: 0 });
  });

  test('is refused before anything is written, where the mapping names what is not there', async () => {
    const wrong = (change: object) => bring('people.csv', CSV, { ...PEOPLE, ...change });
    await expect(wrong({ entities: [{ person: { id: 'person:{id}', name: 'nam' } }] })).rejects.toMatchObject({
      message: 'mapping: entities.0.person.name names the column "nam", which people.csv does not have.',
      details: { suggestion: 'Did you mean name?' },
    });
    await expect(wrong({ entities: [{ persn: {} }] })).rejects.toMatchObject({
      details: { suggestion: 'Did you mean person?' },
    });
    await expect(wrong({ entities: [{ person: { birthdate: 'born' } }] })).rejects.toMatchObject({
      message: 'mapping: entities.0.person.birthdate is no field of Person.',
      details: { suggestion: 'Did you mean birthDate?' },
    });
    await expect(wrong({ valuse: {} })).rejects.toMatchObject({
      message: 'mapping: valuse is no key of a mapping here.',
    });
    expect(await graph.rows('MATCH (n) WHERE n:Entity OR n:ConcordatImport RETURN count(n)')).toEqual([[0]]);
    const path = join(folder, 'mapping.yaml');
    await writeFile(path, 'entities:\n  - person:\n      id: "person:{id}"\n      nam: name\n');
    await expect(bring('people.csv', CSV, path)).rejects.toThrow(
      `${path}:4: mapping: entities.0.person.nam is no field of Person.`,
    );
  });

  test('is read in other encodings, and with other signs between columns', async () => {
    const map = { entities: [{ person: { id: 'person:{id}', name: 'name' } }] };
    const names = () => graph.rows('MATCH (n:Person) RETURN n.name ORDER BY n.name');
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('id\tname\n1\tZoë', 'utf16le')]);
    await bring('a.tsv', utf16, map);
    await bring('b.csv', Buffer.from('id;name\n2;Zoé', 'latin1'), {
      ...map,
      file: { delimiter: ';', encoding: 'latin1' },
    });
    await bring('c.csv', '\ufeffid,name\r\n3,Zo\r\n', map);
    await bring('packed.csv', gzipSync('id,name\n5,Zö'), map);
    await bring('bare.csv', Buffer.from('id,name\n6,Zõ', 'utf16le'), map);
    expect(await names()).toEqual([['Zo'], ['Zoé'], ['Zoë'], ['Zö'], ['Zõ']].sort());
    await expect(bring('cut.csv.gz', gzipSync(`id,name\n${CSV}`).subarray(0, 90), map)).rejects.toThrow(
      'cut.csv.gz cannot be unpacked',
    );
    const latin = { ...map, file: { encoding: 'latin1' } };
    const { rejects } = await bring('l.csv', Buffer.from('id,name\n,Zà', 'latin1'), latin);
    await bring('m.csv', (await readFile(rejects ?? '', 'utf8')).replace(',Zà', '7,Zà'), latin);
    expect(await graph.rows("MATCH (n {id: 'person:7'}) RETURN n.name")).toEqual([['Zà']]);
    await expect(bring('d.csv', Buffer.from('id,name\n4,Zo\xe9', 'latin1'), map)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });
});

describe('JSON and YAML', () => {
  beforeEach(() => cleanGraph(database));

  const LISTS = {
    entities: [
      { person: { id: 'person:{id}', name: 'name.full' } },
      { position: { each: 'terms', id: 'position:{post}', name: 'post' } },
    ],
    relationships: [
      {
        holdsPosition: {
          each: 'terms',
          from: 'person:{^.id}',
          to: 'position:{post}',
          validFrom: 'start',
          constituency: 'of',
        },
      },
    ],
  };
  const people = [
    {
      id: 'a',
      name: { full: 'A' },
      terms: [
        { post: 'mayor', start: '2020' },
        { post: 'mayor', start: '2024' },
      ],
    },
    { id: 'b', name: { full: 'B' }, terms: [] },
  ];

  test.each([
    ['people.json', JSON.stringify(people, null, 1), undefined],
    ['people.jsonl', people.map((each) => JSON.stringify(each)).join('\n'), undefined],
    ['people.yaml', people.map((each) => `- ${JSON.stringify(each)}`).join('\n'), undefined],
    ['nested.json', JSON.stringify({ meta: 1, data: { people } }), 'data.people'],
    ['one.json', JSON.stringify({ all: people }), 'all'],
  ])('%s', async (name, text, rows) => {
    const report = await bring(name, text, { ...LISTS, file: { locator: '{id}', ...(rows ? { rows } : {}) } });
    expect(report.refusals).toEqual([]);
    expect(report.rows.read).toBe(2);
    expect(report.entities.created).toBe(3);
    expect(report.relationships.created).toBe(2);
    expect(report.claims.created).toBe(2);
    expect(
      await graph.rows('MATCH (c:Claim)-[s:STATED_IN]->() RETURN s.locator, c.text, c.predicate ORDER BY s.locator'),
    ).toEqual([
      ['a', 'A holds the position mayor; A holds the position mayor.', 'HOLDS_POSITION'],
      ['b', 'B is listed as a person.', 'REMARK'],
    ]);
  });
});
