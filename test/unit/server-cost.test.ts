import { buildSchema as buildFromText, type GraphQLSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FIRST, MAXIMUM_FIRST } from '../../src/compile/paging.ts';
import { loadConfig } from '../../src/config.ts';
import { buildSchema } from '../../src/graphql/schema.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { costOf } from '../../src/server/cost.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from '../../src/server/pages.ts';
import { testServer } from '../support/server.ts';

/** What queries cost, told from their selection alone. */

const schema = buildSchema(ontology);
const LIMIT = loadConfig({}).CONCORDAT_COST_LIMIT;

function weigh(query: string, variables: Record<string, unknown> = {}, of: GraphQLSchema = schema) {
  const document = parse(query);
  expect(validate(of, document)).toEqual([]);
  return costOf(of, document, null, variables);
}
const cost = (query: string, variables?: Record<string, unknown>) => weigh(query, variables).cost;

describe('pages', () => {
  it('are as large as the compiler makes them', () => {
    expect([DEFAULT_PAGE, LARGEST_PAGE]).toEqual([DEFAULT_FIRST, MAXIMUM_FIRST]);
  });

  it('cost one an item, whatever is read off it', () => {
    expect(cost('{ people(first: 10) { nodes { id } } }')).toBe(10);
    expect(cost('{ people(first: 10) { nodes { id name aliases description birthDate createdAt } } }')).toBe(10);
    expect(cost('{ people { nodes { name } } }')).toBe(25);
    expect(cost('{ people(last: 7) { nodes { name } } }')).toBe(7);
    expect(cost('{ people(first: 10) { edges { cursor node { name } } pageInfo { endCursor } } }')).toBe(10);
  });

  it('multiply what is below them', () => {
    expect(cost('{ people(first: 100) { nodes { positionsHeld(first: 10) { nodes { name } } } } }')).toBe(1_100);
    expect(cost('{ people { nodes { positionsHeld { nodes { holders { nodes { name } } } } } } }')).toBe(
      25 + 25 ** 2 + 25 ** 3,
    );
    expect(cost('{ person(name: "a") { positionsHeld { nodes { name } } } }')).toBe(1 + 25);
  });

  it('count a relationship beside the entity that it leads to', () => {
    const edges = (inside: string) => `{ person(name: "a") { positionsHeld(first: 10) { edges { ${inside} } } } }`;
    expect(cost(edges('node { name }'))).toBe(1 + 10);
    expect(cost(edges('relationship { status } node { name }'))).toBe(1 + 10 + 10);
    expect(cost(edges('relationship { status claims(first: 3) { nodes { text source { name } } } }'))).toBe(
      1 + 10 + 10 + 10 * 3 + 10 * 3,
    );
  });

  it('have the size that a variable has, or its default', () => {
    const query = 'query ($n: Int = 40) { people(first: $n) { nodes { name } } }';
    expect(cost(query, { n: 3 })).toBe(3);
    expect(cost(query)).toBe(40);
    expect(cost('query ($n: Int) { people(first: $n) { nodes { name } } }')).toBe(25);
    expect(cost(query, { n: null })).toBe(25);
    expect(cost(query, { n: 'many' })).toBe(25);
  });

  it('beyond what is allowed are left to whoever refuses them', () => {
    expect(cost('{ people(first: 1000000) { nodes { name } } }')).toBe(200);
    expect(cost('{ people(first: -5) { nodes { name } } }')).toBe(1);
  });
});

