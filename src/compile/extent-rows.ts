import { CLAIM_EDGES, CLAIM_TIES, claimFields, nameFields, STORE_SET } from '../model/common-fields.ts';
import type { EntityType, RelationshipType } from '../model/declarations.ts';
import type { Field } from '../model/kinds.ts';
import { fieldsOfEntity } from '../model/model.ts';
import { type Columns, columnsOf } from './columns.ts';
import { about, CHOSEN, type Extent, edgesWithin, isOfTypes, isWhole, patternOf } from './extent.ts';
import { identifier } from './identifier.ts';
import type { Statement } from './plan.ts';

/** The statements that read an extent, row by row, and what stands where in their rows. */

const recorded = (fields: readonly Field[]): Field[] =>
  fields.filter(({ name, kind }) => !STORE_SET.has(name) && kind !== 'statusOf');

/** Fields of an entity that a record gives. */
export const recordedFields = (type: EntityType): Field[] => recorded(fieldsOfEntity(type));

/** Fields of an entity that are the status of one of its relationships. */
export const derivedFields = (type: EntityType) =>
  type.fields.filter((field): field is Field & { kind: 'statusOf' } => field.kind === 'statusOf');

export const namesColumns = columnsOf(recorded(nameFields), 'm');

/** Entities of one type: `id createdAt updatedAt externalIds names`, statuses as a list, then the fields. */
export function entityRows(extent: Extent, type: EntityType): { statement: Statement; columns: Columns } {
  const columns = columnsOf(recordedFields(type), 'n');
  const ids = extent.chosen?.get(type);
  const statuses = derivedFields(type).map(
    ({ relationship }) =>
      `head(COLLECT { MATCH (n)-[s:${identifier(relationship)}]->() RETURN s.status ORDER BY s.id LIMIT 1 })`,
  );
  const match = ids ? `UNWIND $ids AS id MATCH (n${patternOf([type])} {id: id})` : `MATCH (n${patternOf([type])})`;
  const head = [
    ...['n.id', 'toString(n.createdAt)', 'toString(n.updatedAt)'],
    'COLLECT { MATCH (n)-[:IDENTIFIED_BY]->(x) RETURN x.key ORDER BY x.key }',
    `COLLECT { MATCH (n)-[:NAMED]->(m:Name) RETURN [${namesColumns.texts.join(', ')}] ORDER BY m.value }`,
    `[${statuses.join(', ')}]`,
  ];
  const text = `${match} RETURN ${[...head, ...columns.texts].join(', ')}`;
  return { statement: about(extent, text, ids ? { ids } : {}), columns };
}

/** Where the fields begin in a row of an entity. */
export const ENTITY_FIELDS_AT = 6;

const day = (name: string): Field => ({ kind: 'partialDate', name, description: '', required: false });

/** Fields of an edge that a record gives, its dates under their stored names. */
export const edgeFieldsOf = (type: RelationshipType): Field[] => [
  day('validFrom'),
  ...(type.time.to === null ? [] : [day('validTo')]),
  ...type.fields,
];

const STANDING = [
  ...['r.status', 'r.weakestStatus', 'r.hedged', 'r.disputed', 'r.confidence', 'r.claimCount', 'r.sourceCount'],
  ...['r.claims', 'toString(r.observedFrom)', 'toString(r.observedTo)'],
];

/** Types whose edges have the same fields are read by one statement. */
export function alikeTypes(types: readonly RelationshipType[]): RelationshipType[][] {
  const groups = new Map<string, RelationshipType[]>();
  for (const type of types) {
    const key = JSON.stringify(edgeFieldsOf(type).map(({ name, kind }) => [name, kind]));
    groups.set(key, [...(groups.get(key) ?? []), type]);
  }
  return [...groups.values()];
}

