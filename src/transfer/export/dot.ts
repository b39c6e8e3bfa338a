import { type AttributeValues, attributesOfEdge, attributesOfNode, described } from './attributes.ts';
import { coloursOf, hexOf } from './colours.ts';
import type { ExportGraph } from './export-graph.ts';
import type { ExportFormat, ExportFrom } from './format.ts';
import { gathered, writable } from './text.ts';

/** Graphviz: https://graphviz.org/doc/info/lang.html. Attributes that would change the drawing end in `_`. */
export const dot: ExportFormat = {
  extension: 'dot',
  contentType: 'text/vnd.graphviz; charset=utf-8',
  title: 'DOT, for Graphviz',
  write: (graph, from) => gathered(write(graph, from)),
};

/** Names of ours that are Graphviz's too: https://graphviz.org/doc/info/attrs.html */
const TAKEN = new Set(
  'area charset class color colour comment dim dir end group height href id image key label layer layout mode model nodes nodesep order ordering orientation overlap page peripheries pin pos quantum rank root rotate samehead sametail shape sides size sort start style target vertices weight width'.split(
    ' ',
  ),
);

async function* write(graph: ExportGraph, { model }: ExportFrom): AsyncGenerator<string> {
  const { about } = graph;
  const colourOf = coloursOf(model);
  yield `digraph ${quoted(about.name)} {
  graph [comment=${quoted(described(about))}, overlap=false];
  node [shape=box, style="rounded,filled", fontname="sans-serif"];
  edge [fontname="sans-serif", fontsize=9];\n`;
  for await (const node of graph.nodes()) {
    const values = attributesOfNode(node);
    const fill = `${hexOf(colourOf(String(values['type'])))}40`;
    yield `  ${quoted(node.id)} [label=${label(node.label)}, fillcolor="${fill}"${others(values)}];\n`;
  }
  for await (const edge of graph.edges())
    yield `  ${quoted(edge.from)} -> ${quoted(edge.to)} [label=${label(edge.type)}, key=${quoted(edge.id)}${others(attributesOfEdge(edge))}];\n`;
  yield '}\n';
}

/**
 * Only a quote is escaped. Backslashes stay as they are, which is how Graphviz reads them in pairs too; an odd number of
 * them before a quote, or at the end, would escape it, so that there is one more.
 */
const quoted = (text: string): string =>
  `"${writable(text)
    .replace(/(\\+)(?="|$)/g, (run) => (run.length % 2 === 0 ? run : `${run}\\`))
    .replaceAll('"', '\\"')}"`;

/** A label reads backslashes once more; a line of it ends with `\n`. */
const label = (text: string): string =>
  `"${writable(text)
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/\r?\n|\r/g, '\\n')}"`;

function others(values: AttributeValues): string {
  let text = '';
  for (const name in values) {
    if (name === 'id' || name === 'label') continue;
    const value = values[name];
    const written = typeof value === 'object' ? JSON.stringify(value) : String(value);
    text += `, ${TAKEN.has(name.toLowerCase()) ? `${name}_` : name}=${quoted(written)}`;
  }
  return text;
}
