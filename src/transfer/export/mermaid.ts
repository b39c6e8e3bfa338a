import { described } from './attributes.ts';
import type { ExportGraph } from './export-graph.ts';
import type { ExportFormat } from './format.ts';
import { IdIndex } from './id-index.ts';
import { gathered, writable } from './text.ts';

/**
 * A flowchart for Mermaid: https://mermaid.js.org/syntax/flowchart.html. It knows no attributes: a node is its name and
 * its type, an edge its type. Ids that it would misread are numbered, in the order of the nodes.
 */
export const mermaid: ExportFormat = {
  extension: 'mmd',
  contentType: 'text/vnd.mermaid; charset=utf-8',
  title: 'A flowchart, for Mermaid',
  write: (graph) => gathered(write(graph)),
};

/** Edges and characters that Mermaid takes unless it is told otherwise. */
const USUAL = { edges: 500, characters: 50_000 };

async function* write(graph: ExportGraph): AsyncGenerator<string> {
  const { about } = graph;
  const places = new IdIndex();
  const { edges } = about.counts;
  // A brace after the signs would make a directive of it.
  yield `%% ${described(about)
    .replaceAll(/[\n\r]/g, ' ')
    .replaceAll('{', '(')
    .replaceAll('}', ')')}
%% Mermaid draws at most ${USUAL.edges} edges, of a text of ${USUAL.characters} characters, unless the page that it is on says
%% otherwise; here are ${edges} edges: mermaid.initialize({ maxEdges: ${Math.max(edges, USUAL.edges)}, maxTextSize: 100000000 })
flowchart LR\n`;
  for await (const node of graph.nodes())
    yield `  n${places.add(node.id)}["${text(node.label)}<br/><small>${node.type?.name ?? 'Claim'}</small>"]\n`;
  for await (const edge of graph.edges())
    yield `  n${places.place(edge.from)} -->|"${text(edge.type)}"| n${places.place(edge.to)}\n`;
}

/** Characters that mean something to Mermaid, to HTML or to Markdown, as its entities: `#35;`. */
const text = (given: string): string =>
  writable(given)
    .replace(/\r\n?|\n/g, ' ')
    .replace(/[#&<>"`%{}\\*_;[\]|~]/g, (each) => `#${each.charCodeAt(0)};`);
