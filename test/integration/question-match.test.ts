import { beforeAll, describe, expect, it, test } from 'vitest';
import { testGraph } from '../support/graph.ts';

/** `match`: which entities of the graph are those of another data set, and why. */

const graph = testGraph();

interface Reason {
  feature: string;
  score: number;
  weight: number;
  text: string;
}
interface Result {
  index: number;
  matches: { score: number; entity: { id: string; name: string }; reasons: Reason[] }[];
}

const QUERY = `query($candidates: [MatchCandidate!]!, $threshold: Float, $first: Int) {
  match(candidates: $candidates, threshold: $threshold, first: $first) {
    index matches { score entity { id name } reasons { feature score weight text } }
  }
}`;

async function match(candidates: readonly unknown[], variables: Record<string, unknown> = {}): Promise<Result[]> {
  const { data, errors, statements } = await graph.ask(QUERY, { candidates, ...variables });
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  return (data as unknown as { match: Result[] }).match;
}
const best = async (candidate: unknown, variables?: Record<string, unknown>) =>
  (await match([candidate], variables))[0]?.matches ?? [];

const CLAIM = { text: 'It is so.', commitment: 'FACT', attribution: 'NARRATED', source: 'source:register' };

beforeAll(async () => {
  const wikidata = (value: string) => [{ scheme: 'WIKIDATA', value }];
  const written = await graph.record([
    { source: { id: 'source:register', name: 'The Register' } },
    { country: { id: 'country:lima', name: 'Republic of Lima', iso2: 'LM', iso3: 'LMA', aliases: ['Lima'] } },
    { country: { id: 'country:veld', name: 'Veld', iso2: 'VD' } },
    { person: { id: 'person:ana-1', name: 'Ana María Ferro', birthDate: '1970-03-02', externalIds: wikidata('Q1') } },
    { person: { id: 'person:ana-2', name: 'Ana Ferro', birthDate: '1991-07-30' } },
    { person: { id: 'person:jonas', name: 'Jonas K. Petersen', aliases: ['J. Petersen'], birthDate: '1955' } },
    { person: { id: 'person:sergey', name: 'Сергей Шойгу', birthDate: '1955-05-21' } },
    { person: { id: 'person:li-na', name: '李娜' } },
    { agency: { id: 'agency:ferro', name: 'Ferro Authority' } },
    { citizenOf: { from: 'person:ana-1', to: 'country:lima', claims: [CLAIM] } },
    { citizenOf: { from: 'person:ana-2', to: 'country:veld', claims: [CLAIM] } },
  ]);
  expect(written.problems).toEqual([]);
});

