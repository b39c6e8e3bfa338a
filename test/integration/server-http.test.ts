import { once } from 'node:events';
import { Agent, get, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { auditServer } from 'graphql-http';
import { afterEach, describe, expect, it } from 'vitest';
import { StartError } from '../../src/errors.ts';
import { type Served, serve } from '../../src/server/serve.ts';
import { type TestServerOptions, testServer } from '../support/server.ts';

/** What only a real port shows. */

const opened: Served[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((served) => served.close()));
});

async function served(options: TestServerOptions = {}, graceMs = 5_000) {
  const { app, logged } = testServer(options);
  const server = await serve({ fetch: app.fetch, host: '127.0.0.1', port: 0, graceMs, log: silent });
  opened.push(server);
  return { ...server, logged };
}

const { app: idle } = testServer();
const silent = { error() {} } as never;

/** A promise that is kept from outside. */
function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}

/** A resolver that says when it began, and answers when it is told to. */
function held<T>(value: T) {
  const [begun, told] = [signal(), signal()];
  const resolver = async () => {
    begun.give();
    await told.given;
    return value;
  };
  return { began: begun.given, open: told.give, resolver };
}

/** A query sent by a client that keeps its connection. */
function send(url: string, agent: Agent, body = '{"query":"{ town(name: \\"a\\") { name } }"}') {
  const headers = { 'content-type': 'application/json' };
  const sent = request(`${url}/graphql`, { method: 'POST', agent, headers }).end(body);
  return {
    sent,
    answer: once(sent, 'response').then(async ([response]) => ({
      response: response as IncomingMessage,
      body: await text(response),
    })),
  };
}

const connects = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/** Writes bytes and reads until the other side ends. */
async function raw(port: number, ...chunks: readonly string[]) {
  const socket = connect(port, '127.0.0.1');
  for (const chunk of chunks) socket.write(chunk);
  return text(socket);
}

describe('GraphQL over HTTP', () => {
  it('is spoken as the specification wants, down to what it only advises', async () => {
    const { url } = await served();
    // The audit's GET requests have no header that a link could not have, which we refuse.
    const fetchFn = (address: string, init: RequestInit = {}) =>
      fetch(address, { ...init, headers: { 'x-graphql-yoga-csrf': '1', ...init.headers } });
    const results = await auditServer({ url: `${url}/graphql`, fetchFn });
    expect(results.length).toBeGreaterThan(50);
    expect(results.filter(({ status }) => status !== 'ok').map(({ name, status }) => ({ name, status }))).toEqual([]);
  });

  it('is spoken as far as it must be to those who send no such header, too', async () => {
    const { url } = await served();
    const results = await auditServer({ url: `${url}/graphql` });
    const failed = results.filter(({ status }) => status !== 'ok').map(({ name }) => name);
    expect(failed.filter((name) => !name.startsWith('MAY'))).toEqual([]);
  });
});

