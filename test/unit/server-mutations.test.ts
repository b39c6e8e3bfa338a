import { describe, expect, it } from 'vitest';
import { ConcordatError } from '../../src/errors.ts';
import type { Answer, GraphContext } from '../../src/graphql/context.ts';
import type { WriteReport } from '../../src/model/reports.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { schema } from '../support/oracle/compiled.ts';
import { holding, KEY, testServer } from '../support/server.ts';

/** What mutations may be, before anything of them runs: what is written may be long, what is read may not. */

const asked: { inputs: number; statements: string[] }[] = [];

/** A store that takes everything, and has nothing of it afterwards. */
const writer = {
  async record<T>(inputs: readonly unknown[], _: object, call: { operation: string }, answer: Answer<T>): Promise<T> {
    const statements: string[] = [];
    asked.push({ inputs: inputs.length, statements });
    const outcomes = new Map(inputs.map((_, nth) => [`person:p${nth}`, 'created'] as const));
    const none = { ids: [], problems: [], notices: [], dangling: [], conflicts: [], merges: [] };
    const report: WriteReport = { ...none, call: call.operation, outcomes };
    return answer(report, {
      async read({ text }) {
        statements.push(text);
        return [];
      },
    });
  },
};

const { ask: send } = testServer({
  schema,
  who: holding('curator'),
  config: { CONCORDAT_BODY_LIMIT: 2_097_152 },
  context: (): Partial<GraphContext> => ({
    model: ontology,
    writer: writer as never,
    reader: { read: async () => [] },
    today: '2025-02-04',
  }),
});
const ask: typeof send = (query, variables, more) => send(query, variables, { ...more, authorization: KEY });

const record = (selection: string, more = '') =>
  `mutation ($records: [RecordInput!]! ${more}) { record(records: $records) { ${selection} } }`;
const people = (count: number, description = 'A baker.') =>
  Array.from({ length: count }, (_, nth) => ({ person: { id: `person:p${nth}`, name: `P ${nth}`, description } }));

/** A relationship with its claim, as long as such things are. */
const holdings = Array.from({ length: 1_000 }, (_, nth) => ({
  holdsPosition: {
    from: { id: `person:p${nth}` },
    to: { id: 'position:mayor' },
    validFrom: '2020-01',
    claims: Array.from({ length: 2 }, () => ({
      text: `${'Person number so and so holds the post of mayor, says the gazette. '.repeat(2)}${nth}`,
      commitment: 'FACT',
      attribution: 'DIRECT_QUOTE',
      quote: {
        text: 'Our mayor since January, of whom we are proud, and who will stay in office. '.repeat(2),
        language: 'en',
      },
      source: { id: 'source:gazette' },
      locator: 'paragraph 8',
    })),
  },
}));

describe('what is written', () => {
  it('may be a thousand records in a megabyte, read again with their claims', async () => {
    expect(JSON.stringify(holdings).length).toBeGreaterThan(900_000);
    const selection =
      '{ id ... on HoldsPosition { status from { name } to { name } claims(first: 10) { nodes { text } } } }';
    const { errors, status, headers } = await ask(
      record(`created ${selection} updated ${selection} unchanged ${selection}`),
      {
        records: holdings,
      },
    );
    expect({ errors, status }).toEqual({ errors: [], status: 200 });
    expect(asked.at(-1)?.inputs).toBe(1_000);
    // 3,000 relationships and claims; of what was created, updated and unchanged together: two ends and ten claims each.
    expect(headers.get('x-concordat-cost')).toBe(String(3_000 * (1 + 2 + 10)));
  });

  it('may be texts of any length, as variables and in the document', async () => {
    const long = 'x'.repeat(50_000);
    expect(await ask(record('call'), { records: people(1, long) })).toMatchObject({ status: 200, errors: [] });
    const literal = `mutation { record(records: [{ person: { name: "A", description: "${long}" } }]) { call } }`;
    expect(await ask(literal)).toMatchObject({ status: 200, errors: [] });
    const inside = 'mutation ($d: String) { record(records: [{ person: { name: "A", description: $d } }]) { call } }';
    expect(await ask(inside, { d: long })).toMatchObject({ status: 200, errors: [] });
  });

  it('may stand in the document, as far as that has tokens', async () => {
    const literal = (count: number) =>
      `mutation { record(records: [${Array.from({ length: count }, (_, nth) => `{ termOf: { from: { id: "a:${nth}" } to: { id: "b:c" } } }`).join(' ')}]) { call } }`;
    expect(await ask(literal(450))).toMatchObject({ status: 200, errors: [] });
    const { errors } = await ask(literal(1_000));
    expect(errors[0]?.extensions).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      suggestion: expect.stringMatching(/variables/),
    });
  });

  it('may not be more than a thousand records', async () => {
    const before = asked.length;
    const { errors } = await ask(record('call'), { records: people(1_001) });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      path: ['record', 'records'],
      value: 1_001,
      suggestion: expect.stringMatching(/several calls/),
    });
    expect(asked).toHaveLength(before);
  });
});

