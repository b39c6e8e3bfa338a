import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { StartError } from '../../src/errors.ts';
import { createLog } from '../../src/server/log.ts';
import { type Served, type ServeOptions, serve } from '../../src/server/serve.ts';
import { testServer } from '../support/server.ts';

/** The port: who can have it, what is answered while it closes, what becomes of clients that stall or go away. */

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
async function send(url: string, options: RequestOptions = {}, body: readonly string[] = []): Promise<IncomingMessage> {
  const request = httpRequest(url, { agent, ...options });
  for (const part of body) request.write(part);
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

describe('a port', () => {
  it('answers, at the address that it says', async () => {
    const { app } = testServer();
    const server = await open(app.fetch);
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect(await read(await send(`${server.url}/live`))).toBe('{"live":true}');
  });

  it('that is taken is refused by name, with the way out', async () => {
    const { app } = testServer();
    const { port } = await open(app.fetch);
    const second = serve({ fetch: app.fetch, host: '127.0.0.1', port, graceMs: 0, log: silent });
    await expect(second).rejects.toThrow(StartError);
    await expect(second).rejects.toThrow(new RegExp(`127\\.0\\.0\\.1:${port}: something else listens .*Set PORT`));
  });

  it('on an address of another machine is refused by name, with the way out', async () => {
    const { app } = testServer();
    const elsewhere = serve({ fetch: app.fetch, host: '203.0.113.9', port: 0, graceMs: 0, log: silent });
    await expect(elsewhere).rejects.toThrow(/203\.0\.113\.9:0: this machine has no such address.*HOST/);
  });
});

describe('a body that comes in pieces, without its length', () => {
  const post = { method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json' } };

  it('is read', async () => {
    const { app } = testServer({ root: { towns: [{ name: 'Aldea' }] } });
    const { url } = await open(app.fetch);
    const response = await send(url, post, ['{"query":', '"{ towns { name } }"}']);
    expect(JSON.parse(await read(response))).toEqual({ data: { towns: [{ name: 'Aldea' }] } });
  });

  it('is held to the same limit', async () => {
    let asked = 0;
    const { app } = testServer({ root: { towns: () => [++asked] }, config: { CONCORDAT_BODY_LIMIT: 2_000 } });
    const { url } = await open(app.fetch);
    const response = await send(url, post, ['{"query":"{ towns { name } }"', ...Array(30).fill(' '.repeat(100)), '}']);
    expect(response.statusCode).toBe(413);
    expect(JSON.parse(await read(response)).errors[0].extensions.code).toBe('LIMIT_EXCEEDED');
    expect(asked).toBe(0);
  });
});

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

  it('refuses new connections meanwhile', async () => {
    const arrived = gate();
    const held = gate();
    const server = await open(async () => {
      arrived.open();
      await held.opened;
      return new Response('answered');
    });
    const answer = send(server.url);
    await arrived.opened;
    const closed = server.close();
    await expect(send(server.url, { agent: new Agent() })).rejects.toThrow(/ECONNREFUSED/);
    held.open();
    expect(await read(await answer)).toBe('answered');
    await closed;
  });

  it('lets go of idle connections at once', async () => {
    const server = await open(async () => new Response('answered'));
    await read(await send(server.url));
    await server.close();
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

  it('ends what is not answered within the grace', async () => {
    const arrived = gate();
    const server = await open(() => {
      arrived.open();
      return new Promise<Response>(() => {});
    }, 20);
    const answer = send(server.url);
    const refused = expect(answer).rejects.toThrow(/socket hang up|ECONNRESET/);
    await arrived.opened;
    await server.close();
    await refused;
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

  it('may be asked for twice', async () => {
    const server = await open(async () => new Response('answered'));
    await Promise.all([server.close(), server.close()]);
    await server.close();
  });
});

describe('a client that goes away', () => {
  it('aborts its request', async () => {
    const arrived = gate();
    const aborted = gate();
    const server = await open((request) => {
      request.signal.addEventListener('abort', aborted.open);
      arrived.open();
      return aborted.opened.then(() => new Response('nobody reads this'));
    });
    const request = httpRequest(server.url).on('error', () => {});
    request.end();
    await arrived.opened;
    request.destroy();
    await aborted.opened;
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
