import { COUNTS_OF_ALL, countEdges, type Extent, isWhole } from '../../compile/extent.ts';
import { CLAIM_TYPES, countClaims, countTies } from '../../compile/extent-rows.ts';
import type { Statement } from '../../compile/plan.ts';
import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import type { ExportAbout } from './export-graph.ts';

/** How much an export has of what, before any of it is read. */

type Ask = (statement: Statement) => Promise<unknown[][]>;

/** What the whole store has, as the database keeps count. */
export interface CountsOfAll {
  entities(types: readonly EntityType[]): number;
  edges(types: readonly string[]): number;
  readonly claims: number;
}

export async function countAll(ask: Ask): Promise<CountsOfAll> {
  const [row] = await ask(COUNTS_OF_ALL);
  const nodes = new Map(row?.[0] as [string, number][]);
  const edges = new Map(row?.[1] as [string, number][]);
  const sum = (counts: ReadonlyMap<string, number>, names: readonly string[]) =>
    names.reduce((total, name) => total + (counts.get(name) ?? 0), 0);
  return {
    entities: (types) =>
      sum(
        nodes,
        types.map(({ name }) => name),
      ),
    edges: (types) => sum(edges, types),
    claims: nodes.get('Claim') ?? 0,
  };
}

export interface ExtentCounts {
  readonly counts: ExportAbout['counts'];
  /** Types that have entities or edges: no other is asked for. */
  readonly entityTypes: readonly EntityType[];
  readonly relationshipTypes: readonly RelationshipType[];
}

/** @param isFull whether claims are nodes, and their ties edges */
export async function countExtent(
  ask: Ask,
  extent: Extent,
  there: CountsOfAll,
  isFull: boolean,
): Promise<ExtentCounts> {
  const { model, chosen } = extent;
  const number = async (statement: Statement) => Number((await ask(statement))[0]?.[0] ?? 0);
  const entityTypes = chosen ? [...chosen.keys()] : extent.entityTypes.filter((type) => there.entities([type]) > 0);
  const entities = chosen
    ? [...chosen.values()].reduce((sum, ids) => sum + ids.length, 0)
    : there.entities(extent.entityTypes);
  const isAll = isWhole(extent);
  const byType = isWhole({ ...extent, relationshipTypes: model.relationships })
    ? extent.relationshipTypes.map((type) => ({ type, count: there.edges([type.name]) }))
    : edgesByType(extent, await ask(countEdges(extent)));
  const edges = byType.reduce((sum, { count }) => sum + count, 0);
  const [claims, ties] = await Promise.all([
    isAll ? there.claims : number(countClaims(extent)),
    !isFull ? 0 : isAll ? there.edges(CLAIM_TYPES) : number(countTies(extent)),
  ]);
  return {
    counts: isFull ? { nodes: entities + claims, edges: edges + ties, claims } : { nodes: entities, edges, claims },
    entityTypes,
    relationshipTypes: byType.flatMap(({ type, count }) => (count > 0 ? [type] : [])),
  };
}

function edgesByType({ relationshipTypes }: Extent, rows: readonly unknown[][]) {
  const counts = new Map(rows as [string, number][]);
  return relationshipTypes.map((type) => ({ type, count: counts.get(type.name) ?? 0 }));
}