/** Edges of types that are alike: `id from to type`, what follows from their claims, then the fields. */
export function edgeRows(extent: Extent, types: readonly RelationshipType[]) {
  const [first] = types;
  const columns = columnsOf(first ? edgeFieldsOf(first) : [], 'r');
  const head = ['r.id', 'a.id', 'b.id', 'type(r)', ...STANDING];
  const text = `${edgesWithin(extent, types)} RETURN ${[...head, ...columns.texts].join(', ')}`;
  return { statement: about(extent, text), columns };
}

/** Where the fields begin in a row of an edge, and what follows from its claims. */
export const EDGE_STANDING_AT = 4;
export const EDGE_FIELDS_AT = EDGE_STANDING_AT + STANDING.length;

/** Names of the ties between claims, in the order of their columns. */
export const TIES = Object.keys(CLAIM_TIES) as (keyof typeof CLAIM_TIES)[];

/**
 * Clauses that bind `c` to the claims of an extent: those that assert its edges, and those that have one of its entities
 * for their subject; one that does both comes twice. Of everything, it is all claims.
 */
function claimsWithin(extent: Extent): string {
  if (isWhole(extent)) return 'MATCH (c:Claim)';
  const subjects = extent.chosen
    ? 'UNWIND $ids AS id MATCH (:Entity {id: id})<-[:SUBJECT]-(c:Claim) RETURN c'
    : `MATCH (n:Entity)<-[:SUBJECT]-(c:Claim)${isOfTypes(extent, 'n')
        .map((condition) => ` WHERE ${condition}`)
        .join('')} RETURN c`;
  return `CALL () { ${subjects} UNION ALL CALL () { ${edgesWithin(extent, extent.relationshipTypes)} RETURN r }
    UNWIND r.claims AS claim MATCH (c:Claim {id: claim}) RETURN c }`;
}

export const claimColumns = columnsOf(recorded(claimFields), 'c');

/** Claims: `id subject object speaker source locator asserts states valueKind valueJson retractedAt`, four lists of ties, then the fields. */
export function claimRows(extent: Extent): Statement {
  const one = (edge: string) => `head(COLLECT { MATCH (c)-[:${edge}]->(x) RETURN x.id })`;
  const head = [
    ...['c.id', one('SUBJECT'), one('OBJECT'), one('SPEAKER')],
    'head(COLLECT { MATCH (c)-[s:STATED_IN]->(x) RETURN [x.id, s.locator] })',
    ...['c.asserts', 'c.states', 'c.valueKind', 'c.valueJson', 'toString(c.retractedAt)'],
    ...TIES.map((tie) => `COLLECT { MATCH (c)-[:${tie}]->(x) RETURN x.id ORDER BY x.id }`),
  ];
  return about(extent, `${claimsWithin(extent)} RETURN ${[...head, ...claimColumns.texts].join(', ')}`);
}

/** Where the ties and the fields begin in a row of a claim. */
export const CLAIM_TIES_AT = 10;
export const CLAIM_FIELDS_AT = CLAIM_TIES_AT + TIES.length;

/** How many claims an extent has that is not everything. */
export const countClaims = (extent: Extent): Statement =>
  about(extent, `${claimsWithin(extent)} RETURN count(DISTINCT c)`);

/** How many ties lead from the claims of an extent to what is in it. */
export function countTies(extent: Extent): Statement {
  const known = extent.chosen ? `${CHOSEN} ` : '';
  const among = extent.chosen ? ['n IN nodes'] : isOfTypes(extent, 'n');
  const inside = among.length > 0 ? ` WHERE ${among.join(' AND ')}` : '';
  const carried = extent.chosen ? 'nodes, ' : '';
  return about(
    extent,
    `${known}CALL () { ${claimsWithin(extent)} RETURN collect(DISTINCT c) AS claims } WITH ${carried}claims
     UNWIND claims AS c
     RETURN sum(COUNT { (c)-[:${CLAIM_EDGES.join('|')}]->(n)${inside} }) + sum(COUNT { (c)-[:${TIES.join('|')}]->(d:Claim) WHERE d IN claims })`,
  );
}

/** The edges of claims, in the store. */
export const CLAIM_TYPES: readonly string[] = [...CLAIM_EDGES, ...TIES];
