import { request as httpRequest } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/server/log.ts';
import { serve } from '../../src/server/serve.ts';
import { type Connection, openConnection } from '../../src/store/connection.ts';
import { testDatabase } from '../support/database.ts';
import { relayTo } from '../support/relay.ts';
import { testServer } from '../support/server.ts';

/** Statements that take too long, or too much, or that nobody waits for any more. */

const database = testDatabase();
const plain = openConnection({ ...database, timeout: 30_000 });
afterAll(() => plain[Symbol.asyncDispose]());

/** Never ends by itself. */
const ENDLESS = 'UNWIND range(1, 1000000000000) AS x WITH x WHERE x % 7 = -1 RETURN count(x)';

const run = (connection: Connection, text: string, operation: string, signal?: AbortSignal) =>
  connection.read({ text, parameters: {} }, signal ? { operation, signal } : { operation });

/** Statements of an operation that the database is at work on. */
const atWork = async (operation: string): Promise<number> => {
  const rows = await run(
    plain,
    `SHOW TRANSACTIONS YIELD metaData WHERE metaData.operation = '${operation}' RETURN metaData.operation`,
    'look',
  );
  return rows.length;
};

const refusal = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => value,
    (error: unknown) => error,
  );

describe('a statement that takes too long', () => {
  it('is ended by the database', async () => {
    await using connection = openConnection({ ...database, timeout: 200 });
    const error = await refusal(run(connection, ENDLESS, 'long'));
    expect(error).toMatchObject({
      code: 'TIMEOUT',
      message: 'The query took longer than 200 ms and was stopped.',
      details: { suggestion: expect.stringMatching(/smaller first/) },
      cause: { code: expect.stringMatching(/TransactionTimedOut/) },
    });
    expect(await atWork('long')).toBe(0);
  });

  it('is ended without the database where that does not answer, and its connection with it', async () => {
    await using relay = await relayTo(database.uri);
    await using connection = openConnection({ ...database, uri: relay.uri, timeout: 2_000, patience: 500 });
    // As many as the driver keeps connections: one that was not given back would be missed.
    const ask = () => Promise.all(Array.from({ length: 100 }, () => refusal(run(connection, 'RETURN 1', 'asked'))));
    expect(new Set((await ask()).map(String))).toEqual(new Set(['1']));
    expect(relay.open()).toBeGreaterThan(1);
    relay.fallSilent();
    const ends = await ask();
    for (const error of ends.filter((end) => end instanceof Error)) {
      expect(error).toMatchObject({ code: 'TIMEOUT', message: expect.stringContaining('2000 ms') });
      expect((error as Error).cause).toBeUndefined();
    }
    await expect.poll(() => relay.open()).toBeLessThan(ends.length);
    expect(new Set((await ask()).map(String))).toEqual(new Set(['1']));
  });
});

describe('a client that goes away', () => {
  it('ends its statement on the database', async () => {
    const { app } = testServer({
      context: ({ signal }) => ({ signal }),
      root: { towns: (_: unknown, { signal }: { signal: AbortSignal }) => run(plain, ENDLESS, 'left', signal) },
    });
    const log = createLog({ LOG_LEVEL: 'silent' });
    const server = await serve({ fetch: app.fetch, host: '127.0.0.1', port: 0, graceMs: 0, log });
    try {
      const request = httpRequest(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      });
      request.on('error', () => {}).end('{"query":"{ towns { name } }"}');
      await expect.poll(() => atWork('left')).toBe(1);
      request.destroy();
      await expect.poll(() => atWork('left')).toBe(0);
    } finally {
      await server.close();
    }
  });

  it('before its statement ran, has none run', async () => {
    const error = await refusal(run(plain, ENDLESS, 'late', AbortSignal.abort()));
    expect(error).toMatchObject({ code: 'TIMEOUT' });
    expect(await atWork('late')).toBe(0);
  });
});

describe('a statement that takes too much memory', () => {
  it('is refused as too costly, while others are answered', async () => {
    const greedy = `UNWIND range(1, 100000000) AS x WITH collect(toString(x) + '${'x'.repeat(10_000)}') AS held RETURN size(held)`;
    const refused = refusal(run(plain, greedy, 'greedy'));
    expect(await run(plain, 'RETURN 1', 'modest')).toEqual([[1]]);
    expect(await refused).toMatchObject({
      code: 'QUERY_TOO_COSTLY',
      message: 'The query needed more memory than one may use and was stopped.',
      details: { suggestion: expect.stringMatching(/smaller first/) },
    });
    expect(await run(plain, 'RETURN 1', 'modest')).toEqual([[1]]);
    expect(await atWork('greedy')).toBe(0);
  });
});
