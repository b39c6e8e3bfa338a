import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/server/log.ts';
import { type Served, type ServeOptions, serve } from '../../src/server/serve.ts';
import { testServer } from '../support/server.ts';

/** Answers that are on their way while the port closes, and clients that stall. */

const silent = createLog({ LOG_LEVEL: 'silent' });
/** Far longer than any test may take, so that one that waits for it fails. */
const NEVER_OVER = 300_000;
const opened: Served[] = [];
const agent = new Agent({ keepAlive: true });

afterEach(async () => {
  agent.destroy();
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function open(fetch: ServeOptions['fetch'], graceMs = NEVER_OVER): Promise<Served> {
  const server = await serve({ fetch, host: '127.0.0.1', port: 0, graceMs, log: silent });
  opened.push(server);
  return server;
}

/** The answer's head, over a connection that the client would like to keep. */
async function send(url: string, options: RequestOptions = {}): Promise<IncomingMessage> {
  const request = httpRequest(url, { agent, ...options });
  request.end();
  const [response] = await once(request, 'response');
  return response;
}

async function read(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
  return Buffer.concat(parts).toString();
}

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe('closing', () => {
  it('answers what is in flight, then ends without waiting for the connection to be let go', async () => {
    const arrived = gate();
    const held = gate();
    const server = await open(async () => {
      arrived.open();
      await held.opened;
      return new Response('answered');
    });
    const answer = send(server.url).then(async (response) => ({ response, body: await read(response) }));
    await arrived.opened;
    const closed = server.close();
    held.open();
    const { response, body } = await answer;
    expect(body).toBe('answered');
    expect(response.headers.connection).toBe('close');
    await closed;
  });

  it('lets go of a connection whose answer had begun, once it is whole', async () => {
    const held = gate();
    const server = await open(async () => {
      const begun = new ReadableStream({
        async start(controller) {
          controller.enqueue(new TextEncoder().encode('begun, '));
          await held.opened;
          controller.enqueue(new TextEncoder().encode('ended'));
          controller.close();
        },
      });
      return new Response(begun);
    });
    const response = await send(server.url);
    const closed = server.close();
    held.open();
    expect(await read(response)).toBe('begun, ended');
    await closed;
  });

  it('cuts nothing off for a client that reads slowly, though others have been answered', async () => {
    const size = 20_000_000;
    const arrived = gate();
    const held = gate();
    const server = await open(async (request) => {
      if (request.url.endsWith('/large')) return new Response('x'.repeat(size));
      arrived.open();
      await held.opened;
      return new Response('small');
    });
    const large = await send(`${server.url}/large`);
    const small = send(`${server.url}/small`);
    await arrived.opened;
    const closed = server.close();
    held.open();
    expect(await read(await small)).toBe('small');
    expect((await read(large)).length).toBe(size);
    await closed;
  });

  it('ends a client that never finishes its headers', async () => {
    const { app } = testServer();
    const server = await open(app.fetch, 20);
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET /live HTTP/1.1\r\nHost: half');
    const ended = once(socket, 'close');
    socket.resume().on('error', () => {});
    await server.close();
    await ended;
  });
});

describe('a client that goes away', () => {
  it('leaves no failure in the log, though what it had asked for ends in an error', async () => {
    const arrived = gate();
    const { app, logged } = testServer({
      context: ({ signal }) => ({ signal }),
      root: {
        towns: (_: unknown, { signal }: { signal: AbortSignal }) => {
          arrived.open();
          return new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('the statement was interrupted')));
          });
        },
      },
    });
    const { url } = await open(app.fetch);
    const headers = { 'content-type': 'application/json' };
    const request = httpRequest(`${url}/graphql`, { method: 'POST', headers }).on('error', () => {});
    request.end('{"query":"{ towns { name } }"}');
    await arrived.opened;
    request.destroy();
    await expect.poll(() => logged.map(({ msg }) => msg)).toContain('an unexpected error was masked');
    expect(logged.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('a request whose head is too large', () => {
  it('is refused before it is looked at', async () => {
    let asked = 0;
    const server = await open(async () => new Response(String(++asked)));
    const response = await send(server.url, { headers: { 'x-large': 'x'.repeat(17_000) } });
    expect(response.statusCode).toBe(431);
    expect(asked).toBe(0);
  });
});
