import { MultiDirectedGraph } from 'graphology';
import type { Legend } from '../data/legend.ts';
import type { Entity } from '../data/things.ts';
import type { Point } from '../layout/seeded.ts';
import type { Shown, ShownEdge } from '../state/shown.ts';
import { type EdgeLook, groupOf, lookOf, SHAPE_OF, type Shape } from './appearance.ts';
import type { Group, Palette } from './palette.ts';

/** The graph as sigma draws it: everything that is on screen with its place, size and look. */

export interface SceneNode {
  readonly entity: Entity;
  readonly group: Group;
  readonly shape: Shape;
  readonly color: string;
  readonly size: number;
  readonly degree: number;
  readonly x: number;
  readonly y: number;
  readonly type: 'node';
}

export interface SceneEdge extends EdgeLook {
  readonly shown: ShownEdge;
  readonly bend: number;
  readonly isDirected: boolean;
  readonly size: number;
  readonly type: 'curve' | 'line';
}

export type Scene = MultiDirectedGraph<SceneNode, SceneEdge>;

/** Beyond it edges are straight: bends would cost more than they tell. */
export const MOST_CURVES = 2_500;

export const newScene = (): Scene => new MultiDirectedGraph<SceneNode, SceneEdge>();

/** Puts into a scene what is shown, and nothing else. */
export function fillScene(
  scene: Scene,
  shown: Shown,
  placeOf: (id: string) => Point,
  legend: Legend,
  palette: Palette,
): void {
  const degrees = new Map<string, number>();
  for (const { edge } of shown.edges)
    for (const end of [edge.from, edge.to]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  const { least, perRoot, most } = sizesFor(shown.nodes.length);
  scene.clear();
  for (const entity of shown.nodes) {
    const degree = degrees.get(entity.id) ?? 0;
    const known = legend.entities.get(entity.type);
    const group = known ? groupOf(known) : 'source';
    scene.addNode(entity.id, {
      entity,
      group,
      shape: SHAPE_OF[group],
      color: palette.groups[group],
      size: Math.min(most, least + perRoot * Math.sqrt(degree)),
      degree,
      ...placeOf(entity.id),
      type: 'node',
    });
  }
  const bends = bendsOf(shown.edges);
  const type = shown.edges.length <= MOST_CURVES ? 'curve' : 'line';
  const width = shown.nodes.length <= 350 ? 1.5 : shown.nodes.length <= 2_000 ? 1 : 0.7;
  for (const each of shown.edges) {
    const { edge, state } = each;
    if (edge.from === edge.to) continue;
    const look = lookOf(edge, state, palette);
    const isSpeech = edge.type === 'MENTIONS' || edge.type === 'SPOKE_OF' || edge.type === 'STANCE_ON';
    scene.addEdgeWithKey(edge.id, edge.from, edge.to, {
      ...look,
      color: isSpeech && look.color === palette.edge ? palette.speech : look.color,
      shown: each,
      bend: bends.get(edge.id) ?? 0,
      isDirected: !legend.relationships.get(edge.type)?.symmetric,
      size: width,
      type,
    });
  }
}

function sizesFor(count: number): { least: number; perRoot: number; most: number } {
  if (count <= 120) return { least: 7, perRoot: 2.1, most: 20 };
  if (count <= 350) return { least: 6, perRoot: 1.5, most: 18 };
  if (count <= 2_000) return { least: 3.2, perRoot: 0.9, most: 14 };
  return { least: 1.3, perRoot: 0.72, most: 13 };
}

/** How far each edge bends, so that all between the same two can be told apart. */
function bendsOf(edges: readonly ShownEdge[]): ReadonlyMap<string, number> {
  const beside = new Map<string, ShownEdge['edge'][]>();
  for (const { edge } of edges) {
    const pair = edge.from < edge.to ? `${edge.from} ${edge.to}` : `${edge.to} ${edge.from}`;
    const others = beside.get(pair);
    if (others) others.push(edge);
    else beside.set(pair, [edge]);
  }
  const bends = new Map<string, number>();
  for (const list of beside.values()) {
    if (list.length === 1) continue;
    const step = Math.min(0.2, 0.8 / list.length);
    list
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .forEach((edge, index) => {
        const off = (index - (list.length - 1) / 2) * step;
        // Seen from the same side whichever way it points.
        bends.set(edge.id, edge.from < edge.to ? off : -off);
      });
  }
  return bends;
}
