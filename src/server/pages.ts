import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import { costOfFilter } from './cost-of-filters.ts';
import type { Variables } from './selected.ts';

/** What a field of the schema, and a call of it, say of how many items it brings. */

/**
 * A field may say itself how many items it is expected to bring, by its arguments: `extensions: { cost }`. Questions do,
 * whose cost no page size tells.
 */
export type CostOfField = (args: Readonly<Record<string, unknown>>) => number;

export const DEFAULT_PAGE = 25;
export const LARGEST_PAGE = 200;
/** What no question's `limit` may be beyond. */
const LARGEST_LIMIT = 2_000;

/** A field whose values are objects. */
export interface ObjectField {
  readonly type: GraphQLCompositeType;
  readonly isList: boolean;
  /** Entities, relationships, claims: whatever is a `Node`. Amounts, dates and pages of lists come with them. */
  readonly isNode: boolean;
  readonly said: CostOfField | undefined;
  /** A name of the whole that it is a part of, with others beside it: `extensions: { partOf }`. */
  readonly partOf: string | undefined;
  /** Arguments that tell how many items there will be at most. */
  readonly sizes: readonly string[];
  /** Arguments that are lists of things, each of which brings one. */
  readonly lists: readonly string[];
  /** Filters and orders. */
  readonly filters: ReadonlyMap<string, GraphQLInputType>;
  readonly defaults: Readonly<Record<string, unknown>>;
}

export interface Page {
  readonly size: number;
  /** The argument that says how many; null where none does, or not it alone. */
  readonly argument: string | null;
  readonly given: boolean;
}

const known = new WeakMap<GraphQLField<unknown, unknown>, ObjectField>();

/** A type's field by name; null where its values are no objects, or where there is none, as of the schema's own. */
export function objectField(parent: GraphQLCompositeType, name: string): ObjectField | null {
  const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  const type = field && getNamedType(field.type);
  if (!field || !isCompositeType(type)) return null;
  const seen = known.get(field);
  if (seen) return seen;
  const among = (names: readonly string[]) =>
    names.filter((one) => field.args.some((argument) => argument.name === one));
  const found: ObjectField = {
    type,
    isList: isListType(getNullableType(field.type)),
    isNode: isNode(type),
    said: field.extensions['cost'] as CostOfField | undefined,
    partOf: field.extensions['partOf'] as string | undefined,
    sizes: among(['first', 'last', 'limit']),
    lists: among(['ids', 'candidates']),
    filters: new Map(
      field.args.flatMap((one) => (isInputObjectType(getNamedType(one.type)) ? [[one.name, one.type]] : [])),
    ),
    defaults: Object.fromEntries(field.args.map((argument) => [argument.name, argument.defaultValue])),
  };
  known.set(field, found);
  return found;
}

const isNode = (type: GraphQLCompositeType): boolean =>
  type.name === 'Node' ||
  ((isObjectType(type) || isInterfaceType(type)) && type.getInterfaces().some(({ name }) => name === 'Node'));

/** Arguments as they were sent, with the schema's defaults. */
export function argumentsOf(field: ObjectField, { arguments: given = [] }: FieldNode, variables: Variables): Variables {
  if (given.length === 0) return field.defaults;
  const all = { ...field.defaults };
  for (const { name, value } of given) all[name.value] = valueFromASTUntyped(value, variables) ?? all[name.value];
  return all;
}

/** How many items a call brings: as the field says itself, by its page, or one for each thing that it is given. */
export function pageOf(field: ObjectField, node: FieldNode, args: Variables): Page | null {
  const { said, sizes, lists } = field;
  if (said) return { size: atLeastOne(said(args)), argument: null, given: false };
  const argument = sizes.find((name) => typeof args[name] === 'number') ?? sizes[0];
  if (argument !== undefined) {
    const value = args[argument];
    const size = typeof value === 'number' ? atLeastOne(value) : DEFAULT_PAGE;
    const given = (node.arguments ?? []).some(({ name }) => name.value === argument);
    // What is beyond the largest page, or limit, is refused as that, with a better message than this could give.
    return { size: Math.min(size, argument === 'limit' ? LARGEST_LIMIT : LARGEST_PAGE), argument, given };
  }
  const [list] = lists;
  if (list === undefined) return null;
  const value = args[list];
  return { size: Array.isArray(value) ? atLeastOne(value.length) : 1, argument: null, given: false };
}

const atLeastOne = (value: number): number => (Number.isFinite(value) ? Math.max(1, value) : 1);

/** What the filters and orders of a call cost, for one row that is considered. */
export function costOfFilters(field: ObjectField, { arguments: given = [] }: FieldNode, args: Variables): number {
  let cost = 0;
  for (const { name } of given) {
    const type = field.filters.get(name.value);
    if (type) cost += costOfFilter(type, args[name.value]);
  }
  return cost;
}

const PAGING = new Set(['first', 'last', 'after', 'before', 'orderBy']);

/** Whether a call has arguments that leave something out. */
export const isFiltered = ({ arguments: given = [] }: FieldNode): boolean =>
  given.some(({ name }) => !PAGING.has(name.value));
