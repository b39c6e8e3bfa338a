import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { ConcordatError } from '../../src/errors.ts';
import { testServer } from '../support/server.ts';

/** What an answer says when something is wrong: to those who can mend it, everything; of us, nothing. */

const town = { name: 'Aldea', neighbours: [] };
const failing = (error: () => unknown) => ({
  root: {
    town: {
      ...town,
      broken: () => {
        throw error();
      },
    },
    broken: () => {
      throw error();
    },
  },
});

/** The extensions of the only error. */
async function told(query: string, variables?: Record<string, unknown>) {
  const { errors, status, data } = await testServer({ root: { town } }).ask(query, variables);
  expect({ errors: errors.length, status, data }).toEqual({ errors: 1, status: 400, data: undefined });
  return errors[0]?.extensions;
}

describe('an error that nobody foresaw', () => {
  const secrets = () =>
    Object.assign(new Error('Could not reach bolt://10.0.0.7:7687 as neo4j with hunter2; MATCH (n:Secret) RETURN n'), {
      code: 'ServiceUnavailable',
      address: '10.0.0.7',
    });

  it('is masked in the answer and whole in the log, under one request id', async () => {
    const server = testServer(failing(secrets));
    const { status, text, errors, headers, data } = await server.ask(
      '{ town(name: "a") { name broken(how: UNEXPECTED) } }',
    );
    expect({ status, data }).toEqual({ status: 200, data: { town: { name: 'Aldea', broken: null } } });
    expect(text).not.toMatch(/bolt|10\.0\.0\.7|hunter2|MATCH|ServiceUnavailable|stack|at .*\.ts/);
    const requestId = headers.get('x-request-id');
    expect(errors).toEqual([
      expect.objectContaining({
        message: 'Something went wrong on our side. It has been written to the log.',
        path: ['town', 'broken'],
        extensions: {
          code: 'INTERNAL_SERVER_ERROR',
          path: ['town', 'broken'],
          requestId,
          suggestion: 'Try again; if it stays, report the request id.',
        },
      }),
    ]);
    const line = server.logged.find(({ level }) => level === 'error');
    expect(line).toMatchObject({ requestId, err: { message: secrets().message } });
  });

  it.each([
    ['a text', () => 'hunter2'],
    ['nothing', () => undefined],
    ['an object', () => ({ password: 'hunter2', toString: (): string => 'hunter2' })],
    ['an error with others in it', () => new AggregateError([new Error('hunter2'), new Error('hunter2')], 'hunter2')],
    ['a GraphQL error around another', () => new GraphQLError('hunter2', { originalError: new Error('hunter2') })],
    ['a range error', () => new RangeError('hunter2')],
    ['an error of JSON', () => new SyntaxError('Unexpected token hunter2 in JSON at position 0')],
  ])('is masked when it is %s', async (_, thrown) => {
    const { text, errors, data } = await testServer(failing(thrown)).ask('{ broken(how: UNEXPECTED) { name } }');
    expect(text).not.toContain('hunter2');
    expect(data).toEqual({ broken: null });
    for (const { extensions } of errors) expect(extensions['code']).toBe('INTERNAL_SERVER_ERROR');
    expect(errors.length).toBeGreaterThan(0);
  });

  it('outside of any field is masked, as a failure of the whole request', async () => {
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const server = testServer({
        context: () => {
          throw new Error('hunter2');
        },
      });
      const { status, text, errors } = await server.ask('{ __typename }', {}, { accept });
      expect(status).toBe(500);
      expect(text).not.toContain('hunter2');
      expect(errors[0]?.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
      expect(server.logged.some(({ level }) => level === 'error')).toBe(true);
    }
  });
});

