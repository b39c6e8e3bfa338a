import { claimFields, entityFields } from '../model/common-fields.ts';
import type { Emitter } from './emitter.ts';
import { phrase, RELATIONSHIP_ID_INDEX } from './full-text.ts';

/** Where claims contradict one another. */

/**
 * Whether another claim says the opposite of the one in a variable: denies an edge that it asserts, or the other way
 * round; or gives the same field of the same subject another value, or denies the value. Claims that deny are few: which
 * edges they deny, and who asserts those, is found out once, before the first MATCH.
 */
export function contradicted(emitter: Emitter, claim: string): string {
  const opposed = emitter.before(
    (name) => `CALL () { ${opposedOverEdges(emitter)} RETURN collect(DISTINCT one) AS ${name} }`,
  );
  const [subject, value] = [emitter.variable('n'), emitter.variable('c')];
  const differs = `(${value}.polarity = 'POSITIVE' AND ${claim}.polarity = 'POSITIVE' AND ${value}.valueJson <> ${claim}.valueJson AND NOT ${claim}.predicate IN [${listFields(emitter)}])`;
  const denies = `(${value}.valueJson = ${claim}.valueJson AND ${value}.polarity <> ${claim}.polarity)`;
  const byValue = `(${claim}.valueJson IS NOT NULL AND EXISTS { MATCH (${claim})-[:SUBJECT]->(${subject})<-[:SUBJECT]-(${value}:Claim) WHERE ${value}.predicate = ${claim}.predicate AND ${standing(value)} AND (${differs} OR ${denies}) })`;
  return `(${claim} IN ${opposed} OR ${byValue})`;
}

const standing = (one: string): string => `${one}.retractedAt IS NULL AND ${one}.rank <> 'DEPRECATED'`;

/**
 * Binds to `one` the claims that stand against one another over an edge. A claim that is itself retracted is opposed by
 * those that are not, and they are not by it.
 */
function opposedOverEdges(emitter: Emitter): string {
  const [denial, edge, other, id, query] = ['c', 'r', 'c', 'i', 'q'].map((prefix) => emitter.variable(prefix)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const edges = `CALL db.index.fulltext.queryRelationships('${RELATIONSHIP_ID_INDEX}', ids) YIELD relationship AS ${edge}`;
  return [
    `MATCH (${denial}:Claim {polarity: 'NEGATED'}) WHERE size(coalesce(${denial}.asserts, [])) > 0`,
    // The index refuses an empty query, whatever stands beside it.
    `WITH '"" ' + ${idsQuery(denial, id, query)} AS ids, ${denial} ${edges}`,
    `MATCH (${other}:Claim) WHERE ${other}.id IN ${edge}.claims AND ${other}.polarity = 'POSITIVE'`,
    `UNWIND CASE WHEN ${standing(denial)} AND ${standing(other)} THEN [${denial}, ${other}] WHEN ${standing(denial)} THEN [${other}] WHEN ${standing(other)} THEN [${denial}] ELSE [] END AS one`,
  ].join(' ');
}

/** The query that finds the edges which a claim asserts in the index over their ids. */
export const idsQuery = (claim: string, id: string, query: string): string =>
  `reduce(${query} = '', ${id} IN coalesce(${claim}.asserts, []) | ${query} + ${phrase(id, ' ')})`;

/** Fields that hold several values at once, so that two of them are no contradiction. */
function listFields(emitter: Emitter): string {
  const fields = [...entityFields, ...claimFields, ...emitter.model.entities.flatMap((type) => type.fields)];
  const lists = fields.filter((field) => field.kind === 'textList').map((field) => field.name);
  return [...new Set(lists)].map((name) => `'${name}'`).join(', ');
}
