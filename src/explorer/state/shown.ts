import type { Legend } from '../data/legend.ts';
import { isKept, type State, stateOn } from '../data/temporal.ts';
import type { Edge, Entity } from '../data/things.ts';
import { GRADES, type View } from './view.ts';

/** What of that which is known is on screen: the filters, and nothing else. */

export interface ShownEdge {
  readonly edge: Edge;
  /** On the day that is looked at; null while none is. */
  readonly state: State | null;
}

export interface Shown {
  readonly nodes: readonly Entity[];
  readonly edges: readonly ShownEdge[];
  /** How many of each type there are before types are left out, for the legend. */
  readonly entityCounts: ReadonlyMap<string, number>;
  readonly edgeCounts: ReadonlyMap<string, number>;
}

/** Kinds of speech, not grades: the least commitment spares them. */
const SPEECH = ['STANCE_ON', 'SPOKE_OF'];

/** @param ids the entities that the view is of, `edges` those among them */
export function shownOf(view: View, entities: readonly Entity[], edges: readonly Edge[], legend: Legend): Shown {
  const isHidden = new Set(view.withoutEntities);
  const isLeftOut = new Set(view.withoutEdges);
  const nodes = entities.filter(({ type }) => !isHidden.has(type));
  const there = new Set(nodes.map(({ id }) => id));
  const least = view.minCommitment === null ? -1 : GRADES.indexOf(view.minCommitment);
  const kept: ShownEdge[] = [];
  const edgeCounts = new Map<string, number>();
  for (const edge of edges) {
    if (!there.has(edge.from) || !there.has(edge.to)) continue;
    if (view.withoutDisputed && edge.disputed) continue;
    if (least >= 0 && !SPEECH.includes(edge.type)) {
      const grade = GRADES.indexOf(edge.status);
      if (grade < 0 || grade > least) continue;
    }
    const time = legend.relationships.get(edge.type)?.time.class ?? 'timeless';
    const state = view.asOf === null ? null : stateOn(view.asOf, time, edge);
    if (state !== null && !isKept(state, time)) continue;
    edgeCounts.set(edge.type, (edgeCounts.get(edge.type) ?? 0) + 1);
    if (!isLeftOut.has(edge.type)) kept.push({ edge, state });
  }
  const entityCounts = new Map<string, number>();
  for (const { type } of entities) entityCounts.set(type, (entityCounts.get(type) ?? 0) + 1);
  return { nodes, edges: kept, entityCounts, edgeCounts };
}

/** The years that the dates of some edges span, a year at each side; null where none is dated. */
export function yearsOf(edges: readonly Edge[]): { readonly first: number; readonly last: number } | null {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const edge of edges)
    for (const date of [edge.begins, edge.ends, edge.observedFrom, edge.observedTo]) {
      if (date === null) continue;
      const year = Number(date.slice(0, 4));
      first = Math.min(first, year);
      last = Math.max(last, year);
    }
  return first <= last ? { first: first - 1, last: last + 1 } : null;
}
