import type { GraphView } from '../drawing/graph-view.ts';
import type { Steps } from '../state/steps.ts';
import { announce } from './announce.ts';
import { byId } from './dom.ts';

/** Everything by keys. */

export interface KeyActions {
  readonly select: (id: string | null) => void;
  readonly expand: (id: string) => void;
  readonly remove: (id: string) => void;
  readonly escape: () => void;
}

const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function keyboard(steps: Steps, view: GraphView, actions: KeyActions): void {
  document.addEventListener('keydown', (event) => {
    const isTyping =
      event.target instanceof HTMLElement && event.target.matches('input:not([type=checkbox]), select, textarea');
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !isTyping) {
      event.preventDefault();
      if (event.shiftKey) steps.redo();
      else steps.undo();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping || document.querySelector('dialog[open]')) return;
    if (event.key === '/') {
      event.preventDefault();
      byId('search').focus();
    } else if (event.key === '?') byId('help').click();
    else if (event.key === 'Escape') actions.escape();
    else if (event.key === 'p') byId('find-path').click();
  });
  byId('skip').addEventListener('click', (event) => {
    // What follows # is what is looked at.
    event.preventDefault();
    byId('graph').focus();
  });
  byId('graph').addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { selected } = steps.view;
    const isNode = selected !== null && view.scene.hasNode(selected);
    const way = WAYS[event.key];
    if (way) {
      event.preventDefault();
      const next = isNode ? neighbour(view, selected, way) : view.state().ranked[0];
      if (next === undefined) announce('There is no neighbour that way.');
      else actions.select(next);
    } else if (event.key === 'Enter' && isNode) actions.expand(selected);
    else if (event.key === 'Delete' && isNode) actions.remove(selected);
    else if (event.key === '+' || event.key === '=') view.zoom(1 / 1.5);
    else if (event.key === '-') view.zoom(1.5);
    else if (event.key === '0') view.fit();
  });
}

/** The neighbour that lies most in a direction: near the line, and near. */
function neighbour(
  { scene, state }: GraphView,
  id: string,
  [wayX, wayY]: readonly [number, number],
): string | undefined {
  const { pointOf } = state();
  const here = pointOf(scene.getNodeAttributes(id));
  let best: { readonly id: string; readonly cost: number } | undefined;
  for (const other of scene.neighbors(id)) {
    const there = pointOf(scene.getNodeAttributes(other));
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const along = dx * wayX + dy * wayY;
    if (along <= 0) continue;
    const off = Math.abs(dx * wayY - dy * wayX);
    const cost = along + 2 * off;
    if (!best || cost < best.cost) best = { id: other, cost };
  }
  return best?.id;
}
