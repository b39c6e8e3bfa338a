import { attributesOfEdge, attributesOfNode } from './attributes.ts';
import { coloursOf, hexOf } from './colours.ts';
import type { ExportGraph } from './export-graph.ts';
import type { ExportFormat, ExportFrom } from './format.ts';
import { graphAttributes } from './json-graphs.ts';
import { gathered, json, jsonItems, writable } from './text.ts';

/** Nodes and links as d3-force takes them, ends by id: https://d3js.org/d3-force/link. For Observable and pages of one's own. */
export const d3: ExportFormat = {
  extension: 'd3.json',
  contentType: 'application/json; charset=utf-8',
  title: 'Nodes and links, for D3 and Observable',
  write: (graph, from) => gathered(write(graph, from)),
};

async function* write(graph: ExportGraph, { model }: ExportFrom): AsyncGenerator<string> {
  const colourOf = coloursOf(model);
  yield `{"meta":${json(graphAttributes(graph.about))},"nodes":[`;
  yield* jsonItems(graph.nodes(), (node) => {
    const values = attributesOfNode(node);
    return { ...values, group: values['type'], color: hexOf(colourOf(String(values['type']))) };
  });
  yield '],"links":[';
  yield* jsonItems(graph.edges(), (edge) => ({
    ...attributesOfEdge(edge),
    source: writable(edge.from),
    target: writable(edge.to),
  }));
  yield ']}\n';
}
