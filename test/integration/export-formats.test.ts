import { beforeAll, describe, expect, test } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { EXPORT_FORMATS, exportFormatOf } from '../../src/transfer/export/formats.ts';
import { writable } from '../../src/transfer/export/text.ts';
import { seedFolder } from '../../src/transfer/seed.ts';
import { cleanGraph, testDatabase } from '../support/database.ts';
import { READERS, xmlProblems } from '../support/export-readers.ts';
import { exported, written } from '../support/exported.ts';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';
import { unzip } from '../support/unzip.ts';

/** Every format on the article and on a little graph whose names are hostile: written, and read back by its own readers. */

const database = testDatabase();
const graph = testGraph();
const { connection } = graph;

const formatOf = (extension: string) => {
  const format = exportFormatOf(`x.${extension}`);
  if (!format) throw new Error(`there is no format ${extension}`);
  return format;
};
const file = (extension: string, view: 'contracted' | 'full' = 'contracted') =>
  written(connection, formatOf(extension), { view });

const NAMES = [
  'plain',
  'quotes " and \' and `',
  'a < b & c > d ]]> -- %% {x} [y] (z) # ; |',
  '</script><!-- x -->',
  '=1+1',
  '@SUM(A1)',
  '-2+3',
  "'=already",
  "'Abd al-Rahman",
  'two\nlines\r\nand\ta tab',
  'كيان عربي — עברית',
  '𝒜stral 🕊️ 漢字',
  'back\\slash, at the end \\',
  'next\u0085line \u2028 separators \u2029',
  'bell \u0007 and null-like \u0001',
  'trailing space ',
];

/** Names that a record can have, since it is trimmed. */
const hostile = () =>
  NAMES.flatMap((name, nth) => [
    {
      person: {
        id: `person:p${nth}'ö(x)`,
        name: name.trim(),
        aliases: [name.trim(), 'second | alias'],
        description: name.trim(),
      },
    },
    {
      memberOf: {
        from: `person:p${nth}'ö(x)`,
        to: 'political-party:x',
        validFrom: '2020-02',
        validTo: '2024',
        claims: [
          { text: `${name.trim()} is a member`, commitment: 'FACT', attribution: 'NARRATED', source: 'source:s' },
        ],
      },
    },
  ]);

const fill = {
  async article() {
    await cleanGraph(database);
    await seedFolder(connection, ontology, projectFile('seeds/el-salvador-2025'), 'test');
  },
  async hostile() {
    await cleanGraph(database);
    const { problems } = await graph.record([
      { source: { id: 'source:s', name: 'A source', kind: 'ARTICLE' } },
      { politicalParty: { id: 'political-party:x', name: 'X' } },
      ...hostile(),
    ]);
    expect(problems).toEqual([]);
  },
};

