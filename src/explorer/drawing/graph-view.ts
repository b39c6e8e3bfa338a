import Sigma from 'sigma';
import type { Legend } from '../data/legend.ts';
import type { Point } from '../layout/seeded.ts';
import type { Shown } from '../state/shown.ts';
import { lettersOf } from './appearance.ts';
import { towards } from './colors.ts';
import { edgeProgram } from './edge-program.ts';
import { type Focus, focusOf, type Marked } from './focus.ts';
import { nodeProgram } from './node-program.ts';
import { drawOverlay, type OverlayState } from './overlay.ts';
import type { Palette } from './palette.ts';
import { fillScene, newScene, type Scene, type SceneEdge, type SceneNode } from './scene.ts';

/** The canvas: sigma draws nodes and edges, an overlay what is written over them. */

export interface GraphView {
  readonly scene: Scene;
  readonly palette: Palette;
  /** Draws what is shown; `placeOf` tells where, and `spread` are the corners of all that could be shown. */
  show(shown: Shown, placeOf: (id: string) => Point, spread: Spread): void;
  /** Moves what is drawn. */
  move(placeOf: (id: string) => Point, spread: Spread): void;
  mark(marked: Omit<Marked, 'hovered'>): void;
  paint(palette: Palette): void;
  zoom(factor: number): void;
  fit(): void;
  /** Brings an entity into sight where it is not. */
  reveal(id: string): void;
  /** What an overlay, or a picture, needs to know at this moment. */
  state(): OverlayState;
  /** The canvases as they are, bottom first. */
  canvases(): readonly HTMLCanvasElement[];
}

export interface Spread {
  readonly x: [number, number];
  readonly y: [number, number];
}

export interface GraphEvents {
  select(id: string | null): void;
  expand(id: string): void;
  /** A node was dragged to a place. */
  drag(id: string, place: Point): void;
}

/** Milliseconds in which two clicks are one double click. */
const TWO_CLICKS = 320;
/** Edges that the pointer can find: finding is drawing once more. */
const MOST_FOUND = 4_000;

