import { Neo4jContainer, type StartedNeo4jContainer } from '@testcontainers/neo4j';
import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { memorySizes, neo4jContainerEnv } from '../../src/database/neo4j-settings.ts';
import { buildSchema } from '../../src/graphql/schema.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { type Connection, openConnection } from '../../src/store/connection.ts';
import { migrate } from '../../src/store/migrations.ts';
import { isEmpty, readiness } from '../../src/store/readiness.ts';
import { seedFolder } from '../../src/transfer/seed.ts';
import { projectFile } from '../support/project.ts';

const { NEO4J_VERSION: version } = loadConfig({});
const migrations = projectFile('cypher/migrations');

describe('a Neo4j by testcontainers', () => {
  let container: StartedNeo4jContainer;
  let connection: Connection;

  beforeAll(async () => {
    container = await new Neo4jContainer(`neo4j:${version}-community`)
      .withEnvironment(neo4jContainerEnv(version, memorySizes(2 ** 31)))
      .start();
    connection = openConnection({
      uri: container.getBoltUri().replace(/\/$/, ''),
      username: container.getUsername(),
      password: container.getPassword(),
      database: 'neo4j',
      timeout: 30_000,
    });
  });
  afterAll(async () => {
    await connection?.[Symbol.asyncDispose]();
    await container?.stop();
  });

  test('is the version that the project starts by default', async () => {
    const rows = await connection.read(
      { text: 'CYPHER 5 CALL dbms.components() YIELD versions, edition RETURN versions[0], edition', parameters: {} },
      { operation: 'test' },
    );
    expect(rows).toEqual([[version, 'community']]);
  });

  test('is migrated, and ready by its own account', async () => {
    expect((await readiness(connection, ontology, migrations)).ready).toBe(false);
    await migrate(connection, { model: ontology, folder: migrations, say: () => {} });
    expect(await readiness(connection, ontology, migrations)).toMatchObject({ ready: true });
  });

  test('takes the first data set, the second time without a change', async () => {
    expect(await isEmpty(connection)).toBe(true);
    const folder = projectFile('seeds/el-salvador-2025');
    const sum = (report: Awaited<ReturnType<typeof seedFolder>>, of: 'created' | 'updated' | 'records') =>
      report.files.reduce((total, file) => total + file[of], 0);

    const first = await seedFolder(connection, ontology, folder, 'test');
    expect(first.problems).toEqual([]);
    expect(sum(first, 'created')).toBeGreaterThan(0);

    const second = await seedFolder(connection, ontology, folder, 'test');
    expect({ created: sum(second, 'created'), updated: sum(second, 'updated') }).toEqual({ created: 0, updated: 0 });
    expect(sum(second, 'records')).toBe(sum(first, 'records'));
  });

  test('answers a question in GraphQL', async () => {
    const result = await graphql({
      schema: buildSchema(ontology),
      source: '{ person(name: "Nayib Bukele") { positionsHeld { nodes { name } } } }',
      contextValue: { model: ontology, reader: connection, today: '2025-02-04' },
    });
    expect(result.errors).toBeUndefined();
    expect(JSON.parse(JSON.stringify(result.data))).toEqual({
      person: { positionsHeld: { nodes: expect.arrayContaining([{ name: expect.stringContaining('President') }]) } },
    });
  });
});
