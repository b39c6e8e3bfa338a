import { isNotParamError, lintCypherQuery } from '@neo4j-cypher/language-support';
import { execute, type GraphQLField, getNamedType, isInputObjectType, parse } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { Emitter } from '../../src/compile/emitter.ts';
import type { Statement } from '../../src/compile/plan.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { cityGraph } from '../support/city-graph.ts';
import { schema, textsOf } from '../support/oracle/compiled.ts';
import { everyField, everyOperator, everyOrder, isRelationFilter } from '../support/oracle/coverage.ts';
import { deepOperations } from '../support/oracle/operations.ts';
import { sideBySide } from '../support/side-by-side.ts';

/** The statements themselves: how many, whether Neo4j finds them sound, and what of a request reaches their text. */

const graph = cityGraph();

/** What Neo4j's own semantic analysis says against a statement. Parameters are the driver's to know. */
const faultsOf = (text: string): string[] =>
  lintCypherQuery(text, {})
    .diagnostics.map(({ message }) => ({ message: String(message) }))
    .filter(isNotParamError)
    .map(({ message }) => message);

/** Has the database plan a statement and not run it. */
const plan = ({ text, parameters }: Statement) =>
  graph.connection.read({ text: text.replace('CYPHER 5 ', 'CYPHER 5 EXPLAIN '), parameters }, { operation: 'explain' });

/** A statement with names of types, labels and properties taken out: what is left decides whether it is sound. */
const shapeOf = (text: string): string =>
  text
    .replace(/'[^']*'/g, "''")
    .replace(/\b[A-Z][A-Z_]*_[A-Z_]*[A-Z]\b|(?<=:)[A-Z]\w*|(?<=\.)\w+/g, 'x')
    .replace(/(\$p|\b[a-z])\d+/g, '$1');

/** Shapes that were analysed, and planned, already: another time would find the same. */
const analysed = new Set<string>();
const planned = new Set<string>();

/** How each statement begins. */
const BEGINNING = /^CYPHER 5 (?!CYPHER)/;

/** Characters of a statement that is analysed by itself. */
const LONG = 500;

/** Sound to the analysis by itself, where it does not take seconds; to the database's they were when they ran. */
function expectSound(statements: readonly Statement[], query: string): void {
  for (const { text } of statements) {
    expect(text).toMatch(BEGINNING);
    const shape = shapeOf(text);
    planned.add(shape);
    if (text.length < LONG && !analysed.has(shape)) expect(faultsOf(text), `${query}\n${text}`).toEqual([]);
    analysed.add(shape);
  }
}

/** Sound to the database; each shape once. */
async function expectPlanned(statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) {
    expect(statement.text).toMatch(BEGINNING);
    const shape = shapeOf(statement.text);
    if (planned.has(shape)) continue;
    planned.add(shape);
    await plan(statement);
  }
}

/** The statements of an operation that must go well; errors that are the user's to mend are let through. */
async function statementsOf(query: string, variables?: Record<string, unknown>): Promise<Statement[]> {
  const { errors, statements } = await graph.ask(query, variables);
  const unexpected = errors?.filter(({ originalError }) => !(originalError && 'details' in originalError));
  expect(unexpected ?? [], `${query} ${JSON.stringify(variables)?.slice(0, 300)}`).toEqual([]);
  return statements;
}

describe('an operation', () => {
  it.each(deepOperations)('is one sound statement a root field: $name', async ({ query, variables }) => {
    const [definition] = parse(query).definitions;
    const roots = definition?.kind === 'OperationDefinition' ? definition.selectionSet.selections.length : 0;
    const statements = await statementsOf(query, variables);
    expect(statements).toHaveLength(roots);
    expectSound(statements, query);
  });

  it('is one statement a root field however deep it goes', async () => {
    const nest = (depth: number): string =>
      depth === 0 ? 'id' : `id relationships(first: 2) { edges { other { ${nest(depth - 1)} } } }`;
    for (const depth of [1, 3, 6])
      expect(await statementsOf(`{ person(id: "person:ana-ferro") { ${nest(depth)} } }`)).toHaveLength(1);
  });

  it('that asks for the root’s type alone is no statement', async () => {
    expect(await statementsOf('{ __typename }')).toEqual([]);
  });
});

