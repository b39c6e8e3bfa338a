import type { Field } from '../../../src/model/kinds.ts';
import type { Model } from '../../../src/model/model.ts';
import { byCodePoint } from './comparing.ts';
import type { PlainEdge, PlainEntity, Properties } from './plain-graph.ts';

/** Values of declared fields, read off properties by the ontology's shape rules. */

/** The own fields of an entity type. */
export const fieldsNamed = (model: Model, type: string): readonly Field[] =>
  model.entities.find((each) => each.name === type)?.fields ?? [];

/** The status of the entity's one relationship of the field's type that starts at it. */
export function statusOf(entity: PlainEntity, field: Field): unknown {
  if (field.kind !== 'statusOf') return null;
  const edges = entity.edges
    .filter((edge) => edge.type === field.relationship && edge.from === entity)
    .sort((a: PlainEdge, b: PlainEdge) => byCodePoint(a.id, b.id));
  return edges[0]?.properties['status'] ?? null;
}

const SUFFIXES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  count: { exact: 'Exact', atLeast: 'AtLeast', atMost: 'AtMost', text: 'Text' },
  amount: { value: 'Value', currency: 'Currency', atLeast: 'AtLeast', atMost: 'AtMost', text: 'Text' },
  quote: { text: 'Text', language: 'Language', translation: 'Translation', elided: 'Elided' },
};

/** A field as GraphQL shows it; references as ids. */
export function shownValue(field: Field, stored: string, properties: Properties): unknown {
  const suffixes = SUFFIXES[field.kind];
  if (!suffixes)
    return properties[stored] ?? (field.kind === 'textList' ? [] : field.kind === 'boolean' ? false : null);
  const parts = Object.entries(suffixes).map(([part, suffix]) => [part, properties[stored + suffix] ?? null] as const);
  if (parts.every(([, value]) => value === null)) return null;
  const object: Record<string, unknown> = Object.fromEntries(parts);
  if (field.kind === 'quote') object['elided'] = object['elided'] ?? false;
  return object;
}
