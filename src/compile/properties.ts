import type { GraphQLObjectType, GraphQLOutputType } from 'graphql';
import { getNamedType, isObjectType } from 'graphql';
import { type Field, PARTS } from '../model/kinds.ts';
import { asIs, type Decode, type Decoded, type Emitted, type Emitter, TYPE } from './emitter.ts';
import { identifier } from './identifier.ts';
import { below, type Selected, selectedFields } from './selection.ts';

/** Stored properties, read: one expression a kind. Dates leave Cypher as text. */

/** Reads a property of the node or edge in a variable. Values with parts are shaped by the selection below them. */
export function emitProperty(
  emitter: Emitter,
  selected: Selected,
  field: Field,
  stored: string,
  variable: string,
): Emitted {
  const at = (suffix = '') => `${variable}.${identifier(stored + suffix)}`;
  switch (field.kind) {
    case 'date':
    case 'dateTime':
      return { text: `toString(${at()})`, decode: asIs };
    case 'textList':
      return { text: at(), decode: (raw) => raw ?? [] };
    case 'boolean':
      return { text: at(), decode: (raw) => raw ?? false };
    case 'statusOf':
      return { text: statusExpression(emitter, field.relationship, variable), decode: asIs };
    case 'count':
    case 'amount':
    case 'quote': {
      const parts = Object.entries(PARTS[field.kind]);
      const shape = plainShape(emitter, selected);
      return {
        text: `[${parts.map(([suffix]) => at(suffix)).join(', ')}]`,
        decode: (raw, env) => {
          const values = raw as unknown[];
          if (values.every((value) => value === null)) return null;
          const plain = Object.fromEntries(parts.map(([, part], nth) => [part, values[nth] ?? null]));
          if (field.kind === 'quote') plain['elided'] = plain['elided'] ?? false;
          return shape(plain, env);
        },
      };
    }
    default:
      return { text: at(), decode: asIs };
  }
}

/** The status of the one relationship of a type that starts at an entity. */
export function statusExpression(emitter: Emitter, relationship: string, variable: string): string {
  const edge = emitter.variable('s');
  return `head(COLLECT { MATCH (${variable})-[${edge}:${identifier(relationship)}]->() RETURN ${edge}.status ORDER BY ${edge}.id LIMIT 1 })`;
}

/** Shapes a plain object (its keys the fields' names) by the selection on it; lists item by item. */
export function plainShape(emitter: Emitter, selected: Selected): Decode {
  const type = getNamedType(selected.field?.type as GraphQLOutputType);
  if (!isObjectType(type)) return asIs;
  const entries = plainEntries(emitter, type, selected);
  const one: Decode = (raw, env) => {
    if (raw === null || raw === undefined) return null;
    const object: Decoded = { [TYPE]: type.name };
    for (const { key, name, inner } of entries)
      object[key] = name === '__typename' ? type.name : inner((raw as Record<string, unknown>)[name], env);
    return object;
  };
  return (raw, env) => (Array.isArray(raw) ? raw.map((item) => one(item, env)) : one(raw, env));
}

function plainEntries(emitter: Emitter, type: GraphQLObjectType, selected: Selected) {
  return selectedFields(type, below(selected.nodes), emitter.around).map((each) => ({
    key: each.key,
    name: each.field ? each.field.name : '__typename',
    inner: each.field ? plainShape(emitter, each) : asIs,
  }));
}
