import type { Config } from '../config.ts';
import { ontology } from '../ontology/ontology.ts';
import type { ExportGraph } from '../transfer/export/export-graph.ts';
import type { ExportRequest } from '../transfer/export/export-request.ts';
import type { ExportFormat } from '../transfer/export/format.ts';
import { exportGraph } from '../transfer/export/read-graph.ts';
import type { Events } from './events.ts';
import type { Exporting } from './export.ts';
import { openStore } from './start.ts';
import type { Terminal } from './terminal.ts';

/** An export that is read from the database in this process. */
export async function exportFromStore(
  request: ExportRequest,
  format: ExportFormat,
  given: {
    readonly config: Config;
    readonly signal: AbortSignal;
    readonly terminal: Terminal;
    readonly events: Events;
  },
): Promise<Exporting> {
  const { config, signal, terminal, events } = given;
  const store = await openStore({ config, say: terminal.say, signal, shared: true });
  try {
    const { connection } = store;
    const graph = await exportGraph(connection, ontology, request, signal);
    const { counts, truncated } = graph.about;
    const chunks = format.write(watched(graph, request.name, events), { connection, model: ontology, signal });
    return { chunks, counts, truncated, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
  } catch (error) {
    await store[Symbol.asyncDispose]();
    throw error;
  }
}

/** The same graph, whose nodes and edges are counted as they are read for the first time. */
function watched(graph: ExportGraph, name: string, events: Events): ExportGraph {
  const { nodes, edges } = graph.about.counts;
  const total = nodes + edges;
  let done = 0;
  const counting = <T>(read: () => AsyncIterable<T>): (() => AsyncIterable<T>) => {
    let isFirst = true;
    return async function* () {
      const counts = isFirst;
      isFirst = false;
      for await (const each of read()) {
        if (counts && ++done % 100 === 0) events.at({ what: name, done, total, unit: 'records' });
        yield each;
      }
    };
  };
  return {
    about: graph.about,
    nodes: counting(() => graph.nodes()),
    edges: counting(() => graph.edges()),
    claims: () => graph.claims(),
  };
}
