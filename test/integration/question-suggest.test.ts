import { beforeAll, describe, expect, it, test } from 'vitest';
import { testGraph } from '../support/graph.ts';

/** `suggest`: what somebody who is typing may mean. */

const graph = testGraph();

const QUERY = `query($prefix: String!, $types: [EntityType!], $first: Int) {
  suggest(prefix: $prefix, types: $types, first: $first) { id name type matched score }
}`;

interface Suggestion {
  id: string;
  name: string;
  type: string;
  matched: string;
  score: number;
}

async function suggest(prefix: string, variables: Record<string, unknown> = {}): Promise<Suggestion[]> {
  const { data, errors } = await graph.ask(QUERY, { prefix, ...variables });
  expect(errors).toBeUndefined();
  return (data as unknown as { suggest: Suggestion[] }).suggest;
}
const ids = async (prefix: string, variables?: Record<string, unknown>) =>
  (await suggest(prefix, variables)).map(({ id }) => id);

beforeAll(async () => {
  const mentions = Array.from({ length: 12 }, (_, nth) => `person:reader-${nth}`);
  const written = await graph.record([
    { source: { id: 'source:register', name: 'The Register' } },
    { person: { id: 'person:marta', name: 'Marta Ölund' } },
    { person: { id: 'person:martin', name: 'Martin Olundsson-Vårgårda' } },
    { person: { id: 'person:lena', name: 'Lena Marten', aliases: ['Марта Ленина'] } },
    { person: { id: 'person:known', name: 'Martin Quist' } },
    { agency: { id: 'agency:marine', name: 'Marine Office' } },
    ...mentions.map((id, nth) => ({ person: { id, name: `Reader ${nth}` } })),
    ...mentions.map((to) => ({ mentions: { from: 'source:register', to } })),
    ...Array.from({ length: 5 }, (_, nth) => ({ source: { id: `source:p${nth}`, name: `Paper ${nth}` } })),
    ...Array.from({ length: 5 }, (_, nth) => ({ mentions: { from: `source:p${nth}`, to: 'person:known' } })),
  ]);
  expect(written.problems).toEqual([]);
});

describe('what is typed', () => {
  test.each([
    ['the beginning of a name', 'mart', ['person:known', 'person:lena', 'person:marta', 'person:martin']],
    ['the beginning of another word of it', 'olund', ['person:marta', 'person:martin']],
    ['another script', 'Марта Л', ['person:lena']],
    ['another script for a Latin name', 'Мартин К', []],
    ['accents that the name has not', 'Mártä', ['person:lena', 'person:marta']],
    ['the beginnings of two words, in any order', 'quist mar', ['person:known']],
    ['a part of a word that is hyphenated', 'vargar', ['person:martin']],
    ['nothing that is a word', '*~"\\ ', []],
    ['nothing', '', []],
  ])('is %s', async (_, prefix, expected) => {
    expect(await ids(prefix)).toEqual(expected);
  });

  it('is answered with the name that begins so, and the score that it is ordered by', async () => {
    const [lena, marta] = await suggest('марта');
    expect(marta).toMatchObject({ id: 'person:marta', type: 'PERSON', matched: 'Marta Ölund' });
    expect(lena).toMatchObject({ id: 'person:lena', name: 'Lena Marten', matched: 'Марта Ленина' });
    const scores = (await suggest('mar')).map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const score of scores) expect(score >= 0 && score <= 1).toBe(true);
  });

  it('keeps to types, and to so many', async () => {
    expect(await ids('mar', { types: ['AGENCY'] })).toEqual(['agency:marine']);
    expect(await ids('mar', { first: 1 })).toEqual(['person:known']);
    for (const first of [0, 51]) {
      const { errors } = await graph.ask(QUERY, { prefix: 'mar', first });
      expect(errors?.[0]?.originalError).toMatchObject({ code: first === 0 ? 'BAD_USER_INPUT' : 'LIMIT_EXCEEDED' });
    }
  });

  it('is refused when it is a megabyte', async () => {
    const { errors, statements } = await graph.ask(QUERY, { prefix: 'x'.repeat(1_000_000) });
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    expect(statements).toEqual([]);
  });
});
