import type { Api } from './api.ts';
import { ENTITY } from './documents.ts';
import type { Entity } from './things.ts';

/** Finding entities by name, and somewhere to begin. */

export interface Suggestion extends Entity {
  readonly matched: string;
}

/** What names begin like this. @throws Refused */
export async function suggest(api: Api, prefix: string, signal: AbortSignal): Promise<readonly Suggestion[]> {
  const { suggest: found } = await api.ask<{ suggest: readonly Suggestion[] }>(
    'query Suggest($prefix: String!) { suggest(prefix: $prefix, first: 10) { id name type matched } }',
    { prefix },
    signal,
  );
  return found;
}

/** What a search finds, the best first. @throws Refused */
export async function search(
  api: Api,
  query: string,
  signal: AbortSignal,
): Promise<{ readonly totalCount: number; readonly found: readonly Suggestion[] }> {
  const { search: answer } = await api.ask<{
    search: { totalCount: number; edges: readonly { matchedOn: string; highlight: string | null; node: Entity }[] };
  }>(
    `query Search($query: String!) { search(query: $query, first: 20) { totalCount edges { matchedOn highlight node { ${ENTITY} } } } }`,
    { query },
    signal,
  );
  return {
    totalCount: answer.totalCount,
    found: answer.edges.map(({ node, matchedOn }) => ({ ...node, matched: matchedOn })),
  };
}

const ARTICLE = ['agreement:el-salvador-united-states', 'prison:cecot'];

/** What the page opens on: around the first data set's agreement. Empty where the store has not that: then one searches. */
export async function opening(api: Api): Promise<readonly string[]> {
  const { neighborhood } = await api.ask<{ neighborhood: { nodes: readonly { id: string }[] } }>(
    'query Opening($ids: [ID!]!) { neighborhood(ids: $ids, depth: 2, limit: 90) { nodes { id } } }',
    { ids: ARTICLE },
  );
  return neighborhood.nodes.map(({ id }) => id);
}