describe('a candidate', () => {
  test.each([
    ['its name', { name: 'Ana María Ferro' }, 'person:ana-1'],
    ['its name without accents, turned round', { name: 'FERRO, Ana Maria' }, 'person:ana-1'],
    ['a name with typos', { name: 'Jonas Petersson' }, 'person:jonas'],
    ['an initial', { name: 'J. K. Petersen' }, 'person:jonas'],
    ['another script', { name: 'Sergei Shoigu' }, 'person:sergey'],
    ['another name', { name: 'Nobody', aliases: ['Sergey Shoygu'] }, 'person:sergey'],
    ['another script of its own', { name: '李娜' }, 'person:li-na'],
    ['a spelling of Chinese', { name: 'Li Na' }, 'person:li-na'],
  ])('is found by %s', async (_, candidate, id) => {
    expect((await best(candidate))[0]?.entity.id).toBe(id);
  });

  it('is never surer than 0.9 by its name alone', async () => {
    const [first] = await best({ name: 'Ana María Ferro' });
    expect(first).toMatchObject({
      score: 0.9,
      reasons: [{ feature: 'name', score: 1, text: '"Ana María Ferro" and "Ana María Ferro" are the same.' }],
    });
  });

  it('is decided by an external id, whatever else is different', async () => {
    const matches = await best({
      name: 'Somebody Else',
      birthDate: '2001-01-01',
      externalIds: [{ scheme: 'WIKIDATA', value: 'Q1' }],
    });
    expect(matches[0]).toMatchObject({ score: 1, entity: { id: 'person:ana-1' } });
    expect(matches[0]?.reasons).toContainEqual({
      feature: 'externalId',
      score: 1,
      weight: 1,
      text: 'Both have WIKIDATA:Q1.',
    });
  });

  it('loses by another birth date, another country, another id of one data set', async () => {
    const withBirth = async (birthDate: string) =>
      (await best({ name: 'Ana Ferro', birthDate }, { threshold: 0 })).find(
        ({ entity }) => entity.id === 'person:ana-2',
      );
    const [same, year, other] = [await withBirth('1991-07-30'), await withBirth('1991'), await withBirth('1970-03-02')];
    expect(same?.score).toBe(1);
    expect(year?.score).toBeLessThan(1);
    expect(year?.score).toBeGreaterThan(0.9);
    expect(other?.score).toBeLessThan(0.7);
    expect(other?.reasons[1]).toMatchObject({
      feature: 'birthDate',
      score: 0,
      text: 'Born at different times: 1970-03-02 and 1991-07-30.',
    });
    for (const country of ['LM', 'lma', 'lima', 'country:lima', 'Republic of Líma']) {
      const [first] = await best({ name: 'Ana Ferro', country });
      expect(first?.entity.id, country).toBe('person:ana-1');
      expect(first?.reasons).toContainEqual(
        expect.objectContaining({ feature: 'country', score: 1, text: 'Both belong to Republic of Lima.' }),
      );
    }
    const rival = (
      await best({ name: 'Ana María Ferro', externalIds: [{ scheme: 'WIKIDATA', value: 'Q2' }] }, { threshold: 0 })
    ).find(({ entity }) => entity.id === 'person:ana-1');
    expect(rival?.score).toBeLessThan(0.7);
  });

  it('keeps to its type', async () => {
    expect(await best({ name: 'Ferro Authority', type: 'PERSON' })).toEqual([]);
    expect((await best({ name: 'Ferro Authority', type: 'AGENCY' }))[0]?.entity.id).toBe('agency:ferro');
    expect(await best({ name: 'x', type: 'AGENCY', externalIds: [{ scheme: 'WIKIDATA', value: 'Q1' }] })).toEqual([]);
  });
});

describe('a call', () => {
  it('answers each candidate in order, one statement for all', async () => {
    const results = await match(
      [{ name: 'Li Na' }, { name: 'Nobody At All' }, { name: '' }, { name: '*~"\\' }, { name: 'Jonas Petersen' }],
      { first: 1 },
    );
    expect(results.map(({ index, matches }) => [index, matches.map(({ entity }) => entity.id)])).toEqual([
      [0, ['person:li-na']],
      [1, []],
      [2, []],
      [3, []],
      [4, ['person:jonas']],
    ]);
    expect(await match([])).toEqual([]);
  });

  it('orders by score and keeps to the threshold and to so many', async () => {
    const scores = (await best({ name: 'Ana Ferro' }, { threshold: 0 })).map(({ score }) => score);
    expect(scores.length).toBeGreaterThan(2);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect((await best({ name: 'Ana Ferro' }, { threshold: 0.7 })).every(({ score }) => score >= 0.7)).toBe(true);
    expect(await best({ name: 'Ana Ferro' }, { threshold: 0, first: 1 })).toHaveLength(1);
  });

  const named = (count: number) => Array.from({ length: count }, (_, nth) => ({ name: `Name ${nth}` }));
  it.each([
    ['101 candidates', { candidates: named(101) }, 'LIMIT_EXCEEDED'],
    ['a name of a megabyte', { candidates: [{ name: 'x'.repeat(1_000_000) }] }, 'LIMIT_EXCEEDED'],
    ['21 aliases', { candidates: [{ name: 'x', aliases: Array(21).fill('y') }] }, 'LIMIT_EXCEEDED'],
    ['a threshold above 1', { candidates: named(1), threshold: 1.5 }, 'BAD_USER_INPUT'],
    ['first above 20', { candidates: named(1), first: 21 }, 'LIMIT_EXCEEDED'],
  ])('with %s is refused before the database is asked', async (_, variables, code) => {
    const { errors, statements } = await graph.ask(QUERY, variables);
    expect(errors?.[0]?.originalError).toMatchObject({ code });
    expect(statements).toEqual([]);
  });

  it('of a hundred candidates is one statement', async () => {
    const results = await match(named(100));
    expect(results.map(({ index }) => index)).toEqual(Array.from({ length: 100 }, (_, nth) => nth));
  });
});
