import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { world } from '../../bench/world.ts';
import { loadWorld } from '../../bench/world-load.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { exportFormatOf } from '../../src/transfer/export/formats.ts';
import { exportGraph } from '../../src/transfer/export/read-graph.ts';
import { seedFolder } from '../../src/transfer/seed.ts';
import { cleanGraph } from '../support/database.ts';
import { type TestGraph, testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';
import { type Found, readWithGephi, readWithPython, sorted } from './readers.ts';

/**
 * Every export, opened by those who read it, of the article and of ten thousand nodes: the same nodes and edges as the store
 * holds, by id, name, type and status.
 */

const graph = testGraph();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concordat-exports-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes the whole graph in a format. */
async function exported(extension: string, view: 'contracted' | 'full' = 'contracted'): Promise<string> {
  const name = `graph.${extension}`;
  const format = exportFormatOf(name);
  if (!format) throw new Error(`no format ${extension}`);
  const { signal } = new AbortController();
  const whole = await exportGraph(graph.connection, ontology, { name: 'graph', view });
  const path = join(folder, `${view}.${extension}`);
  const file = await open(path, 'w');
  try {
    for await (const piece of format.write(whole, { connection: graph.connection, model: ontology, signal }))
      await file.write(piece as never);
  } finally {
    await file.close();
  }
  return path;
}

/** What the store holds, straight from it. */
async function held({ rows }: TestGraph): Promise<Pick<Found, 'nodes' | 'edges'>> {
  const types = ontology.entities.map((type) => type.name);
  const nodes = await rows('MATCH (n:Entity) RETURN n.id, n.name, [label IN labels(n) WHERE label IN $types][0]', {
    types,
  });
  const edges = await rows('MATCH (a:Entity)-[r]->(b:Entity) RETURN a.id, b.id, type(r), r.status');
  return { nodes: sorted(nodes as string[][]), edges: sorted(edges as string[][]) };
}

const column = (rows: Found['nodes'], ...places: number[]) =>
  sorted(rows.map((row) => places.map((at) => row[at] ?? null)));

const WORLDS: Readonly<Record<string, () => Promise<unknown>>> = {
  'the article': () => seedFolder(graph.connection, ontology, projectFile('seeds/el-salvador-2025'), 'test'),
  'ten thousand nodes': () =>
    loadWorld(graph.connection, ontology, () => world({ nodes: 10_000, seed: 11, edgesPerClaim: 5 })),
};

for (const [name, fill] of Object.entries(WORLDS))
  describe(`exports of ${name}`, () => {
    let truth: Pick<Found, 'nodes' | 'edges'>;
    beforeAll(async () => {
      await cleanGraph(graph.connection);
      await fill();
      truth = await held(graph);
      expect(truth.nodes.length).toBeGreaterThan(50);
    });

    /** Readers to which a file gives everything: ids, names, types, statuses. */
    const whole: readonly (readonly [reader: string, extension: string])[] = [
      ['networkx_gexf', 'gexf'],
      ['networkx_graphml', 'graphml'],
      ['igraph_graphml', 'graphml'],
      ['networkx_json', 'json'],
      ['networkx_cyjs', 'cyjs'],
      ['csv_zip', 'csv.zip'],
    ];
    test.each(whole)('%s reads every node and edge of .%s', async (reader, extension) => {
      const found = await readWithPython(reader, await exported(extension));
      expect(sorted(found.nodes)).toEqual(truth.nodes);
      expect(sorted(found.edges)).toEqual(truth.edges);
    });

    test.each(['gexf', 'graphml'])(
      'Gephi reads every node and edge of .%s, and warns of nothing',
      async (extension) => {
        const found = await readWithGephi(await exported(extension));
        expect(found.nodes).toEqual(truth.nodes);
        expect(found.edges).toEqual(truth.edges);
        expect(found.more).toMatchObject({ directed: true, issues: [] });
      },
    );

    test('Graphviz reads every node and edge of .dot', async () => {
      const found = await readWithPython('graphviz', await exported('dot'));
      expect(column(found.nodes, 0)).toEqual(column(truth.nodes, 0));
      expect(column(found.edges, 0, 1, 2)).toEqual(column(truth.edges, 0, 1, 2));
    });

    test('RDFLib reads every node of .jsonld', async () => {
      const { more } = await readWithPython('rdflib', await exported('jsonld'));
      expect(more['subjects']).toBeGreaterThanOrEqual(truth.nodes.length + truth.edges.length);
    });

    test('followthemoney takes every entity and every value of .ftm.jsonl', async () => {
      const found = await readWithPython('followthemoney', await exported('ftm.jsonl'));
      expect(found.more).toMatchObject({ dangling: [], rejected: 0 });
      expect(found.nodes.length).toBeGreaterThan(20);
      expect(found.edges.length).toBeGreaterThan(10);
    });

    test('stix2 takes every object of .stix.json, strictly', async () => {
      const found = await readWithPython('stix', await exported('stix.json'));
      expect(found.more).toMatchObject({ dangling: [], unknown: 0 });
      expect(found.nodes.length).toBeGreaterThan(20);
      expect(found.edges.length).toBeGreaterThan(10);
    });

    test('with claims as nodes, the same readers find entities and claims', async () => {
      const [[claims] = []] = await graph.rows('MATCH (c:Claim) RETURN count(c)');
      for (const [reader, extension] of whole.slice(0, 4)) {
        const found = await readWithPython(reader, await exported(extension, 'full'));
        expect(found.nodes.length, extension).toBe(truth.nodes.length + Number(claims));
      }
    });
  });
