import { CLAIM_TIES, claimFields, entityFields, relationshipFields } from '../../../src/model/common-fields.ts';
import type { Field } from '../../../src/model/kinds.ts';
import type { Model } from '../../../src/model/model.ts';
import { byCodePoint, compareValues, daysOf, holdsWords, instant } from './comparing.ts';
import { fieldsNamed, statusOf } from './fields.ts';
import type { PlainClaim, PlainEdge, PlainEntity, Properties } from './plain-graph.ts';

/** `where`, by its meaning in the API's text: an operator on what is absent is false, and `not` is the complement. */

/** An input object as graphql-js has read it. */
export type Given = Readonly<Record<string, unknown>>;

/** `and or not` around what a key means by itself. */
function fulfils(where: Given | null | undefined, leaf: (key: string, value: unknown) => boolean): boolean {
  return Object.entries(where ?? {}).every(([key, value]) => {
    if (value === null || value === undefined) return true;
    if (key === 'and') return (value as Given[]).every((each) => fulfils(each, leaf));
    if (key === 'or') return (value as Given[]).some((each) => fulfils(each, leaf));
    if (key === 'not') return !fulfils(value as Given, leaf);
    return leaf(key, value);
  });
}

type Test = (operator: string, value: unknown) => boolean;

/** Every operator that is given holds. One without a value is about nothing, and fulfilled by nothing. */
const operators = (given: unknown, test: Test): boolean =>
  Object.entries(given as Given).every(([operator, value]) => value !== undefined && test(operator, value));

/** Operators over one value that compares as it is, or by `read`. */
function scalar(actual: unknown, given: unknown, read: (value: unknown) => unknown = (value) => value): boolean {
  return operators(given, (operator, wanted) => {
    if (operator === 'isNull') return (actual === null) === (wanted === true);
    if (actual === null || wanted === null) return false;
    const against = (value: unknown) => compareValues(read(actual), read(value));
    switch (operator) {
      case 'eq':
        return against(wanted) === 0;
      case 'ne':
        return against(wanted) !== 0;
      case 'in':
        return (wanted as unknown[]).some((value) => against(value) === 0);
      case 'notIn':
        return !(wanted as unknown[]).some((value) => against(value) === 0);
      case 'lt':
        return against(wanted) < 0;
      case 'lte':
        return against(wanted) <= 0;
      case 'gt':
        return against(wanted) > 0;
      case 'gte':
        return against(wanted) >= 0;
      case 'between': {
        const [low, high] = wanted as unknown[];
        return against(low) >= 0 && against(high) <= 0;
      }
      case 'startsWith':
        return String(actual).startsWith(String(wanted));
      case 'contains':
        return String(actual).includes(String(wanted));
      case 'matches':
        return holdsWords(String(actual), String(wanted));
      default:
        throw new Error(`no operator ${operator}`);
    }
  });
}

function partialDate(actual: string | null, given: unknown): boolean {
  return operators(given, (operator, wanted) => {
    if (operator === 'isNull') return (actual === null) === (wanted === true);
    if (actual === null || wanted === null) return false;
    const is = daysOf(actual);
    const days = (value: unknown) => daysOf(String(value));
    switch (operator) {
      case 'eq':
        return actual === wanted;
      case 'ne':
        return actual !== wanted;
      case 'in':
        return (wanted as string[]).includes(actual);
      case 'notIn':
        return !(wanted as string[]).includes(actual);
      case 'lt':
        return is.last < days(wanted).first;
      case 'lte':
        return is.last <= days(wanted).last;
      case 'gt':
        return is.first > days(wanted).last;
      case 'gte':
        return is.first >= days(wanted).first;
      case 'between': {
        const [low, high] = wanted as string[];
        return is.first >= days(low).first && is.last <= days(high).last;
      }
      case 'startsWith':
        return actual.startsWith(String(wanted));
      default:
        throw new Error(`no operator ${operator}`);
    }
  });
}

const list = (actual: readonly string[], given: unknown): boolean =>
  operators(given, (operator, wanted) => {
    if (wanted === null) return false;
    if (operator === 'isEmpty') return (actual.length === 0) === wanted;
    if (operator === 'has') return actual.includes(String(wanted));
    return (wanted as string[]).some((value) => actual.includes(value));
  });

const PARTS: Readonly<Record<string, readonly string[]>> = {
  count: ['exact', 'atLeast', 'atMost', 'text'],
  amount: ['value', 'currency', 'atLeast', 'atMost', 'text'],
  quote: ['text'],
};

function parts(field: Field, stored: string, properties: Properties, given: unknown): boolean {
  const part = (name: string) => properties[stored + name.charAt(0).toUpperCase() + name.slice(1)] ?? null;
  return operators(given, (name, wanted) => {
    if (name === 'isNull') return PARTS[field.kind]?.every((each) => part(each) === null) === (wanted === true);
    if (wanted === null) return false;
    return scalar(name === 'elided' ? (part(name) ?? false) : part(name), wanted);
  });
}

