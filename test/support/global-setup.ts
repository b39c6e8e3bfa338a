import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import neo4j from 'neo4j-driver';
import type { TestProject } from 'vitest/node';
import { type Config, loadConfig } from '../../src/config.ts';
import type { Database } from '../../src/database/database.ts';
import { findDocker } from '../../src/database/docker-neo4j.ts';
import { availableMemory, memorySizes, neo4jContainerEnv } from '../../src/database/neo4j-settings.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { StartError } from '../../src/errors.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** How tests reach the database of this run. */
    database: Pick<Database, 'uri' | 'username' | 'password' | 'database'>;
  }
}

const say = (line: string) => process.stdout.write(`${line}\n`);

/**
 * Chooses the database of the run: `NEO4J_URI`; else a container, when a Docker engine answers; else the local default
 * with data of the run's own, and jars from the shared cache. `CONCORDAT_DATABASE` forces one of the latter two.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const config = loadConfig(process.env);
  const database =
    config.NEO4J_URI !== undefined
      ? await given(config)
      : ((await container(config)) ?? (await local({ ...config, CONCORDAT_DATABASE: 'local' })));
  say(`tests run on: ${database.origin}`);
  const { uri, username, password } = database;
  provide('database', { uri, username, password, database: database.database });
  return async () => database[Symbol.asyncDispose]();
}

/** Tests erase the graph they run on, so one that holds something is only used when that is asked for. */
async function given(config: Config): Promise<Database> {
  const database = await openDatabase({ config, say });
  const query = async (statement: string) => {
    const driver = neo4j.driver(database.uri, neo4j.auth.basic(database.username, database.password));
    const session = driver.session({ database: database.database });
    try {
      return (await session.run(statement)).records;
    } finally {
      await driver.close();
    }
  };
  if (process.env['CONCORDAT_TESTS_MAY_ERASE'] !== 'true' && (await query('MATCH (n) RETURN n LIMIT 1')).length > 0) {
    throw new StartError(
      `The graph at NEO4J_URI=${database.uri} is not empty, and tests would erase it.\n` +
        'Ways out: unset NEO4J_URI, name an empty one, or set CONCORDAT_TESTS_MAY_ERASE=true.',
    );
  }
  return {
    ...database,
    [Symbol.asyncDispose]: async () => {
      await query('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS');
    },
  };
}

async function container(config: Config): Promise<Database | undefined> {
  if (config.CONCORDAT_DATABASE === 'local') return undefined;
  const engine = await findDocker(process.env);
  if ('missing' in engine) {
    if (config.CONCORDAT_DATABASE === 'docker') throw new StartError(engine.missing);
    return undefined;
  }
  // Its reaper is a second image to pull; this setup stops its only container itself.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
  const { Neo4jContainer } = await import('@testcontainers/neo4j');
  const image = `neo4j:${config.NEO4J_VERSION}-community`;
  try {
    const started = await new Neo4jContainer(image)
      .withEnvironment(neo4jContainerEnv(config.NEO4J_VERSION, memorySizes(availableMemory())))
      .start();
    return {
      uri: started.getBoltUri().replace(/\/$/, ''),
      username: started.getUsername(),
      password: started.getPassword(),
      database: 'neo4j',
      origin: `a container of ${image}, by testcontainers`,
      started: true,
      [Symbol.asyncDispose]: async () => {
        await started.stop();
      },
    };
  } catch (error) {
    if (config.CONCORDAT_DATABASE === 'docker') throw error;
    say(`A Docker engine answers, but no container of ${image} could be started: ${(error as Error).message}`);
    return undefined;
  }
}

async function local(config: Config): Promise<Database> {
  const home = await mkdtemp(join(tmpdir(), 'concordat-tests-'));
  const database = await openDatabase({
    config: { ...config, folders: { cache: config.folders.cache, data: home } },
    say,
  }).catch(async (error: unknown) => {
    await rm(home, { recursive: true, force: true });
    throw error;
  });
  return {
    ...database,
    [Symbol.asyncDispose]: async () => {
      await database[Symbol.asyncDispose]();
      await rm(home, { recursive: true, force: true });
    },
  };
}
