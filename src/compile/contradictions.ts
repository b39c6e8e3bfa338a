import { claimFields, entityFields } from '../model/common-fields.ts';
import type { Emitter } from './emitter.ts';
import { RELATIONSHIP_ID_INDEX } from './full-text.ts';

/** Where claims contradict one another. */

/**
 * Whether another claim says the opposite of the one in a variable: denies an edge that it asserts, or the other way
 * round; or gives the same field of the same subject another value, or denies the value.
 */
export function contradicted(emitter: Emitter, claim: string): string {
  const [edge, other, id, query, subject, value] = ['r', 'c', 'i', 'q', 'n', 'c'].map((prefix) =>
    emitter.variable(prefix),
  ) as [string, string, string, string, string, string];
  const standing = (one: string) => `${one}.retractedAt IS NULL AND ${one}.rank <> 'DEPRECATED'`;
  const opposes = (one: string) => `${one}.polarity <> ${claim}.polarity`;
  // The index refuses an empty query, and is asked even where the size beside it says that there is nothing to ask.
  const ids = `'"" ' + ${idsQuery(claim, id, query)}`;
  const edges = `CALL db.index.fulltext.queryRelationships('${RELATIONSHIP_ID_INDEX}', ${ids}) YIELD relationship AS ${edge}`;
  const byEdge = `(size(coalesce(${claim}.asserts, [])) > 0 AND EXISTS { ${edges} MATCH (${other}:Claim) WHERE ${other}.id IN ${edge}.claims AND ${opposes(other)} AND ${standing(other)} })`;
  const lists = listFields(emitter);
  const differs = `(${value}.polarity = 'POSITIVE' AND ${claim}.polarity = 'POSITIVE' AND ${value}.valueJson <> ${claim}.valueJson AND NOT ${claim}.predicate IN [${lists}])`;
  const denies = `(${value}.valueJson = ${claim}.valueJson AND ${opposes(value)})`;
  const byValue = `(${claim}.valueJson IS NOT NULL AND EXISTS { MATCH (${claim})-[:SUBJECT]->(${subject})<-[:SUBJECT]-(${value}:Claim) WHERE ${value}.predicate = ${claim}.predicate AND ${standing(value)} AND (${differs} OR ${denies}) })`;
  return `(${byEdge} OR ${byValue})`;
}

/** The query that finds the edges which a claim asserts in the index over their ids. */
export const idsQuery = (claim: string, id: string, query: string): string => {
  const quoted = `'"' + replace(replace(${id}, '\\\\', '\\\\\\\\'), '"', '\\\\"') + '" '`;
  return `reduce(${query} = '', ${id} IN coalesce(${claim}.asserts, []) | ${query} + ${quoted})`;
};

/** Fields that hold several values at once, so that two of them are no contradiction. */
function listFields(emitter: Emitter): string {
  const fields = [...entityFields, ...claimFields, ...emitter.model.entities.flatMap((type) => type.fields)];
  const lists = fields.filter((field) => field.kind === 'textList').map((field) => field.name);
  return [...new Set(lists)].map((name) => `'${name}'`).join(', ');
}
