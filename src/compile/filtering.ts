import { AnyEntity, CLAIM_TIES, claimFields, entityFields, relationshipFields } from '../model/common-fields.ts';
import type { End, RelationshipType } from '../model/declarations.ts';
import type { Field } from '../model/kinds.ts';
import {
  endNamed,
  enumName,
  fieldsOfEntity,
  fieldsOfRelationship,
  type Model,
  relationshipNamed,
  storedName,
} from '../model/model.ts';
import { type Argument, isGiven, items, keysGiven, under } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import { identifier } from './identifier.ts';
import { fieldPredicate } from './operators.ts';
import { asList } from './values.ts';

/** `where`, compiled: a predicate over variables that are bound already. */

type Leaf = (key: string, given: Argument) => string[];

/** `and or not` around leaves; null where nothing is asked. */
function logic(given: Argument, leaf: Leaf): string | null {
  if (!isGiven(given)) return null;
  const all: string[] = [];
  for (const key of keysGiven(given)) {
    const value = under(given, key);
    if (value.value === null) continue;
    if (key === 'and') all.push(...items(value).flatMap((item) => logic(item, leaf) ?? []));
    else if (key === 'or') {
      const some = items(value).map((item) => logic(item, leaf) ?? 'true');
      all.push(some.length === 0 ? 'false' : `(${some.join(' OR ')})`);
    } else if (key === 'not') {
      const inner = logic(value, leaf);
      // The complement: what is unknown does not fulfil the inner filter, and so is in.
      all.push(inner === null ? 'false' : `NOT coalesce((${inner}), false)`);
    } else all.push(...leaf(key, value));
  }
  return all.length === 0 ? null : all.length === 1 ? (all[0] ?? null) : `(${all.join(' AND ')})`;
}

/** An entity filter on a variable. `end` is the type or family that the filter was written for. */
export function entityPredicate(emitter: Emitter, given: Argument, end: End, variable: string): string | null {
  const fields = end.is === 'entity' ? fieldsOfEntity(end) : entityFields;
  return logic(given, (key, value) => {
    if (key === 'id') return fieldPredicate(emitter, value, ID, 'id', variable);
    if (key === 'type') return typePredicate(emitter.model, value, variable);
    if (key === 'externalIds') return externalIds(emitter, value, variable);
    const field = fields.find((each) => each.name === key);
    return field ? fieldPredicate(emitter, value, field, field.name, variable) : [];
  });
}

/** A filter on an edge of one type, or of any type where `type` is null. */
export function edgePredicate(
  emitter: Emitter,
  given: Argument,
  type: RelationshipType | null,
  variable: string,
): string | null {
  const fields = type ? fieldsOfRelationship(type) : relationshipFields;
  return logic(given, (key, value) => {
    if (key === 'id') return fieldPredicate(emitter, value, ID, 'id', variable);
    if (key === 'type') return edgeTypePredicate(emitter.model, value, variable);
    const field = fields.find((each) => each.name === key);
    return field ? fieldPredicate(emitter, value, field, type ? storedName(type, key) : key, variable) : [];
  });
}

/** `where` of a relationship's list: `relationship:` on the edge and `node:` on the far end, under `and or not`. */
export function matchPredicate(
  emitter: Emitter,
  given: Argument,
  type: RelationshipType,
  edge: string,
  far: End,
  node: string,
): string | null {
  return logic(given, (key, value) => {
    if (key === 'relationship') return listed(edgePredicate(emitter, value, type, edge));
    if (key === 'node') return listed(entityPredicate(emitter, value, far, node));
    return [];
  });
}

const listed = (predicate: string | null): string[] => (predicate === null ? [] : [predicate]);

/** A claim filter. What is retracted or deprecated is left out unless the filter asks for it. */
export function claimPredicate(emitter: Emitter, given: Argument, variable: string): string {
  const wanted = isGiven(given) ? given : null;
  const flag = (name: string) => wanted !== null && under(wanted, name).value === true;
  const standing = [
    ...(flag('includeRetracted') ? [] : [`${variable}.retractedAt IS NULL`]),
    ...(flag('includeDeprecated') ? [] : [`${variable}.rank <> 'DEPRECATED'`]),
  ];
  const asked = wanted ? logic(wanted, (key, value) => claimLeaf(emitter, key, value, variable)) : null;
  return [...standing, ...(asked ? [asked] : [])].join(' AND ') || 'true';
}

const CLAIM_ENDS: Readonly<Record<string, readonly [edge: string, end: string]>> = {
  subject: ['SUBJECT', 'Entity'],
  object: ['OBJECT', 'Entity'],
  speaker: ['SPEAKER', 'Actor'],
  source: ['STATED_IN', 'Source'],
};

function claimLeaf(emitter: Emitter, key: string, given: Argument, variable: string): string[] {
  if (key === 'includeRetracted' || key === 'includeDeprecated') return [];
  if (key === 'id') return fieldPredicate(emitter, given, ID, 'id', variable);
  if (key === 'about') {
    const ids = emitter.param(given, (argument) => asList(argument));
    const node = emitter.variable('n');
    return [`EXISTS { MATCH (${variable})-[:SUBJECT|OBJECT]->(${node}) WHERE ${node}.id IN ${ids} }`];
  }
  const end = CLAIM_ENDS[key];
  if (end) {
    const node = emitter.variable('n');
    const inner = entityPredicate(emitter, given, endNamed(emitter.model, end[1]) ?? AnyEntity, node);
    return [`EXISTS { MATCH (${variable})-[:${end[0]}]->(${node})${inner ? ` WHERE ${inner}` : ''} }`];
  }
  for (const [tie, names] of Object.entries(CLAIM_TIES)) {
    const pattern =
      key === names.forward
        ? `(${variable})-[:${tie}]->()`
        : key === names.reverse
          ? `(${variable})<-[:${tie}]-()`
          : null;
    if (pattern) return [`${given.value === true ? '' : 'NOT '}EXISTS { ${pattern} }`];
  }
  const field = claimFields.find((each) => each.name === key);
  return field ? fieldPredicate(emitter, given, field, field.name, variable) : [];
}

const ID: Field = { kind: 'text', name: 'id', fullText: false, description: 'Its id.', required: true };

/** Types are labels: `eq ne in notIn` over the enum's values, spelled out. */
function typePredicate(model: Model, given: Argument, variable: string): string[] {
  const label = (value: unknown) => model.entities.find((type) => enumName(type) === value)?.name ?? '';
  const is = (value: unknown) => `${variable}:${identifier(label(value))}`;
  return listOperators(given, is);
}

function edgeTypePredicate(model: Model, given: Argument, variable: string): string[] {
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

function externalIds(emitter: Emitter, given: Argument, variable: string): string[] {
  const key = (value: unknown) => {
    const { scheme, value: local } = value as { scheme: string; value: string };
    return `${scheme}:${local}`;
  };
  return keysGiven(given).map((operator) => {
    const value = under(given, operator);
    if (value.value === null) return 'false';
    if (operator === 'isEmpty')
      return `${value.value === true ? 'NOT ' : ''}EXISTS { (${variable})-[:IDENTIFIED_BY]->() }`;
    const keys = emitter.param(value, (argument) =>
      operator === 'has' ? [key(argument.value)] : asList(argument, key),
    );
    const found = emitter.variable('x');
    return `EXISTS { MATCH (${variable})-[:IDENTIFIED_BY]->(${found}:ExternalId) WHERE ${found}.key IN ${keys} }`;
  });
}