describe('an error that is written for the user', () => {
  it('keeps its code, path, value and suggestion, and is not logged as ours', async () => {
    const details = { path: ['town', 'first'], value: 999, suggestion: 'At most 200.', candidates: ['a'] };
    const server = testServer(failing(() => new ConcordatError('LIMIT_EXCEEDED', 'Too many.', details)));
    const { status, errors } = await server.ask('{ broken(how: EXPECTED) { name } }');
    expect(status).toBe(200);
    expect(errors[0]).toMatchObject({ message: 'Too many.', path: ['broken'] });
    expect(errors[0]?.extensions).toEqual({ code: 'LIMIT_EXCEEDED', ...details });
    expect(server.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('is placed by its field where it names no place, and shows no cause', async () => {
    const cause = new Error('hunter2');
    const server = testServer(failing(() => new ConcordatError('TIMEOUT', 'It took too long.', {}, { cause })));
    const { errors, text } = await server.ask('{ town(name: "a") { broken(how: EXPECTED) } }');
    expect(errors[0]?.extensions).toEqual({ code: 'TIMEOUT', path: ['town', 'broken'] });
    expect(text).not.toContain('hunter2');
  });

  it('does not send a megabyte back', async () => {
    const value = 'x'.repeat(1_000_000);
    const server = testServer(
      failing(() => new ConcordatError('BAD_USER_INPUT', `No ${value}.`, { value, path: ['a'] })),
    );
    const { text, errors } = await server.ask('{ broken(how: EXPECTED) { name } }');
    expect(text.length).toBeLessThan(2_000);
    expect(errors[0]?.extensions['value']).toMatch(/^xxx.* … x+$/);
  });
});

describe('a value that does not fit', () => {
  it.each([
    ['{ town(name: 3) { name } }', ['town', 'name'], 3, /text/],
    ['{ t: town(name: "a", size: "b") { name } }', ['t', 'size'], 'b', /whole number/],
    ['{ towns(first: 3000000000) { name } }', ['towns', 'first'], 3_000_000_000, /2147483647/],
    [
      '{ towns(where: {and: [{size: 1}, {size: null, name: true}]}) { name } }',
      ['towns', 'where', 'and', 1, 'name'],
      true,
      /text/,
    ],
    ['{ towns(where: {names: [null]}) { name } }', ['towns', 'where', 'names', 0], null, /String!/],
    ['{ broken(how: UNEXPECTD) { name } }', ['broken', 'how'], 'UNEXPECTD', /Did you mean .*UNEXPECTED/],
    ['{ broken(how: "EXPECTED") { name } }', ['broken', 'how'], 'EXPECTED', /EXPECTED/],
    ['{ broken(how: {a: 1}) { name } }', ['broken', 'how'], '{a: 1}', /schema\.graphql/],
  ])('in %s is named', async (query, path, value, suggestion) => {
    const extensions = await told(query);
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', path, value });
    expect(extensions?.['suggestion']).toMatch(suggestion);
  });

  const filtered = 'query($where: TownFilter, $first: Int) { towns(where: $where, first: $first) { name } }';
  it.each([
    [{ first: 'x' }, ['first'], 'x', /whole number/],
    [{ first: 1.5 }, ['first'], 1.5, /whole number/],
    [
      { where: { and: [{}, { size: 'at "where.name"; no' }] } },
      ['where', 'and', 1, 'size'],
      'at "where.name"; no',
      /whole/,
    ],
    [{ where: { names: ['a', 3] } }, ['where', 'names', 1], 3, /text/],
    [{ where: { nam: 'a' } }, ['where'], { nam: 'a' }, /Did you mean "name"/],
    [{ where: [1, 2] }, ['where'], [1, 2], /TownFilter/],
  ])('in the variables %j is named', async (variables, path, value, suggestion) => {
    const extensions = await told(filtered, variables);
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: ['variables', ...path], value });
    expect(extensions?.['suggestion']).toMatch(suggestion);
  });

  it.each([
    [{}, /Send variables/],
    [{ name: null }, /not null/],
  ])('or is missing, in the variables %j, is named', async (variables, suggestion) => {
    const extensions = await told('query($name: String!) { town(name: $name) { name } }', variables);
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: ['variables', 'name'] });
    expect(extensions?.['suggestion']).toMatch(suggestion);
  });

  it('is quoted in short', async () => {
    const variables = { where: { names: Array.from({ length: 500 }, () => 7) } };
    const { text } = await testServer().ask(filtered, { where: variables });
    expect(text.length).toBeLessThan(3_000);
    const long = await testServer().ask(filtered, { first: 'x'.repeat(15_000) });
    expect(long.text.length).toBeLessThan(2_000);
  });
});

