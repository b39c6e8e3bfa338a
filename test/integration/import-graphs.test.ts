import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import type { ExportFormat } from '../../src/transfer/export/format.ts';
import { gexf as gexfOut } from '../../src/transfer/export/gexf.ts';
import { graphml as graphmlOut } from '../../src/transfer/export/graphml.ts';
import { exportGraph } from '../../src/transfer/export/read-graph.ts';
import type { ImportFormat } from '../../src/transfer/import/format.ts';
import { gexf } from '../../src/transfer/import/gexf.ts';
import { graphml } from '../../src/transfer/import/graphml.ts';
import { importFile } from '../../src/transfer/import/import-file.ts';
import { seedFolder } from '../../src/transfer/seed.ts';
import { dump } from '../support/dump.ts';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';

/** Graphs that come back from visualisers. */

const graph = testGraph();
const folder = await mkdtemp(join(tmpdir(), 'concordat-graphs-test-'));

beforeAll(async () => {
  await seedFolder(graph.connection, ontology, projectFile('seeds/el-salvador-2025'), 'seed');
}, 400_000);

async function written(format: ExportFormat): Promise<string> {
  const exported = await exportGraph(graph.connection, ontology, { name: 'all', view: 'contracted' });
  const parts: string[] = [];
  const from = { connection: graph.connection, model: ontology, signal: new AbortController().signal };
  for await (const part of format.write(exported, from)) parts.push(String(part));
  return parts.join('');
}

async function bring(format: ImportFormat, text: string) {
  const path = join(folder, `graph.${format.name}`);
  await writeFile(path, text);
  return importFile({ connection: graph.connection, model: ontology, path, format, by: 'ana' });
}

describe.each([
  [gexf, gexfOut],
  [graphml, graphmlOut],
] as const)('a graph that comes back as $name', (format, out) => {
  test('changes nothing where nobody has changed it', async () => {
    const before = await dump(graph);
    const report = await bring(format, await written(out));
    expect(report.refusals).toEqual([]);
    for (const counts of [report.entities, report.relationships, report.claims])
      expect(counts).toMatchObject({ created: 0, updated: 0 });
    expect(report.entities.unchanged).toBeGreaterThan(20);
    expect(report.relationships.unchanged).toBeGreaterThan(50);
    expect(await dump(graph)).toEqual(before);
  });
});

test('a graph whose ids yEd has replaced by its own is known again', async () => {
  const numbers = new Map<string, string>();
  const own = (id: string) => numbers.get(id) ?? numbers.set(id, `n${numbers.size}`).get(id);
  const text = (await written(graphmlOut))
    .replace(/<node id="([^"]+)"/g, (_, id: string) => `<node id="${own(id)}"`)
    .replace(
      /<edge id="[^"]+" source="([^"]+)" target="([^"]+)"/g,
      (_, from: string, to: string) => `<edge id="e" source="${own(from)}" target="${own(to)}"`,
    );
  const report = await bring(graphml, text);
  expect(report.refusals).toEqual([]);
  expect(report.entities).toMatchObject({ created: 0, updated: 0, unchanged: numbers.size });
  expect(report.relationships).toMatchObject({ created: 0, updated: 0 });
  expect(report.relationships.unchanged).toBeGreaterThan(50);
});

test('what was drawn and changed in Gephi is recorded, by a source of its own', async () => {
  const report = await bring(
    gexf,
    `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3"><graph>
<attributes class="node"><attribute id="0" title="type" type="string"/><attribute id="d" title="description" type="string"/>
<attribute id="m" title="modularity_class" type="integer"/></attributes>
<attributes class="edge"><attribute id="type" title="type" type="string"/></attributes>
<nodes>
<node id="country:el-salvador" label="El Salvador"><attvalues><attvalue for="d" value="Seen in Gephi."/><attvalue for="m" value="3"/></attvalues>
<viz:position x="1" y="2"/></node>
<node id="17" label="Ana &amp; Söhne"><attvalues><attvalue for="0" value="Company"/></attvalues></node>
<node id="18" label="Nobody"/>
</nodes>
<edges><edge id="0" source="17" target="country:el-salvador"><attvalues><attvalue for="type" value="OPERATES_IN"/></attvalues></edge>
<edge id="1" source="18" target="country:el-salvador" kind="OPERATES_IN"/></edges></graph></gexf>`,
  );
  expect(report.rows).toEqual({ read: 5, accepted: 3, refused: 2 });
  expect(report.entities).toEqual({ created: 1, updated: 1, unchanged: 0 });
  expect(report.relationships).toEqual({ created: 1, updated: 0, unchanged: 0 });
  expect(report.claims).toEqual({ created: 1, updated: 0, unchanged: 0 });
  expect(report.refusals.map(({ line, code }) => [line, code])).toEqual([
    [10, 'MISSING_FIELD'],
    [13, 'UNKNOWN_REFERENCE'],
  ]);
  expect(report.notices.map(({ message }) => message)).toEqual([
    'Places, sizes and colours are not part of the graph, and are left out.',
    'The attribute modularity_class is no field here, and is left out.',
  ]);
  expect(
    await graph.rows(
      `MATCH (c:Claim)-[:STATED_IN]->(s {id: $source}) MATCH (c)-[:SUBJECT]->(n) RETURN n.name, c.text`,
      { source: report.source },
    ),
  ).toEqual([['Ana & Söhne', 'Ana & Söhne operates in El Salvador.']]);
});
