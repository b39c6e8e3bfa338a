import type { Scene } from './scene.ts';

/** What stands out, and so what steps back: a path, or an entity or relationship with what touches it. */

export interface Focus {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

export interface Marked {
  readonly selected: string | null;
  readonly hovered: string | null;
  readonly path: Focus | null;
}

/** Null where nothing stands out. What the pointer is on goes before a path, a path before what is selected. */
export function focusOf(scene: Scene, { selected, hovered, path }: Marked): Focus | null {
  return around(scene, hovered) ?? path ?? around(scene, selected);
}

function around(scene: Scene, id: string | null): Focus | null {
  if (id === null) return null;
  if (scene.hasNode(id)) return { nodes: new Set([id, ...scene.neighbors(id)]), edges: new Set(scene.edges(id)) };
  return scene.hasEdge(id) ? { nodes: new Set(scene.extremities(id)), edges: new Set([id]) } : null;
}