export function createGraphView(box: HTMLElement, legend: Legend, first: Palette, events: GraphEvents): GraphView {
  const scene = newScene();
  const letters = lettersOf(legend);
  let palette = first;
  let marked: Marked = { selected: null, hovered: null, path: null };
  let focus: Focus | null = null;
  let ranked: readonly string[] = [];
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const duration = (ms: number) => ({ duration: calm.matches ? 0 : ms });
  // The more edges, the fainter each, so that what they surround stays to be seen.
  const fade = (): number => (focus === null ? Math.min(1, Math.max(0.2, 26 / Math.sqrt(Math.max(1, scene.size)))) : 1);

  const renderer = new Sigma<SceneNode, SceneEdge>(scene, box, {
    allowInvalidContainer: true,
    renderLabels: false,
    renderEdgeLabels: false,
    enableEdgeEvents: true,
    zIndex: true,
    stagePadding: 64,
    minCameraRatio: 0.01,
    maxCameraRatio: 4,
    doubleClickZoomingRatio: 1,
    defaultNodeType: 'node',
    defaultEdgeType: 'curve',
    nodeProgramClasses: { node: nodeProgram(() => palette.ground) },
    edgeProgramClasses: { curve: edgeProgram(14, fade), line: edgeProgram(1, fade) },
    defaultDrawNodeHover: () => {},
    nodeReducer: (id, node) => {
      const stands = focus === null || focus.nodes.has(id);
      return {
        ...node,
        color: stands ? node.color : towards(node.color, palette.ground, 0.78),
        zIndex: stands ? 1 : 0,
      };
    },
    edgeReducer: (id, edge) => {
      const strength = focus === null ? edge.strength : focus.edges.has(id) ? 1 : scene.size > MOST_FOUND ? 0.06 : 0.16;
      const isOfPath = marked.path?.edges.has(id) === true;
      const isSelected = marked.selected === id;
      const color = isOfPath || isSelected ? palette.accent : edge.color;
      return {
        ...edge,
        color: towards(color, palette.ground, 1 - strength),
        size: isOfPath || isSelected ? edge.size * 2.2 : focus?.edges.has(id) ? edge.size * 1.35 : edge.size,
        zIndex: focus?.edges.has(id) ? 1 : 0,
      };
    },
  });

  const overlay = document.createElement('canvas');
  overlay.className = 'overlay';
  box.append(overlay);
  const context = overlay.getContext('2d');

  const state = (): OverlayState => ({
    scene,
    legend,
    letters,
    ranked,
    marked,
    focus,
    palette,
    pointOf: (node) => renderer.graphToViewport(node),
    radiusOf: (node) => renderer.scaleSize(node.size),
  });
  renderer.on('afterRender', () => {
    if (!context) return;
    const { width, height } = renderer.getDimensions();
    const ratio = Math.max(1, window.devicePixelRatio);
    if (overlay.width !== Math.round(width * ratio) || overlay.height !== Math.round(height * ratio)) {
      overlay.width = Math.round(width * ratio);
      overlay.height = Math.round(height * ratio);
      overlay.style.width = `${width}px`;
      overlay.style.height = `${height}px`;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    drawOverlay(context, state());
  });

  // Sigma minds the window; panels that open beside the graph change its room, too. Not at once: the second click of two
  // must find the entity where the first did.
  let resizing: ReturnType<typeof setTimeout> | undefined;
  new ResizeObserver(() => {
    clearTimeout(resizing);
    resizing = setTimeout(() => {
      renderer.resize();
      renderer.refresh();
    }, TWO_CLICKS);
  }).observe(box);

  const refresh = (): void => {
    focus = focusOf(scene, marked);
    renderer.refresh({ skipIndexation: true });
  };
  let wasDragged = false;
  const hover = (id: string | null): void => {
    if (marked.hovered === id) return;
    marked = { ...marked, hovered: id };
    box.classList.toggle('on-something', id !== null);
    refresh();
  };
  renderer.on('enterNode', ({ node }) => hover(node));
  renderer.on('leaveNode', () => hover(null));
  renderer.on('enterEdge', ({ edge }) => scene.size <= MOST_FOUND && hover(edge));
  renderer.on('leaveEdge', () => hover(null));
  renderer.on('clickNode', ({ node }) => wasDragged || events.select(node));
  renderer.on('clickEdge', ({ edge }) => events.select(edge));
  renderer.on('clickStage', () => events.select(null));
  renderer.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
    preventSigmaDefault();
    events.expand(node);
  });

  let dragged: string | null = null;
  renderer.on('downNode', ({ node }) => {
    dragged = node;
    wasDragged = false;
  });
  renderer.on('moveBody', ({ event }) => {
    if (dragged === null || !scene.hasNode(dragged)) return;
    wasDragged = true;
    event.preventSigmaDefault();
    events.drag(dragged, renderer.viewportToGraph(event));
  });
  const drop = (): void => {
    dragged = null;
  };
  renderer.on('upNode', drop);
  renderer.on('upStage', drop);

  return {
    scene,
    state,
    get palette() {
      return palette;
    },
    show(shown, placeOf, spread) {
      fillScene(scene, shown, placeOf, legend, palette);
      ranked = scene.nodes().sort((a, b) => scene.getNodeAttribute(b, 'degree') - scene.getNodeAttribute(a, 'degree'));
      if (marked.hovered !== null && !scene.hasNode(marked.hovered)) marked = { ...marked, hovered: null };
      focus = focusOf(scene, marked);
      renderer.setCustomBBox(spread);
      const isFindable = scene.size <= MOST_FOUND;
      if (renderer.getSetting('enableEdgeEvents') !== isFindable) renderer.setSetting('enableEdgeEvents', isFindable);
      renderer.refresh();
    },
    move(placeOf, spread) {
      scene.updateEachNodeAttributes((id, node) => ({ ...node, ...placeOf(id) }), { attributes: ['x', 'y'] });
      renderer.setCustomBBox(spread);
      renderer.refresh();
    },
    mark(next) {
      marked = { ...marked, ...next };
      refresh();
    },
    paint(next) {
      palette = next;
      scene.updateEachNodeAttributes((_, node) => ({ ...node, color: next.groups[node.group] }));
    },
    zoom(factor) {
      void renderer
        .getCamera()
        .animate({ ratio: renderer.getCamera().getBoundedRatio(renderer.getCamera().ratio * factor) }, duration(180));
    },
    fit() {
      void renderer.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, duration(260));
    },
    reveal(id) {
      const data = renderer.getNodeDisplayData(id);
      if (!data) return;
      const { x, y } = renderer.framedGraphToViewport(data);
      const { width, height } = renderer.getDimensions();
      if (x > 40 && y > 40 && x < width - 40 && y < height - 60) return;
      void renderer.getCamera().animate({ x: data.x, y: data.y }, duration(260));
    },
    canvases() {
      // What WebGL drew is there until the task ends.
      renderer.refresh();
      const layers = renderer.getCanvases();
      return [layers['edges'], layers['nodes'], overlay].filter((canvas) => canvas !== undefined);
    },
  };
}
