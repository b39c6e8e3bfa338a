import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { costOfFilter, USUAL } from './cost-of-filters.ts';
import { operationOf, Selections, type Variables, withDefaults } from './selected.ts';

/**
 * What an operation costs, told from its selection and arguments before anything runs: about the number of entities,
 * relationships and claims that its answer may hold. A page counts as full, and multiplies what is below it.
 */

export interface Cost {
  readonly cost: number;
  /** The list that adds most to it; null where there is none. */
  readonly costliest: Costly | null;
}

/** A list, and what it does to the cost. */
export interface Costly {
  /** Keys of the answer, from the root. */
  readonly path: readonly string[];
  readonly node: FieldNode;
  /** How many items of it are counted wherever it stands. */
  readonly size: number;
  /** The argument that says how many; null where none does. */
  readonly argument: string | null;
  /** Whether it was given, rather than left to its default. */
  readonly given: boolean;
  /** What of the whole cost it is, with everything below it. */
  readonly share: number;
  /** Whether most of what it adds comes of its filter, or its order, rather than of its items. */
  readonly byFilter: boolean;
}

/**
 * A field may say itself how many items it is expected to bring, by its arguments: `extensions: { cost }`. Questions do,
 * whose cost no page size tells.
 */
export type CostOfField = (args: Readonly<Record<string, unknown>>) => number;

export const DEFAULT_PAGE = 25;
export const LARGEST_PAGE = 200;

/** A nested totalCount that no counter of the database answers: what it counts must be looked at. */
const COUNTED = 25;

/** A field below one object of its parent's. */
interface Weight {
  readonly key: string;
  readonly node: FieldNode;
  /** What it adds by itself. */
  readonly own: number;
  /** The part of that which is spent on looking for what fulfils its filter. */
  readonly looking: number;
  /** How often what is below it occurs. */
  readonly times: number;
  /** All of it: `own`, and `times` what is below. */
  readonly total: number;
  readonly page: Page | null;
  readonly below: readonly Weight[];
}

interface Page {
  readonly size: number;
  readonly argument: string | null;
  readonly given: boolean;
}

/** Where a field stands: directly in what has a page, whose lists are that long; in an edge; anywhere else. */
interface Place {
  readonly listSize: number | null;
  readonly isEdge: boolean;
  readonly isRoot: boolean;
}

/** The cost of an operation. `variables` are as sent; those that do not fit their types are refused elsewhere. */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Variables,
): Cost {
  const operation = operationOf(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return { cost: 0, costliest: null };
  const scale = new Scale(new Selections(schema, document, withDefaults(operation, variables)));
  const place = { listSize: null, isEdge: false, isRoot: true };
  const weights = scale.weigh(root, [operation.selectionSet], place);
  return { cost: sum(weights), costliest: costliestOf(weights) };
}

class Scale {
  readonly #selections: Selections;
  /** Weighed already, by type, place and selections: fragments are spread in many places. */
  readonly #known = new Map<string, readonly Weight[]>();
  readonly #numbers = new Map<SelectionSetNode, number>();

  constructor(selections: Selections) {
    this.#selections = selections;
  }

  /** The fields below one object; of the types that it can be, those of the one that costs most. */
  weigh(type: GraphQLCompositeType, sets: readonly SelectionSetNode[], place: Place): readonly Weight[] {
    const name = `${type.name} ${place.listSize} ${place.isEdge} ${sets.map((set) => this.#numberOf(set)).join()}`;
    const known = this.#known.get(name);
    if (known) return known;
    let most: readonly Weight[] = [];
    for (const { type: possible, fields } of this.#selections.of(type, sets)) {
      const weights = [...fields].flatMap(([key, nodes]) => this.#weighField(possible, key, nodes, place) ?? []);
      if (sum(weights) > sum(most)) most = weights;
    }
    this.#known.set(name, most);
    return most;
  }

  #numberOf(set: SelectionSetNode): number {
    const number = this.#numbers.get(set) ?? this.#numbers.size;
    this.#numbers.set(set, number);
    return number;
  }

  #weighField(parent: GraphQLCompositeType, key: string, nodes: readonly FieldNode[], place: Place): Weight | null {
    const [node] = nodes;
    const field = node && fieldOf(parent, node.name.value);
    const type = field && getNamedType(field.type);
    if (!node || !field || !isCompositeType(type)) return null;
    const args = argumentsOf(field, node, this.#selections.variables);
    const page = pageOf(field, node, args);
    const isList = isListType(getNullableType(field.type));
    const times = isList ? (page?.size ?? place.listSize ?? USUAL) : 1;
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const below = this.weigh(type, sets, {
      listSize: isList ? null : (page?.size ?? null),
      isEdge: isList && place.listSize !== null,
      isRoot: false,
    });
    const filters = field.args.reduce((all, { name, type: input }) => all + costOfFilter(input, args[name]), 0);
    const objects =
      page === null
        ? withoutPage(type, node, isList, place)
        : isList || saysItsCost(field)
          ? page.size
          : this.#costOfPage(page.size, node, type, sets, place);
    // Whatever the page's size, as many are looked at as it takes to fill it.
    const looking = filters * Math.max(page?.size ?? 1, DEFAULT_PAGE);
    const own = objects + looking;
    return { key, node, own, looking, times, total: own + times * sum(below), page, below };
  }

  /** Items that are not asked for, only counted, are not read. */
  #costOfPage(
    size: number,
    node: FieldNode,
    type: GraphQLCompositeType,
    sets: readonly SelectionSetNode[],
    place: Place,
  ): number {
    const asked = this.#selections.of(type, sets).flatMap(({ fields }) => [...fields.values()]);
    const names = new Set(asked.map((nodes) => nodes[0]?.name.value));
    const items = [...names].some((name) => name !== 'totalCount' && name !== '__typename') ? size : 0;
    const counted = !names.has('totalCount') || place.isRoot ? 0 : isFiltered(node) ? COUNTED : 1;
    return items + counted;
  }
}

