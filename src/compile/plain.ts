import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLInt,
  type GraphQLOutputType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { type Decoded, TYPE } from './emitter.ts';
import { below, type Selected, type Surroundings, selectedFields } from './selection.ts';

/**
 * Whether a decoded answer is what GraphQL would make of it, so that it can be written as it is: nothing absent that must
 * be there, every leaf a value of its type. What is not is left to the ordinary executor, which says what is wrong.
 */
export type IsPlain = (value: unknown) => boolean;

/** The check for a field's answers. */
export const plainCheck = (selected: Selected, around: Surroundings): IsPlain =>
  selected.field ? checkOf(selected.field.type, selected, around) : isText;

const isText: IsPlain = (value) => typeof value === 'string';

function checkOf(type: GraphQLOutputType, selected: Selected, around: Surroundings): IsPlain {
  if (isNonNullType(type)) return presentCheck(type.ofType, selected, around);
  const check = presentCheck(type, selected, around);
  return (value) => value === null || check(value);
}

function presentCheck(type: GraphQLOutputType, selected: Selected, around: Surroundings): IsPlain {
  if (isListType(type)) {
    const each = checkOf(type.ofType, selected, around);
    return (value) => Array.isArray(value) && value.every(each);
  }
  if (isLeafType(type)) {
    if (isEnumType(type)) {
      const names = new Set(type.getValues().map(({ name }) => name));
      return (value) => names.has(value as string);
    }
    return LEAVES.get(type.name) ?? isText;
  }
  return objectCheck(selected, around);
}

/** Custom scalars of this schema are texts, as they stand; but for one, which is anything. */
const LEAVES: ReadonlyMap<string, IsPlain> = new Map<string, IsPlain>([
  [GraphQLInt.name, (value) => Number.isInteger(value) && Math.abs(value as number) <= 0x7fffffff],
  [GraphQLFloat.name, (value) => Number.isFinite(value)],
  [GraphQLBoolean.name, (value) => typeof value === 'boolean'],
  ['JSON', (value) => value !== undefined],
]);

/** Objects tell their type; what is asked of each type is looked up once. */
function objectCheck(selected: Selected, around: Surroundings): IsPlain {
  const sets = below(selected.nodes);
  const known = new Map<string, readonly (readonly [key: string, check: IsPlain])[] | null>();
  const fieldsOf = (name: string) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const type = around.schema.getType(name);
    const fields = isObjectType(type)
      ? selectedFields(type, sets, around).map((each) => [each.key, plainCheck(each, around)] as const)
      : null;
    known.set(name, fields);
    return fields;
  };
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const fields = fieldsOf((value as Decoded)[TYPE]);
    if (!fields) return false;
    for (const [key, check] of fields) if (!check((value as Decoded)[key])) return false;
    return true;
  };
}
