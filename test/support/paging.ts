import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { expect } from 'vitest';
import type { TestGraph } from './graph.ts';
import type { Choices } from './oracle/choices.ts';
import { scopeFor } from './oracle/generate-scope.ts';
import { valueFor } from './oracle/generate-values.ts';
import type { Pool } from './oracle/pool.ts';

/** Lists read page by page, from either end, by queries made from the schema. */

/** A list somewhere in the schema: what stands around it, and what tells its items apart. */
export interface Listing {
  readonly name: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly around: (list: string) => string;
  readonly item: 'node' | 'relationship';
}

/** A list of the query type. */
export const rootListing = (schema: GraphQLSchema, name: string): Listing => {
  const field = schema.getQueryType()?.getFields()[name];
  if (!field) throw new Error(`no root field ${name}`);
  return { name, field, around: (list) => list, item: 'node' };
};

/** A list of something of a type, which is looked up by id. */
export function nestedListing(schema: GraphQLSchema, type: string, id: string, name: string): Listing {
  const found = schema.getType(type);
  const field = isObjectType(found) ? found.getFields()[name] : undefined;
  if (!field) throw new Error(`${type} has no ${name}`);
  const edge = getNamedType(field.type).name.replace(/Connection$/, 'Edge');
  const edges = schema.getType(edge);
  const onEdges = isObjectType(edges) && 'relationship' in edges.getFields();
  return {
    name: `${type}.${name} of ${id}`,
    field,
    around: (list) => `node(id: ${JSON.stringify(id)}) { ... on ${type} { ${list} } }`,
    item: onEdges ? 'relationship' : 'node',
  };
}

/** What is asked of a list beside its page. */
export type Asked = Readonly<Record<string, unknown>>;

/** An order of several keys, now and then a filter, and a day or commitment. */
export function asking(listing: Listing, choices: Choices, pool: Pool, counts = true): Asked {
  const argument = (name: string) => listing.field.args.find((each) => each.name === name);
  const [order, where] = [argument('orderBy'), argument('where')];
  const keys = order ? Array.from({ length: choices.below(4) }, () => orderOf(order.type, choices, counts)) : [];
  const names = keys.map((key) => JSON.stringify(key).replace(/ASC|DESC/, ''));
  const scope = argument('certain') && choices.once(2) ? scopeFor(choices, pool) : {};
  return {
    ...(order ? { orderBy: keys.filter((_, nth) => names.indexOf(names[nth] ?? '') === nth) } : {}),
    ...(where && choices.once(2) ? { where: valueFor(where.type, choices, pool, 'where', 'where', 2) } : {}),
    ...scope,
  };
}

/** One key of an order; by how many there are of something only where `counts`. */
function orderOf(given: GraphQLInputType, choices: Choices, counts: boolean): object | string {
  const type = getNamedType(given);
  if (!isInputObjectType(type)) return choices.one(['ASC', 'DESC']);
  const open = Object.values(type.getFields()).filter(
    (each) => counts || getNamedType(each.type).name !== 'CountOrder',
  );
  const field = choices.one(open);
  return { [field.name]: orderOf(field.type, choices, counts) };
}

export interface Page {
  readonly ids: readonly string[];
  readonly totalCount: number;
  /** Whether the list goes on, and the cursor by which it does. */
  readonly more: boolean;
  readonly cursor: string | null;
}

interface Answered {
  readonly edges: readonly { readonly item: { readonly id: string } }[];
  readonly totalCount: number;
  readonly pageInfo: Readonly<Record<string, unknown>>;
}

/** One page; `at` is the cursor of the one before. */
export async function readPage(
  graph: TestGraph,
  listing: Listing,
  asked: Asked,
  { size, at = null, backward = false }: { size: number; at?: string | null; backward?: boolean },
): Promise<Page> {
  const given: Asked = backward ? { ...asked, last: size, before: at } : { ...asked, first: size, after: at };
  const open = listing.field.args.filter(({ name }) => given[name] !== undefined);
  const head = open.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const list = `list: ${listing.field.name}(${open.map(({ name }) => `${name}: $${name}`).join(', ')}) { edges { item: ${listing.item} { id } }
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`;
  const query = `query(${head}) { ${listing.around(list)} }`;
  const { data, errors } = await graph.ask(query, { ...given });
  expect(errors, `${query}\n${JSON.stringify(given)}`).toBeUndefined();
  const answered = (data?.['list'] ?? (data?.['node'] as Record<string, unknown> | null)?.['list']) as Answered;
  const [more, cursor] = backward ? ['hasPreviousPage', 'startCursor'] : ['hasNextPage', 'endCursor'];
  return {
    ids: answered.edges.map(({ item }) => item.id),
    totalCount: answered.totalCount,
    more: answered.pageInfo[more] === true,
    cursor: (answered.pageInfo[cursor] as string | undefined) ?? null,
  };
}

/** All ids in the list's order, page by page. `between` is awaited before each next page. */
export async function readAll(
  graph: TestGraph,
  listing: Listing,
  asked: Asked,
  { size, backward = false, between }: { size: number; backward?: boolean; between?: () => Promise<void> },
): Promise<string[]> {
  const pages: (readonly string[])[] = [];
  let at: string | null = null;
  for (;;) {
    const page: Page = await readPage(graph, listing, asked, { size, at, backward });
    expect(page.ids.length).toBeLessThanOrEqual(size);
    pages.push(page.ids);
    if (!page.more) return (backward ? pages.reverse() : pages).flat();
    at = page.cursor;
    await between?.();
  }
}