/** What has a page counts its items; the lists in it, and the nodes of their edges, are those items again. */
function withoutPage(type: GraphQLCompositeType, node: FieldNode, isList: boolean, place: Place): number {
  if (isList) return place.listSize === null ? USUAL : 0;
  return isNode(type) && !(place.isEdge && node.name.value === 'node') ? 1 : 0;
}

const fieldOf = (type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;

const sum = (weights: readonly Weight[]): number => weights.reduce((all, { total }) => all + total, 0);

/** Arguments as they were sent, with the schema's defaults. */
function argumentsOf(
  { args }: GraphQLField<unknown, unknown>,
  { arguments: given = [] }: FieldNode,
  variables: Variables,
): Record<string, unknown> {
  const sent = new Map(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]));
  return Object.fromEntries(args.map(({ name, defaultValue }) => [name, sent.get(name) ?? defaultValue]));
}

const PAGE_SIZES = ['first', 'last', 'limit'];
const LISTS = ['ids', 'candidates'];

/** How many items a field brings: as it says itself, by its page, or one for each thing that it is given. */
function pageOf(field: GraphQLField<unknown, unknown>, node: FieldNode, args: Variables): Page | null {
  const has = (name: string) => field.args.some((argument) => argument.name === name);
  const sizes = PAGE_SIZES.filter(has);
  const argument = sizes.find((name) => typeof args[name] === 'number') ?? sizes[0] ?? null;
  const given = (node.arguments ?? []).some(({ name }) => name.value === argument);
  const said = saysItsCost(field);
  if (said) return { size: atLeastOne(said(args)), argument, given };
  if (argument !== null) {
    const value = args[argument];
    const size = typeof value === 'number' ? value : DEFAULT_PAGE;
    // What is beyond the largest page is refused as that, with a better message than this could give.
    return {
      size: argument === 'limit' ? atLeastOne(size) : Math.min(atLeastOne(size), LARGEST_PAGE),
      argument,
      given,
    };
  }
  const list = LISTS.filter(has).map((name) => args[name])[0];
  if (list === undefined) return null;
  return { size: Array.isArray(list) ? atLeastOne(list.length) : 1, argument: null, given: false };
}

const saysItsCost = (field: GraphQLField<unknown, unknown>): CostOfField | undefined =>
  field.extensions['cost'] as CostOfField | undefined;

const atLeastOne = (value: number): number => (Number.isFinite(value) ? Math.max(1, value) : 1);

/** Entities, relationships, claims: whatever is a `Node`. Amounts, dates and pages of lists come with them. */
const isNode = (type: GraphQLCompositeType): boolean =>
  type.name === 'Node' ||
  ((isObjectType(type) || isInterfaceType(type)) && type.getInterfaces().some(({ name }) => name === 'Node'));

const PAGING = new Set(['first', 'last', 'after', 'before', 'orderBy']);

const isFiltered = ({ arguments: args = [] }: FieldNode): boolean => args.some(({ name }) => !PAGING.has(name.value));

/** The field that adds most by itself, wherever it stands; of fields that add alike, the one that can be narrowed. */
function costliestOf(weights: readonly Weight[]): Costly | null {
  let most = { added: 0, found: null as Costly | null };
  const walk = (each: Weight, path: readonly string[], occurs: number): void => {
    const here = [...path, each.key];
    const added = occurs * each.own;
    const narrows = each.page !== null && each.page.argument !== null;
    if (added > most.added || (added === most.added && narrows && most.found?.argument === null))
      most = {
        added,
        found: {
          path: here,
          node: each.node,
          size: each.page?.size ?? each.times,
          argument: each.page?.argument ?? null,
          given: each.page?.given ?? false,
          share: occurs * each.total,
          byFilter: each.looking > each.own / 2,
        },
      };
    for (const inner of each.below) walk(inner, here, occurs * each.times);
  };
  for (const each of weights) walk(each, [], 1);
  return most.found;
}
