import neo4j, { type Driver } from 'neo4j-driver';
import { afterAll, inject } from 'vitest';

/** The database of this test run, with a driver that is closed when the file is done. */
export interface TestDatabase {
  readonly driver: Driver;
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly database: string;
}

/** Call it once, at the top of a test file or of a `describe`. */
export function testDatabase(): TestDatabase {
  const access = inject('database');
  const driver = neo4j.driver(access.uri, neo4j.auth.basic(access.username, access.password), {
    disableLosslessIntegers: true,
    connectionAcquisitionTimeout: 5_000,
    telemetryDisabled: true,
  });
  afterAll(() => driver.close());
  return { ...access, driver };
}

/**
 * Deletes every node and relationship of the test database; once a file, in `beforeAll`. Constraints and indexes stay,
 * unless `schema` is true: making them anew costs more than all the rest.
 */
export async function cleanGraph(
  { driver, database }: Pick<TestDatabase, 'driver' | 'database'>,
  { schema = false }: { readonly schema?: boolean } = {},
): Promise<void> {
  const session = driver.session({ database });
  try {
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS');
    if (!schema) return;
    const constraints = await session.run('SHOW CONSTRAINTS YIELD name RETURN name');
    for (const record of constraints.records) await session.run(`DROP CONSTRAINT \`${record.get('name')}\``);
    const indexes = await session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name");
    for (const record of indexes.records) await session.run(`DROP INDEX \`${record.get('name')}\``);
  } finally {
    await session.close();
  }
}
