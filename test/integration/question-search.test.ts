import { beforeAll, describe, expect, it, test } from 'vitest';
import { testGraph } from '../support/graph.ts';

/** `search`: what is found by what, in which order, page by page, and what is refused. */

const graph = testGraph();

interface Edge {
  cursor: string;
  score: number;
  matchedOn: string;
  highlight: string | null;
  node: { id: string };
}
interface Page {
  edges: Edge[];
  totalCount: number;
  truncated: boolean;
  facets: { type: string; count: number }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const QUERY = `query($query: String!, $types: [EntityType!], $mode: SearchMode, $first: Int, $after: String) {
  search(query: $query, types: $types, mode: $mode, first: $first, after: $after) {
    edges { cursor score matchedOn highlight node { id } } totalCount truncated facets { type count } pageInfo { hasNextPage endCursor }
  }
}`;

async function search(query: string, variables: Record<string, unknown> = {}): Promise<Page> {
  const { data, errors } = await graph.ask(QUERY, { query, ...variables });
  expect(errors).toBeUndefined();
  return (data as unknown as { search: Page }).search;
}

const found = async (query: string, variables?: Record<string, unknown>): Promise<string[]> =>
  (await search(query, variables)).edges.map(({ node }) => node.id);

const refusal = async (query: string, variables: Record<string, unknown> = {}) =>
  (await graph.ask(QUERY, { query, ...variables })).errors?.[0]?.originalError;

beforeAll(async () => {
  const written = await graph.record([
    { person: { id: 'person:nayib', name: 'Nayib Bukele', description: 'President of El Salvador.' } },
    { person: { id: 'person:karim', name: 'Karim Bukele', aliases: ['Karim Alberto Bukele Ortez'] } },
    {
      person: {
        id: 'person:putin',
        name: 'Vladimir Putin',
        names: [{ value: 'Владимир Путин', language: 'ru', kind: 'ALIAS' }],
      },
    },
    { person: { id: 'person:shoigu', name: 'Сергей Шойгу', description: 'Was a minister.' } },
    { person: { id: 'person:xi', name: 'Xi Jinping', aliases: ['习近平'] } },
    { person: { id: 'person:salman', name: 'Mohammed bin Salman', aliases: ['محمد بن سلمان'] } },
    {
      person: { id: 'person:jose', name: 'José Ñúñez', description: 'Knows Nayib Bukele <b>well</b> & long *truly*.' },
    },
    { gang: { id: 'gang:ms-13', name: 'Mara Salvatrucha', aliases: ['MS-13'] } },
    { country: { id: 'country:salvador', name: 'El Salvador', aliases: ['Salvador'] } },
    { area: { id: 'area:san-salvador', name: 'San Salvador' } },
    { area: { id: 'area:salvador-coast', name: 'Salvador Coast' } },
    { agency: { id: 'agency:will', name: 'The Will', aliases: ["O'Brien’s Office"] } },
    ...Array.from({ length: 61 }, (_, nth) => ({
      company: { id: `company:c${String(nth).padStart(2, '0')}`, name: `Harbour Works ${nth % 7}` },
    })),
    { mediaOrganization: { id: 'media-organization:harbour', name: 'Harbour' } },
  ]);
  expect(written.problems).toEqual([]);
});

describe('a search', () => {
  test.each([
    ['without accents what has them', 'jose nunez', 'person:jose'],
    ['with accents what has none', 'Náyib Bukélé', 'person:nayib'],
    ['in capitals', 'XI JINPING', 'person:xi'],
    ['with a letter left out', 'Bukle Nayib', 'person:nayib'],
    ['with two letters changed places', 'Nayib Bukeel', 'person:nayib'],
    ['with two typos in a long word', 'Salvatrutscha', 'gang:ms-13'],
    ['in Chinese, by alias', '习近平', 'person:xi'],
    ['in Chinese as it is written elsewhere', '習近平', 'person:xi'],
    ['in Arabic, by alias', 'محمد بن سلمان', 'person:salman'],
    ['in Arabic with its vowels written', 'مُحَمَّد بن سَلْمان', 'person:salman'],
    ['in Cyrillic, by a name of its own', 'Путин', 'person:putin'],
    ['in Cyrillic, by a Latin name', 'Найиб Букеле', 'person:nayib'],
    ['in Latin letters, by a Cyrillic name', 'Sergey Shoygu', 'person:shoigu'],
    ['with and without a hyphen', 'ms13', 'gang:ms-13'],
    ['with another hyphen', 'MS‑13', 'gang:ms-13'],
    ['without an apostrophe', 'obriens', 'agency:will'],
    ['by words that are common in English', 'the will', 'agency:will'],
    ['by the beginnings of words', 'moh sal', 'person:salman'],
    ['by words of a name and of a description', 'nayib president', 'person:nayib'],
  ])('finds %s', async (_, query, id) => {
    expect((await found(query))[0]).toBe(id);
  });

  it('ranks the name, then another name, then what begins so, then what holds it, then what is misspelled', async () => {
    const { edges } = await search('Salvador');
    expect(edges.map(({ node }) => node.id)).toEqual([
      'country:salvador',
      'area:salvador-coast',
      'area:san-salvador',
      'person:nayib',
    ]);
    expect(edges.map(({ score }) => Math.floor(score * 10) / 10)).toEqual([0.9, 0.8, 0.7, 0.4]);
    expect((await search('Mara Salvatrucha')).edges[0]).toMatchObject({ score: 1, matchedOn: 'name' });
    expect((await search('MS-13')).edges[0]).toMatchObject({ score: 0.95, matchedOn: 'aliases' });
    const misspelled = (await search('Salvadro')).edges;
    expect(misspelled[0]).toMatchObject({ node: { id: 'country:salvador' }, highlight: 'El **Salvador**' });
    expect(misspelled[0]?.score).toBeLessThan(0.4);
  });

  it('says what it was found by, marked, and safe as HTML', async () => {
    const [, , third] = (await search('Nayib Bukele')).edges;
    const jose = (await search('bukele')).edges.find(({ node }) => node.id === 'person:jose');
    expect(third ?? jose).toMatchObject({ matchedOn: 'description' });
    expect(jose?.highlight).toBe('Knows Nayib **Bukele** &lt;b&gt;well&lt;/b&gt; &amp; long &#42;truly&#42;.');
    expect((await search('Путин')).edges[0]).toMatchObject({ matchedOn: 'names', highlight: 'Владимир **Путин**' });
    expect((await search('习近平')).edges[0]).toMatchObject({ matchedOn: 'aliases', highlight: '**习近平**' });
    expect((await search('ms13')).edges[0]).toMatchObject({ matchedOn: 'aliases', highlight: '**MS-13**' });
  });

  it('keeps to types, and counts each type of all that is found', async () => {
    const all = await search('harbour');
    expect(all).toMatchObject({ totalCount: 62, truncated: false, pageInfo: { hasNextPage: true } });
    expect(all.facets).toEqual([
      { type: 'COMPANY', count: 61 },
      { type: 'MEDIA_ORGANIZATION', count: 1 },
    ]);
    expect(all.edges[0]?.node.id).toBe('media-organization:harbour');
    const media = await search('harbour', { types: ['MEDIA_ORGANIZATION', 'PERSON'] });
    expect(media).toMatchObject({ totalCount: 1, facets: [{ type: 'MEDIA_ORGANIZATION', count: 1 }] });
    expect(await search('harbour', { types: [] })).toMatchObject({ totalCount: 62 });
    expect(await search('harbour', { types: ['PERSON'] })).toMatchObject({ totalCount: 0, facets: [], edges: [] });
  });

  it.each(['SIMPLE', 'LUCENE'])('is read page by page without loss or doubling, in mode %s', async (mode) => {
    const whole = await found('harbour works', { mode, first: 200 });
    const read: string[] = [];
    let after: string | null = null;
    do {
      const page: Page = await search('harbour works', { mode, first: 7, after });
      read.push(...page.edges.map(({ node }) => node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(read).toEqual(whole);
    expect(new Set(read).size).toBe(whole.length);
    expect(whole.filter((id) => id.startsWith('company:'))).toHaveLength(61);
  });

  it('goes on where it was after something better has come', async () => {
    const first = await search('harbour works', { first: 10 });
    await graph.record([{ company: { id: 'company:better', name: 'Harbour Works' } }]);
    const [then, again] = [
      await found('harbour works', { first: 200, after: first.pageInfo.endCursor }),
      await found('harbour works', { first: 200 }),
    ];
    expect(again).toEqual(['company:better', ...first.edges.map(({ node }) => node.id), ...then]);
  });

  it('finds what a thing is called now, and no longer what it was called', async () => {
    await graph.record([{ area: { id: 'area:moving', name: 'Quillon Heights' } }]);
    expect(await found('quillon')).toEqual(['area:moving']);
    await graph.record([{ area: { id: 'area:moving', name: 'Tarnwick Heights' } }]);
    expect([await found('quillon'), await found('tarnwick')]).toEqual([[], ['area:moving']]);
  });
});

describe('a search that finds more than is ranked', () => {
  beforeAll(async () => {
    // Written past the door, as it would take the door a while: with the keys that the door would derive.
    await graph.connection.write('fill', (tx) =>
      tx.run(
        `UNWIND range(1, 5001) AS nth WITH 'quarry ' + toString(nth) AS key
         CREATE (:Entity:Place:Area {id: 'area:' + replace(key, ' ', '-'), name: key, nameKey: key, searchNames: [key],
           searchWhole: [replace(key, ' ', '_')], searchText: 'a place', searchType: 'area'})`,
      ),
    );
    await graph.record([{ company: { id: 'company:quarry', name: 'The Old Quarry', aliases: ['Quarry'] } }]);
  });

  it('says so, counts everything, and has the best among what is ranked', async () => {
    const page = await search('quarry', { first: 3 });
    expect(page).toMatchObject({ totalCount: 5_002, truncated: true, pageInfo: { hasNextPage: true } });
    expect(page.facets).toEqual([
      { type: 'AREA', count: 5_001 },
      { type: 'COMPANY', count: 1 },
    ]);
    expect(page.edges[0]).toMatchObject({ score: 0.95, node: { id: 'company:quarry' } });
    expect(await found('quarry 4711')).toEqual(['area:quarry-4711']);
  });
});

describe('a search in Lucene’s syntax', () => {
  const lucene = (query: string, variables = {}) => found(query, { mode: 'LUCENE', ...variables });

  it('takes fields, phrases, wildcards, operators and fuzziness', async () => {
    expect(await lucene('name:bukele AND NOT name:nayib')).toEqual(['person:karim']);
    expect(await lucene('"president of el salvador"')).toEqual(['person:nayib']);
    expect(await lucene('aliases:MS*')).toEqual(['gang:ms-13']);
    expect(await lucene('name:bukelle~1 -karim')).toEqual(['person:nayib']);
    expect(await lucene('salvador', { types: ['COUNTRY'] })).toEqual(['country:salvador']);
  });

  it.each(['foo AND', '"unbalanced', 'name:(x', '[a TO', '/(((/', 'john^-1', ')'])(
    'refuses %s with where it went wrong',
    async (query) => {
      const refused = await refusal(query, { mode: 'LUCENE' });
      expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', details: { suggestion: expect.any(String) } });
      expect(refused?.message).toMatch(/^The query is not in Lucene’s syntax: .+\.$/);
      expect(refused?.message).not.toMatch(/org\.|Exception|procedure|<[A-Z]+>/i);
    },
  );

  it('refuses an empty query, and a field that is not searched', async () => {
    expect(await refusal('  ', { mode: 'LUCENE' })).toMatchObject({ code: 'BAD_USER_INPUT' });
    const unknown = await refusal('nmae:bukele', { mode: 'LUCENE' });
    expect(unknown).toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { suggestion: expect.stringMatching(/^Did you mean name\?/) },
    });
  });
});

describe('hostile input', () => {
  it.each([
    '',
    ' ',
    '*',
    '?',
    '~',
    '"',
    '\\',
    '\\"',
    ':',
    '/',
    '^',
    '&& ||',
    '\u0000',
    '\u0007\u001b[31m',
    '🏳️',
    '%_',
    '(',
    '[',
    '*:*',
  ])('that has no word, such as %j, finds nothing', async (query) => {
    expect(await search(query)).toMatchObject({ edges: [], totalCount: 0, facets: [], truncated: false });
  });

  it.each([
    ['Nayib* AND Bukele?', []],
    ['nayib~ bukele^', ['person:nayib', 'person:jose']],
    ['"nayib" (bukele)', ['person:nayib', 'person:jose']],
    ['nayib\\ bukele', ['person:nayib', 'person:jose']],
    ['nayib\u0000bukele', ['person:nayib', 'person:jose']],
    ['name:nayib', []],
  ])('is taken as words: %j', async (query, ids) => {
    expect(await found(query)).toEqual(ids);
  });

  it.each([
    ['a megabyte', 'x'.repeat(1_000_000), 'LIMIT_EXCEEDED'],
    ['a megabyte of signs', '"\\` '.repeat(250_000), 'LIMIT_EXCEEDED'],
    ['too many words', Array.from({ length: 30 }, (_, nth) => `word${nth}`).join(' '), 'LIMIT_EXCEEDED'],
  ])('of %s is refused before the database is asked', async (_, query, code) => {
    const { errors, statements } = await graph.ask(QUERY, { query });
    expect(errors?.[0]?.originalError).toMatchObject({ code });
    expect(statements).toEqual([]);
  });

  it('in the cursor or in first is refused', async () => {
    expect(await refusal('harbour', { after: 'x' })).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await refusal('harbour', { first: 201 })).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});
