import type { End, EntityType, RelationshipType } from '../../../src/model/declarations.ts';
import type { Model } from '../../../src/model/model.ts';
import type { PlainEdge, PlainEntity } from './plain-graph.ts';

/** Edges seen from one of their ends. */

/** An edge and its far end. */
export interface Step {
  readonly edge: PlainEdge;
  readonly node: PlainEntity;
}

/** A relationship under the name that it has from one of its ends. */
export interface Relation {
  readonly relationship: RelationshipType;
  readonly side: 'forward' | 'reverse';
}

/** Whether an entity type is the end, or in the family, or in a family within it. */
export const isOf = (type: EntityType, end: End): boolean =>
  end.is === 'entity'
    ? type === end
    : end.name === 'Entity' || type.families.some((family) => family === end || family.within.includes(end));

/** The far end. */
export const otherOf = (edge: PlainEdge, entity: PlainEntity): PlainEntity =>
  edge.from === entity ? edge.to : edge.from;

export type Relations = ReturnType<typeof relations>;

/** The relationships of one model. */
export function relations(model: Model) {
  const typeNamed = (name: string): EntityType => {
    const found = model.entities.find((each) => each.name === name);
    if (!found) throw new Error(`no type ${name}`);
    return found;
  };
  const relationshipNamed = (name: string): RelationshipType => {
    const found = model.relationships.find((each) => each.name === name);
    if (!found) throw new Error(`no relationship ${name}`);
    return found;
  };
  /** The relationship that a type has under a field's name, and from which of its ends. */
  const relationOf = (typeName: string, field: string): Relation | null => {
    const type = typeNamed(typeName);
    for (const relationship of model.relationships)
      for (const side of ['forward', 'reverse'] as const)
        if (
          relationship.names[side] === field &&
          relationship.pairs.some((pair) => pair[side === 'forward' ? 'from' : 'to'].some((end) => isOf(type, end)))
        )
          return { relationship, side };
    return null;
  };
  return {
    typeNamed,
    relationshipNamed,
    relationOf,
    directionOf(edge: PlainEdge, from: PlainEntity): string {
      return relationshipNamed(edge.type).symmetric ? 'BOTH' : edge.from === from ? 'OUT' : 'IN';
    },
    /** Every edge of an entity under a field's name. */
    stepsOf(entity: PlainEntity, { relationship, side }: Relation): Step[] {
      return entity.edges
        .filter(
          (edge) =>
            edge.type === relationship.name &&
            (relationship.symmetric || (side === 'forward' ? edge.from : edge.to) === entity),
        )
        .map((edge) => ({ edge, node: otherOf(edge, entity) }));
    },
  };
}
