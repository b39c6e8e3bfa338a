import type { EntityType, RelationshipType } from '../model/declarations.ts';
import type { Model } from '../model/model.ts';
import type { Commitment } from '../model/vocabulary.ts';
import { identifier } from './identifier.ts';
import type { Statement } from './plan.ts';
import { committed, holdsOn } from './scope.ts';

/** A part of the graph that is read as a whole: which entities, and which relationships among them. */
export interface Extent {
  readonly model: Model;
  /** Ids of the entities, by their types; null for all there are. */
  readonly chosen: ReadonlyMap<EntityType, readonly string[]> | null;
  /** Types of entities, where all there are of them are meant. */
  readonly entityTypes: readonly EntityType[];
  readonly relationshipTypes: readonly RelationshipType[];
  /** ISO day: what was true then, and what may have been. */
  readonly asOf: string | null;
  readonly minCommitment: Commitment | null;
}

/** Whether every entity and every relationship of the graph is in it. */
export const isWhole = ({ model, chosen, entityTypes, relationshipTypes, asOf, minCommitment }: Extent): boolean =>
  chosen === null &&
  entityTypes.length === model.entities.length &&
  relationshipTypes.length === model.relationships.length &&
  asOf === null &&
  minCommitment === null;

/** `:HOLDS_POSITION|MEMBER_OF`; a type that nothing has, where there is none. */
export const patternOf = (types: readonly { readonly name: string }[]): string =>
  types.length > 0 ? `:${types.map(({ name }) => identifier(name)).join('|')}` : ':`no type`';

/** A statement, and the parameters that every one about an extent may use. */
export const about = (extent: Extent, text: string, more: Record<string, unknown> = {}): Statement => ({
  text: `CYPHER 5 ${text}`,
  parameters: {
    ...(extent.asOf !== null && text.includes('$asOf') ? { asOf: extent.asOf } : {}),
    ...(extent.chosen !== null && text.includes('$ids') ? { ids: [...extent.chosen.values()].flat() } : {}),
    ...more,
  },
});

/** Conditions that keep an edge of these types in the scope. */
export const kept = ({ asOf, minCommitment }: Extent, types: readonly RelationshipType[], edge: string): string[] => [
  ...(asOf === null ? [] : holdsOn(types, edge, () => '$asOf', false)),
  ...(minCommitment === null ? [] : committed(types, edge, minCommitment)),
];

const where = (conditions: readonly string[]): string =>
  conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';

/** The entities that are chosen, as the list `nodes`. */
export const CHOSEN = 'UNWIND $ids AS id MATCH (n:Entity {id: id}) WITH collect(n) AS nodes';

/** Those types of entities, where not all are in the extent: a condition on a node, or none. */
export const isOfTypes = ({ model, chosen, entityTypes }: Extent, node: string): string[] =>
  chosen === null && entityTypes.length < model.entities.length ? [`${node}${patternOf(entityTypes)}`] : [];

/**
 * Clauses that bind `a`, `r`, `b` to each edge of these types that has both ends in the extent. Among chosen entities they
 * are found from the end that has few; between two that have many, by looking from one to the other.
 */
export function edgesWithin(extent: Extent, types: readonly RelationshipType[]): string {
  const pattern = `[r${patternOf(types)}]`;
  const scope = kept(extent, types, 'r');
  if (extent.chosen === null)
    return `MATCH (a)-${pattern}->(b)${where([...isOfTypes(extent, 'a'), ...isOfTypes(extent, 'b'), ...scope])}`;
  const few = '[n IN nodes WHERE NOT n IN hubs]';
  return `${CHOSEN}
    WITH nodes, [n IN nodes WHERE COUNT { (n)--() } > 1000] AS hubs
    CALL (nodes, hubs) {
      UNWIND ${few} AS a MATCH (a)-${pattern}->(b)${where(['b IN nodes', ...scope])} RETURN a, r, b
      UNION ALL
      UNWIND ${few} AS b MATCH (a)-${pattern}->(b)${where(['a IN hubs', ...scope])} RETURN a, r, b
      UNION ALL
      UNWIND hubs AS a UNWIND hubs AS b MATCH (a)-${pattern}->(b)${where(scope)} RETURN a, r, b
    }`;
}

/** How many edges of each type an extent has: rows of a type's name and a number. */
export const countEdges = (extent: Extent): Statement =>
  about(extent, `${edgesWithin(extent, extent.relationshipTypes)} RETURN type(r), count(*)`);

/**
 * How many nodes there are of each label, and how many edges of each type, whatever their ends and their scope: two lists
 * of a name and a number. The database keeps these counts; a statement for each would cost more to plan than to run.
 */
export const COUNTS_OF_ALL: Statement = {
  text: `CYPHER 5 CALL db.stats.retrieve('GRAPH COUNTS') YIELD data
    RETURN [n IN data.nodes WHERE n.label IS NOT NULL | [n.label, n.count]],
      [r IN data.relationships WHERE r.relationshipType IS NOT NULL AND r.startLabel IS NULL AND r.endLabel IS NULL
        | [r.relationshipType, r.count]]`,
  parameters: {},
};
