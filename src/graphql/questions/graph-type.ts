import { type Degree, degrees } from '../../compile/degrees.ts';
import { asIs, type Emitted, type Emitter, type Env, type Place } from '../../compile/emitter.ts';
import { emitAnyEdge, emitEach, emitEntity, emitParts } from '../../compile/objects.ts';
import { plainShape } from '../../compile/properties.ts';
import type { Selected } from '../../compile/selection.ts';
import { AnyEntity } from '../../model/common-fields.ts';
import { endRef } from '../entities.ts';
import type { Output, Registry } from '../registry.ts';
import { relationshipInterface } from '../relationships.ts';
import { scalar } from '../scalars.ts';
import { relationshipCountType } from '../values.ts';

/** A part of the graph: entities, and the relationships among them. */
export const graphType = (registry: Registry): Output =>
  registry.object('reader', 'Graph', 'A part of the graph: entities, and the relationships among them.', () => ({
    nodes: { type: [endRef(registry, 'Entity')], nullable: false, description: 'The entities.' },
    relationships: {
      type: [relationshipInterface(registry)],
      nullable: false,
      description: 'The relationships that have both ends among the entities.',
    },
    truncated: { type: scalar('Boolean'), nullable: false, description: 'Whether something was left out.' },
    truncatedBecause: {
      type: scalar('String'),
      nullable: true,
      description: 'Which limit left something out, and what to do about it; null where nothing was.',
    },
    frontier: {
      type: [frontierType(registry)],
      nullable: false,
      description: 'The entities that have relationships beyond this part of the graph, with how many.',
    },
  }));

const frontierType = (registry: Registry): Output =>
  registry.object('reader', 'Frontier', 'An entity at the rim of a part of the graph.', () => ({
    entity: { type: endRef(registry, 'Entity'), nullable: false, description: 'The entity.' },
    counts: {
      type: [relationshipCountType(registry)],
      nullable: false,
      description: 'How many relationships it has that are not in this part, by type and direction.',
    },
  }));

/** Entities, in the order of a list. */
export const eachEntity = (emitter: Emitter, list: string, selected: Selected, place: Place) =>
  emitEach(emitter, list, 'n', (node) => emitEntity(emitter, AnyEntity, selected, node, place));

/** Relationships of any type, in the order of a list. */
export const eachEdge = (emitter: Emitter, list: string, selected: Selected, place: Place) =>
  emitEach(emitter, list, 'r', (edge) => emitAnyEdge(emitter, emitter.model.relationships, selected, edge, place, {}));

/** Why something was left out, where nothing is. */
export const WHOLE: Emitted = { text: 'null', decode: asIs };

/** A Graph whose parts are in variables; `because` reads as why something was left out, or null. */
export function emitGraph(
  emitter: Emitter,
  selected: Selected,
  place: Place,
  variables: { readonly nodes: string; readonly edges: string; readonly because: Emitted },
): Emitted {
  const { nodes, edges, because } = variables;
  return emitParts(emitter, selected, place, {
    nodes: (each, inner) => eachEntity(emitter, nodes, each, inner),
    relationships: (each, inner) => eachEdge(emitter, edges, each, inner),
    truncated: () => ({ text: because.text, decode: (raw, env) => because.decode(raw, env) !== null }),
    truncatedBecause: () => because,
    frontier: (each, inner) => frontier(emitter, each, inner, nodes, edges),
  });
}

/** How often each entity is an end of the part's own relationships: by id, then by type and direction. */
type Inside = ReadonlyMap<string, number>;
const key = (id: unknown, type: unknown, direction: string): string => `${id} ${type} ${direction}`;

/** What each entity has beyond the part: all that it has, less what the part holds. */
function frontier(emitter: Emitter, selected: Selected, place: Place, nodes: string, edges: string): Emitted {
  const [node, edge] = [emitter.variable('n'), emitter.variable('r')];
  const has = degrees(emitter, node, emitter.model.relationships, place.scope);
  const symmetric = new Set(emitter.model.relationships.filter((type) => type.symmetric).map((type) => type.name));
  const one = emitParts(emitter, selected, place, {
    entity: (each, inner) => emitEntity(emitter, AnyEntity, each, node, inner),
    counts: (each) => {
      const shape = plainShape(emitter, each);
      return { text: 'null', decode: (_, env) => shape((env as WithBeyond).beyond, env) };
    },
  });
  return {
    text: `[[${edge} IN ${edges} | [type(${edge}), startNode(${edge}).id, endNode(${edge}).id]], COLLECT { UNWIND ${nodes} AS ${node} RETURN [${node}.id, ${has.text}, ${one.text}] }]`,
    decode: (raw, env) => {
      const [held, each] = raw as [[string, string, string][], [string, unknown, unknown][]];
      const inside = countInside(held, symmetric);
      return each.flatMap(([id, counts, row]) => {
        const beyond = has
          .read(counts)
          .map((one) => ({ ...one, count: one.count - (inside.get(key(id, one.type, one.direction)) ?? 0) }))
          .filter(({ count }) => count > 0);
        return beyond.length > 0 ? [one.decode(row, { ...env, beyond } as WithBeyond)] : [];
      });
    },
  };
}

interface WithBeyond extends Env {
  readonly beyond: readonly Degree[];
}

function countInside(held: readonly [string, string, string][], symmetric: ReadonlySet<string>): Inside {
  const inside = new Map<string, number>();
  const add = (id: string, type: string, direction: string) =>
    inside.set(key(id, type, direction), (inside.get(key(id, type, direction)) ?? 0) + 1);
  for (const [type, from, to] of held) {
    const both = symmetric.has(type);
    add(from, type, both ? 'BOTH' : 'OUT');
    // A loop counts once where both directions are looked at as one.
    if (!both || from !== to) add(to, type, both ? 'BOTH' : 'IN');
  }
  return inside;
}