describe('a body', () => {
  const head = 'POST /graphql HTTP/1.1\r\nhost: server.test\r\nconnection: close\r\ncontent-type: application/json\r\n';
  const config = { CONCORDAT_BODY_LIMIT: 2_000 };

  it('in chunks that together are beyond the limit is refused', async () => {
    const { port } = await served({ config });
    const chunk = `400\r\n${' '.repeat(1_024)}\r\n`;
    const answer = await raw(port, `${head}transfer-encoding: chunked\r\n\r\n`, chunk, chunk, chunk, '0\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer).toContain('LIMIT_EXCEEDED');
  });

  it('in chunks within the limit is read', async () => {
    const { port } = await served({ config });
    const chunks = '{"query":"{ __typename }"}'.split('').map((letter) => `1\r\n${letter}\r\n`);
    const answer = await raw(port, `${head}transfer-encoding: chunked\r\n\r\n`, ...chunks, '0\r\n\r\n');
    expect(answer).toContain('{"data":{"__typename":"Query"}}');
  });

  it('that says to be beyond the limit is refused before it is sent', async () => {
    const { port } = await served({ config });
    const answer = await raw(port, `${head}content-length: 2001\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  it('with two lengths is refused', async () => {
    const { port } = await served({ config });
    for (const lengths of ['content-length: 2\r\ncontent-length: 3', 'content-length: 2\r\ntransfer-encoding: chunked'])
      expect(await raw(port, `${head}${lengths}\r\n\r\n{}`)).toMatch(/^HTTP\/1.1 400 /);
  });
});

describe('an address', () => {
  it.each(['a b', '[::', 'x:99999999', '%zz'])('whose host is %j is refused, without a word of ours', async (host) => {
    const { port } = await served();
    const answer = await raw(port, `GET /live HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('BAD_USER_INPUT');
    expect(answer).not.toMatch(/TypeError|node:|at /);
  });

  it('of another machine is not fetched', async () => {
    const { port } = await served();
    const answer = await raw(port, 'GET http://other.test/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
  });

  it('that is taken is refused with the port and the way out', async () => {
    const { port } = await served();
    const again = serve({ fetch: idle.fetch, host: '127.0.0.1', port, graceMs: 0, log: silent });
    await expect(again).rejects.toThrow(StartError);
    await expect(again).rejects.toThrow(
      new RegExp(`127\\.0\\.0\\.1:${port}: something else listens there already\\. Set PORT`),
    );
  });

  it('that this machine does not have is refused', async () => {
    const elsewhere = serve({ fetch: idle.fetch, host: '192.0.2.1', port: 0, graceMs: 0, log: silent });
    await expect(elsewhere).rejects.toThrow(/no such address.*HOST/);
  });
});

describe('closing', () => {
  it('answers what is in flight, and takes nothing new', async () => {
    const { began, open, resolver } = held({ name: 'Aldea' });
    const server = await served({ root: { town: resolver } });
    const agent = new Agent({ keepAlive: true });
    const { answer } = send(server.url, agent);
    await began;
    const closed = server.close();
    expect(await connects(server.port)).toBe(false);
    const start = performance.now();
    open();
    expect((await answer).body).toBe('{"data":{"town":{"name":"Aldea"}}}');
    await closed;
    // The connection was to be kept; closing does not wait for that.
    expect(performance.now() - start).toBeLessThan(2_000);
    agent.destroy();
  });

  it('ends connections that are kept and idle', async () => {
    const server = await served({ root: { town: { name: 'Aldea' } } });
    const agent = new Agent({ keepAlive: true });
    const { sent, answer } = send(server.url, agent);
    await answer;
    const ended = once(sent.socket as NonNullable<typeof sent.socket>, 'close');
    await server.close();
    await ended;
    agent.destroy();
  });

  it('waits no longer than its grace', async () => {
    const { began, resolver } = held(null);
    const server = await served({ root: { town: resolver } }, 50);
    const agent = new Agent();
    const { answer } = send(server.url, agent);
    const refused = expect(answer).rejects.toThrow(/socket hang up|ECONNRESET/);
    await began;
    const start = performance.now();
    await server.close();
    await refused;
    expect(performance.now() - start).toBeGreaterThanOrEqual(45);
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it('twice is closing once', async () => {
    const server = await served();
    await Promise.all([server.close(), server.close()]);
  });
});

describe('a client that goes away', () => {
  it('aborts its request, and is logged as gone and not as a failure', async () => {
    const { began, open, resolver } = held(null);
    const aborted = signal();
    const server = await served({
      context: (request) => {
        request.signal.addEventListener('abort', () => aborted.give());
        return {};
      },
      root: { town: resolver },
    });
    const { sent, answer } = send(server.url, new Agent());
    const hungUp = expect(answer).rejects.toThrow();
    await began;
    sent.destroy();
    await Promise.all([aborted.given, hungUp]);
    open();
    await expect.poll(() => server.logged).toEqual([expect.objectContaining({ msg: 'request', clientGone: true })]);
    expect(server.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('does not take others with it', async () => {
    const server = await served();
    for (let time = 0; time < 20; time++)
      get(`${server.url}/live`)
        .on('error', () => {})
        .destroy();
    expect((await fetch(`${server.url}/live`)).status).toBe(200);
  });
});
