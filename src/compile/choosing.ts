import { AnyEntity } from '../model/common-fields.ts';
import type { RelationshipType } from '../model/declarations.ts';
import { nameKey } from '../model/folding.ts';
import { about, type Extent, isOfTypes, kept, patternOf } from './extent.ts';
import { asItStands } from './hand-written.ts';
import type { Statement } from './plan.ts';
import { distinctWords, simpleSearch } from './search-query.ts';
import { WholeNumber } from './values.ts';

/** The statements by which the entities of a part of the graph are chosen: rows of an id and labels. */

/** By their ids, or by what those lead to: rows of the id as it is given, the id as it is, labels. */
export const byIds = (ids: readonly string[]): Statement => ({
  text: `CYPHER 5 UNWIND $given AS id OPTIONAL MATCH (gone:Removed {id: id})
    MATCH (n:${AnyEntity.name} {id: coalesce(gone.survivor, id)}) RETURN id, n.id, labels(n)`,
  parameters: { given: ids },
});

/** As `search` finds them, the best first. @param types names of types of entities; all where there is none */
export function byQuery(query: string, types: readonly string[], limit: number): Statement {
  const { keys, exactly, oneTypo, twoTypos } = simpleSearch(query, types);
  return {
    text: `CYPHER 5 CALL () { ${asItStands('search', { first: '', most: 'LIMIT 100000' })} }
      WITH n, score ORDER BY score DESC, n.id LIMIT $limit RETURN n.id, labels(n)`,
    parameters: {
      ...{ exactly, oneTypo, twoTypos, keys, words: keys.map(distinctWords), name: nameKey(query) },
      length: new WholeNumber(Math.min(query.length, ...keys.map((key) => key.length))),
      limit: new WholeNumber(limit),
    },
  };
}

/**
 * What lies one step from some entities, in the order of their ids. A source is entered and not passed through: it
 * speaks of so much that all else would be near.
 */
export function oneStepFrom(
  extent: Extent,
  rim: readonly string[],
  known: readonly string[],
  limit: number,
): Statement {
  const types: readonly RelationshipType[] = extent.relationshipTypes;
  const conditions = [`m:${AnyEntity.name}`, ...entering(extent, 'm'), ...kept(extent, types, 'r')];
  return about(
    extent,
    `UNWIND $rim AS id MATCH (n:Entity {id: id})-[r${patternOf(types)}]-(m) WHERE ${conditions.join(' AND ')}
     WITH DISTINCT m, m.id AS found WHERE NOT found IN $known
     WITH m, found ORDER BY found LIMIT $limit RETURN found, labels(m)`,
    { rim, known, limit: new WholeNumber(limit) },
  );
}

const entering = (extent: Extent, node: string): string[] => isOfTypes({ ...extent, chosen: null }, node);

/** All of the extent's types, in the order of their ids. */
export function firstByIds(extent: Extent, limit: number): Statement {
  const conditions = isOfTypes(extent, 'n');
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  return about(extent, `MATCH (n:Entity)${where} WITH n, n.id AS id ORDER BY id LIMIT $limit RETURN id, labels(n)`, {
    limit: new WholeNumber(limit),
  });
}
