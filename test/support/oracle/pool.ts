import type { Model } from '../../../src/model/model.ts';
import { daysOf } from './comparing.ts';
import type { PlainGraph } from './plain-graph.ts';

/** Values that occur in the graph, so that generated filters hit something. */
export interface Pool {
  readonly ids: readonly string[];
  /** Those that most hangs on first. */
  readonly entityIds: readonly string[];
  /** Names and aliases of everything. */
  readonly names: readonly string[];
  /** Names and aliases of the entities of a type. */
  namesOf(type: string): readonly string[];
  /** Whether any entity of the type has a relationship under the field's name. */
  has(type: string, relation: string): boolean;
  /** Whether anything has a relationship under the field's name. */
  fills(relation: string): boolean;
  /** Types of the edges there are, as Neo4j names them. */
  readonly relationshipTypes: readonly string[];
  /** Days on which edges begin, end, or are seen, and those before. */
  readonly days: readonly string[];
  /** Values of a field, wherever it occurs, by its name. */
  valuesOf(field: string): readonly unknown[];
}

export function poolOf(model: Model, graph: PlainGraph): Pool {
  const values = new Map<string, Set<unknown>>();
  const everything = [...graph.entities.values(), ...graph.edges.values(), ...graph.claims.values()];
  for (const { properties } of everything)
    for (const [name, value] of Object.entries(properties))
      for (const each of Array.isArray(value) ? value : [value])
        values.set(name, (values.get(name) ?? new Set()).add(each));
  const names = new Map<string, string[]>();
  for (const { type, properties, names: more } of graph.entities.values()) {
    const aliases = (properties['aliases'] ?? []) as string[];
    const all = [String(properties['name']), ...aliases, ...more.map((name) => String(name['value']))];
    names.set(type, [...(names.get(type) ?? []), ...all]);
  }
  const relations = new Set<string>();
  for (const { type, from, to } of graph.edges.values()) {
    const named = model.relationships.find((each) => each.name === type)?.names;
    relations.add(`${from.type}.${named?.forward}`).add(`${to.type}.${named?.reverse}`);
  }
  const filled = new Set([...relations].map((each) => each.slice(each.indexOf('.') + 1)));
  return {
    ids: everything.map(({ id }) => id),
    entityIds: [...graph.entities.values()].sort((a, b) => b.edges.length - a.edges.length).map(({ id }) => id),
    has: (type, relation) => relations.has(`${type}.${relation}`),
    names: [...names.values()].flat(),
    fills: (relation) => filled.has(relation),
    relationshipTypes: [...new Set([...graph.edges.values()].map(({ type }) => type))],
    days: daysIn(graph),
    namesOf: (type) => names.get(type) ?? [],
    valuesOf: (field) => [...(values.get(field) ?? [])],
  };
}

function daysIn(graph: PlainGraph): string[] {
  const dates = ['validFrom', 'validTo', 'observedFrom', 'observedTo'];
  const given = [...graph.edges.values()].flatMap(({ properties }) =>
    dates.flatMap((name) => (typeof properties[name] === 'string' ? [String(properties[name])] : [])),
  );
  const bounds = [...new Set(given)].flatMap((date) => [daysOf(date).first, daysOf(date).last]);
  const before = bounds.map((day) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10));
  return [...new Set([...bounds, ...before, '2020-02-29'])].sort();
}
