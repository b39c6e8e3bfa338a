import { claimFields, entityFields } from '../../../src/model/common-fields.ts';
import type { Field } from '../../../src/model/kinds.ts';
import type { Model } from '../../../src/model/model.ts';
import { Commitment } from '../../../src/model/vocabulary.ts';
import { compareNullsLast, daysOf, instant } from './comparing.ts';
import { fieldsNamed, statusOf } from './fields.ts';
import { edgeField, type Given } from './filters.ts';
import type { PlainClaim, PlainEdge, PlainEntity, Properties } from './plain-graph.ts';

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
export function orders(model: Model) {
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
  const ofNode = (item: Item, name: string): unknown =>
    item.node.is === 'entity'
      ? ofEntity(item.node, name)
      : item.node.is === 'claim'
        ? ofClaim(item.node, name)
        : ofEdge(item.node, name);

  /** Ids end every order: the edge's in lists that hang on edges, else the item's own. */
  const tie: Key = { at: (item) => (item.edge ?? item.node).id, descending: false };

  return (orderBy: readonly Given[] | null | undefined, byDefault: readonly Key[] = []): Key[] => {
    if (!orderBy || orderBy.length === 0) return [...byDefault, tie];
    const keys = orderBy.map((each): Key => {
      const [[name = '', value] = []] = Object.entries(each);
      if (typeof value === 'string') return { at: (item) => ofNode(item, name), descending: value === 'DESC' };
      const [[inner = '', direction] = []] = Object.entries(value as Given);
      const at = (item: Item) =>
        name === 'relationship' && item.edge ? ofEdge(item.edge, inner) : ofNode(item, inner);
      return { at, descending: direction === 'DESC' };
    });
    return [...keys, tie];
  };
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
