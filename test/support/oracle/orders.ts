import { claimFields, entityFields } from '../../../src/model/common-fields.ts';
import type { Field } from '../../../src/model/kinds.ts';
import type { Model } from '../../../src/model/model.ts';
import { Commitment } from '../../../src/model/vocabulary.ts';
import { compareNullsLast, daysOf, instant } from './comparing.ts';
import { fieldsNamed, statusOf } from './fields.ts';
import { edgeField } from './filters.ts';
import type { Given } from './operators.ts';
import type { PlainClaim, PlainEdge, PlainEntity, Properties } from './plain-graph.ts';
import type { Relations } from './relations.ts';
import { keeps, type Scope } from './scope.ts';

/** `orderBy`: what an item is ordered by, nulls last both ways, ids at the end. */

/** An item of a list: what of it there is. */
export interface Item {
  readonly node: PlainEntity | PlainClaim | PlainEdge;
  readonly edge?: PlainEdge;
}

/** One key: its value at an item, and the way it goes. */
export interface Key {
  readonly at: (item: Item) => unknown;
  readonly descending: boolean;
}

/** What a field is ordered by: closed lists as they are declared, dates by their first day, counts by what is known best. */
function sortValue(field: Field, stored: string, properties: Properties, status: unknown): unknown {
  const part = (...suffixes: string[]) =>
    suffixes.map((suffix) => properties[stored + suffix]).find((value) => value !== undefined) ?? null;
  const actual = properties[stored] ?? null;
  const place = (values: object, value: unknown) =>
    value === null ? null : Object.keys(values).indexOf(String(value));
  switch (field.kind) {
    case 'partialDate':
      return actual === null ? null : daysOf(String(actual)).first;
    case 'dateTime':
      return actual === null ? null : instant(String(actual));
    case 'count':
      return part('Exact', 'AtLeast', 'AtMost');
    case 'amount':
      return part('Value', 'AtLeast', 'AtMost');
    case 'closedList':
      return place(field.list.values, actual);
    case 'statusOf':
      return place(Commitment.values, status);
    default:
      return actual;
  }
}

/** Keys of an `orderBy` argument for one sort of list. */
export function orders(model: Model, relations: Relations) {
  const ofEntity = (entity: PlainEntity, name: string): unknown => {
    if (name === 'id') return entity.id;
    const field = [...entityFields, ...fieldsNamed(model, entity.type)].find((each) => each.name === name);
    return field ? sortValue(field, name, entity.properties, statusOf(entity, field)) : null;
  };
  const ofEdge = (edge: PlainEdge, name: string): unknown => {
    if (name === 'id') return edge.id;
    const { field, stored } = edgeField(model, edge.type, name);
    return sortValue(field, stored, edge.properties, null);
  };
  const ofClaim = (claim: PlainClaim, name: string): unknown => {
    if (name === 'id') return claim.id;
    const field = claimFields.find((each) => each.name === name);
    return field ? sortValue(field, name, claim.properties, null) : null;
  };
  /** How many edges of a relationship the scope keeps. */
  const countOf = (entity: PlainEntity, name: string, scope: Scope): number => {
    const relation = relations.relationOf(entity.type, name);
    if (!relation) throw new Error(`${entity.type} has no relationship ${name}`);
    return relations.stepsOf(entity, relation).filter(({ edge }) => keeps(relations, edge, scope, null)).length;
  };
  const ofNode = ({ node }: Item, name: string): unknown =>
    node.is === 'entity' ? ofEntity(node, name) : node.is === 'claim' ? ofClaim(node, name) : ofEdge(node, name);

  /** What `{name: …}` orders by, and which way it goes. */
  const keyOf = (given: Given, scope: Scope): Key => {
    const [[name = '', value] = []] = Object.entries(given);
    if (typeof value === 'string') return { at: (item) => ofNode(item, name), descending: value === 'DESC' };
    if (name === 'node') return keyOf(value as Given, scope);
    const [[inner = '', direction] = []] = Object.entries(value as Given);
    if (name === 'relationship')
      return { at: ({ edge }) => (edge ? ofEdge(edge, inner) : null), descending: direction === 'DESC' };
    const at = ({ node }: Item) => (node.is === 'entity' ? countOf(node, name, scope) : null);
    return { at, descending: direction === 'DESC' };
  };

  /** Ids end every order: the edge's in lists that hang on edges, else the item's own. */
  const tie: Key = { at: (item) => (item.edge ?? item.node).id, descending: false };

  return (orderBy: readonly Given[] | null | undefined, scope: Scope, byDefault: readonly Key[] = []): Key[] =>
    orderBy && orderBy.length > 0 ? [...orderBy.map((each) => keyOf(each, scope)), tie] : [...byDefault, tie];
}

/** The values of an item's keys: what a cursor holds. */
export const keyValues = (keys: readonly Key[], item: Item): unknown[] => keys.map((key) => key.at(item) ?? null);

export function compareKeys(keys: readonly Key[], a: readonly unknown[], b: readonly unknown[]): number {
  for (const [nth, key] of keys.entries()) {
    const difference = compareNullsLast(a[nth] ?? null, b[nth] ?? null, key.descending);
    if (difference !== 0) return difference;
  }
  return 0;
}
