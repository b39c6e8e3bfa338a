import { csvZip } from './csv.ts';
import { cx2 } from './cx2.ts';
import { cyjs } from './cyjs.ts';
import { cypher } from './cypher.ts';
import { d3 } from './d3.ts';
import { dot } from './dot.ts';
import type { ExportFormat } from './format.ts';
import { gexf } from './gexf.ts';
import { graphml } from './graphml.ts';
import { graphology } from './graphology.ts';
import { jsonld } from './jsonld.ts';
import { kumu } from './kumu.ts';
import { mermaid } from './mermaid.ts';
import { nodeLink } from './node-link.ts';

/** Every format that a graph is exported in, in the order in which they are offered. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  gexf,
  graphml,
  cyjs,
  cx2,
  nodeLink,
  d3,
  graphology,
  kumu,
  dot,
  mermaid,
  jsonld,
  csvZip,
  cypher,
];

/** The format that a file's name ends in, the longest ending first: `graph.ftm.jsonl` is `ftm.jsonl`. */
export const exportFormatOf = (fileName: string): ExportFormat | undefined =>
  [...EXPORT_FORMATS]
    .sort((a, b) => b.extension.length - a.extension.length)
    .find((format) => fileName.toLowerCase().endsWith(`.${format.extension}`));
