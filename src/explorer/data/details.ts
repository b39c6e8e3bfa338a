import type { Api } from './api.ts';
import { ENTITY, edgeFields, type RawEdge, readEdge } from './documents.ts';
import type { EntityType, Legend, OwnField, RelationshipType } from './legend.ts';
import type { Edge, Entity } from './things.ts';

/** What the panel tells of one entity or relationship, asked for when it is selected. */

export interface Claim {
  readonly id: string;
  readonly text: string;
  readonly commitment: string;
  readonly hedged: boolean;
  readonly polarity: string;
  readonly attribution: string;
  readonly assertedAt: string | null;
  readonly locator: string | null;
  readonly speaker: Entity | null;
  readonly quote: { readonly text: string; readonly translation: string | null } | null;
  readonly source: { readonly id: string; readonly name: string; readonly url: string | null };
}

export interface Claims {
  readonly totalCount: number;
  readonly nodes: readonly Claim[];
}

export interface Count {
  readonly type: string;
  readonly direction: 'OUT' | 'IN' | 'BOTH';
  readonly count: number;
}

export interface Revision {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly action: string;
}

export interface EntityDetails extends Entity {
  readonly aliases: readonly string[];
  readonly description: string | null;
  readonly topics: readonly string[];
  readonly externalIds: readonly { readonly scheme: string; readonly value: string }[];
  readonly relationshipCounts: readonly Count[];
  readonly claims: Claims;
  readonly history: { readonly totalCount: number; readonly nodes: readonly Revision[] };
  readonly [field: string]: unknown;
}

export interface EdgeDetails {
  readonly edge: Edge;
  readonly from: Entity;
  readonly to: Entity;
  readonly claimCount: number;
  readonly sourceCount: number;
  readonly weakestStatus: string;
  readonly claims: Claims;
  readonly raw: RawEdge;
}

/** A page of an entity's relationships of one type. */
export interface RelationshipPage {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly other: Entity; readonly node: RawEdge }[];
}

const CLAIMS = `claims(first: 20) { totalCount nodes { id text commitment hedged polarity attribution assertedAt locator
  speaker { id name type } quote { text translation } source { id name url } } }`;

/** Fields that are one value, as they are asked for; the others have lists of their own. */
const SELECTIONS: Readonly<Record<string, string>> = {
  text: '',
  openList: '',
  closedList: '',
  boolean: '',
  integer: '',
  float: '',
  partialDate: '',
  date: '',
  count: '{ exact atLeast atMost text }',
  amount: '{ value currency text }',
};

const own = (known: EntityType | RelationshipType, fields: readonly OwnField[]): string => {
  const asked = fields.filter(({ kind }) => SELECTIONS[kind] !== undefined);
  if (asked.length === 0) return '';
  return `... on ${known.graphqlType} { ${asked.map(({ name, kind }) => `${name} ${SELECTIONS[kind]}`).join(' ')} }`;
};

/** An entity with its fields, counts and claims; null where nothing has the id. @throws Refused */
export async function fetchEntity(api: Api, legend: Legend, entity: Entity, signal: AbortSignal) {
  const known = legend.entities.get(entity.type);
  const { entity: found } = await api.ask<{ entity: EntityDetails | null }>(
    `query Details($id: ID!) { entity(id: $id) { ${ENTITY} aliases description topics externalIds { scheme value }
      relationshipCounts { type direction count } ${CLAIMS}
      history(first: 5) { totalCount nodes { id at by action } } ${known ? own(known, known.fields) : ''} } }`,
    { id: entity.id },
    signal,
  );
  return found;
}

/** A relationship with its ends, fields and claims; null where nothing has the id. @throws Refused */
export async function fetchEdge(
  api: Api,
  legend: Legend,
  id: string,
  type: string,
  signal: AbortSignal,
): Promise<EdgeDetails | null> {
  const known = legend.relationships.get(type);
  const { node: raw } = await api.ask<{ node: RawEdge | null }>(
    `query Relationship($id: ID!) { node(id: $id) { ... on Relationship { ${edgeFields(legend)}
      start: from { ${ENTITY} } end: to { ${ENTITY} } claimCount sourceCount weakestStatus ${CLAIMS}
      ${known ? own(known, known.fields) : ''} } } }`,
    { id },
    signal,
  );
  if (!raw?.['relationshipType']) return null;
  return {
    edge: readEdge(raw, legend),
    from: raw['start'] as Entity,
    to: raw['end'] as Entity,
    claimCount: Number(raw['claimCount']),
    sourceCount: Number(raw['sourceCount']),
    weakestStatus: String(raw['weakestStatus']),
    claims: raw['claims'] as Claims,
    raw,
  };
}

/** @param after the cursor that the page begins after */
export async function fetchRelationships(
  api: Api,
  legend: Legend,
  id: string,
  { type, direction }: Pick<Count, 'type' | 'direction'>,
  after: string | null,
): Promise<RelationshipPage> {
  const { entity } = await api.ask<{ entity: { relationships: RelationshipPage } | null }>(
    `query Relationships($id: ID!, $types: [RelationshipType!], $direction: Direction!, $after: String) { entity(id: $id) {
      relationships(types: $types, direction: $direction, first: ${PAGE}, after: $after) { totalCount
        pageInfo { hasNextPage endCursor } edges { other { ${ENTITY} } node { ${edgeFields(legend)} } } } } }`,
    { id, types: [type], direction, after },
  );
  return entity?.relationships ?? { totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, edges: [] };
}

/** How many of an entity's relationships come at once. */
export const PAGE = 25;

/** A field's value as text; null where there is none. */
export function valueText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return String(value);
  const { text, exact, atLeast, atMost, value: amount, currency } = value as Readonly<Record<string, unknown>>;
  if (typeof text === 'string') return text;
  if (amount !== undefined && amount !== null) return `${amount} ${currency ?? ''}`.trim();
  if (exact !== undefined && exact !== null) return String(exact);
  const parts = [atLeast == null ? '' : `at least ${atLeast}`, atMost == null ? '' : `at most ${atMost}`];
  return parts.filter((part) => part !== '').join(', ') || null;
}
