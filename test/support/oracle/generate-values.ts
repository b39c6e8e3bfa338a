import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Choices } from './choices.ts';
import { rangeFor, SCOPE_KEYS, scopeFor } from './generate-scope.ts';
import type { Pool } from './pool.ts';

/** Values for arguments, drawn from what the graph holds. */

const TEXTS = ['', 'a', 'Ferro', 'harbour', 'é', '$p0', '"', '\\', '`', '*:*', 'P'];
const DATES = ['2024', '2024-02', '2024-02-03', '1961', '2012-01-01', '1980-12-31', '2020-01-15'];
const INSTANTS = ['2024-05-06T07:08:09.12Z', '2024-05-06T09:08:09.120+02:00', '2020-01-01T00:00Z'];
const NUMBERS = [0, 1, 2, 240, 1200, 1500, -1];
const COUNTS = [1, 0, 2, 3];
const WORDS = ['harbour', 'HARBOUR', 'the accord', 'mole prison', 'emeute', 'Saltcliff', 'mayor is', '?', 'el puerto'];

/** A value of an input type. `about` is the field that it is compared with, `key` the argument or operator. */
export function valueFor(
  type: GraphQLInputType,
  choices: Choices,
  pool: Pool,
  about: string,
  key: string,
  depth: number,
): unknown {
  if (isNonNullType(type)) return valueFor(type.ofType, choices, pool, about, key, depth);
  if (isListType(type)) return listFor(type.ofType, choices, pool, about, key, depth);
  if (isEnumType(type)) return choices.one(type.getValues()).value;
  if (isInputObjectType(type)) return objectFor(type, choices, pool, about, depth);
  return scalarFor(type.name, choices, pool, about, key);
}

function objectFor(type: GraphQLInputObjectType, choices: Choices, pool: Pool, about: string, depth: number): object {
  const fields = type.getFields();
  if (type.name === 'DateRangeInput') return rangeFor(choices, pool);
  const isScope = (field: GraphQLInputField) => 'overlaps' in fields && SCOPE_KEYS.some((key) => key === field.name);
  const logical = new Set(['and', 'or', 'not']);
  const open = Object.values(fields).filter(
    (field) =>
      (depth > 0 || (!logical.has(field.name) && !isDeep(field.type))) &&
      (!isRelation(field.type) || pool.fills(field.name)) &&
      (field.name === 'asOf' || !isScope(field)),
  );
  const value = (field: GraphQLInputField): object => {
    // The three are drawn together: one of them alone says little.
    if (isScope(field)) return scopeFor(choices, pool);
    const isField = isInputObjectType(field.type) || isListType(field.type);
    // What only leads to a match is no step further.
    const left = isRelation(type) ? depth : depth - 1;
    return { [field.name]: valueFor(field.type, choices, pool, isField ? field.name : about, field.name, left) };
  };
  if (type.isOneOf) return value(choices.one(open));
  const required = open.filter(isRequired);
  const optional = open.filter((field) => !isRequired(field)).flatMap((field) => Array(weightOf(field)).fill(field));
  // A match says something of time and of something else.
  const wide = 'overlaps' in fields && 'hasClaim' in fields ? 3 : choices.once(4) ? 2 : 1;
  const chosen = [...required, ...choices.some(optional, wide)];
  const object: object = Object.assign({}, ...chosen.map(value));
  // How many there are is compared with something, however they are chosen.
  if (!('where' in fields && 'eq' in fields) || Object.keys(object).some((name) => name !== 'where')) return object;
  return { ...object, [choices.one(['gte', 'eq', 'ne', 'lt', 'lte', 'gt'])]: choices.below(4) };
}

/** How often a field is drawn: what reads other things than the one that is filtered goes wrong sooner. */
const weightOf = ({ name, type }: GraphQLInputField): number =>
  RARE.has(name) ? 6 : isRelation(type) || name === 'hasClaim' || name === 'overlaps' ? 3 : 1;
const RARE = new Set(['contradicted']);

const isRequired = (field: GraphQLInputField): boolean => isNonNullType(field.type);

/** Whether a filter holds filters of other things. */
function isDeep(type: GraphQLInputType): boolean {
  const named = isNonNullType(type) ? type.ofType : type;
  return isInputObjectType(named) && ('and' in named.getFields() || 'some' in named.getFields());
}

/** Whether a filter or an order is about the relationships under its name, or about how many of them there are. */
function isRelation(type: GraphQLInputType): boolean {
  const named = isNonNullType(type) ? type.ofType : type;
  if (!isInputObjectType(named)) return false;
  const fields = named.getFields();
  return 'some' in fields || 'where' in fields || named.name === 'CountOrder';
}

function listFor(
  item: GraphQLInputType,
  choices: Choices,
  pool: Pool,
  about: string,
  key: string,
  depth: number,
): unknown[] {
  const one = () => valueFor(item, choices, pool, about, key, depth);
  if (key === 'between') return [one(), one()];
  const count = key === 'ids' || key === 'types' ? choices.below(5) : 1 + choices.below(3);
  const list = choices.once(12) ? [] : Array.from({ length: count }, one);
  if (key !== 'orderBy') return list;
  const names = list.map((each) => JSON.stringify(each).replace(/ASC|DESC/, ''));
  return list.filter((_, nth) => names.indexOf(names[nth] ?? '') === nth);
}

function scalarFor(type: string, choices: Choices, pool: Pool, about: string, key: string): unknown {
  const seen = pool.valuesOf(about);
  switch (type) {
    case 'Int':
      return choices.one(about === 'count' ? COUNTS : [...seen.filter(Number.isInteger), ...NUMBERS]);
    case 'Float':
      return choices.one([...seen.filter((value) => typeof value === 'number'), ...NUMBERS, 12.5]);
    case 'Boolean':
      return choices.below(2) === 1;
    case 'PartialDate':
      return choices.one([...seen.map(String), ...DATES]);
    case 'Date':
      return choices.one(seen.length > 0 ? seen.map(String) : pool.days);
    case 'DateTime':
      return choices.one(INSTANTS);
    case 'ID':
      return choices.one(
        about === 'about'
          ? pool.entityIds
          : [...(seen.length > 0 && about !== 'id' ? seen.map(String) : pool.ids), 'person:nobody'],
      );
    default: {
      if (key === 'matches') return choices.one(WORDS);
      const texts = [...seen.map(String), ...TEXTS];
      const text = choices.one(texts);
      if (key === 'startsWith') return Array.from(text).slice(0, choices.below(6)).join('');
      if (key === 'contains')
        return Array.from(text)
          .slice(choices.below(3), 3 + choices.below(6))
          .join('');
      return text;
    }
  }
}
