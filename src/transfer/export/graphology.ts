import { attributesOfEdge, attributesOfNode } from './attributes.ts';
import { coloursOf, hexOf } from './colours.ts';
import type { ExportGraph } from './export-graph.ts';
import type { ExportFormat, ExportFrom } from './format.ts';
import { graphAttributes } from './json-graphs.ts';
import { gathered, json, jsonItems, writable } from './text.ts';

/** Graphology's serialisation, `Graph.from(data)`: https://graphology.github.io/serialization.html. For Gephi Lite and sigma. */
export const graphology: ExportFormat = {
  extension: 'graphology.json',
  contentType: 'application/json; charset=utf-8',
  title: 'Graphology JSON, for Gephi Lite and sigma.js',
  write: (graph, from) => gathered(write(graph, from)),
};

async function* write(graph: ExportGraph, { model }: ExportFrom): AsyncGenerator<string> {
  const colourOf = coloursOf(model);
  yield `{"options":{"type":"directed","multi":true,"allowSelfLoops":true},"attributes":${json(graphAttributes(graph.about))},"nodes":[`;
  yield* jsonItems(graph.nodes(), (node) => {
    const attributes = attributesOfNode(node);
    const color = hexOf(colourOf(String(attributes['type'])));
    return { key: attributes['id'], attributes: { ...attributes, color } };
  });
  yield '],"edges":[';
  yield* jsonItems(graph.edges(), (edge) => {
    const attributes = attributesOfEdge(edge);
    return { key: attributes['id'], source: writable(edge.from), target: writable(edge.to), attributes };
  });
  yield ']}\n';
}
