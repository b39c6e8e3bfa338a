import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { WriteReport } from '../../src/model/reports.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { asRecorded } from '../../src/store/log/as-recorded.ts';
import { readiness } from '../../src/store/readiness.ts';
import { createWriter } from '../../src/store/writer.ts';
import { dumpStore, restoreStore } from '../../src/transfer/dump-store.ts';
import { importFile } from '../../src/transfer/import/import-file.ts';
import { records } from '../../src/transfer/import/records.ts';
import { seedFolder } from '../../src/transfer/seed.ts';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';

/** A store in a file and back: to the letter, with its history and everything that curation has done. */

const graph = testGraph();
const writer = createWriter(graph.connection, ontology);
const call = { by: 'ana', role: 'curator', operation: 'test' } as const;
const told = async (report: WriteReport) => report;
const folder = await mkdtemp(join(tmpdir(), 'concordat-dump-test-'));
const path = join(folder, 'store.records.jsonl.gz');
const options = { connection: graph.connection, model: ontology, path };

const WITHOUT = ['ConcordatMigration', 'ConcordatLock', 'ConcordatDerivation', 'ConcordatCall'];

/** Everything, stamps and history included. */
async function everything(): Promise<string[]> {
  const nodes = await graph.rows(
    `MATCH (n) WHERE NOT any(label IN labels(n) WHERE label IN $without)
     RETURN apoc, properties(n)`.replace('apoc', 'labels(n)'),
    { without: WITHOUT },
  );
  const edges = await graph.rows(
    'MATCH (a)-[r]->(b) WHERE NOT a:ConcordatMigration RETURN type(r), coalesce(a.id, a.key), coalesce(b.id, b.key, b.value), properties(r)',
  );
  return [...nodes, ...edges].map((row) => JSON.stringify(row, sorted)).sort();
}

const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value.constructor === Object
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : String(value)
    : value;

const empty = () =>
  graph.connection.write('test', (tx) =>
    tx.run('MATCH (n) WHERE NOT any(label IN labels(n) WHERE label IN $kept) DETACH DELETE n', { kept: WITHOUT }),
  );

let merge = '';
let before: string[] = [];

beforeAll(async () => {
  await seedFolder(graph.connection, ontology, projectFile('seeds/el-salvador-2025'), 'seed');
  const party = (nth: number) => ({
    politicalParty: {
      id: `political-party:${nth}`,
      name: `Party ${nth}`,
      externalIds: [{ scheme: 'X', value: String(nth) }],
      names: [{ value: `Party no. ${nth}`, kind: 'LEGAL' }],
    },
  });
  const claim = { text: 'A member.', commitment: 'FACT', attribution: 'NARRATED', source: 'source:s' };
  await writer.record(
    [
      { source: { id: 'source:s', name: 'S', kind: 'ARTICLE' } },
      ...[0, 1, 2].map(party),
      ...[0, 1, 2].map((nth) => ({
        person: { id: `person:dumped-${nth}`, name: `Person ${nth}`, birthDate: '1970-05' },
      })),
      { area: { id: 'area:somewhere', name: 'Somewhere', latitude: 5, longitude: -1.5 } },
      ...[0, 1, 2].map((nth) => ({
        memberOf: {
          from: `person:dumped-${nth}`,
          to: `political-party:${nth}`,
          role: 'MEMBER',
          rank: nth,
          claims: [claim],
        },
      })),
    ],
    {},
    call,
    told,
  );
  const merged = await writer.merge(
    { into: 'political-party:0', from: ['political-party:1'], reason: 'One.' },
    { dryRun: false },
    call,
    told,
  );
  merge = merged.merges[0] ?? '';
  await writer.remove(['person:dumped-2'], { reason: 'A namesake.', cascade: true }, call, told);
  await writer.judge({ a: 'person:dumped-0', b: 'person:dumped-1', judgement: 'DIFFERENT' }, call, told);
  before = await everything();
}, 400_000);

describe('a store in a file', () => {
  test('is made again to the letter, and lives on', async () => {
    const dumped = await dumpStore(options);
    expect(dumped.sequence).toBeGreaterThan(100);
    expect(await everything()).toEqual(before);
    await expect(restoreStore(options)).rejects.toMatchObject({ code: 'CONFLICT' });
    await empty();
    const at = new Date();
    expect(await restoreStore(options)).toMatchObject({ sequence: dumped.sequence });
    expect(await everything()).toEqual(before);
    const undone = await writer.unmerge(merge, call, told);
    expect(undone.problems).toEqual([]);
    const restored = await writer.restore(['person:dumped-2'], call, told);
    expect(restored.problems).toEqual([]);
    const then = await asRecorded(graph.connection, ontology, at, ['political-party:0']);
    expect(then).not.toBeNull();
  });

  test('does not look whole where restoring it was ended', async () => {
    await empty();
    let pieces = 0;
    const onProgress = (count: number) => {
      pieces = count;
      if (count > 400) throw new Error('killed');
    };
    await expect(restoreStore({ ...options, onProgress })).rejects.toThrow('killed');
    expect(pieces).toBeGreaterThan(400);
    const ready = await readiness(graph.connection, ontology, projectFile('cypher/migrations'));
    expect(ready.checks['whole']?.ok).toBe(false);
    await expect(dumpStore(options)).rejects.toMatchObject({ code: 'CONFLICT' });
    await restoreStore(options);
    expect(await everything()).toEqual(before);
  });

  test('is refused where its end is missing', async () => {
    const text = gunzipSync(await readFile(path)).toString();
    const cut = join(folder, 'cut.records.jsonl');
    await writeFile(cut, text.slice(0, text.length / 2));
    await empty();
    await expect(restoreStore({ ...options, path: cut })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await restoreStore(options);
    expect(await everything()).toEqual(before);
  });

  test('is a file of ordinary records for a store that is not empty', async () => {
    const plain = join(folder, 'plain.records.jsonl');
    await writeFile(plain, gunzipSync(await readFile(path)).toString());
    const importing = { connection: graph.connection, model: ontology, path: plain, format: records, by: 'ana' };
    const same = await importFile(importing);
    expect(same.refusals).toEqual([]);
    expect(same.entities).toMatchObject({ created: 0, updated: 0 });
    expect(same.relationships).toMatchObject({ created: 0, updated: 0 });
    expect(same.claims).toMatchObject({ created: 0, updated: 0 });
    await empty();
    const anew = await importFile(importing);
    expect(anew.refusals).toEqual([]);
  });
});