/** Whether a field's value in these properties fulfils its filter. */
function fieldFulfils(field: Field, stored: string, properties: Properties, status: unknown, given: unknown): boolean {
  const actual = properties[stored] ?? null;
  switch (field.kind) {
    case 'statusOf':
      return scalar(status, given);
    case 'textList':
      return list((actual ?? []) as string[], given);
    case 'partialDate':
      return partialDate(actual as string | null, given);
    case 'dateTime':
      return scalar(actual, given, (value) => instant(String(value)));
    case 'count':
    case 'amount':
    case 'quote':
      return parts(field, stored, properties, given);
    default:
      return scalar(actual, given);
  }
}

/** Filters of entities, edges and claims over one model. */
export function filters(model: Model) {
  const typeEnum = (type: string) => type.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();

  const externalIds = (entity: PlainEntity, given: unknown): boolean =>
    operators(given, (operator, wanted) => {
      if (wanted === null) return false;
      if (operator === 'isEmpty') return (entity.externalIds.length === 0) === wanted;
      const some = (operator === 'has' ? [wanted] : wanted) as Given[];
      return some.some((one) =>
        entity.externalIds.some((each) => each['scheme'] === one['scheme'] && each['value'] === one['value']),
      );
    });

  const entity = (each: PlainEntity, where: Given | null | undefined): boolean =>
    fulfils(where, (key, value) => {
      if (key === 'id') return scalar(each.id, value);
      if (key === 'type') return scalar(typeEnum(each.type), value);
      if (key === 'externalIds') return externalIds(each, value);
      const field = [...entityFields, ...fieldsNamed(model, each.type)].find((one) => one.name === key);
      if (!field) throw new Error(`${each.type} has no field ${key}`);
      return fieldFulfils(field, key, each.properties, statusOf(each, field), value);
    });

  const edge = (each: PlainEdge, where: Given | null | undefined, other: PlainEntity | null): boolean =>
    fulfils(where, (key, value) => {
      if (key === 'id') return scalar(each.id, value);
      if (key === 'type') return scalar(each.type, value);
      if (key === 'other') return other !== null && entity(other, value as Given);
      const { field, stored } = edgeField(model, each.type, key);
      return fieldFulfils(field, stored, each.properties, null, value);
    });

  const claim = (each: PlainClaim, where: Given | null | undefined): boolean => {
    if (where?.['includeRetracted'] !== true && each.properties['retractedAt'] !== undefined) return false;
    if (where?.['includeDeprecated'] !== true && each.properties['rank'] === 'DEPRECATED') return false;
    return fulfils(where, (key, value) => claimLeaf(each, key, value));
  };

  const ENDS: Readonly<Record<string, string>> = {
    subject: 'SUBJECT',
    object: 'OBJECT',
    speaker: 'SPEAKER',
    source: 'STATED_IN',
  };

  const claimLeaf = (each: PlainClaim, key: string, value: unknown): boolean => {
    if (key === 'includeRetracted' || key === 'includeDeprecated') return true;
    if (key === 'id') return scalar(each.id, value);
    if (key === 'about')
      return ['SUBJECT', 'OBJECT'].some((end) => (value as string[]).includes(each.ends[end]?.id ?? ''));
    const end = ENDS[key];
    if (end) {
      const found = each.ends[end];
      return found !== undefined && entity(found, value as Given);
    }
    for (const [tie, names] of Object.entries(CLAIM_TIES)) {
      if (key === names.forward) return (each.ties[tie] ?? []).length > 0 === value;
      if (key === names.reverse) return (each.tiedBy[tie] ?? []).length > 0 === value;
    }
    const field = claimFields.find((one) => one.name === key);
    if (!field) throw new Error(`claims have no field ${key}`);
    return fieldFulfils(field, key, each.properties, null, value);
  };

  /** `where` of one relationship's list. */
  const match = (each: PlainEdge, node: PlainEntity, where: Given | null | undefined): boolean =>
    fulfils(where, (key, value) =>
      key === 'relationship' ? edge(each, value as Given, node) : entity(node, value as Given),
    );

  return { entity, edge, claim, match };
}

/** A field of an edge by its name in GraphQL, and the property that holds it: own dates are stored as the common ones. */
export function edgeField(model: Model, typeName: string, name: string): { field: Field; stored: string } {
  const type = model.relationships.find((each) => each.name === typeName);
  const stored = name === type?.time.from ? 'validFrom' : name === type?.time.to ? 'validTo' : name;
  const field = [...relationshipFields, ...(type?.fields ?? [])].find((each) => each.name === stored);
  if (!field) throw new Error(`${typeName} has no field ${name}`);
  return { field, stored };
}

/** By id, code point by code point. */
export const byId = (a: { readonly id: string }, b: { readonly id: string }): number => byCodePoint(a.id, b.id);