describe('what a payload reads', () => {
  it('is weighed by the number of records', async () => {
    const before = asked.length;
    const selection = 'created { ... on Entity { relationships(first: 100) { nodes { id } } } }';
    expect(await ask(record(selection), { records: people(500) })).toMatchObject({ status: 200, errors: [] });
    const { errors } = await ask(record(selection), { records: people(1_000) });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'QUERY_TOO_COSTLY',
      path: ['record', 'created', 'relationships'],
      suggestion: 'Give relationships a smaller first: 59 would do; it is 100.',
    });
    expect(asked).toHaveLength(before + 1);
  });

  it('is weighed as often as it is asked for', async () => {
    const list = 'created { ... on Person { relationships(first: 10) { nodes { id } } } }';
    const cost = async (selection: string) =>
      (await ask(record(selection), { records: people(100) })).headers.get('x-concordat-cost');
    expect(await cost(list)).toBe('1100');
    expect(await cost(`${list} ${list.replace('created', 'updated')}`)).toBe('1100');
    expect(await cost(`a: ${list} b: ${list} ${list.replace('created', 'updated')}`)).toBe('2100');
  });

  it('is weighed when nobody can tell how much there is', async () => {
    const { headers } = await ask('mutation { unmerge(merge: "merge:1") { restored { id } } }');
    expect(headers.get('x-concordat-cost')).toBe('25');
    const wrong = await ask(record('created { id }'), { records: 'nonsense' });
    expect(wrong.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('is held to the limits on queries', async () => {
    const filter =
      'created { ... on Person { positionsHeld(where: { node: { name: { eq: $name } } }) { totalCount } } }';
    const long = { records: people(1), name: 'x'.repeat(10_001) };
    const { errors } = await ask(record(filter, '$name: String'), long);
    expect(errors[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', path: ['variables', 'name'] });
    const literal = filter.replace('$name', `"${long.name}"`);
    expect((await ask(record(literal), { records: people(1) })).errors[0]?.extensions).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      value: 10_001,
    });
  });

  it('loosens nothing for a query that stands beside a mutation', async () => {
    const name = 'x'.repeat(10_001);
    const beside = (query: string) => `${query} mutation B { restore(ids: ["a"]) { call } }`;
    const literal = await ask(beside(`query A { person(name: "${name}") { id } }`), {}, { operationName: 'A' });
    expect(literal.errors[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', value: 10_001 });
    const variable = beside('query A($name: String) { person(name: $name) { id } }');
    expect((await ask(variable, { name }, { operationName: 'A' })).errors[0]?.extensions).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      path: ['variables', 'name'],
    });
  });

  it('becomes statements that hold nothing of what is written, and are the same for every call', async () => {
    const source = record('created { id ... on Person { name } }');
    const marked = (mark: string) => [{ person: { id: `person:${mark}`, name: mark, description: mark } }];
    await ask(source, { records: marked('qqx') });
    await ask(source, { records: [...marked('zzy'), ...people(300)] });
    const [first, second] = asked.slice(-2).map(({ statements }) => statements);
    expect(first).toEqual([
      'CYPHER 5 UNWIND $p0 AS id MATCH (n0:Person {id: id}) RETURN id AS id, [n0.id, n0.name] AS row',
    ]);
    // 301 people, 200 a statement.
    expect(second).toEqual([first?.[0], first?.[0]]);
  });
});

describe('a mutation that cannot be done', () => {
  const failing = (error: Error) =>
    testServer({
      schema,
      who: holding('curator'),
      context: () => ({
        model: ontology,
        writer: {
          restore: async () => {
            throw error;
          },
        },
        today: '2025-02-04',
      }),
    }).ask('mutation { restore(ids: ["a"]) { call } }', {}, { authorization: KEY });

  it.each(['DATABASE_UNAVAILABLE', 'TIMEOUT'] as const)('says %s', async (code) => {
    const { data, errors } = await failing(new ConcordatError(code, 'Not now.', { suggestion: 'Try again shortly.' }));
    expect(data).toBeNull();
    expect(errors[0]).toMatchObject({
      message: 'Not now.',
      extensions: { code, path: ['restore'], suggestion: 'Try again shortly.' },
    });
  });

  it('says nothing of the driver', async () => {
    const { errors, text } = await failing(new Error('Neo4jError: ForsetiClient[1] cannot acquire lock'));
    expect(errors[0]?.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
    expect(text).not.toMatch(/Neo4j|Forseti/);
  });

  it('says so where nobody is named who asks', async () => {
    const { ask: askNobody } = testServer({ schema, context: () => ({ model: ontology, today: '2025-02-04' }) });
    const { status, errors } = await askNobody('mutation { restore(ids: ["a"]) { call } }');
    expect([status, errors[0]?.extensions['code']]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('says so when it is sent by GET', async () => {
    const { send } = testServer({ schema, context: () => ({ model: ontology, today: '2025-02-04' }) });
    const query = encodeURIComponent('mutation { restore(ids: ["a"]) { call } }');
    const { status, headers } = await send(`/graphql?query=${query}`, { headers: { 'x-graphql-yoga-csrf': '1' } });
    expect({ status, allow: headers.get('allow') }).toEqual({ status: 405, allow: 'POST' });
  });
});
