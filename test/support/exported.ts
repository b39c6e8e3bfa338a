import { ontology } from '../../src/ontology/ontology.ts';
import type { Connection } from '../../src/store/connection.ts';
import type { ExportRequest } from '../../src/transfer/export/export-request.ts';
import type { ExportFormat } from '../../src/transfer/export/format.ts';
import { exportGraph } from '../../src/transfer/export/read-graph.ts';

/** Everything of a sequence. */
export async function all<T>(sequence: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of sequence) items.push(item);
  return items;
}

/** An export of the graph as the sets that every format is handed. */
export async function exported(connection: Connection, request: Partial<ExportRequest> = {}) {
  const graph = await exportGraph(connection, ontology, { name: 'graph', view: 'contracted', ...request });
  const [nodes, edges, claims] = [await all(graph.nodes()), await all(graph.edges()), await all(graph.claims())];
  return { about: graph.about, nodes, edges, claims };
}

/** An export as the bytes of a file. */
export async function written(
  connection: Connection,
  format: ExportFormat,
  request: Partial<ExportRequest> = {},
): Promise<Buffer> {
  const graph = await exportGraph(connection, ontology, { name: 'graph', view: 'contracted', ...request });
  const { signal } = new AbortController();
  const parts: Uint8Array[] = [];
  for await (const part of format.write(graph, { connection, model: ontology, signal }))
    parts.push(typeof part === 'string' ? Buffer.from(part, 'utf8') : part);
  return Buffer.concat(parts);
}
