import { beforeAll, describe, expect, it } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { testGraph } from '../support/graph.ts';
import { testServer } from '../support/server.ts';

/** Queries that are meant to hurt: each is refused, or answered as what it is, and whoever asks next is answered. */

const graph = testGraph();
const { ask } = testServer({
  schema: graph.schema,
  config: { CONCORDAT_BODY_LIMIT: 1_048_576 },
  context: ({ signal }) => ({ model: ontology, reader: graph.connection, signal, today: graph.today }),
});

beforeAll(async () => {
  const written = await graph.record([
    { source: { id: 'source:gazette', name: 'The Gazette', kind: 'ARTICLE' } },
    { person: { id: 'person:ana-lima', name: 'Ana "Star*" Lima', aliases: ['A* OR B', 'tab\there'] } },
    { position: { id: 'position:mayor', name: 'Mayor of Veld' } },
    {
      holdsPosition: {
        from: 'person:ana-lima',
        to: 'position:mayor',
        claims: [{ text: 'She is.', commitment: 'FACT', attribution: 'NARRATED', source: 'source:gazette' }],
      },
    },
  ]);
  expect(written.problems).toEqual([]);
});

async function othersAreAnswered(): Promise<void> {
  const { data, errors } = await ask('{ person(id: "person:ana-lima") { positionsHeld { nodes { name } } } }');
  expect(errors).toEqual([]);
  expect(data).toEqual({ person: { positionsHeld: { nodes: [{ name: 'Mayor of Veld' }] } } });
}

const megabyte = 'x'.repeat(1_000_000);
/** Lists in lists, of people and the positions that they hold in turn. */
const levels = (count: number, name = 'positionsHeld', args = ''): string =>
  count === 0
    ? '{ nodes { name } }'
    : `{ nodes { ${name}${args} ${levels(count - 1, name === 'holders' ? 'positionsHeld' : 'holders', args)} } }`;
const deepFilter = (count: number): string =>
  count === 0
    ? '{ id: { eq: "a" } }'
    : `{ positionsHeld: { some: { node: { holders: { none: { node: ${deepFilter(count - 1)} } } } } } }`;
const byName = 'query ($text: String) { person(name: $text) { id } }';
const byNames = 'query ($texts: [String!]) { people(where: { name: { in: $texts } }) { nodes { id } } }';
const byFilter = 'query ($where: PersonFilter) { people(where: $where) { nodes { id } } }';

