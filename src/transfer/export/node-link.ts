import { attributesOfEdge, attributesOfNode } from './attributes.ts';
import type { ExportGraph } from './export-graph.ts';
import type { ExportFormat } from './format.ts';
import { graphAttributes } from './json-graphs.ts';
import { gathered, json, jsonItems, writable } from './text.ts';

/**
 * Node-link JSON as NetworkX reads it, `node_link_graph(data, edges="edges")`:
 * https://networkx.org/documentation/stable/reference/readwrite/json_graph.html
 */
export const nodeLink: ExportFormat = {
  extension: 'json',
  contentType: 'application/json; charset=utf-8',
  title: 'Node-link JSON, for NetworkX',
  write: (graph) => gathered(write(graph)),
};

async function* write(graph: ExportGraph): AsyncGenerator<string> {
  yield `{"directed":true,"multigraph":true,"graph":${json(graphAttributes(graph.about))},"nodes":[`;
  yield* jsonItems(graph.nodes(), attributesOfNode);
  yield '],"edges":[';
  yield* jsonItems(graph.edges(), (edge) => ({
    ...attributesOfEdge(edge),
    source: writable(edge.from),
    target: writable(edge.to),
    key: writable(edge.id),
  }));
  yield ']}\n';
}
