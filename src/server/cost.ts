import type { DocumentNode, FieldNode, GraphQLCompositeType, GraphQLSchema, SelectionSetNode } from 'graphql';
import { USUAL } from './cost-of-filters.ts';
import {
  argumentsOf,
  costOfFilters,
  DEFAULT_PAGE,
  isFiltered,
  type ObjectField,
  objectField,
  type Page,
  pageOf,
} from './pages.ts';
import { type Fields, operationOf, Selections, type Variables, withDefaults } from './selected.ts';

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
  /** The whole that it is a part of, with others beside it. */
  readonly partOf: string | undefined;
  readonly below: readonly Weight[];
}

/** The fields below one object. */
interface Weighed {
  readonly fields: Fields;
  /** Those of them whose values are objects. */
  readonly weights: readonly Weight[];
  readonly total: number;
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
  const { total, weights } = scale.weigh(root, [operation.selectionSet], place);
  return { cost: total, costliest: costliestOf(weights) };
}

class Scale {
  readonly #selections: Selections;
  /** Weighed already, by type, place and selections: fragments are spread in many places. */
  readonly #known = new Map<string, Weighed>();
  readonly #numbers = new Map<SelectionSetNode, number>();

  constructor(selections: Selections) {
    this.#selections = selections;
  }

  /** The fields below one object; of the types that it can be, those of the one that costs most. */
  weigh(type: GraphQLCompositeType, sets: readonly SelectionSetNode[], place: Place): Weighed {
    const name = `${type.name} ${place.listSize} ${place.isEdge} ${sets.map((set) => this.#numberOf(set)).join()}`;
    const known = this.#known.get(name);
    if (known) return known;
    let most: Weighed | null = null;
    for (const { type: possible, fields } of this.#selections.of(type, sets)) {
      const weights = [...fields].flatMap(([key, nodes]) => this.#weighField(possible, key, nodes, place) ?? []);
      const total = sumOf(weights);
      if (most === null || total > most.total) most = { fields, weights, total };
    }
    const weighed = most ?? { fields: new Map(), weights: [], total: 0 };
    this.#known.set(name, weighed);
    return weighed;
  }

  #numberOf(set: SelectionSetNode): number {
    const number = this.#numbers.get(set) ?? this.#numbers.size;
    this.#numbers.set(set, number);
    return number;
  }

  #weighField(parent: GraphQLCompositeType, key: string, nodes: readonly FieldNode[], place: Place): Weight | null {
    const [node] = nodes;
    const field = node ? objectField(parent, node.name.value) : null;
    if (!node || !field) return null;
    const { isList } = field;
    const args = argumentsOf(field, node, this.#selections.variables);
    const page = pageOf(field, node, args);
    const times = isList ? (page?.size ?? place.listSize ?? USUAL) : 1;
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const below = this.weigh(field.type, sets, {
      listSize: isList ? null : (page?.size ?? null),
      isEdge: isList && place.listSize !== null,
      isRoot: false,
    });
    const objects =
      page === null
        ? withoutPage(field, node, place)
        : isList || field.said
          ? page.size
          : withPage(page.size, node, below, place);
    // Whatever the page's size, as many are looked at as it takes to fill it.
    const looking = costOfFilters(field, node, args) * Math.max(page?.size ?? 1, DEFAULT_PAGE);
    const own = objects + looking;
    return {
      key,
      node,
      own,
      looking,
      times,
      total: own + times * below.total,
      page,
      partOf: field.partOf,
      below: below.weights,
    };
  }
}

/** What has a page counts its items; the lists in it, and the nodes of their edges, are those items again. */
function withoutPage({ isList, isNode }: ObjectField, node: FieldNode, place: Place): number {
  if (isList) return place.listSize === null ? USUAL : 0;
  return isNode && !(place.isEdge && node.name.value === 'node') ? 1 : 0;
}

/** Items that are not asked for, only counted, are not read. */
function withPage(size: number, node: FieldNode, { fields }: Weighed, place: Place): number {
  let items = 0;
  let counted = 0;
  for (const [asked] of fields.values()) {
    const name = asked?.name.value;
    if (name === 'totalCount') counted = place.isRoot ? 0 : isFiltered(node) ? COUNTED : 1;
    else if (name !== '__typename') items = size;
  }
  return items + counted;
}

/** All of them; of the parts of one whole only the one that costs most, as if it were all of it, by all its aliases. */
function sumOf(weights: readonly Weight[]): number {
  let all = 0;
  const wholes = new Map<string, Map<string, number>>();
  for (const { total, partOf, node } of weights) {
    if (partOf === undefined) {
      all += total;
      continue;
    }
    const parts = wholes.get(partOf) ?? new Map<string, number>();
    wholes.set(partOf, parts.set(node.name.value, (parts.get(node.name.value) ?? 0) + total));
  }
  for (const parts of wholes.values()) all += Math.max(...parts.values());
  return all;
}

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
