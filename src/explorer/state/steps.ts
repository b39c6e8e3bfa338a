import { fromAddress, toAddress } from './address.ts';
import type { View } from './view.ts';

/**
 * Every step is an entry of the browser's history, so that undo and redo are its back and forward, and the address always
 * says what is on screen.
 */

export interface Steps {
  readonly view: View;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Makes a step; what changes nothing is none. */
  go(change: Partial<View>): void;
  /** Changes the view without a step of its own: while a slider moves, or where the page opens. */
  amend(change: Partial<View>): void;
  undo(): void;
  redo(): void;
}

const LAST = 'concordat.last';

/** @param onChange called with the new view after every step, back and forth too */
export function createSteps(onChange: (view: View) => void): Steps {
  let view = fromAddress(location.hash);
  let index = indexOf(history.state) ?? 0;
  // How far forward leads is not told by browsers; a reload keeps it for the tab.
  let last = indexOf(history.state) === null ? 0 : Math.max(index, Number(sessionStorage.getItem(LAST) ?? 0));
  history.replaceState({ index }, '');

  const enter = (next: View): void => {
    view = next;
    onChange(view);
  };
  const addressOf = (next: View): string => `#${toAddress(next)}`;

  addEventListener('popstate', (event) => {
    const at = indexOf(event.state);
    // An address that was typed, or pasted over this one, is a step like any other.
    if (at === null) {
      index += 1;
      last = index;
      history.replaceState({ index }, '');
    } else index = at;
    sessionStorage.setItem(LAST, String(last));
    enter(fromAddress(location.hash));
  });

  return {
    get view() {
      return view;
    },
    get canUndo() {
      return index > 0;
    },
    get canRedo() {
      return index < last;
    },
    go(change) {
      const next = { ...view, ...change };
      if (toAddress(next) === toAddress(view)) return;
      index += 1;
      last = index;
      sessionStorage.setItem(LAST, String(last));
      history.pushState({ index }, '', addressOf(next));
      enter(next);
    },
    amend(change) {
      const next = { ...view, ...change };
      history.replaceState({ index }, '', addressOf(next));
      enter(next);
    },
    undo() {
      if (index > 0) history.back();
    },
    redo() {
      if (index < last) history.forward();
    },
  };
}

function indexOf(state: unknown): number | null {
  const index = (state as { readonly index?: unknown } | null)?.index;
  return typeof index === 'number' ? index : null;
}
