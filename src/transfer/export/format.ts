import type { Model } from '../../model/model.ts';
import type { Connection } from '../../store/connection.ts';
import type { ExportGraph } from './export-graph.ts';

/** A format that a graph is written in. One a file; `formats.ts` lists them. */
export interface ExportFormat {
  /** What the address ends with, without the first dot: `gexf`, `csv.zip`. */
  readonly extension: string;
  readonly contentType: string;
  /** What it is called and what opens it, in a few words. */
  readonly title: string;
  /** Writes the graph piece by piece; what it does not take is not read. Ended by `return()` of the iterator. */
  write(graph: ExportGraph, from: ExportFrom): AsyncIterable<string | Uint8Array>;
}

/** Where a graph comes from, for formats that carry more of a store than its graph. */
export interface ExportFrom {
  readonly connection: Connection;
  readonly model: Model;
  readonly signal: AbortSignal;
}
