import { describe, expect, it } from 'vitest';
import { testServer } from '../support/server.ts';

/** What stands where beside GraphQL, and how those who have it already are spared it. */

const forAll = { contentType: 'text/plain; charset=utf-8', access: 'anybody' } as const;
const text = (body: string) => ({ ...forAll, body: () => body });

describe('a probe', () => {
  it('finds the process alive', async () => {
    const { status, text, headers } = await testServer().send('/live');
    expect({ status, text, caching: headers.get('cache-control') }).toEqual({
      status: 200,
      text: '{"live":true}',
      caching: 'no-store',
    });
  });

  it('finds a store that serves ready, with its checks', async () => {
    const state = { ready: true, checks: { database: { ok: true } } };
    const { status, text } = await testServer({ ready: async () => state }).send('/ready');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual(state);
  });

  it('finds a store that does not serve unready, with what is amiss', async () => {
    const state = { ready: false, checks: { indexes: { ok: false, detail: 'entity_name is missing' } } };
    const { status, text } = await testServer({ ready: async () => state }).send('/ready');
    expect(status).toBe(503);
    expect(JSON.parse(text)).toEqual(state);
  });

  it('that fails is masked and logged', async () => {
    const server = testServer({
      ready: async () => {
        throw new Error('bolt://10.0.0.7 refused hunter2');
      },
    });
    const { status, text, errors, headers } = await server.send('/ready');
    expect(status).toBe(500);
    expect(text).not.toMatch(/bolt|hunter2/);
    expect(errors[0]?.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
    expect(server.logged).toContainEqual(
      expect.objectContaining({ level: 'error', requestId: headers.get('x-request-id') }),
    );
  });
});

describe('a document', () => {
  it('is served with its type and an ETag', async () => {
    const { status, text: body, headers } = await testServer({ documents: { '/a.txt': text('Ünï') } }).send('/a.txt');
    expect(status).toBe(200);
    expect(body).toBe('Ünï');
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
  });

  it('is not sent again to those who have it', async () => {
    const { send } = testServer({ documents: { '/a.txt': text('a') } });
    const etag = (await send('/a.txt')).headers.get('etag') ?? '';
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await send('/a.txt', { headers: { 'if-none-match': known } });
      expect({ known, status: again.status, text: again.text, etag: again.headers.get('etag') }).toEqual({
        known,
        status: 304,
        text: '',
        etag,
      });
    }
    expect((await send('/a.txt', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  it('has another ETag when it is another', async () => {
    const { send } = testServer({ documents: { '/a.txt': text('a'), '/b.txt': text('b') } });
    expect((await send('/a.txt')).headers.get('etag')).not.toBe((await send('/b.txt')).headers.get('etag'));
  });

  it('answers HEAD like GET, without a body', async () => {
    const { send } = testServer({ documents: { '/a.txt': text('a') } });
    const head = await send('/a.txt', { method: 'HEAD' });
    expect({ status: head.status, text: head.text }).toEqual({ status: 200, text: '' });
    expect(head.headers.get('etag')).toBe((await send('/a.txt')).headers.get('etag'));
  });

  it('is made when it is first asked for, and once', async () => {
    let made = 0;
    const body = () => `made ${++made}`;
    const { send } = testServer({ documents: { '/a.txt': { ...forAll, body } } });
    expect(made).toBe(0);
    expect(await Promise.all([send('/a.txt'), send('/a.txt')])).toMatchObject([{ text: 'made 1' }, { text: 'made 1' }]);
    expect((await send('/a.txt')).text).toBe('made 1');
  });

  it('that could not be made is tried again', async () => {
    let tries = 0;
    const body = () => {
      if (++tries === 1) throw new Error('not yet');
      return 'made';
    };
    const { send } = testServer({ documents: { '/a.txt': { ...forAll, body } } });
    expect((await send('/a.txt')).status).toBe(500);
    expect((await send('/a.txt')).text).toBe('made');
  });
});

describe('an address', () => {
  it('at the root leads to GraphQL', async () => {
    const { status, headers } = await testServer().send('/');
    expect({ status, to: headers.get('location') }).toEqual({ status: 302, to: '/graphql' });
  });

  it('where nothing is says what there is', async () => {
    const { send } = testServer({ documents: { '/schema.graphql': text('') } });
    for (const path of ['/nothing', '/graphql/', '/Live', '//live', '/.env', '/schema.graphql/..%2f']) {
      const { status, errors } = await send(path);
      expect({ path, status, code: errors[0]?.extensions['code'] }).toEqual({
        path,
        status: 404,
        code: 'BAD_USER_INPUT',
      });
      expect(errors[0]?.extensions['suggestion']).toContain('/graphql, /live, /ready, /schema.graphql');
    }
  });

  it('refuses methods that it does not know, and names those it does', async () => {
    const { send } = testServer({ documents: { '/schema.graphql': text('') } });
    for (const path of ['/', '/live', '/ready', '/schema.graphql'])
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
        const { status, headers, errors } = await send(path, { method });
        expect({ path, method, status, allow: headers.get('allow') }).toEqual({
          path,
          method,
          status: 405,
          allow: 'GET, HEAD',
        });
        expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', suggestion: 'Use GET.' });
      }
    for (const method of ['PUT', 'PATCH', 'DELETE'])
      expect(await send('/graphql', { method })).toMatchObject({ status: 405 });
  });

  it('ending in /health is nothing special', async () => {
    const headers = { 'x-graphql-yoga-csrf': '1' };
    expect(await testServer().send('/graphql?x=/health', { headers })).toMatchObject({ status: 400 });
  });
});

describe('every answer', () => {
  it('tells browsers to guess nothing, frame nothing and hand nothing on, and names its request', async () => {
    const { send } = testServer();
    const ids = new Set<string | null>();
    for (const path of ['/', '/live', '/ready', '/nothing', '/graphql', '/graphql?query=%7B__typename%7D']) {
      const { headers } = await send(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      ids.add(headers.get('x-request-id'));
    }
    expect(ids.size).toBe(6);
  });
});

describe('the GraphiQL page', () => {
  const html = { headers: { accept: 'text/html,application/xhtml+xml' } };

  it('is shown to browsers only', async () => {
    const { send } = testServer();
    const page = await send('/graphql', html);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('vary')).toBe('accept');
    const again = { headers: { ...html.headers, 'if-none-match': page.headers.get('etag') ?? '' } };
    expect(await send('/graphql', again)).toMatchObject({ status: 304, text: '' });
    expect((await send('/graphql')).headers.get('content-type')).toMatch(/json/);
  });

  it('can be left out', async () => {
    const { send } = testServer({ config: { CONCORDAT_GRAPHIQL: false } });
    expect((await send('/graphql', html)).text).not.toContain('<html');
  });
});