describe.each(['article', 'hostile'] as const)('the %s graph', (which) => {
  beforeAll(fill[which]);

  test.each(Object.keys(READERS))('is in %s what it is everywhere', async (extension) => {
    const { nodes, edges } = await exported(connection);
    const read = await READERS[extension]?.(await file(extension));
    expect([...(read?.nodes.keys() ?? [])].sort()).toEqual(nodes.map(({ id }) => id).sort());
    expect([...(read?.edges.keys() ?? [])].sort()).toEqual(edges.map(({ id }) => id).sort());
    for (const { id, label } of nodes) expect(read?.nodes.get(id)?.['label']).toBe(writable(label));
    for (const { id, from, to, type, standing } of edges) {
      const edge = read?.edges.get(id);
      expect(edge?.['label']).toBe(type);
      if (extension !== 'jsonld') expect(edge?.['type']).toBe(type);
      if (extension !== 'graphml') expect([edge?.from, edge?.to]).toEqual([from, to]);
      expect(String(edge?.['claimCount'])).toBe(String(standing?.claimCount));
    }
  });

  test.each(Object.keys(READERS))('has claims as nodes in %s', async (extension) => {
    const { about } = await exported(connection, { view: 'full' });
    const read = await READERS[extension]?.(await file(extension, 'full'));
    expect(read?.nodes.size).toBe(about.counts.nodes);
    if (extension !== 'jsonld') expect(read?.edges.size).toBe(about.counts.edges);
  });

  test('is valid GEXF 1.3 and valid GraphML', async () => {
    for (const view of ['contracted', 'full'] as const) {
      expect(await xmlProblems(String(await file('gexf', view)), 'gexf.xsd', 'gexf-viz.xsd')).toEqual([]);
      expect(await xmlProblems(String(await file('graphml', view)), 'graphml.xsd', 'xlink.xsd')).toEqual([]);
    }
  });

  test('holds nothing in JSON that would end a script', async () => {
    for (const extension of ['cyjs', 'cx2', 'json', 'd3.json', 'graphology.json', 'kumu.json', 'jsonld'])
      expect(String(await file(extension))).not.toMatch(/<\/script|[\u2028\u2029]/i);
  });

  test('has a line for each element in DOT and in Mermaid', async () => {
    const { nodes, edges } = await exported(connection);
    const dot = String(await file('dot'));
    expect(dot.match(/\n {2}"[^\n]*" -> "/g)).toHaveLength(edges.length);
    expect(dot.match(/\[label=[^\n]*, fillcolor=/g)).toHaveLength(nodes.length);
    const mmd = String(await file('mmd'));
    expect(mmd.match(/\n {2}n\d+\["/g)).toHaveLength(nodes.length);
    expect(mmd.match(/\n {2}n\d+ -->/g)).toHaveLength(edges.length);
    expect(mmd).toContain(`here are ${edges.length} edges`);
  });

  test('has its claims and sources in tables', async () => {
    const { nodes, claims } = await exported(connection);
    const files = unzip(await file('csv.zip'));
    expect([...files.keys()]).toEqual(['README.txt', 'nodes.csv', 'relationships.csv', 'claims.csv', 'sources.csv']);
    const rows = (name: string) => (READERS['csv.zip'] ? (files.get(name) ?? '').split(/\r\n/).length : 0);
    expect(rows('claims.csv')).toBeGreaterThanOrEqual(claims.length + 2);
    expect(files.get('sources.csv')).toContain('source:');
    expect(nodes.filter(({ type }) => type?.name === 'Source').length).toBeGreaterThan(0);
  });

  test('is made anew by its own Cypher, once or twice', async () => {
    const before = await exported(connection, { view: 'full' });
    const script = String(await file('cypher', 'full'));
    await cleanGraph(database);
    for (let run = 1; run <= 2; run++)
      for (const statement of script.split(/;\n/).map((each) => each.replace(/^\/\/.*$/gm, '').trim()))
        if (statement !== '') await connection.write('script', (tx) => tx.run(statement));
    const after = await exported(connection, { view: 'full' });
    expect(after.about.counts).toEqual(before.about.counts);
    const byId = (things: readonly { readonly id: string }[]) => new Map(things.map((each) => [each.id, each]));
    const [nodes, edges] = [byId(after.nodes), byId(after.edges)];
    for (const { id, type, label, createdAt } of before.nodes) {
      const node = nodes.get(id) as (typeof after.nodes)[number] | undefined;
      expect(node).toMatchObject({ id, label: writable(label), createdAt });
      expect(node?.type?.name).toBe(type?.name);
    }
    for (const { id, from, to, type, standing } of before.edges)
      expect(edges.get(id)).toMatchObject({ id, from, to, type, standing });
    await fill[which]();
  });
});

describe('formats', () => {
  test('are told by how a name ends', () => {
    expect(EXPORT_FORMATS.map(({ extension }) => exportFormatOf(`a.b.${extension}`)?.extension)).toEqual(
      EXPORT_FORMATS.map(({ extension }) => extension),
    );
    expect(exportFormatOf('graph.exe')).toBeUndefined();
  });
});
