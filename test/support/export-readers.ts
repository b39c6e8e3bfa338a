import { readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import cytoscape from 'cytoscape';
import { MultiDirectedGraph } from 'graphology';
import jsonld from 'jsonld';
import { SaxesParser } from 'saxes';
import { memoryPages, validateXML } from 'xmllint-wasm';
import { unguarded } from '../../src/transfer/export/csv-cells.ts';
import { projectFile } from './project.ts';
import { unzip } from './unzip.ts';

/** Exported files, read back: by the reader that a format's own people wrote, where there is one for JavaScript. */

export interface Elements {
  /** By id. */
  readonly nodes: Map<string, Record<string, unknown>>;
  readonly edges: Map<string, Record<string, unknown> & { from: string; to: string }>;
}

const elements = (): Elements => ({ nodes: new Map(), edges: new Map() });

const schema = (name: string) => ({
  fileName: name,
  contents: readFileSync(projectFile(`test/support/schemas/${name}`), 'utf8'),
});

/** What libxml2 finds wrong with a document, by a schema. */
export async function xmlProblems(text: string, main: string, ...others: string[]): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: { fileName: 'file.xml', contents: text },
    schema: schema(main),
    preload: others.map(schema),
    initialMemoryPages: 64 * memoryPages.MiB,
    maxMemoryPages: memoryPages.GiB,
  });
  return errors.map(({ message }) => message);
}

type Named = { readonly name: string; readonly attributes: Readonly<Record<string, string>> };

/** Elements of an XML document, each with the text directly in it, when it ends. */
function eachElement(text: string, take: (element: Named, within: readonly Named[], text: string) => void): void {
  const parser = new SaxesParser();
  const open: (Named & { text: string })[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) =>
    open.push({ name, attributes: attributes as Record<string, string>, text: '' }),
  );
  parser.on('text', (piece) => {
    const inner = open.at(-1);
    if (inner) inner.text += piece;
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (element) take(element, open, element.text);
  });
  parser.write(text).close();
}

const typed = (type: string | undefined, text: string): unknown => {
  if (type === 'long' || type === 'double') return Number(text);
  if (type === 'boolean') return text === 'true';
  return type === 'liststring' ? JSON.parse(text) : text;
};

function readGexf(text: string): Elements {
  const read = elements();
  const types = new Map<string, string>();
  let values: Record<string, unknown> = {};
  let spell: Readonly<Record<string, string>> | undefined;
  eachElement(text, ({ name, attributes: of }) => {
    if (name === 'attribute') types.set(of['id'] ?? '', of['type'] ?? '');
    if (name === 'attvalue') values[of['for'] ?? ''] = typed(types.get(of['for'] ?? ''), of['value'] ?? '');
    if (name === 'spell') spell = of;
    if (name !== 'node' && name !== 'edge') return;
    const own = { id: of['id'], label: of['label'], ...values, ...(spell ? { spell } : {}) };
    if (name === 'node') read.nodes.set(of['id'] ?? '', own);
    else read.edges.set(of['id'] ?? '', { ...own, from: of['source'] ?? '', to: of['target'] ?? '' });
    values = {};
    spell = undefined;
  });
  return read;
}

function readGraphml(text: string): Elements {
  const read = elements();
  const keys = new Map<string, { name: string; type: string }>();
  let values: Record<string, unknown> = {};
  eachElement(text, ({ name, attributes: of }, _, inner) => {
    if (name === 'key') keys.set(of['id'] ?? '', { name: of['attr.name'] ?? '', type: of['attr.type'] ?? '' });
    const key = keys.get(of['key'] ?? '');
    if (name === 'data' && key) values[key.name] = typed(key.type, inner);
    if (name !== 'node' && name !== 'edge') return;
    const id = String(values['concordatId'] ?? of['id']);
    if (name === 'node') read.nodes.set(id, { id, ...values });
    else read.edges.set(id, { id, ...values, from: of['source'] ?? '', to: of['target'] ?? '' });
    values = {};
  });
  return read;
}

type Item = Record<string, unknown>;

function listed(nodes: readonly Item[], edges: readonly Item[], from: string, to: string): Elements {
  const read = elements();
  for (const node of nodes) read.nodes.set(String(node['id']), node);
  for (const edge of edges)
    read.edges.set(String(edge['id']), { ...edge, from: String(edge[from]), to: String(edge[to]) });
  return read;
}

function readCyjs(text: string): Elements {
  const graph = cytoscape({ headless: true, ...JSON.parse(text) });
  const data = (which: 'nodes' | 'edges') => graph[which]().map((each: { data(): Item }) => each.data());
  return listed(data('nodes'), data('edges'), 'source', 'target');
}