describe('refused, with the way out', () => {
  it.each<[string, string, Record<string, unknown>, string]>([
    ['pages in pages', `{ people ${levels(4)} }`, {}, 'QUERY_TOO_COSTLY'],
    [
      'the largest pages in each other',
      `{ people(first: 200) ${levels(2, 'positionsHeld', '(first: 200)')} }`,
      {},
      'QUERY_TOO_COSTLY',
    ],
    [
      'many aliases of large pages',
      `{ ${Array.from({ length: 70 }, (_, i) => `a${i}: people(first: 200) { nodes { claims { totalCount nodes { id } } } }`).join(' ')} }`,
      {},
      'QUERY_TOO_COSTLY',
    ],
    [
      'more aliases than may be',
      `{ ${Array.from({ length: 300 }, (_, i) => `a${i}: person(id: "a") { id }`).join(' ')} }`,
      {},
      'LIMIT_EXCEEDED',
    ],
    ['too many levels', `{ people ${levels(8)} }`, {}, 'LIMIT_EXCEEDED'],
    [
      'filters that follow relationships in each other',
      `{ people(first: 1, where: ${deepFilter(3)}) { nodes { id } } }`,
      {},
      'QUERY_TOO_COSTLY',
    ],
    [
      'too many conditions',
      byFilter,
      { where: { or: Array(900).fill({ name: { contains: 'a' } }) } },
      'LIMIT_EXCEEDED',
    ],
    [
      'conditions nested beyond reason',
      byFilter,
      {
        where: Array(300)
          .fill(0)
          .reduce((not) => ({ not }), {}),
      },
      'LIMIT_EXCEEDED',
    ],
    ['a list of 201', byNames, { texts: Array(201).fill('a') }, 'LIMIT_EXCEEDED'],
    ['a list of 100000', byNames, { texts: Array(100_000).fill('a') }, 'LIMIT_EXCEEDED'],
    [
      'an order of 500 keys',
      'query ($by: [PersonOrder!]) { people(orderBy: $by) { nodes { id } } }',
      { by: Array(500).fill({ name: 'ASC' }) },
      'LIMIT_EXCEEDED',
    ],
    ['a megabyte as a name', byName, { text: megabyte }, 'LIMIT_EXCEEDED'],
    ['a megabyte as a name in the document', `{ person(name: "${megabyte}") { id } }`, {}, 'LIMIT_EXCEEDED'],
    ['a megabyte in a filter', byFilter, { where: { name: { contains: megabyte } } }, 'LIMIT_EXCEEDED'],
    [
      'a megabyte as a cursor',
      'query ($after: String) { people(after: $after) { nodes { id } } }',
      { after: megabyte },
      'LIMIT_EXCEEDED',
    ],
    ['a megabyte as a field', `{ ${megabyte} }`, {}, 'LIMIT_EXCEEDED'],
    ['a megabyte as an argument', `{ person(${megabyte}: 1) { id } }`, {}, 'LIMIT_EXCEEDED'],
    [
      'sixty thousand keys',
      byFilter,
      { where: Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`k${i}`, 1])) },
      'LIMIT_EXCEEDED',
    ],
    [
      'a hundred long values under wrong keys',
      byFilter,
      { where: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`k${i}`, 'x'.repeat(9_000)])) },
      'BAD_USER_INPUT',
    ],
    [
      'words without end',
      'query ($text: String) { people(where: { name: { matches: $text } }) { nodes { id } } }',
      { text: 'a '.repeat(4_000) },
      'LIMIT_EXCEEDED',
    ],
  ])('%s', async (_, query, variables, code) => {
    const { errors, data, text } = await ask(query, variables);
    expect(data ?? null).toBeNull();
    for (const { extensions } of errors) {
      expect(extensions).toMatchObject({ code, path: expect.any(Array) });
      expect(extensions['suggestion'] ?? code).toMatch(/\S/);
    }
    expect(errors.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThan(10_000);
    await othersAreAnswered();
  });
});

describe('taken for what it is', () => {
  it.each([
    ['a star', '*'],
    ['everything that Lucene reads', 'a* OR (b AND "c) ~2 [x TO y] {p TO q} \\ : /.*/ ^5 && || ! + - ? name:*'],
    ['unbalanced quotes and backslashes', '"\\"\\\\"'],
    ['nothing but quotes', '"'.repeat(500)],
    ['control characters', '\u0000\u0001\u0007\u001b[2J\u007f\u2028\u2029'],
    ['half a character', '\ud800 x \udc00'],
    ['text that runs the other way', '\u202eamiL anA'],
    ['marks on marks', `a${'\u0301'.repeat(900)}`],
    ['Cypher', '") RETURN 1 UNION MATCH (n) DETACH DELETE n //'],
    ['a parameter', '$p0'],
  ])('%s', async (_, text) => {
    const query = `query ($text: String!, $id: ID!) {
      name: person(name: $text) { id }
      matches: people(where: { name: { matches: $text } }) { totalCount }
      holds: people(where: { or: [{ name: { contains: $text } }, { aliases: { has: $text } }] }) { totalCount }
      begins: people(where: { name: { startsWith: $text }, id: { ne: $id } }) { totalCount }
      id: node(id: $id) { id }
    }`;
    const { data, errors } = await ask(query, { text, id: text });
    expect(errors).toEqual([]);
    // The star stands in her name, as a star.
    const holds = text === '*' ? 1 : 0;
    expect(data).toEqual({
      name: null,
      matches: { totalCount: 0 },
      holds: { totalCount: holds },
      begins: { totalCount: 0 },
      id: null,
    });
    await othersAreAnswered();
  });

  it('an alias that looks like a search', async () => {
    expect((await ask(byName, { text: 'a* or b' })).data).toEqual({ person: { id: 'person:ana-lima' } });
    expect((await ask(byName, { text: 'ana "star*" lima' })).data).toEqual({ person: { id: 'person:ana-lima' } });
    expect((await ask(byName, { text: 'ana star lima' })).data).toEqual({ person: null });
  });
});
