import { describe, expect, it } from 'vitest';
import { testServer } from '../support/server.ts';

/** What Yoga would let in, and we do not, unless somebody says so. */

const query = JSON.stringify({ query: '{ towns { name } }' });
const json = { 'content-type': 'application/json' };
const towns = { root: { towns: [{ name: 'Aldea' }] } };
const get = (document: string) => `/graphql?query=${encodeURIComponent(document)}`;
const cors = (headers: Headers) => [...headers.keys()].filter((name) => name.startsWith('access-control-'));

describe('pages of other origins', () => {
  const from = (origin: string) => ({ method: 'POST', headers: { ...json, origin }, body: query });
  const preflight = (origin: string) => ({
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
  });

  it('may read nothing by default', async () => {
    const { send } = testServer(towns);
    expect(cors((await send('/graphql', from('https://other.test'))).headers)).toEqual([]);
    expect(cors((await send('/graphql', preflight('https://other.test'))).headers)).toEqual([]);
    expect(cors((await send('/live', { headers: { origin: 'https://other.test' } })).headers)).toEqual([]);
  });

  it.each([[['https://map.test']], [['https://map.test', 'https://atlas.test']]])(
    'may read answers when they are among %j, without cookies',
    async (origins) => {
      const { send } = testServer({ ...towns, config: { CONCORDAT_CORS_ORIGINS: origins } });
      for (const origin of origins)
        for (const request of [from(origin), preflight(origin)]) {
          const { headers } = await send('/graphql', request);
          expect(headers.get('access-control-allow-origin')).toBe(origin);
          expect(headers.get('access-control-allow-credentials')).toBeNull();
          expect(headers.get('vary')).toMatch(/origin/i);
        }
    },
  );

  it.each([[['https://map.test']], [['https://map.test', 'https://atlas.test']]])(
    'get no header when they are not among %j, nor when they have no origin of their own',
    async (origins) => {
      const { send } = testServer({ ...towns, config: { CONCORDAT_CORS_ORIGINS: origins } });
      for (const origin of ['https://other.test', 'null', 'https://map.test.other.test', 'http://map.test'])
        for (const request of [from(origin), preflight(origin)])
          expect({ origin, headers: cors((await send('/graphql', request)).headers) }).toEqual({ origin, headers: [] });
    },
  );
});

describe('a request that any page could make a browser send', () => {
  it('is refused as a link, and told the way out', async () => {
    const { status, errors, data } = await testServer(towns).send(get('{ towns { name } }'));
    expect({ status, data }).toEqual({ status: 403, data: undefined });
    expect(errors[0]?.message).toMatch(/any page/);
    expect(errors[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      path: ['headers'],
      suggestion: 'Send the header content-type: application/json, or x-graphql-yoga-csrf with any value.',
    });
  });

  it.each(['x-graphql-yoga-csrf', 'graphql-require-preflight', 'apollo-require-preflight', 'x-requested-with'])(
    'is answered with the header %s, which no link can have',
    async (name) => {
      const { data } = await testServer(towns).send(get('{ towns { name } }'), { headers: { [name]: '1' } });
      expect(data).toEqual({ towns: [{ name: 'Aldea' }] });
    },
  );

  it.each([
    'text/plain',
    'text/plain; application/json',
    'TEXT/PLAIN',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/xml',
    'application/jsonp',
    'application',
  ])('or whose body is %s is refused, with or without such a header', async (contentType) => {
    let asked = 0;
    const { send } = testServer({ root: { towns: () => [++asked] } });
    for (const extra of [{}, { 'x-graphql-yoga-csrf': '1' }]) {
      const headers = { 'content-type': contentType, ...extra };
      const { status, errors } = await send('/graphql', { method: 'POST', headers, body: query });
      expect(status).toBe(415);
      expect(errors[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        suggestion: 'Set content-type: application/json.',
      });
    }
    expect(asked).toBe(0);
  });

  it('is refused without a content type', async () => {
    const body = new Blob([query]);
    expect(await testServer(towns).send('/graphql', { method: 'POST', body })).toMatchObject({ status: 415 });
  });
});

describe('a mutation', () => {
  it('is never sent by GET', async () => {
    let renamed = 0;
    const { send } = testServer({ root: { rename: () => ({ name: String(++renamed) }) } });
    const headers = { 'x-graphql-yoga-csrf': '1' };
    for (const document of [
      'mutation { rename(name: "a") { name } }',
      'query A { towns { name } } mutation B { rename(name: "a") { name } }',
    ]) {
      const { status, errors } = await send(`${get(document)}&operationName=B`, { headers });
      expect([400, 405]).toContain(status);
      expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    }
    expect((await send(get('mutation { rename(name: "a") { name } }'), { headers })).headers.get('allow')).toBe('POST');
    expect(renamed).toBe(0);
  });
});

describe('the body of a request', () => {
  const post = (body: string, accept = 'application/json') => ({ method: 'POST', headers: { ...json, accept }, body });

  it('holds one operation, not several', async () => {
    const { status, errors } = await testServer(towns).send('/graphql', post(`[${query},${query}]`));
    expect(status).toBe(400);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: ['body'] });
    expect(errors[0]?.extensions['suggestion']).toMatch(/one operation/);
  });

  it.each([
    ['{', 'body'],
    ['', 'body'],
    ['null', 'body'],
    ['"text"', 'body'],
    ['{}', 'query'],
    ['{"query": 3}', 'query'],
    ['{"query": "{ towns { name } }", "variables": [1]}', 'variables'],
    ['{"query": "{ towns { name } }", "variables": "a"}', 'variables'],
    ['{"query": "{ towns { name } }", "extensions": 1}', 'extensions'],
    ['{"query": "{ towns { name } }", "id": 1}', 'id'],
  ])('that is %s is refused at %s', async (body, place) => {
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const { status, errors, text } = await testServer(towns).send('/graphql', post(body, accept));
      expect(status).toBe(400);
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: [place] });
      expect(errors[0]?.extensions['suggestion']).toMatch(/\S/);
      expect(text).not.toContain('SyntaxError');
    }
  });

  it('has a limit', async () => {
    const { send } = testServer({ ...towns, config: { CONCORDAT_BODY_LIMIT: 2_000 } });
    const sized = (size: number) => post(JSON.stringify({ query: '{ towns { name } }' }).padEnd(size, ' '));
    expect(await send('/graphql', sized(2_000))).toMatchObject({ status: 200 });
    const { status, errors } = await send('/graphql', sized(2_001));
    expect(status).toBe(413);
    expect(errors[0]?.message).toContain('2000');
    expect(errors[0]?.extensions).toEqual({
      code: 'LIMIT_EXCEEDED',
      path: ['body'],
      suggestion: 'Send less in one request.',
    });
  });
});

describe('variables of a GET', () => {
  it('that are no JSON are refused', async () => {
    const headers = { 'x-graphql-yoga-csrf': '1' };
    const { status, errors } = await testServer(towns).send(`${get('{ towns { name } }')}&variables={`, { headers });
    expect(status).toBe(400);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: ['variables'] });
  });
});

describe('an accept header', () => {
  it('that leaves JSON out is refused, and told so', async () => {
    const headers = { ...json, accept: 'image/png' };
    const { status, errors } = await testServer(towns).send('/graphql', { method: 'POST', headers, body: query });
    expect(status).toBe(406);
    expect(errors[0]?.extensions['suggestion']).toMatch(/application\/json/);
  });
});
