import type { PlainEdge, PlainEntity } from './oracle/plain-graph.ts';

/** Paths and neighbourhoods over the plain graph, found the simple way: by trying everything. */

/** Which edges may be followed, and which entities entered. */
export interface Rules {
  readonly follows?: (edge: PlainEdge) => boolean;
  readonly enters?: (entity: PlainEntity) => boolean;
}

/** The far end of an edge. */
export const other = (edge: PlainEdge, near: PlainEntity): PlainEntity => (edge.from === near ? edge.to : edge.from);

/** Every path from one entity to another without an entity twice, as the ids of its edges; shortest first. */
export function allPaths(
  from: PlainEntity,
  to: PlainEntity,
  maxLength: number,
  { follows = () => true, enters = () => true }: Rules = {},
): string[][] {
  const found: string[][] = [];
  const visit = (at: PlainEntity, seen: readonly PlainEntity[], edges: readonly string[]): void => {
    if (edges.length === maxLength) return;
    for (const edge of new Set(at.edges)) {
      if (!follows(edge)) continue;
      const next = other(edge, at);
      if (next === to) found.push([...edges, edge.id]);
      else if (!seen.includes(next) && enters(next)) visit(next, [...seen, next], [...edges, edge.id]);
    }
  };
  visit(from, [from], []);
  return found.sort((a, b) => a.length - b.length);
}

/** The entities within so many steps, the beginnings among them. */
export function within(
  from: readonly PlainEntity[],
  depth: number,
  { follows = () => true, enters = () => true }: Rules = {},
) {
  const found = new Set(from);
  let rim = [...from];
  for (let step = 0; step < depth; step++) {
    rim = rim.flatMap((entity) =>
      entity.edges.filter(follows).flatMap((edge) => {
        const next = other(edge, entity);
        if (found.has(next) || !enters(next)) return [];
        found.add(next);
        return [next];
      }),
    );
  }
  return found;
}
