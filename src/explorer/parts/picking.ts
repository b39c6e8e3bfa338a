import { byId, el, fill, nameOf } from './dom.ts';

/** Choosing the two ends of a path: whatever is selected next, on the graph or by searching, is an end. */

export interface Picking {
  /** @param from where the path starts; null where that is to be chosen, too */
  start(from: string | null): void;
  /** Takes what was selected. @returns whether it was an end */
  take(id: string): boolean;
  /** @returns whether anything was being chosen */
  stop(): boolean;
}

/** @param isEntity @param onPair called with both ends @param nameOfId what an entity is called */
export function picking(onPair: (from: string, to: string) => void, nameOfId: (id: string) => string): Picking {
  let ends: readonly string[] | null = null;
  const box = el('p', { id: 'picking', role: 'status' });
  byId('stage').append(box);
  box.hidden = true;
  const draw = (): void => {
    box.hidden = ends === null;
    if (ends === null) return;
    const [from] = ends;
    fill(box, [
      from === undefined
        ? 'Choose where the path begins'
        : ['From ', nameOf(nameOfId(from)), ': choose where the path ends'],
      ', on the graph or by searching. ',
      el('button', { type: 'button', class: 'link', onclick: () => stop() }, 'Cancel'),
    ]);
  };
  const stop = (): boolean => {
    const was = ends !== null;
    ends = null;
    draw();
    return was;
  };
  return {
    stop,
    start(from) {
      ends = from === null ? [] : [from];
      draw();
    },
    take(id) {
      if (ends === null) return false;
      if (ends.includes(id)) return true;
      ends = [...ends, id];
      const [from, to] = ends;
      if (from !== undefined && to !== undefined) {
        ends = null;
        onPair(from, to);
      }
      draw();
      return true;
    },
  };
}