describe('a document that breaks a rule', () => {
  it.each([
    ['{ town(name: "a") { nam } }', ['town', 'nam'], 'nam', /Did you mean "name"/],
    ['{ town(name: "a") { mayor } }', ['town', 'mayor'], 'mayor', /Town .*schema\.graphql/],
    ['{ t: town(nam: "a", name: "a") { name } }', ['t', 'nam'], 'nam', /Did you mean "name"/],
    ['{ town { name } }', ['town'], 'town', /String!/],
    ['{ town(name: "a") }', ['town'], 'town', /town \{ \.\.\. \}/],
    ['{ town(name: "a") { name { x } } }', ['town', 'name'], 'name', /braces/],
    ['{ towns(where: {nme: "a"}) { name } }', ['towns', 'where', 'nme'], 'nme', /Did you mean "name"/],
    ['{ town(name: $name) { name } }', ['town', 'name'], '$name', /query \(\$name/],
    ['query($n: Int) { towns { name } }', ['query'], '$n', /leave it out/],
    ['query($n: Int) { town(name: $n) { name } }', ['query'], '$n', /String!/],
    ['{ towns { ...Missing } }', ['towns'], 'Missing', /fragment Missing on/],
    ['{ towns { name: neighbours { name } name } }', ['towns', 'name'], 'neighbours', /alias/],
    ['{ towns @nope { name } }', ['towns'], 'nope', /schema\.graphql/],
    ['{ towns { name @skip } }', ['towns', 'name'], 'skip', /Boolean!/],
  ])('as %s is placed', async (query, path, value, suggestion) => {
    const extensions = await told(query);
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', path, value });
    expect(extensions?.['suggestion']).toMatch(suggestion);
  });

  it.each([
    ['{ towns { name ', undefined, /too early/],
    ['{ }', '}', /at least one field/],
    ['{ towns(first: ) { name } }', ')', /locations/],
    ['{ town(name: "a) { name } }', undefined, /quote/],
    ['select * from towns', 'select', /locations/],
    ['', undefined, /\S/],
    ['{ towns { name } } }', '}', /locations/],
    ['{ towns \u0000 }', undefined, /\S/],
  ])('of syntax, as %j, says where', async (query, value, suggestion) => {
    const { errors } = await testServer().ask(query);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toHaveProperty('locations');
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: ['query'] });
    if (value !== undefined) expect(errors[0]?.extensions['value']).toBe(value);
    expect(errors[0]?.extensions['suggestion']).toMatch(suggestion);
  });

  it('names the way to several operations', async () => {
    const { ask } = testServer({ root: { towns: [] } });
    const several = 'query A { towns { name } } query B { t: towns { name } }';
    for (const more of [{}, { operationName: 'C' }]) {
      const { status, errors } = await ask(several, {}, more);
      expect(status).toBe(400);
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: ['operationName'] });
      expect(errors[0]?.extensions['suggestion']).toMatch(/operationName/);
    }
    expect((await ask(several, {}, { operationName: 'B' })).data).toEqual({ t: [] });
  });

  it('in a hundred places ends in one error that says so', async () => {
    const query = `{ ${Array.from({ length: 150 }, (_, i) => `x${i}`).join(' ')} }`;
    const { errors } = await testServer().ask(query);
    expect(errors.length).toBeGreaterThan(1);
    expect(errors.at(-1)?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', path: ['query'] });
  });
});

describe('the status', () => {
  const server = testServer({ root: { towns: [] } });
  const [plain, graphql] = ['application/json', 'application/graphql-response+json'];
  it.each([
    ['an answer', '{ towns { name } }', {}, 200, 200],
    ['a mistake of syntax', '{', {}, 200, 400],
    ['a mistake in the document', '{ nope }', {}, 200, 400],
    ['a value that does not fit', 'query($n: Int) { towns(first: $n) { name } }', { n: 'x' }, 200, 400],
    ['a field that failed', '{ town(name: "a") { name } }', {}, 200, 200],
    ['an operation that is not served', 'subscription { towns }', {}, 200, 400],
  ])('of %s is what GraphQL over HTTP says', async (_, query, variables, whenPlain, whenGraphql) => {
    const answers = await Promise.all(
      [plain, graphql].map((accept) => server.ask(query, variables, { accept: accept ?? '' })),
    );
    expect(answers.map(({ status }) => status)).toEqual([whenPlain, whenGraphql]);
    expect(answers.map(({ headers }) => headers.get('content-type'))).toEqual([
      `${plain}; charset=utf-8`,
      `${graphql}; charset=utf-8`,
    ]);
  });
});
