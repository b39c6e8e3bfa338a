import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/server/log.ts';
import { testServer } from '../support/server.ts';

/** What is written down of requests and of failures, and what never is. */

function lines(write: (log: ReturnType<typeof createLog>) => void, level: 'info' | 'debug' = 'info') {
  const written: string[] = [];
  write(createLog({ LOG_LEVEL: level }, { write: (line) => written.push(line) }));
  return written;
}

describe('a secret', () => {
  const names = [
    'password',
    'PASSWORD',
    'NEO4J_PASSWORD',
    'dbPassword',
    'passwd',
    'authorization',
    'Authorization',
    'cookie',
    'Set-Cookie',
    'token',
    'access_token',
    'secret',
    'clientSecret',
    'apiKey',
    'api_key',
    'X-API-Key',
    'credentials',
    'privateKey',
  ];

  it.each(names)('named %s is hidden at every depth', (name) => {
    for (const depth of [0, 1, 2, 3, 6]) {
      let line: Record<string, unknown> = { [name]: 'hunter2' };
      for (let level = 0; level < depth; level++) line = { inside: level % 2 ? [line] : line };
      const [text] = lines((log) => log.info(line, 'said'));
      expect(text).not.toContain('hunter2');
      expect(text).toContain('(hidden)');
    }
  });

  it('is hidden in errors, in their causes and in what they gather', () => {
    const error = Object.assign(new AggregateError([Object.assign(new Error('b'), { token: 'hunter2' })], 'a'), {
      config: { headers: [{ authorization: 'hunter2' }] },
      inner: Object.assign(new Error('c'), { password: 'hunter2' }),
    });
    for (const text of [
      lines((log) => log.error(error)),
      lines((log) => log.error({ err: error, deep: { error } }, 'x')),
    ])
      expect(text.join()).not.toContain('hunter2');
    const [line = ''] = lines((log) => log.error(error));
    expect(JSON.parse(line)).toMatchObject({ err: { type: 'AggregateError', message: 'a' } });
    expect(JSON.parse(line).err.stack).toContain('server-log.test.ts');
  });

  it('does not take what is no secret with it', () => {
    const [line = ''] = lines((log) =>
      log.info({ operation: 'tokens', path: '/token', keys: 3, at: new Date(0) }, 'said'),
    );
    expect(JSON.parse(line)).toMatchObject({
      operation: 'tokens',
      path: '/token',
      keys: 3,
      at: '1970-01-01T00:00:00.000Z',
    });
  });

  it('in a circle ends', () => {
    const circle: Record<string, unknown> = { password: 'hunter2' };
    circle['self'] = circle;
    const [text] = lines((log) => log.info(circle));
    expect(text).toContain('(cut off)');
    expect(text).not.toContain('hunter2');
  });
});

describe('a line', () => {
  it('is an object with level, time and program', () => {
    const [line = ''] = lines((log) => log.warn('careful'));
    expect(JSON.parse(line)).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      app: 'concordat',
      msg: 'careful',
    });
  });

  it('below the level is not written', () => {
    expect(lines((log) => log.debug('detail'))).toEqual([]);
    expect(lines((log) => log.debug('detail'), 'debug')).toHaveLength(1);
  });

  it('of a request has what it was and how it ended, and never its variables', async () => {
    const server = testServer({ root: { town: null } });
    const query = 'query Look($name: String!) { town(name: $name) { name } }';
    const { headers } = await server.ask(query, { name: 'hunter2' });
    expect(server.logged).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        app: 'concordat',
        requestId: headers.get('x-request-id'),
        method: 'POST',
        path: '/graphql',
        status: 200,
        ms: expect.any(Number),
        operation: 'Look',
        cost: 0,
        by: 'anonymous',
        msg: 'request',
      },
    ]);
  });

  it('never has variables, whatever is wrong with them, nor the query of a GET', async () => {
    const server = testServer({ root: { town: null } });
    const query = 'query Look($size: Int, $name: String!) { town(name: $name, size: $size) { name } }';
    await server.ask(query, { size: 'hunter2', name: 'a' });
    await server.ask(query, { size: 'hunter2' });
    await server.ask('{ town(name: hunter2) { hunter2 } }');
    const address = `/graphql?query=${encodeURIComponent(query)}&variables=${encodeURIComponent('{"name":"hunter2"}')}`;
    await server.send(address, { headers: { 'x-graphql-yoga-csrf': '1' } });
    await server.send(address);
    expect(server.logged).toHaveLength(5);
    expect(JSON.stringify(server.logged)).not.toContain('hunter2');
  });

  it.each([
    ['named in the document only', 'query Look { town(name: "a") { name } }', undefined, 'Look'],
    ['asked for by name', 'query A { towns { name } } query B { town(name: "a") { name } }', 'B', 'B'],
    ['asked for by a name that is not there', 'query A { towns { name } }', 'hunter2', undefined],
    ['without a name', '{ town(name: "a") { name } }', undefined, undefined],
    ['refused by a rule', 'query Look { nope }', undefined, 'Look'],
    ['seen before', 'query Look { town(name: "a") { name } }', undefined, 'Look'],
  ])('of an operation %s names it as the document does', async (_, query, operationName, named) => {
    const server = testServer({ root: { town: null, towns: [] } });
    for (let time = 0; time < 2; time++) {
      await server.ask(query, {}, operationName ? { operationName } : {});
      expect(server.logged.at(-1)).toMatchObject({ msg: 'request', method: 'POST' });
      expect(server.logged.at(-1)?.['operation']).toBe(named);
    }
  });

  it('is written of every path', async () => {
    const server = testServer();
    for (const path of ['/', '/live', '/ready', '/nothing']) await server.send(path);
    expect(server.logged.map(({ path, status }) => [path, status])).toEqual([
      ['/', 302],
      ['/live', 200],
      ['/ready', 200],
      ['/nothing', 404],
    ]);
  });
});