describe('lists without pages', () => {
  it('cost a fixed number', () => {
    expect(cost('{ person(name: "a") { names { value } } }')).toBe(1 + 5);
    expect(cost('{ person(name: "a") { externalIds { value } relationshipCounts { count } } }')).toBe(1 + 5 + 5);
    expect(cost('{ claim(id: "claim:a") { supports { text } } }')).toBe(1 + 5);
    expect(cost('{ claim(id: "claim:a") { supports { source { name } } } }')).toBe(1 + 5 + 5);
    expect(cost('{ claim(id: "claim:a") { relationships { from { name } to { name } } } }')).toBe(1 + 5 + 10);
  });

  it('of texts, and values that have parts, cost nothing', () => {
    expect(cost('{ person(name: "a") { aliases } }')).toBe(1);
    expect(cost('{ claim(id: "claim:a") { quote { text } value { amount { value } } } }')).toBe(1);
  });

  it('by ids cost as many', () => {
    expect(cost('{ nodes(ids: ["a", "b", "c"]) { id } }')).toBe(3);
    expect(cost('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(50).fill('a') })).toBe(50);
  });
});

describe('counts', () => {
  const counted = (args: string, what = 'totalCount') =>
    cost(`{ people(first: 10) { nodes { positionsHeld${args} { ${what} } } } }`) - 10;

  it('alone read no items', () => {
    expect(cost('{ people { totalCount } }')).toBe(0);
    expect(counted('')).toBe(10);
    expect(counted('', 'totalCount __typename')).toBe(10);
    expect(counted('(first: 4)', 'totalCount nodes { name }')).toBe(10 * (4 + 1));
  });

  it('of what is filtered cost more', () => {
    expect(counted('(asOf: "2024-01-01")')).toBe(10 * 25);
    expect(counted('(first: 4, orderBy: [{ relationship: { id: ASC } }])')).toBe(10);
  });
});

describe('filters', () => {
  const where = (filter: string, first = 10) =>
    cost(`{ people(first: ${first}, where: ${filter}) { nodes { name } } }`);

  it('on what a row holds cost nothing', () => {
    expect(
      where('{ name: { eq: "a" }, or: [{ birthDate: { lt: "1980" } }, { not: { id: { startsWith: "p" } } }] }'),
    ).toBe(10);
  });

  it('cost by how far they lead, for as many as a page has, or more', () => {
    expect(where('{ positionsHeld: { some: {} } }')).toBe(10 + 25 * 5);
    expect(
      where('{ positionsHeld: { some: { node: { name: { eq: "a" } }, relationship: { status: { eq: FACT } } } } }'),
    ).toBe(10 + 25 * 5);
    expect(where('{ positionsHeld: { some: { node: { holders: { none: {} } } } } }')).toBe(10 + 25 * (5 + 25));
    expect(where('{ positionsHeld: { count: { gt: 3, where: { node: { name: { eq: "a" } } } } } }')).toBe(10 + 25 * 5);
    expect(where('{ and: [{ positionsHeld: { some: {} } }, { positionsHeld: { every: {} } }] }')).toBe(10 + 25 * 10);
    expect(where('{ positionsHeld: { some: { hasClaim: { speaker: { name: { eq: "a" } } } } } }')).toBe(
      10 + 25 * (5 + 25 + 125),
    );
  });

  it('are weighed in variables alike, however they are written', () => {
    const query = 'query ($where: PersonFilter) { people(first: 10, where: $where) { nodes { name } } }';
    expect(cost(query, { where: { positionsHeld: { some: {} } } })).toBe(135);
    expect(cost(query, { where: { or: { positionsHeld: { some: {} } } } })).toBe(135);
    expect(cost(query, { where: { positionsHeld: 'some' } })).toBe(10);
    expect(cost(query, { where: null })).toBe(10);
    const part =
      'query ($node: PositionFilter) { people(first: 10, where: { positionsHeld: { some: { node: $node } } }) { nodes { name } } }';
    expect(cost(part, { node: { holders: { some: {} } } })).toBe(10 + 25 * 30);
  });

  it('that lead five relationships away are refused, four are not', () => {
    const deep = (levels: number, name = 'positionsHeld'): string =>
      levels === 0
        ? '{}'
        : `{ ${name}: { some: { node: ${deep(levels - 1, name === 'holders' ? 'positionsHeld' : 'holders')} } } }`;
    const people = (levels: number) =>
      cost(
        `{ people(first: 1, where: ${deep(levels)}) { nodes { name } } }`.replaceAll('{}', '{ id: { isNull: false } }'),
      );
    expect(people(4)).toBeLessThan(LIMIT);
    expect(people(5)).toBeGreaterThan(LIMIT);
  });

  it('orders by counts cost as filters do', () => {
    expect(cost('{ people(first: 10, orderBy: [{ positionsHeld: { count: DESC } }]) { nodes { name } } }')).toBe(135);
  });
});

describe('what is selected', () => {
  it('is counted once, however often it is named', () => {
    const once = cost('{ people { nodes { positionsHeld { nodes { name } } } } }');
    expect(
      cost(
        '{ people { ...A nodes { ...B } } people { nodes { positionsHeld { nodes { name } } } } } fragment A on PersonConnection { nodes { ...B } } fragment B on Person { positionsHeld { nodes { id } } }',
      ),
    ).toBe(once);
  });

  it('is counted under each alias', () => {
    expect(cost('{ a: people { nodes { name } } b: people { nodes { name } } }')).toBe(50);
  });

  it('of one type or another costs what the dearest does', () => {
    const query = `{ entities(first: 10) { nodes { name
      ... on Person { positionsHeld(first: 7) { nodes { name } } }
      ... on Position { holders(first: 9) { nodes { name } } }
    } } }`;
    expect(cost(query)).toBe(10 + 10 * 9);
  });

  it('is not counted where it is skipped', () => {
    const query = `query ($more: Boolean = false) { people(first: 10) { nodes { name
      positionsHeld(first: 10) @include(if: $more) { nodes { name } }
      ... @skip(if: true) { claims { nodes { text } } }
    } } }`;
    expect(cost(query)).toBe(10);
    expect(cost(query, { more: true })).toBe(110);
  });

  it('is that of the operation that is asked for', () => {
    const document = parse('query A { people { nodes { name } } } query B { people(first: 3) { nodes { name } } }');
    expect(costOf(schema, document, 'B', {}).cost).toBe(3);
  });

  it('of the schema itself costs nothing', () => {
    expect(cost('{ __schema { types { name fields { name } } } __typename }')).toBe(0);
  });
});

describe('fields that say their cost', () => {
  const question = (cost?: (args: Record<string, number>) => number) => {
    const asked = buildFromText(`
      interface Node { id: ID! }
      type Thing implements Node { id: ID! near: Thing }
      type Graph { nodes: [Thing!]! edges: [Thing!]! truncated: Boolean }
      type Query { around(depth: Int = 2, perNode: Int = 25, limit: Int = 500): Graph! guess(first: Int): [Thing!]! }
    `);
    const { around } = asked.getQueryType()?.getFields() ?? {};
    if (around && cost) around.extensions = { cost };
    return (query: string) => weigh(query, {}, asked).cost;
  };

  it('are taken at their word', () => {
    const said = question(({ depth = 0, perNode = 0, limit = 0 }) => Math.min(limit, perNode ** depth));
    expect(said('{ around(perNode: 10) { truncated } }')).toBe(100);
    expect(said('{ around(perNode: 10) { nodes { id near { id } } } }')).toBe(200);
    expect(said('{ around { nodes { id } } }')).toBe(500);
  });

  it('need not, where a page or a limit tells', () => {
    expect(question()('{ around { nodes { id } edges { near { id } } } }')).toBe(1_000);
    expect(question()('{ around(limit: 3) { nodes { id } } }')).toBe(3);
    expect(question()('{ around(limit: 1000000) { nodes { id } } }')).toBe(2_000);
    expect(question()('{ guess(first: 4) { near { id } } }')).toBe(8);
  });
});

describe('the limit', () => {
  const claims = 'claims(first: 3) { nodes { text commitment speaker { name } source { name } } }';
  it.each([
    [
      'a hundred by ten',
      '{ people(first: 100) { nodes { name aliases positionsHeld(first: 10) { nodes { name description } } } } }',
    ],
    [
      'three levels of default pages',
      '{ people { nodes { positionsHeld { edges { relationship { status } node { name holders { edges { relationship { status } node { name } } } } } } } } }',
    ],
    [
      'entities, their relationships, three claims of each',
      `{ people(first: 200) { nodes { name relationships(first: 25) { edges { node { id } other { name } } } } } }`,
    ],
    [
      'a hundred entities with their relationships and all that is claimed',
      `{ people(first: 100) { nodes { name relationships(first: 25) { edges { other { name } node { id ${claims} } } } } } }`,
    ],
    [
      'two hundred entities, twenty-five relationships, three claims',
      '{ people(first: 200) { nodes { name relationships(first: 25) { edges { other { name } node { id claims(first: 3) { nodes { text source { name } } } } } } } } }',
    ],
  ])('lets pass: %s', (_, query) => {
    expect(cost(query)).toBeLessThanOrEqual(LIMIT);
  });

  it.each([
    [
      'four levels of default pages',
      '{ people { nodes { positionsHeld { nodes { holders { nodes { positionsHeld { nodes { name } } } } } } } } }',
    ],
    [
      'three levels of the largest pages',
      '{ people(first: 200) { nodes { positionsHeld(first: 200) { nodes { holders(first: 200) { nodes { name } } } } } } }',
    ],
    [
      'many aliases of large pages',
      `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: people(first: 200) { nodes { positionsHeld { nodes { name } } } }`).join(' ')} }`,
    ],
  ])('does not let pass: %s', (_, query) => {
    expect(cost(query)).toBeGreaterThan(LIMIT);
  });
});

describe('a refusal', () => {
  const server = (limit: number) => testServer({ schema, config: { CONCORDAT_COST_LIMIT: limit } });

  it('names cost, limit and the field to narrow, by the keys of the answer', async () => {
    const query = '{ all: people(first: 20) { nodes { posts: positionsHeld(first: 100) { nodes { name } } } } }';
    const { status, errors, data, headers } = await server(1_000).ask(query);
    expect({ status, data }).toEqual({ status: 400, data: undefined });
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toBe(
      'The query may bring, or look at, 2020 entities, relationships and claims, most of them at all.nodes.posts; at most 1000 are allowed.',
    );
    expect(errors[0]?.extensions).toEqual({
      code: 'QUERY_TOO_COSTLY',
      path: ['all', 'nodes', 'posts'],
      value: 2_020,
      limit: 1_000,
      suggestion: 'Give posts a smaller first: 49 would do; it is 100.',
    });
    expect(headers.get('x-concordat-cost')).toBe('2020');
    expect(cost(query.replace('100', '49'))).toBeLessThanOrEqual(1_000);
    expect(cost(query.replace('100', '50'))).toBeGreaterThan(1_000);
  });

  it('says so where narrowing one field is not enough', async () => {
    const { errors } = await server(100).ask('{ people(first: 200) { nodes { positionsHeld { nodes { name } } } } }');
    expect(errors[0]?.extensions['suggestion']).toBe(
      'Give positionsHeld, and the lists above it, a smaller first (it is 25 unless said), or ask for fewer levels in one query.',
    );
  });

  it('says so where it is the filter that costs', async () => {
    const some = (inside: string) =>
      `{ positionsHeld: { some: { node: { holders: { some: { node: ${inside} } } } } } }`;
    const query = `{ people(first: 1, where: ${some(some(some('{ id: { eq: "a" } }')))}) { nodes { name } } }`;
    const { errors } = await server(LIMIT).ask(query);
    expect(errors[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_COSTLY', path: ['people'] });
    expect(errors[0]?.extensions['suggestion']).toBe(
      'Let the where and orderBy of people follow fewer relationships, above all within each other.',
    );
  });

  it('says so where no argument narrows', async () => {
    const { errors } = await server(3).ask('{ claim(id: "claim:a") { supports { text } } }');
    expect(errors[0]?.extensions).toMatchObject({ path: ['claim', 'supports'], value: 6, limit: 3 });
    expect(errors[0]?.extensions['suggestion']).toMatch(/by id/);
  });

  it('comes before anything is read', async () => {
    let read = 0;
    const { ask } = testServer({
      schema,
      config: { CONCORDAT_COST_LIMIT: 10 },
      context: () => ({ model: ontology, today: '2025-02-04', reader: { read: async () => [read++] } }),
    });
    expect((await ask('{ people { nodes { name } } }')).errors[0]?.extensions['code']).toBe('QUERY_TOO_COSTLY');
    expect(read).toBe(0);
  });

  it('and what passes leave their cost in the log', async () => {
    const { ask, logged } = server(10);
    await ask('{ people { nodes { name } } }');
    expect(logged.at(-1)).toMatchObject({ msg: 'request', cost: 25 });
  });
});
