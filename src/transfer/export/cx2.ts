import {
  type Attribute,
  type AttributeKind,
  attributesOfEdge,
  attributesOfNode,
  described,
  edgeAttributes,
  nodeAttributes,
} from './attributes.ts';
import type { ExportGraph } from './export-graph.ts';
import type { ExportFormat, ExportFrom } from './format.ts';
import { IdIndex } from './id-index.ts';
import { gathered, json, jsonItems } from './text.ts';

/**
 * CX2, for Cytoscape and NDEx: https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/
 * Its ids are numbers, which are given in the order of the nodes; ours are the attribute `id`.
 */
export const cx2: ExportFormat = {
  extension: 'cx2',
  contentType: 'application/json; charset=utf-8',
  title: 'CX2, for Cytoscape and NDEx',
  write: (graph, from) => gathered(write(graph, from)),
};

const TYPES: Readonly<Record<AttributeKind, string>> = {
  string: 'string',
  date: 'string',
  integer: 'long',
  float: 'double',
  boolean: 'boolean',
  list: 'list_of_string',
};

const declared = (attributes: readonly Attribute[], more: readonly string[]) => ({
  ...Object.fromEntries(attributes.map(({ name, kind }) => [name, { d: TYPES[kind] }])),
  ...Object.fromEntries(more.map((name) => [name, { d: 'string' }])),
});

async function* write(graph: ExportGraph, { model }: ExportFrom): AsyncGenerator<string> {
  const { about } = graph;
  const { nodes, edges } = about.counts;
  const places = new IdIndex();
  const aspects = { attributeDeclarations: 1, networkAttributes: 1, nodes, edges };
  const network = {
    name: about.name,
    description: described(about),
    truncated: about.truncated !== null,
    ...(about.truncated === null ? {} : { truncatedBecause: about.truncated }),
  };
  const declarations = {
    networkAttributes: { name: {}, description: {}, truncated: { d: 'boolean' }, truncatedBecause: {} },
    nodes: declared(nodeAttributes(model, about.view), ['name']),
    edges: declared(edgeAttributes(model), ['name', 'interaction']),
  };
  yield `[{"CXVersion":"2.0","hasFragments":false},
{"metaData":${json(Object.entries(aspects).map(([name, elementCount]) => ({ name, elementCount })))}},
{"attributeDeclarations":[${json(declarations)}]},
{"networkAttributes":[${json(network)}]},
{"nodes":[`;
  yield* jsonItems(graph.nodes(), (node) => {
    const values = attributesOfNode(node);
    return { id: places.add(node.id), v: { ...values, name: values['name'] ?? values['label'] } };
  });
  yield ']},\n{"edges":[';
  let id = 0;
  yield* jsonItems(graph.edges(), (edge) => ({
    id: id++,
    s: places.place(edge.from),
    t: places.place(edge.to),
    v: { ...attributesOfEdge(edge), name: edge.type, interaction: edge.type },
  }));
  yield ']},\n{"status":[{"success":true}]}]\n';
}
