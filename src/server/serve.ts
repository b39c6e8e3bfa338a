import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServerAdapter } from '@whatwg-node/server';
import { StartError } from '../errors.ts';
import type { Logger } from './log.ts';

/** The port, and its orderly end. Only here is one opened. */

export interface ServeOptions {
  readonly fetch: (request: Request, from: { readonly address: string | undefined }) => Promise<Response>;
  readonly host: string;
  readonly port: number;
  /** Milliseconds that requests in flight have once `close` is called. */
  readonly graceMs: number;
  readonly log: Logger;
}

export interface Served {
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, answers those in flight, and then closes what is left. */
  close(): Promise<void>;
}

/** @throws StartError when the port cannot be had */
export async function serve(options: ServeOptions): Promise<Served> {
  const adapter = createServerAdapter<{ readonly req: IncomingMessage; readonly res: ServerResponse }>(
    async (request, { req, res }) => {
      const answer = await options.fetch(request, { address: req.socket.remoteAddress });
      return answer.body instanceof ReadableStream ? breakingOff(answer, answer.body, res, options.log) : answer;
    },
  );
  const server = createServer(
    {
      requestTimeout: 60_000,
      headersTimeout: 15_000,
      // How often Node looks for connections beyond these; by its default they would stay half a minute longer.
      connectionsCheckingInterval: 5_000,
      keepAliveTimeout: 10_000,
      maxHeaderSize: 16_384,
    },
    (request, response) => {
      if (closing) response.setHeader('connection', 'close');
      answering.add(response);
      response.once('close', () => {
        answering.delete(response);
        // An answer that had begun before we closed has left its connection to be kept alive.
        if (closing) server.closeIdleConnections();
      });
      void Promise.resolve(adapter(request, response)).catch((error: unknown) => fail(error, request, response));
    },
  );
  let closing = false;
  const answering = new Set<ServerResponse>();
  const fail = (error: unknown, request: IncomingMessage, response: ServerResponse) => {
    options.log.error({ err: error, path: request.url }, 'a request failed before it was answered');
    if (!response.headersSent) response.writeHead(500).end();
    else response.destroy();
  };
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    port,
    async close() {
      closing = true;
      // A connection that is kept alive would otherwise outlive its answer, and hold us up for the whole grace.
      for (const response of answering) if (!response.headersSent) response.setHeader('connection', 'close');
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), options.graceMs);
      await closed;
      clearTimeout(late);
    },
  };
}

/**
 * An answer whose body, when its making fails, breaks the connection off, so that nobody takes it for the whole. The
 * adapter would leave the connection open, and the error to nobody.
 */
function breakingOff(
  answer: Response,
  body: ReadableStream<Uint8Array>,
  response: ServerResponse,
  log: Logger,
): Response {
  const reader = body.getReader();
  const safe = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
        } catch (error) {
          log.error({ err: error }, 'an answer broke off');
          response.destroy();
        }
        controller.close();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  const { status, statusText, headers } = answer;
  return new Response(safe, { status, statusText, headers });
}

function listen(server: Server, { host, port }: ServeOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        {
          EADDRINUSE: 'something else listens there already',
          EACCES: 'that port needs more rights',
          EADDRNOTAVAIL: 'this machine has no such address',
        }[error.code ?? ''] ?? error.message;
      reject(
        new StartError(`The server cannot listen on ${host}:${port}: ${why}. Set PORT (0 takes a free one) or HOST.`, {
          cause: error,
        }),
      );
    });
    server.listen(port, host, () => resolve());
  });
}
