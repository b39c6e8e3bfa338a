import {
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Choices } from './choices.ts';
import type { Pool } from './pool.ts';

/** Values for arguments, drawn from what the graph holds. */

const TEXTS = ['', 'a', 'Ferro', 'harbour', 'é', '$p0', '"', '\\', '`', '*:*', 'P'];
const DATES = ['2024', '2024-02', '2024-02-03', '1961', '2012-01-01', '1980-12-31', '2020-01-15'];
const INSTANTS = ['2024-05-06T07:08:09.12Z', '2024-05-06T09:08:09.120+02:00', '2020-01-01T00:00Z'];
const NUMBERS = [0, 1, 2, 240, 1200, 1500, -1];
const WORDS = ['harbour', 'HARBOUR', 'the accord', 'mole prison', 'emeute', 'Saltcliff', 'mayor is', '?', 'el puerto'];

/** Input fields that belong to what the oracle does not answer. */
const BEYOND = new Set(['hasClaim', 'asOf', 'certain', 'minCommitment', 'overlaps', 'contradicted']);

/** Whether the oracle knows what an input field means. */
export function isKnown(field: GraphQLInputField): boolean {
  const named = isNonNullType(field.type) ? field.type.ofType : field.type;
  return !BEYOND.has(field.name) && !(isInputObjectType(named) && 'some' in named.getFields());
}

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
  if (isInputObjectType(type)) {
    const known = Object.values(type.getFields()).filter(isKnown);
    const logical = new Set(['and', 'or', 'not']);
    const open = known.filter((field) => depth > 0 || (!logical.has(field.name) && !isDeep(field.type)));
    const chosen = type.isOneOf
      ? [choices.one(open)]
      : [
          ...open.filter(isRequired),
          ...choices.some(
            open.filter((field) => !isRequired(field)),
            choices.once(4) ? 2 : 1,
          ),
        ];
    return Object.fromEntries(
      chosen.map((field) => {
        const isField = isInputObjectType(field.type) || isListType(field.type);
        return [field.name, valueFor(field.type, choices, pool, isField ? field.name : about, field.name, depth - 1)];
      }),
    );
  }
  return scalarFor(type.name, choices, pool, about, key);
}

const isRequired = (field: GraphQLInputField): boolean => isNonNullType(field.type);

/** Whether a filter holds filters of other things. */
function isDeep(type: GraphQLInputType): boolean {
  const named = isNonNullType(type) ? type.ofType : type;
  return isInputObjectType(named) && 'and' in named.getFields();
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
      return choices.one([...seen.filter(Number.isInteger), ...NUMBERS]);
    case 'Float':
      return choices.one([...seen.filter((value) => typeof value === 'number'), ...NUMBERS, 12.5]);
    case 'Boolean':
      return choices.below(2) === 1;
    case 'PartialDate':
      return choices.one([...seen.map(String), ...DATES]);
    case 'Date':
      return choices.one([...seen.map(String), ...DATES.filter((date) => date.length === 10)]);
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
