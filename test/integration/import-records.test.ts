import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { type ImportOptions, importFile } from '../../src/transfer/import/import-file.ts';
import { records } from '../../src/transfer/import/records.ts';
import { dump } from '../support/dump.ts';
import { testGraph } from '../support/graph.ts';

/** Importing a file: what it makes, what it refuses, and that it goes on where it was ended. */

const graph = testGraph();
const folder = await mkdtemp(join(tmpdir(), 'concordat-import-test-'));

async function fileOf(name: string, lines: readonly unknown[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return path;
}

const bring = (path: string, more: Partial<ImportOptions> = {}) =>
  importFile({ connection: graph.connection, model: ontology, path, format: records, by: 'ana', batch: 10, ...more });

const KEPT = ['ConcordatMigration', 'ConcordatLock', 'ConcordatDerivation', 'ConcordatFeed'];
const empty = () =>
  graph.connection.write('test', (tx) =>
    tx.run('MATCH (n) WHERE NOT any(label IN labels(n) WHERE label IN $kept) DETACH DELETE n', { kept: KEPT }),
  );
const nodes = () =>
  graph.rows('MATCH (n) WHERE NOT any(label IN labels(n) WHERE label IN $kept) RETURN count(n)', { kept: KEPT });

const SCRIPTS = ['Zoë Ängström', 'Дмитрий Иванов', '伊藤 遥', 'ليلى', 'İstanbul Öz', 'क्षमा', '𝒵oe'];

/** People of a party, each a row of two records; some of them wrong. */
const people = (count: number) => [
  { politicalParty: { id: 'political-party:p', name: 'Party' } },
  { source: { id: 'source:gazette', name: 'Gazette', kind: 'ARTICLE' } },
  ...Array.from({ length: count }, (_, nth) => ({
    person: { id: `person:${nth}`, name: `${SCRIPTS[nth % 7]} ${nth}` },
  })),
  ...Array.from({ length: count }, (_, nth) => ({
    memberOf: {
      from: `person:${nth}`,
      to: nth % 20 === 7 ? 'political-party:missing' : 'political-party:p',
      role: 'MEMBER',
      ...(nth % 3 === 0
        ? {
            claims: [{ text: `${nth} joined.`, commitment: 'FACT', attribution: 'NARRATED', source: 'source:gazette' }],
          }
        : {}),
    },
  })),
  '{"person": ',
  { person: { id: 'person:0', name: 'Zoë Ängström 0', birthDate: 'yesterday' } },
];

describe('an import of records', () => {
  beforeEach(empty);

  test('counts what it makes, and what it refuses, with line and reason', async () => {
    const path = await fileOf('people.jsonl', people(60));
    const report = await bring(path);
    expect(report.rows).toEqual({ read: 124, accepted: 119, refused: 5 });
    expect(report.entities).toEqual({ created: 62, updated: 0, unchanged: 0 });
    expect(report.relationships).toEqual({ created: 57, updated: 0, unchanged: 0 });
    expect(report.claims).toEqual({ created: 57, updated: 0, unchanged: 0 });
    expect(report.refusals.map(({ line, code }) => [line, code])).toEqual([
      [70, 'UNKNOWN_REFERENCE'],
      [90, 'UNKNOWN_REFERENCE'],
      [110, 'UNKNOWN_REFERENCE'],
      [123, 'UNREADABLE'],
      [124, 'INVALID_VALUE'],
    ]);
    expect(report.rejects).toBe(`${path}.rejects.jsonl`);
    const rejected = (await readFile(`${path}.rejects.jsonl`, 'utf8')).trimEnd().split('\n');
    const lines = people(60).map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    expect(rejected).toEqual([70, 90, 110, 123, 124].map((line) => lines[line - 1]));
    expect(await graph.rows('MATCH (n:Person) RETURN count(n)')).toEqual([[60]]);
    const first = await dump(graph);
    const again = await bring(path);
    expect(again).toMatchObject({ isRepeated: true, resumedAt: 0, rows: report.rows });
    expect(again.entities).toEqual({ created: 0, updated: 0, unchanged: 62 });
    expect(again.relationships).toEqual({ created: 0, updated: 0, unchanged: 57 });
    expect(await dump(graph)).toEqual(first);
  });

  test('tells on a dry run what it would do, and writes nothing', async () => {
    const path = await fileOf('people.jsonl', people(60));
    const dry = await bring(path, { dryRun: true });
    expect(await nodes()).toEqual([[0]]);
    const real = await bring(path);
    const told = ({ rows, entities, relationships, claims, refusals }: typeof dry) => ({
      rows,
      entities,
      relationships,
      claims,
      refusals,
    });
    expect(told(dry)).toEqual(told(real));
  });

  test('goes on where it was ended, to the same graph and the same report', async () => {
    const path = await fileOf('people.jsonl', people(60));
    const whole = await bring(path);
    const expected = await dump(graph);
    for (const at of [0, 1, 5, 7, 12, 18]) {
      await empty();
      let batches = 0;
      const onProgress = () => {
        if (batches++ === at) throw new Error('killed');
      };
      await expect(bring(path, { onProgress })).rejects.toThrow('killed');
      const resumed = await bring(path);
      expect({ ...resumed, seconds: 0, resumedAt: 0 }).toEqual({ ...whole, seconds: 0 });
      expect(stampless(await dump(graph))).toEqual(stampless(expected));
    }
  });
});

const stampless = (lines: readonly string[]) =>
  lines.map((line) => line.replace(/"(createdAt|recordedAt)":"[^"]*"/g, '')).sort();
