import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, inject, test } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { localMeans } from '../../src/database/local-means.ts';
import { startLocalNeo4j } from '../../src/database/local-neo4j.ts';
import { freePort } from '../../src/database/neo4j-child.ts';
import { readRun } from '../../src/database/neo4j-run.ts';
import { sendSignal } from '../../src/database/processes.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { type Connection, openConnection } from '../../src/store/connection.ts';
import { migrate } from '../../src/store/migrations.ts';
import { createWriter } from '../../src/store/writer.ts';
import { databaseHome } from '../support/database-home.ts';
import { testGraph } from '../support/graph.ts';
import { violations } from '../support/invariants.ts';
import { projectFile } from '../support/project.ts';
import { draws } from '../support/thoroughness.ts';
import { type Access, crowd, follow, meetingPlace, Told } from '../support/writers.ts';

/** Fifty writers on the same twenty entities, through two connections; how long, in milliseconds. */
const LASTING = Number(process.env['CONCORDAT_CROWD_MS'] ?? draws(3_000, 10_000));
const WRITERS = 50;

const settled = async (connection: Connection, told: Told, seen: readonly number[]): Promise<void> => {
  const read = (text: string) => connection.read({ text: `CYPHER 5 ${text}`, parameters: {} }, { operation: 'test' });
  expect(await violations(connection)).toEqual([]);
  const claims = new Set((await read('MATCH (c:Claim) RETURN c.id')).map(([id]) => id as string));
  expect([...told.claims].filter((id) => !claims.has(id))).toEqual([]);
  const retracted = new Set(
    (await read('MATCH (c:Claim) WHERE c.retractedAt IS NOT NULL RETURN c.id')).map(([id]) => id),
  );
  expect([...told.retracted].filter((id) => !retracted.has(id))).toEqual([]);
  for (const [id, count] of await read(
    "MATCH (n:Person) WHERE n.id STARTS WITH 'person:p' RETURN n.id, toInteger(coalesce(n.description, '0'))",
  )) {
    const sure = told.counted.get(id as string) ?? 0;
    expect(count, `${id} was counted`).toBeGreaterThanOrEqual(sure);
    expect(count, `${id} was counted`).toBeLessThanOrEqual(sure + (told.unknown.get(id as string) ?? 0));
  }
  const doubles = await read(
    "MATCH (n:Person) WHERE n.name STARTS WITH 'Number ' WITH n.name AS name, count(*) AS times WHERE times > 1 RETURN name",
  );
  expect(doubles).toEqual([]);
  const [[last] = []] = await read("MATCH (f:ConcordatFeed {name: 'changes'}) RETURN f.sequence");
  expect(seen.length).toBe(last);
  expect(told.claims.size).toBeGreaterThan(10);
};

describe('many writers on few things', () => {
  const graph = testGraph();

  test(
    'lose nothing, double nothing, and every change is in the log once, in order',
    async () => {
      const access: Access = inject('database');
      const writer = createWriter(graph.connection, ontology);
      await writer.record(meetingPlace(), {}, { by: 'test', role: 'editor', operation: 'test' }, async () => null);
      const end = Date.now() + LASTING;
      const told = new Told();
      let areDone = false;
      const following = follow(access, () => areDone);
      await crowd(access, WRITERS, () => Date.now() > end, told);
      areDone = true;
      await settled(graph.connection, told, await following);
      expect(told.failures).toBe(0);
      expect(told.counted.size).toBeGreaterThan(0);
      expect(told.conflicts.length).toBeGreaterThan(0);
    },
    LASTING + 240_000,
  );
});

const home = databaseHome('shared');
afterAll(() => home.remove());
const means = localMeans(home.config, home.env);

describe.runIf(!('missing' in means))('many writers on a database that is killed', () => {
  test(
    'find every acknowledged write there when it is back, and no half of any',
    async () => {
      if ('missing' in means) return;
      const port = await freePort();
      const start = () =>
        startLocalNeo4j(means, { config: home.config, say: () => {}, env: home.env }, async () => port);
      const first = await start();
      const databases: Database[] = [first];
      try {
        const access: Access = first;
        await using connection = openConnection({ ...access, timeout: 30_000 });
        await migrate(connection, { model: ontology, folder: projectFile('cypher/migrations'), say: () => {} });
        const writer = createWriter(connection, ontology);
        await writer.record(meetingPlace(), {}, { by: 'test', role: 'editor', operation: 'test' }, async () => null);
        const told = new Told();
        let areDone = false;
        let isOver = false;
        const following = follow(access, () => areDone);
        const writing = crowd(access, WRITERS, () => isOver, told);
        await delay(LASTING / 2);
        const run = readRun(join(home.config.folders.data, 'neo4j', '5'));
        if (!run) throw new Error('no Neo4j was run');
        const before = told.claims.size;
        sendSignal(run, 'SIGKILL');
        await databases.pop()?.[Symbol.asyncDispose]();
        databases.push(await start());
        await delay(LASTING / 2);
        isOver = true;
        await writing;
        areDone = true;
        await settled(connection, told, await following);
        expect(told.claims.size).toBeGreaterThan(before);
      } finally {
        for (const database of databases.reverse())
          await Promise.resolve(database[Symbol.asyncDispose]()).catch(() => {});
      }
    },
    LASTING + 300_000,
  );
});
