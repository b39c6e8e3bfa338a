import { afterAll, describe, expect, test } from 'vitest';
import { openConnection } from '../../src/store/connection.ts';
import { testDatabase } from '../support/database.ts';

/** Rows that are read as they are taken: nobody takes them any more, and the database stops. */

const database = testDatabase();
const connection = openConnection({ ...database, timeout: 30_000 });
afterAll(() => connection[Symbol.asyncDispose]());

const ENDLESS = { text: 'CYPHER 5 UNWIND range(1, 1000000000) AS n RETURN n, toString(n) AS text', parameters: {} };

/** How many statements of an operation are under way. */
async function running(operation: string): Promise<number> {
  const session = database.driver.session({ database: database.database });
  try {
    const { records } = await session.run(
      'SHOW TRANSACTIONS YIELD metaData, status WHERE metaData.operation = $operation RETURN count(*)',
      { operation },
    );
    return Number(records[0]?.get(0));
  } finally {
    await session.close();
  }
}

/** Asks again until nothing of an operation is under way; the test's own timeout is its bound. */
async function stopped(operation: string): Promise<void> {
  while ((await running(operation)) > 0);
}

describe('a stream of rows', () => {
  test('gives all rows in order, and ends', async () => {
    let rows = 0;
    let last: unknown[] = [];
    const statement = { text: 'CYPHER 5 UNWIND range(1, $most) AS n RETURN n, [n]', parameters: { most: 5_321 } };
    for await (const some of connection.stream(statement, { operation: 'test.all' })) {
      expect(some.length).toBeLessThanOrEqual(250);
      rows += some.length;
      last = some.at(-1) ?? [];
    }
    expect(rows).toBe(5_321);
    expect(last).toEqual([5_321, [5_321]]);
    expect(await running('test.all')).toBe(0);
  });

  test('stops the database when whoever takes them has had enough', async () => {
    for await (const some of connection.stream(ENDLESS, { operation: 'test.enough' })) {
      expect(some[0]).toEqual([1, '1']);
      expect(await running('test.enough')).toBe(1);
      break;
    }
    await stopped('test.enough');
  });

  test('reads no further than it is taken', async () => {
    const rows = connection.stream(ENDLESS, { operation: 'test.slow' })[Symbol.asyncIterator]();
    await rows.next();
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    for (let nth = 0; nth < 50; nth++) await running('test.slow');
    expect(process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before).toBeLessThan(50e6);
    await rows.return?.();
    await stopped('test.slow');
  });

  test('stops the database when its client goes away, even while it waits for a first row', async () => {
    const going = new AbortController();
    const text = 'CYPHER 5 UNWIND range(1, 1000000000) AS n WITH n WHERE n < 0 RETURN n';
    const rows = connection.stream({ text, parameters: {} }, { operation: 'test.gone', signal: going.signal });
    const first = rows[Symbol.asyncIterator]().next();
    while ((await running('test.gone')) === 0);
    going.abort();
    await expect(first).rejects.toMatchObject({ code: 'TIMEOUT' });
    await stopped('test.gone');
  });

  test('is over when its time is, and says so', async () => {
    await using hasty = openConnection({ ...database, timeout: 30_000, streamTimeout: 300 });
    const read = async () => {
      for await (const _ of hasty.stream(ENDLESS, { operation: 'test.long' }));
    };
    await expect(read()).rejects.toMatchObject({ code: 'TIMEOUT' });
    await stopped('test.long');
  });

  test('says what is wrong with a statement as a reading does', async () => {
    const read = async () => {
      for await (const _ of connection.stream(
        { text: 'CYPHER 5 CREATE (n) RETURN n', parameters: {} },
        { operation: 'x' },
      ));
    };
    await expect(read()).rejects.toMatchObject({ code: 'Neo.ClientError.Statement.AccessMode' });
  });
});
