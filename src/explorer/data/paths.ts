import type { Api } from './api.ts';
import { ENTITY, edgeFields, type RawEdge } from './documents.ts';
import type { Legend } from './legend.ts';
import type { Entity } from './things.ts';

/** How two entities are connected. */

export interface Path {
  readonly length: number;
  readonly nodes: readonly Entity[];
  readonly relationships: readonly RawEdge[];
  /** A sentence a step, with its source. */
  readonly explanation: readonly string[];
}

export interface Paths {
  readonly paths: readonly Path[];
  readonly hasMore: boolean;
}

/** How many relationships a path has at most. */
export const LONGEST = 6;

/** The shortest paths, up to ten. @throws Refused where nothing has one of the ids */
export async function fetchPaths(
  api: Api,
  legend: Legend,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<Paths> {
  const { paths } = await api.ask<{ paths: { nodes: readonly Path[]; pageInfo: { hasNextPage: boolean } } }>(
    `query Paths($from: ID!, $to: ID!) { paths(from: $from, to: $to, maxLength: ${LONGEST}, first: 10) {
      pageInfo { hasNextPage } nodes { length explanation nodes { ${ENTITY} } relationships { ${edgeFields(legend)} } } } }`,
    { from, to },
    signal,
  );
  return { paths: paths.nodes, hasMore: paths.pageInfo.hasNextPage };
}
