import neo4j from 'neo4j-driver';
import type { Model } from '../../../src/model/model.ts';

/**
 * The graph as plain objects, read by two statements that any reader can check. What the store derived is taken as it
 * stands there: the oracle is about reading, not about writing.
 */

/** Properties, native dates as ISO text. */
export type Properties = Readonly<Record<string, unknown>>;

export interface PlainEntity {
  readonly is: 'entity';
  readonly id: string;
  /** Name of its type, such as `Person`. */
  readonly type: string;
  readonly properties: Properties;
  readonly names: Properties[];
  readonly externalIds: Properties[];
  /** Relationships of the ontology that start or end here. */
  readonly edges: PlainEdge[];
}

export interface PlainEdge {
  readonly is: 'edge';
  readonly id: string;
  /** Neo4j's name, such as `HOLDS_POSITION`. */
  readonly type: string;
  readonly properties: Properties;
  readonly from: PlainEntity;
  readonly to: PlainEntity;
}

export interface PlainClaim {
  readonly is: 'claim';
  readonly id: string;
  readonly properties: Properties;
  /** What its edges lead to, by their type: SUBJECT, OBJECT, SPEAKER, STATED_IN. */
  readonly ends: Record<string, PlainEntity>;
  locator: string | null;
  /** Claims that it bears on, by the type of tie. */
  readonly ties: Record<string, PlainClaim[]>;
  readonly tiedBy: Record<string, PlainClaim[]>;
}

export interface PlainGraph {
  readonly entities: ReadonlyMap<string, PlainEntity>;
  readonly edges: ReadonlyMap<string, PlainEdge>;
  readonly claims: ReadonlyMap<string, PlainClaim>;
}

type Rows = (text: string) => Promise<unknown[][]>;

/** Reads the whole graph. `rows` runs a statement that takes no parameters. */
export async function readPlainGraph(model: Model, rows: Rows): Promise<PlainGraph> {
  const entities = new Map<string, PlainEntity>();
  const edges = new Map<string, PlainEdge>();
  const claims = new Map<string, PlainClaim>();
  const others = new Map<string, Properties>();
  const entityAt = new Map<string, PlainEntity>();
  const claimAt = new Map<string, PlainClaim>();
  const typeNames = new Set(model.entities.map((type) => type.name));
  for (const [at, labels, raw] of (await rows('MATCH (n) RETURN elementId(n), labels(n), properties(n)')) as [
    string,
    string[],
    Properties,
  ][]) {
    const properties = plain(raw);
    const id = String(properties['id']);
    const type = labels.find((label) => typeNames.has(label));
    if (type !== undefined) {
      const entity: PlainEntity = { is: 'entity', id, type, properties, names: [], externalIds: [], edges: [] };
      entities.set(id, entity);
      entityAt.set(at, entity);
    } else if (labels.includes('Claim')) {
      const claim: PlainClaim = { is: 'claim', id, properties, ends: {}, locator: null, ties: {}, tiedBy: {} };
      claims.set(id, claim);
      claimAt.set(at, claim);
    } else others.set(at, properties);
  }
  const relationshipNames = new Set(model.relationships.map((type) => type.name));
  for (const [type, start, end, raw] of (await rows(
    'MATCH (a)-[r]->(b) RETURN type(r), elementId(a), elementId(b), properties(r)',
  )) as [string, string, string, Properties][]) {
    const properties = plain(raw);
    const [from, to, claim, tied] = [entityAt.get(start), entityAt.get(end), claimAt.get(start), claimAt.get(end)];
    if (relationshipNames.has(type) && from && to) {
      const edge: PlainEdge = { is: 'edge', id: String(properties['id']), type, properties, from, to };
      edges.set(edge.id, edge);
      from.edges.push(edge);
      to.edges.push(edge);
    } else if (type === 'NAMED' && from) from.names.push(others.get(end) ?? {});
    else if (type === 'IDENTIFIED_BY' && from) from.externalIds.push(others.get(end) ?? {});
    else if (claim && to) {
      claim.ends[type] = to;
      if (type === 'STATED_IN') claim.locator = (properties['locator'] as string | undefined) ?? null;
    } else if (claim && tied) {
      claim.ties[type] = [...(claim.ties[type] ?? []), tied];
      tied.tiedBy[type] = [...(tied.tiedBy[type] ?? []), claim];
    }
  }
  return { entities, edges, claims };
}

const plain = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, plainValue(value)]));

function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (neo4j.isInt(value as object)) return (value as { toNumber(): number }).toNumber();
  if (neo4j.isDate(value as object)) return String(value);
  // The driver pads fractions of a second with zeros; the database does not.
  if (neo4j.isDateTime(value as object))
    return String(value).replace(/(\.\d*?)0*Z$/, (_, kept: string) => `${kept === '.' ? '' : kept}Z`);
  return value;
}
