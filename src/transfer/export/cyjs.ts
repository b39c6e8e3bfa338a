import { attributesOfEdge, attributesOfNode } from './attributes.ts';
import type { ExportGraph } from './export-graph.ts';
import type { ExportFormat } from './format.ts';
import { graphAttributes } from './json-graphs.ts';
import { gathered, json, jsonItems, writable } from './text.ts';

/** Cytoscape's own JSON, for Cytoscape and Cytoscape.js: https://js.cytoscape.org/#notation/elements-json */
export const cyjs: ExportFormat = {
  extension: 'cyjs',
  contentType: 'application/json; charset=utf-8',
  title: 'Cytoscape JSON, for Cytoscape and Cytoscape.js',
  write: (graph) => gathered(write(graph)),
};

async function* write(graph: ExportGraph): AsyncGenerator<string> {
  yield `{"format_version":"1.0","generated_by":"concordat","target_cytoscapejs_version":"~3.0","data":${json(graphAttributes(graph.about))},"elements":{"nodes":[`;
  yield* jsonItems(graph.nodes(), (node) => {
    const data = attributesOfNode(node);
    return { data: { ...data, name: data['name'] ?? data['label'], shared_name: data['label'] } };
  });
  yield '],"edges":[';
  yield* jsonItems(graph.edges(), (edge) => {
    const data = attributesOfEdge(edge);
    const ends = { source: writable(edge.from), target: writable(edge.to) };
    return { data: { ...data, name: edge.type, interaction: edge.type, shared_interaction: edge.type, ...ends } };
  });
  yield ']}}\n';
}
