import type { ExportAbout } from './export-graph.ts';

/** What the JSON formats say of a graph beside its elements: the same words in each. */
export const graphAttributes = ({ name, counts, parameters, view, exportedAt, truncated }: ExportAbout) => ({
  name,
  exportedAt,
  view,
  parameters,
  nodeCount: counts.nodes,
  edgeCount: counts.edges,
  claimCount: counts.claims,
  truncated: truncated !== null,
  truncatedBecause: truncated,
});
