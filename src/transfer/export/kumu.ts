import { attributesOfEdge, attributesOfNode } from './attributes.ts';
import type { ExportGraph } from './export-graph.ts';
import type { ExportFormat } from './format.ts';
import { graphAttributes } from './json-graphs.ts';
import { gathered, json, jsonItems, writable } from './text.ts';

/** A blueprint for Kumu: https://docs.kumu.io/guides/import/blueprints. Topics are its tags. */
export const kumu: ExportFormat = {
  extension: 'kumu.json',
  contentType: 'application/json; charset=utf-8',
  title: 'A blueprint, for Kumu',
  write: (graph) => gathered(write(graph)),
};

async function* write(graph: ExportGraph): AsyncGenerator<string> {
  yield `{"about":${json(graphAttributes(graph.about))},"elements":[`;
  yield* jsonItems(graph.nodes(), (node) => {
    const { topics, ...values } = attributesOfNode(node);
    return topics ? { ...values, tags: topics, topics } : values;
  });
  yield '],"connections":[';
  yield* jsonItems(graph.edges(), (edge) => {
    const values = attributesOfEdge(edge);
    const direction = edge.relationship?.symmetric ? 'mutual' : 'directed';
    return { ...values, from: writable(edge.from), to: writable(edge.to), direction };
  });
  yield ']}\n';
}
