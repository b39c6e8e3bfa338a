import type { TestGraph } from './graph.ts';

/** What is kept about the graph, rather than in it. */
const LOG = ['Revision', 'Removed', 'Merge', 'Judgement'];
/** What counts writing, rather than saying something. */
const STAMPS = new Set(['version', 'updatedAt']);

/**
 * The live graph as lines, in a stable order: nodes with their labels and properties, edges with theirs, external ids
 * and names as edges have them. Two graphs that say the same have the same lines; versions and times of change aside.
 */
export async function dump(graph: Pick<TestGraph, 'rows'>): Promise<string[]> {
  const nodes = await graph.rows(
    `MATCH (n) WHERE NOT any(label IN labels(n) WHERE label IN $log OR label STARTS WITH 'Concordat')
     RETURN labels(n), coalesce(n.id, n.key, n.value), properties(n)`,
    { log: LOG },
  );
  const edges = await graph.rows(
    `MATCH (a)-[r]->(b) WHERE NOT a:Removed AND NOT a:ConcordatMigration
     RETURN type(r), coalesce(a.id, a.key), coalesce(b.id, b.key, b.value), properties(r)`,
  );
  return [
    ...nodes.map(([labels, id, properties]) => line([[...(labels as string[])].sort(), id, properties])),
    ...edges.map(line),
  ].sort();
}

const line = (parts: unknown[]): string =>
  JSON.stringify(parts, (key, value) => (STAMPS.has(key) ? undefined : stable(value)));

function stable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (value.constructor !== Object) return String(value);
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
