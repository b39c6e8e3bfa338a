import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createModel } from '../../src/model/create-model.ts';
import { between, entity, relationship, timeless } from '../../src/model/declarations.ts';
import { openConnection } from '../../src/store/connection.ts';
import { migrate, missingSchema, pendingMigrations } from '../../src/store/migrations.ts';
import { isEmpty, readiness } from '../../src/store/readiness.ts';
import { cleanGraph, testDatabase } from '../support/database.ts';
import { projectFile } from '../support/project.ts';

const database = testDatabase();
const connection = openConnection({ ...database, timeout: 30_000 });
afterAll(async () => {
  // This file's own, smaller model leaves the constraints of the whole one behind for whoever comes next.
  await cleanGraph(database, { schema: true });
  await connection[Symbol.asyncDispose]();
});

const Person = entity('Person', 'A human being.', { plural: 'people' });
const model = createModel([
  Person,
  relationship('KNOWS', 'Knows.', between([Person], [Person]), { names: 'knows', phrase: 'knows', time: timeless }),
]);

let folder: string;
let said: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'concordat migrations '));
  said = [];
  await cleanGraph(database, { schema: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (lease?: number) =>
  migrate(connection, { model, folder, say: (line) => said.push(line), ...(lease ? { lease } : {}) });
const rows = (text: string) =>
  connection.write('test', async (tx) => (await tx.run(text)).records.map((record) => [...record.values()]));
const write = (file: string, text: string) => writeFileSync(join(folder, file), text);

describe('migrating', () => {
  test('makes what the model asks for, once', async () => {
    expect(await missingSchema(connection, model)).not.toEqual([]);
    await run();
    expect(await missingSchema(connection, model)).toEqual([]);
    said = [];
    await run();
    expect(said).toEqual([]);
  });

  test('makes an index anew that has the right name and the wrong definition', async () => {
    await rows(
      'CREATE FULLTEXT INDEX entity_text FOR (n:Entity) ON EACH [n.name] OPTIONS {indexConfig: {`fulltext.analyzer`: "english"}}',
    );
    expect(await missingSchema(connection, model)).toContain('entity_text is defined otherwise');
    await run();
    expect(await missingSchema(connection, model)).toEqual([]);
  });

  test('runs each data change once, in order, and keeps the chain', async () => {
    write(
      'V001__make_ana.cypher',
      "// Ana comes first.\nCREATE (:Person {id: 'person:ana'});\nCREATE (:Person {id: 'person:bo'});\n",
    );
    write('V002__count.cypher', "MATCH (p:Person) WITH count(p) AS n MATCH (a:Person {id: 'person:ana'}) SET a.n = n");
    expect(await pendingMigrations(connection, folder)).toEqual(['V001__make_ana.cypher', 'V002__count.cypher']);
    await run();
    await run();
    expect(await rows('MATCH (p:Person) RETURN p.id, p.n ORDER BY p.id')).toEqual([
      ['person:ana', 2],
      ['person:bo', null],
    ]);
    expect(await rows('MATCH (a:ConcordatMigration)-[:THEN]->(b) RETURN a.version, b.version')).toEqual([
      ['V001', 'V002'],
    ]);
    expect(await pendingMigrations(connection, folder)).toEqual([]);
  });

  test('leaves nothing of a change that fails half way', async () => {
    write('V001__half.cypher', "CREATE (:Person {id: 'person:half'});\nMATCH (p:Person) SET p.x = 1 / 0;\n");
    await expect(run()).rejects.toThrow();
    expect(await rows('MATCH (p:Person) RETURN p')).toEqual([]);
    expect(await pendingMigrations(connection, folder)).toEqual(['V001__half.cypher']);
  });

  test.each<[string, () => void, RegExp]>([
    [
      'changed after it was applied',
      () => write('V001__a.cypher', 'RETURN 2'),
      /V001__a\.cypher was changed after it was applied/,
    ],
    [
      'is gone',
      () => rmSync(join(folder, 'V001__a.cypher')),
      /V001__a\.cypher was applied to this store, but the file is gone/,
    ],
    [
      'has another’s version',
      () => write('V001__b.cypher', 'RETURN 2'),
      /V001__a\.cypher and V001__b\.cypher have the same version/,
    ],
    ['is badly named', () => write('V2-b.cypher', 'RETURN 2'), /V2-b\.cypher must be named like/],
  ])('refuses, by name, a file that %s', async (_, change, message) => {
    write('V001__a.cypher', 'RETURN 1');
    await run();
    change();
    await expect(run()).rejects.toThrow(message);
  });

  test('refuses a change that comes before one that is applied', async () => {
    write('V002__b.cypher', 'RETURN 1');
    await run();
    write('V001__a.cypher', 'RETURN 1');
    await expect(run()).rejects.toThrow(/V001__a\.cypher comes before V002/);
  });

  test('is done by one of several processes at a time, and each change runs once', async () => {
    write('V001__once.cypher', "CREATE (:Person {id: 'person:once'})");
    await Promise.all([run(4_000), run(4_000), run(4_000)]);
    expect(await rows('MATCH (p:Person) RETURN count(p)')).toEqual([[1]]);
  });

  test('takes over a lock whose holder is dead once its lease is over', async () => {
    await run();
    await rows("MATCH (l:ConcordatLock) SET l.holder = '1 dead', l.until = datetime() + duration('PT1S')");
    await run(2_000);
    expect(await rows("MATCH (l:ConcordatLock) RETURN l.holder = '1 dead'")).toEqual([[false]]);
  });

  test('gives up, naming the holder, where a living one keeps renewing', async () => {
    await run();
    await rows("MATCH (l:ConcordatLock) SET l.holder = '4711 alive', l.until = datetime() + duration('PT1H')");
    await expect(run(300)).rejects.toThrow(/Another process \(4711\) is migrating this store/);
  });
});

describe('keys by which entities are found', () => {
  const asks = readFileSync(projectFile('cypher/migrations/V001__derive_finding_keys.cypher'), 'utf8');

  test('are derived for what was there before, and for nothing twice', async () => {
    await run();
    await rows(
      `UNWIND range(1, 1001) AS nth CREATE (:Entity:Person {id: 'person:p' + nth, name: 'Путин ' + nth, version: 3})
       WITH count(*) AS all MATCH (n:Person {id: 'person:p7'}) CREATE (n)-[:NAMED]->(:Name {value: '习近平'})`,
    );
    write('V001__derive_finding_keys.cypher', asks);
    await run();
    expect(said).toContain('Deriving the keys by which entities are found.');
    expect(
      await rows(
        "MATCH (n:Person) WHERE n.searchNames[0] STARTS WITH 'putin ' AND n.searchType = 'person' RETURN count(n)",
      ),
    ).toEqual([[1001]]);
    expect(
      await rows("MATCH (n:Person {id: 'person:p7'}) RETURN n.searchNames, n.searchWhole[1], n.aliasKeys, n.version"),
    ).toEqual([[['putin 7', 'xi jin ping', 'xi jinping', 'xijinping'], 'xi_jin_ping', ['习近平'], 3]]);
    await rows('MATCH (n:Person) REMOVE n.searchNames');
    await run();
    expect(await rows('MATCH (n:Person) WHERE n.searchNames IS NOT NULL RETURN count(n)')).toEqual([[0]]);
  });

  test('are derived from where a process that died had come to', async () => {
    await run();
    await rows(
      `UNWIND ['a', 'b', 'c'] AS each CREATE (:Entity:Person {id: 'person:' + each, name: each})
       WITH count(*) AS all CREATE (:ConcordatDerivation {name: 'finding keys', done: false, upTo: 'person:a'})`,
    );
    await run();
    expect(await rows('MATCH (n:Person) WHERE n.searchNames IS NOT NULL RETURN n.id ORDER BY n.id')).toEqual([
      ['person:b'],
      ['person:c'],
    ]);
  });
});

describe('readiness', () => {
  test('tells what is missing, and then that nothing is', async () => {
    write('V001__a.cypher', 'RETURN 1');
    expect(await readiness(connection, model, folder)).toMatchObject({
      ready: false,
      checks: { database: { ok: true }, migrations: { ok: false, detail: 'V001__a.cypher' }, indexes: { ok: false } },
    });
    await run();
    expect(await readiness(connection, model, folder)).toMatchObject({ ready: true });
    expect(await isEmpty(connection)).toBe(true);
  });

  test('is false where the database does not answer', async () => {
    const nowhere = openConnection({ ...database, uri: 'bolt://127.0.0.1:1', timeout: 1_000 });
    const state = await readiness(nowhere, model, folder);
    await nowhere[Symbol.asyncDispose]();
    expect(state).toMatchObject({ ready: false, checks: { database: { ok: false } } });
  });
});
