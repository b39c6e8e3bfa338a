import type { Field } from '../model/kinds.ts';
import { enumName, type Model, relationshipNamed } from '../model/model.ts';
import { type Argument, keysGiven, under } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import { identifier } from './identifier.ts';
import { asList } from './values.ts';

/** Conditions on what is no stored property: types, which are labels, and external ids, which are nodes. */

export const ID: Field = { kind: 'text', name: 'id', fullText: false, description: 'Its id.', required: true };

/** What an external id is kept under. */
export const externalKey = (value: unknown): string => {
  const { scheme, value: local } = value as { scheme: string; value: string };
  return `${scheme}:${local}`;
};

/** Types are labels: `eq ne in notIn` over the enum's values, spelled out. */
export function typePredicate(model: Model, given: Argument, variable: string): string[] {
  const label = (value: unknown) => model.entities.find((type) => enumName(type) === value)?.name ?? '';
  const is = (value: unknown) => `${variable}:${identifier(label(value))}`;
  return listOperators(given, is);
}

export function edgeTypePredicate(model: Model, given: Argument, variable: string): string[] {
  return listOperators(
    given,
    (value) => `type(${variable}) = '${relationshipNamed(model, String(value))?.name ?? ''}'`,
  );
}

function listOperators(given: Argument, is: (value: unknown) => string): string[] {
  return keysGiven(given).map((operator) => {
    const { value } = under(given, operator);
    if (value === null) return 'false';
    const some = Array.isArray(value) ? value : [value];
    const any = some.length === 0 ? 'false' : `(${some.map(is).join(' OR ')})`;
    return operator === 'ne' || operator === 'notIn' ? `NOT ${any}` : any;
  });
}

export function externalIds(emitter: Emitter, given: Argument, variable: string): string[] {
  return keysGiven(given).map((operator) => {
    const value = under(given, operator);
    if (value.value === null) return 'false';
    if (operator === 'isEmpty')
      return `${value.value === true ? 'NOT ' : ''}EXISTS { (${variable})-[:IDENTIFIED_BY]->() }`;
    const keys = emitter.param(value, (argument) =>
      operator === 'has' ? [externalKey(argument.value)] : asList(argument, externalKey),
    );
    const found = emitter.variable('x');
    return `EXISTS { MATCH (${variable})-[:IDENTIFIED_BY]->(${found}:ExternalId) WHERE ${found}.key IN ${keys} }`;
  });
}
