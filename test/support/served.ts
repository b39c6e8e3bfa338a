import { afterEach } from 'vitest';
import type { AccessOptions } from '../../src/server/access/access.ts';
import { type Served, serve } from '../../src/server/serve.ts';
import { type TestServer, type TestServerOptions, testServer } from './server.ts';

/** A server on a real port of loopback, closed when a test is over. */
const opened: Served[] = [];

export interface ServedTest extends TestServer {
  readonly url: string;
  /** A query over HTTP. */
  post(query: string, headers?: Record<string, string>): Promise<{ status: number; headers: Headers; body: never }>;
}

/** Call it once, at the top of a test file. */
export function servers(): (options: TestServerOptions & { who?: Partial<AccessOptions> }) => Promise<ServedTest> {
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((served) => served.close()));
  });
  return async (options) => {
    const server = testServer(options);
    const log = { error() {} } as never;
    const served = await serve({ fetch: server.app.fetch, host: '127.0.0.1', port: 0, graceMs: 2_000, log });
    opened.push(served);
    return {
      ...server,
      url: served.url,
      async post(query, headers = {}) {
        const response = await fetch(`${served.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ query }),
        });
        return { status: response.status, headers: response.headers, body: (await response.json()) as never };
      },
    };
  };
}