function readCx2(text: string): Elements {
  const aspects: Item[] = JSON.parse(text);
  expectOrder(aspects);
  const of = (name: string) => aspects.find((aspect) => name in aspect)?.[name] as never;
  const nodes = of('nodes') as { id: number; v: Item }[];
  const ids = new Map(nodes.map(({ id, v }) => [id, v['id']]));
  const edges = of('edges') as { s: number; t: number; v: Item }[];
  const counts = Object.fromEntries((of('metaData') as Item[]).map(({ name, elementCount }) => [name, elementCount]));
  if (counts['nodes'] !== nodes.length || counts['edges'] !== edges.length) throw new Error('the counts are wrong');
  const declared = (of('attributeDeclarations') as Item[])[0] as { nodes: Item; edges: Item };
  for (const [which, items] of [['nodes', nodes] as const, ['edges', edges] as const])
    for (const { v } of items)
      for (const name of Object.keys(v)) if (!(name in declared[which])) throw new Error(`${name} is not declared`);
  return listed(
    nodes.map(({ v }) => v),
    edges.map(({ s, t, v }) => ({ ...v, from: ids.get(s), to: ids.get(t) })),
    'from',
    'to',
  );
}

function expectOrder(aspects: readonly Item[]): void {
  const names = aspects.map((aspect) => Object.keys(aspect)[0]);
  const order = ['CXVersion', 'metaData', 'attributeDeclarations', 'networkAttributes', 'nodes', 'edges', 'status'];
  if (names.join() !== order.join()) throw new Error(`the aspects stand as ${names.join()}`);
}

function readGraphology(text: string): Elements {
  const graph = MultiDirectedGraph.from(JSON.parse(text));
  return listed(
    graph.mapNodes((_, attributes) => attributes),
    graph.mapEdges((_, attributes, from, to) => ({ ...attributes, from, to })),
    'from',
    'to',
  );
}

function readNodeLink(text: string): Elements {
  const { nodes, edges, directed, multigraph } = JSON.parse(text);
  if (!directed || !multigraph) throw new Error('it is no directed multigraph');
  return listed(nodes, edges, 'source', 'target');
}

/** Cells as they were before they were guarded. */
function readTable(text: string): Item[] {
  const rows: Record<string, string>[] = parseCsv(text, { columns: true, record_delimiter: '\r\n' });
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([name, value]) => (value === '' ? [] : [[name, unguarded(value)]])),
    ),
  );
}

function readCsv(bytes: Buffer): Elements {
  const files = unzip(bytes);
  const [nodes, edges] = ['nodes.csv', 'relationships.csv'].map((name) => readTable(files.get(name) ?? '')) as [
    Item[],
    Item[],
  ];
  return listed(nodes, edges, 'from', 'to');
}

/** Ids as they were before they were made IRIs. */
const idOf = (iri: unknown): string => decodeURIComponent(String(iri).slice('urn:concordat:'.length));

async function readJsonld(text: string): Promise<Elements> {
  const read = elements();
  const expanded = (await jsonld.expand(JSON.parse(text))) as Record<string, { '@id': string; '@value': unknown }[]>[];
  const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
  for (const node of expanded) {
    const id = idOf(node['@id']);
    const plain = Object.fromEntries(
      Object.entries(node).map(([key, values]) => [
        key.replace(/^.*[#:/]/, ''),
        Array.isArray(values) ? values[0]?.['@value'] : values,
      ]),
    );
    const [from, to] = ['subject', 'object'].map((end) => node[`${rdf}${end}`]?.[0]?.['@id']);
    if (from && to) read.edges.set(id, { ...plain, from: idOf(from), to: idOf(to) });
    else if (node['http://www.w3.org/2000/01/rdf-schema#label'] && !id.startsWith('ontology:'))
      read.nodes.set(id, plain);
  }
  return read;
}

/** Reads a file of a format; what has no reader here is absent. */
export const READERS: Readonly<Record<string, (file: Buffer) => Elements | Promise<Elements>>> = {
  gexf: (file) => readGexf(String(file)),
  graphml: (file) => readGraphml(String(file)),
  cyjs: (file) => readCyjs(String(file)),
  cx2: (file) => readCx2(String(file)),
  json: (file) => readNodeLink(String(file)),
  'd3.json': (file) => {
    const { nodes, links } = JSON.parse(String(file));
    return listed(nodes, links, 'source', 'target');
  },
  'graphology.json': (file) => readGraphology(String(file)),
  'kumu.json': (file) => {
    const { elements: nodes, connections } = JSON.parse(String(file));
    return listed(nodes, connections, 'from', 'to');
  },
  jsonld: (file) => readJsonld(String(file)),
  'csv.zip': readCsv,
};