describe('a statement', () => {
  it('is sound for every field of every type', { timeout: 240_000 }, async () => {
    // Not run: the conformance test runs all of them; here the database is asked whether it could.
    await sideBySide(
      everyField(schema, () => true),
      async (query) => {
        const texts = await textsOf(query);
        expect(texts, query).toHaveLength(query.startsWith('{ ontology ') ? 0 : 1);
        await expectPlanned(texts.map((text) => ({ text, parameters: {} })));
      },
    );
  });

  const lists = () =>
    Object.values(graph.schema.getQueryType()?.getFields() ?? {}).filter(({ args }) =>
      args.some(({ name }) => name === 'orderBy'),
    );
  const argument = (field: GraphQLField<unknown, unknown>, name: string) => {
    const found = field.args.find((each) => each.name === name);
    if (!found) throw new Error(`${field.name} has no ${name}`);
    return found;
  };

  it('is planned for every operator of every filter, and for every filter of a root list', {
    timeout: 240_000,
  }, async () => {
    const met = new Set<string>();
    await sideBySide(lists(), async (field) => {
      const { type } = argument(field, 'where');
      const where = everyOperator(type, met) as Record<string, unknown>;
      const query = `query($where: ${String(type)}) { ${field.name}(where: $where) { totalCount } }`;
      await statementsOf(query, { where: { ...where, or: [{ not: {} }, {}] } });
    });
    for (const kind of [
      'TextFilter',
      'IntFilter',
      'PartialDateFilter',
      'AmountFilter',
      'QuoteFilter',
      'EntityTypeFilter',
    ])
      expect(met).toContain(kind);
  });

  it('is sound for every filter by a relationship', { timeout: 240_000 }, async () => {
    const queries: string[] = [];
    for (const field of lists()) {
      const type = getNamedType(argument(field, 'where').type);
      if (!isInputObjectType(type)) throw new Error(`${field.name} takes no filter`);
      for (const [name, { type: filter }] of Object.entries(type.getFields())) {
        if (!isRelationFilter(filter)) continue;
        const some = '{relationship: {id: {ne: "x"}}, node: {id: {ne: "x"}}, overlaps: {to: "2024-01-01"}}';
        queries.push(
          `{ ${field.name}(asOf: "2024-01-01", where: {${name}: {some: ${some}, none: ${some}, every: ${some}, count: {where: ${some}, gte: 1}}}) { totalCount } }`,
        );
      }
    }
    await sideBySide(queries, async (query) =>
      expectPlanned((await textsOf(query)).map((text) => ({ text, parameters: {} }))),
    );
    expect(queries.length).toBeGreaterThan(200);
  });

  it('is planned for every order of a root list', { timeout: 240_000 }, async () => {
    await sideBySide(lists(), async (field) => {
      const { type } = argument(field, 'orderBy');
      const query = `query($orderBy: ${String(type)}) { ${field.name}(last: 3, orderBy: $orderBy) { pageInfo { hasNextPage startCursor } } }`;
      await statementsOf(query, { orderBy: everyOrder(type) });
    });
  });

  it('is sound for every order of the edges of an organization', async () => {
    const members = graph.schema.getType('Organization');
    const field = members && 'getFields' in members ? members.getFields()['members'] : undefined;
    if (!field || !('args' in field)) throw new Error('organizations have members');
    const { type } = argument(field, 'orderBy');
    const orderBy = everyOrder(type);
    const query = `query($orderBy: ${String(type)}) { organizations { nodes { members(first: 1, orderBy: $orderBy) { edges { cursor } } } } }`;
    await statementsOf(query, { orderBy });
  });
});

/** Texts that would break out of a badly quoted place. */
const HOSTILE = [
  '',
  ' ',
  '"',
  "'",
  '\\',
  '\\"',
  '`',
  '``',
  '$p0',
  '}) RETURN 1 //',
  '" OR 1=1 //',
  '/*',
  'a\nb\r\n\u2028c',
  '\u0000',
  '\u0007\u001b[31m',
  '𝒵\u{1F3F3}\uFE0F',
  'ﷺ ؠ',
  '+name:(x) AND NOT *:* OR [a TO b] {a TO b} ~2 ^3 ? * ! (( && ||',
  'name:*',
  '"unbalanced',
  'AND',
  'x'.repeat(100_000),
  '"\\` '.repeat(25_000),
  'ever so many words '.repeat(5_300),
];

/** Full text of more than a thousand characters is refused before it becomes a statement. */
const thoseFor = (text: string, statements: readonly string[]): readonly string[] =>
  text.length <= 1_000 ? statements : statements.filter((one) => !/'(entity|claim)_text'/.test(one));

