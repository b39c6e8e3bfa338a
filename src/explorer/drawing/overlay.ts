import type { Legend } from '../data/legend.ts';
import type { Point } from '../layout/seeded.ts';
import type { Focus, Marked } from './focus.ts';
import { controlOf, pointAt } from './geometry.ts';
import { drawLabels, LABEL_FONT, type Label } from './labels.ts';
import type { Palette } from './palette.ts';
import type { Scene, SceneNode } from './scene.ts';

/** What is written over the graph: letters in nodes, marks on edges, rings, what relationships are called, names. */

export interface OverlayState {
  readonly scene: Scene;
  readonly legend: Legend;
  readonly letters: ReadonlyMap<string, string>;
  /** Ids of nodes, those with the most edges first. */
  readonly ranked: readonly string[];
  readonly marked: Marked;
  readonly focus: Focus | null;
  readonly palette: Palette;
  readonly pointOf: (node: SceneNode) => Point;
  readonly radiusOf: (node: SceneNode) => number;
}

/** Beyond so many, only what stands out is marked and lettered. */
const MOST_MARKS = 1_500;
const MOST_NAMED_EDGES = 24;

/** @returns the ids of the nodes whose names are drawn */
export function drawOverlay(context: CanvasRenderingContext2D, state: OverlayState): Set<string> {
  const { scene, focus, palette } = state;
  drawRings(context, state);
  if (scene.size <= MOST_MARKS) for (const id of scene.edges()) drawMark(context, state, id);
  drawLetters(context, state);
  if (focus && focus.edges.size <= MOST_NAMED_EDGES) for (const id of focus.edges) drawEdgeName(context, state, id);
  const labels = labelled(state);
  return drawLabels(context, labels, palette, { most: 400, apart: roominess(context, state) });
}

/** Pixels to keep free around names: the more is in sight, the more, so that a crowd is seen and not only read. */
function roominess(context: CanvasRenderingContext2D, { scene, pointOf }: OverlayState): number {
  if (scene.order <= 350) return 0;
  const { width, height } = context.canvas.getBoundingClientRect();
  let inSight = 0;
  scene.forEachNode((_, node) => {
    const { x, y } = pointOf(node);
    if (x > 0 && y > 0 && x < width && y < height) inSight += 1;
  });
  return Math.min(52, Math.max(0, (inSight - 200) / 20));
}

function* labelled({ scene, ranked, marked, focus, pointOf, radiusOf }: OverlayState): Generator<Label> {
  const done = new Set<string>();
  const label = (id: string): Label | null => {
    if (done.has(id) || !scene.hasNode(id)) return null;
    done.add(id);
    const node = scene.getNodeAttributes(id);
    const isOf = focus === null || focus.nodes.has(id);
    return {
      id,
      name: node.entity.name,
      ...pointOf(node),
      radius: radiusOf(node),
      isStrong: id === marked.selected || id === marked.hovered || (isOf && focus !== null),
      isFaint: !isOf,
    };
  };
  const first = [marked.hovered, marked.selected, ...(marked.path?.nodes ?? []), ...(focus?.nodes ?? [])];
  for (const id of [...first.filter((each) => each !== null), ...ranked]) {
    const one = label(id);
    if (one) yield one;
  }
}

function drawLetters(context: CanvasRenderingContext2D, state: OverlayState): void {
  const { scene, letters, focus, palette, pointOf, radiusOf, ranked } = state;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const id of ranked.slice(0, MOST_MARKS)) {
    const node = scene.getNodeAttributes(id);
    const radius = radiusOf(node);
    // Those with fewer edges are no larger.
    if (radius < 6.5) break;
    const { x, y } = pointOf(node);
    context.font = `600 ${Math.round(Math.min(radius * 0.92, 15))}px ${LABEL_FONT}`;
    context.globalAlpha = focus && !focus.nodes.has(id) ? 0.3 : 1;
    context.fillStyle = node.shape === 'ring' ? palette.groups[node.group] : palette.letter;
    context.fillText(letters.get(node.entity.type) ?? '', x, y + (node.shape === 'triangle' ? radius * 0.12 : 0.5));
  }
  context.globalAlpha = 1;
}

function middleOf({ scene, pointOf }: OverlayState, id: string) {
  const [from, to] = scene.extremities(id).map((end) => pointOf(scene.getNodeAttributes(end))) as [Point, Point];
  const edge = scene.getEdgeAttributes(id);
  const middle = pointAt(from, controlOf(from, to, edge.bend), to, 0.5);
  return { edge, from, to, middle, length: Math.hypot(to.x - from.x, to.y - from.y) };
}

function drawMark(context: CanvasRenderingContext2D, state: OverlayState, id: string): void {
  const { palette, focus } = state;
  const { edge, middle, length } = middleOf(state, id);
  if (edge.mark === '' || length < 46) return;
  const half = 4.5 + edge.mark.length * 2.5;
  context.globalAlpha = focus && !focus.edges.has(id) ? 0.2 : 1;
  context.fillStyle = palette.ground;
  context.beginPath();
  context.roundRect(middle.x - half, middle.y - 7, half * 2, 14, 7);
  context.fill();
  context.fillStyle = edge.color;
  context.font = `700 12px ${LABEL_FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(edge.mark, middle.x, middle.y + 0.5);
  context.globalAlpha = 1;
}

function drawEdgeName(context: CanvasRenderingContext2D, state: OverlayState, id: string): void {
  const { palette, legend, scene } = state;
  if (!scene.hasEdge(id)) return;
  const { edge, from, to, middle, length } = middleOf(state, id);
  const name = legend.relationships.get(edge.shown.edge.type)?.phrase.forward ?? edge.shown.edge.type;
  context.font = `italic 10.5px ${LABEL_FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  if (context.measureText(name).width > length - 44) return;
  let angle = Math.atan2(to.y - from.y, to.x - from.x);
  if (Math.abs(angle) > Math.PI / 2) angle += Math.PI;
  context.save();
  context.translate(middle.x, middle.y);
  context.rotate(angle);
  context.lineWidth = 3.5;
  context.lineJoin = 'round';
  context.strokeStyle = palette.ground;
  context.fillStyle = palette.quiet;
  const off = edge.mark === '' ? 0 : -12;
  context.strokeText(name, 0, off);
  context.fillText(name, 0, off);
  context.restore();
}

function drawRings(
  context: CanvasRenderingContext2D,
  { scene, marked, palette, pointOf, radiusOf }: OverlayState,
): void {
  const { selected, hovered, path } = marked;
  const ring = (id: string | null, width: number): void => {
    if (id === null || !scene.hasNode(id)) return;
    const node = scene.getNodeAttributes(id);
    const { x, y } = pointOf(node);
    context.lineWidth = width;
    context.strokeStyle = palette.accent;
    context.beginPath();
    context.arc(x, y, radiusOf(node) * 1.22 + 4, 0, 2 * Math.PI);
    context.stroke();
  };
  for (const id of path?.nodes ?? []) ring(id, 1.5);
  ring(hovered, 1.5);
  ring(selected, 2.5);
}
