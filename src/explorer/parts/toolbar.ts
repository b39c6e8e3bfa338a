import type { Steps } from '../state/steps.ts';
import { notice } from './announce.ts';
import { byId, el, fill } from './dom.ts';
import { HELP } from './help.ts';

/** The buttons. */

export interface Tools {
  /** Shows what can be undone and redone. */
  draw(steps: Steps): void;
}

export interface ToolActions {
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly load: () => void;
  readonly exporting: () => void;
  readonly startPath: () => void;
}

export function toolbar(steps: Steps, actions: ToolActions): Tools {
  const on = (id: string, action: () => void): void => byId(id).addEventListener('click', action);
  const help = byId<HTMLDialogElement>('help-dialog');
  fill(help, [
    el('h2', { id: 'help-title' }, 'How to explore'),
    el(
      'dl',
      { class: 'keys' },
      ...HELP.flatMap(([keys, what]) => [
        el('dt', {}, ...keys.flatMap((key) => [el('kbd', {}, key), ' '])),
        el('dd', {}, what),
      ]),
    ),
    el('form', { method: 'dialog' }, el('button', {}, 'Close')),
  ]);
  on('undo', () => steps.undo());
  on('redo', () => steps.redo());
  on('zoom-in', () => actions.zoom(1 / 1.5));
  on('zoom-out', () => actions.zoom(1.5));
  on('fit', actions.fit);
  on('load', actions.load);
  on('export', actions.exporting);
  on('find-path', actions.startPath);
  on('help', () => help.showModal());
  on('welcome-search', () => byId('search').focus());
  on('copy', () => void copy());
  const legend = byId('legend');
  const filters = byId('filters');
  const fold = (isOpen: boolean): void => {
    legend.hidden = !isOpen;
    filters.setAttribute('aria-expanded', String(isOpen));
  };
  // On a phone the graph comes first.
  fold(!matchMedia('(max-width: 760px)').matches);
  on('filters', () => fold(legend.hidden === true));
  return {
    draw({ canUndo, canRedo }) {
      byId<HTMLButtonElement>('undo').disabled = !canUndo;
      byId<HTMLButtonElement>('redo').disabled = !canRedo;
    },
  };
}

async function copy(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    notice('The address is copied: it opens on what is on screen.');
  } catch {
    // Where the clipboard may not be written, it is shown to be copied by hand.
    notice(`Copy this address: ${location.href}`);
  }
}