describe('the text of a statement', () => {
  const query = `query($name: String, $text: String, $texts: [String!], $id: ID!, $ids: [ID!]!, $first: Int, $date: PartialDate, $day: Date, $number: Int, $scheme: String!) {
    person(name: $name) { id relationships(first: $first, where: {other: {name: {eq: $text}}}) { edges { node { state(asOf: $day) } } } }
    node(id: $id) { id }
    nodes(ids: $ids) { id ... on Person { claims(where: {text: {matches: $text}, about: $ids}) { totalCount } } }
    people(first: $first, orderBy: [{birthDate: DESC}], where: {name: {startsWith: $text, contains: $text, in: $texts}, description: {matches: $text},
      aliases: {has: $text, hasAny: $texts}, birthDate: {lt: $date}, externalIds: {has: {scheme: $scheme, value: $scheme}}}) { nodes { id } pageInfo { hasNextPage } }
    prisons(where: {capacity: {gte: $number}}) { nodes { id } }
    claims(where: {quote: {text: {matches: $text}}, speaker: {name: {eq: $text}}}) { totalCount }
  }`;
  const calm = {
    name: 'Ana Ferro',
    text: 'harbour',
    texts: ['a'],
    id: 'person:ana-ferro',
    ids: ['person:ana-ferro'],
    first: 3,
    date: '2024',
    day: '2024-02-03',
    number: 3,
    scheme: 'WIKIDATA',
  };
  const texts = async (variables: Record<string, unknown>, of = query) =>
    (await statementsOf(of, variables)).map(({ text }) => text).sort();

  it('is the same for other values of the same shape', async () => {
    const expected = await texts(calm);
    expect(expected).toHaveLength(6);
    const others = [
      { first: 200, number: -7, date: '1999-12-31', day: '1000-01-01' },
      { texts: [], ids: ['person:nobody', 'person:bruno-ferro', 'person:bruno-ferro'] },
      { texts: Array.from({ length: 200 }, (_, nth) => `text ${nth}`), name: 'nobody', id: 'person:x' },
    ];
    for (const other of others) expect(await texts({ ...calm, ...other })).toEqual(expected);
  });

  it.each(
    HOSTILE.map((text) => [
      text.length > 40 ? `${text.length} characters of ${text.slice(0, 8)}` : JSON.stringify(text),
      text,
    ]),
  )('is the same, and holds, for %s', async (_, text) => {
    const expected = await texts(calm);
    const hostile = { name: text, text, texts: [text], id: `person:${text}`, ids: [`person:${text}`], scheme: text };
    expect(await texts({ ...calm, ...hostile })).toEqual(thoseFor(text, expected));
  });

  it.each(HOSTILE.map((text) => [JSON.stringify(text.slice(0, 40)), text]))(
    'holds nothing of %s when it stands in the document',
    async (_, text) => {
      const literal = JSON.stringify(text);
      const found = await texts(
        {},
        `{ people(where: {name: {eq: ${literal}, matches: ${literal}}}) { totalCount } entity(name: ${literal}) { id } node(id: ${literal}) { id } }`,
      );
      const calmly = await texts(
        {},
        '{ people(where: {name: {eq: "calm", matches: "calm"}}) { totalCount } entity(name: "calm") { id } node(id: "calm") { id } }',
      );
      expect(found).toEqual(thoseFor(text, calmly));
    },
  );

  it('is the same after one cursor and after another, whose keys are absent or not alike', async () => {
    const list =
      'query($after: String) { people(first: 2, after: $after, orderBy: [{birthDate: ASC}]) { edges { cursor node { birthDate } } pageInfo { hasNextPage } } }';
    type Edge = { cursor: string; node: { birthDate: string | null } };
    const all = await graph.ask(list.replace('first: 2', 'first: 100'), {});
    const edges = (all.data as { people: { edges: Edge[] } }).people.edges;
    const textsAfter = async (some: Edge[]) =>
      new Set((await Promise.all(some.map(({ cursor }) => texts({ after: cursor }, list)))).flat());
    const [dated, undated] = [true, false].map((has) => edges.filter(({ node }) => (node.birthDate !== null) === has));
    expect([(await textsAfter(dated ?? [])).size, (await textsAfter(undated ?? [])).size]).toEqual([1, 1]);
  });
});

describe('a document that is asked again', () => {
  it('is compiled once for a shape of its variables', async () => {
    const document = parse(
      'query($name: String, $where: PersonFilter) { person(name: $name) { id positionsHeld { nodes { name } } } people(where: $where) { totalCount } }',
    );
    const emitted = vi.spyOn(Emitter.prototype, 'slot');
    const ask = async (variableValues: Record<string, unknown>) => {
      emitted.mockClear();
      const contextValue = { model: ontology, reader: graph.connection, today: graph.today };
      const { errors } = await execute({ schema: graph.schema, document, variableValues, contextValue });
      expect(errors).toBeUndefined();
      return emitted.mock.calls.length;
    };
    expect(await ask({ name: 'Ana Ferro', where: { name: { eq: 'x' } } })).toBeGreaterThan(0);
    expect(await ask({ name: 'Emil Sander', where: { name: { eq: 'y' } } })).toBe(0);
    expect(await ask({ name: 'Emil Sander', where: { name: { ne: 'y' } } })).toBeGreaterThan(0);
    expect(await ask({ name: 'nobody', where: { name: { eq: 'z' } } })).toBe(0);
  });
});
