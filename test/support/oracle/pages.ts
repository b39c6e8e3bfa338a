import { compareKeys, type Item, type Key, keyValues } from './orders.ts';

/** A list cut into a page by its cursors. */

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

const DEFAULT_SIZE = 25;

const cursorOf = (values: readonly unknown[]): string => `oracle:${JSON.stringify(values)}`;
const valuesOf = (cursor: string): unknown[] => JSON.parse(cursor.slice('oracle:'.length)) as unknown[];

/** A connection's fields: edges with cursor and what `edgeOf` adds, nodes, totalCount, pageInfo. */
export function pageOf(
  items: readonly Item[],
  keys: readonly Key[],
  { first, after, last, before }: PageArguments,
  edgeOf: (item: Item) => object = () => ({}),
) {
  const sorted = items
    .map((item) => ({ item, values: keyValues(keys, item) }))
    .sort((a, b) => compareKeys(keys, a.values, b.values));
  const backward = typeof last === 'number' || (typeof before === 'string' && typeof first !== 'number');
  const size = (backward ? last : first) ?? DEFAULT_SIZE;
  const cursor = backward ? before : after;
  const within = sorted.filter(({ values }) => {
    if (typeof cursor !== 'string') return true;
    const place = compareKeys(keys, values, valuesOf(cursor));
    return backward ? place < 0 : place > 0;
  });
  const page = backward ? within.slice(Math.max(0, within.length - size)) : within.slice(0, size);
  const cut = within.length > page.length;
  const beyond = sorted.length > within.length;
  const edges = page.map(({ item, values }) => ({ cursor: cursorOf(values), node: item.node, ...edgeOf(item) }));
  return {
    edges,
    nodes: page.map(({ item }) => item.node),
    totalCount: sorted.length,
    pageInfo: {
      hasNextPage: backward ? beyond : cut,
      hasPreviousPage: backward ? cut : beyond,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
