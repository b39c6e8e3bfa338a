import type { Legend } from '../data/legend.ts';
import { MOST, type View } from '../state/view.ts';
import { byId, el, fill } from './dom.ts';

/** Loading the store at large, or some types of it, up to a bound that is said. */

/** @returns what opens the dialog */
export function loadDialog(legend: Legend, onAsked: (asked: NonNullable<View['whole']>) => void): () => void {
  const dialog = byId<HTMLDialogElement>('load-dialog');
  const limit = el(
    'select',
    { id: 'load-limit' },
    ...[500, 2_000, 5_000, MOST].map((count) =>
      el('option', { value: String(count) }, `at most ${count.toLocaleString('en')}`),
    ),
  );
  const boxes = [...legend.entities.values()].map(({ type, label }) => {
    const box = el('input', { type: 'checkbox', value: type });
    return { box, item: el('li', {}, el('label', {}, box, el('span', { class: 'label' }, label))) };
  });
  const form = el(
    'form',
    { method: 'dialog' },
    el('h2', { id: 'load-title' }, 'Load at large'),
    el(
      'p',
      {},
      'Puts the store on the graph, or what of it is of some types: ',
      el('label', { for: 'load-limit', class: 'unseen' }, 'How many entities'),
      limit,
      ' entities.',
    ),
    el(
      'p',
      { class: 'quiet' },
      `No more than ${MOST.toLocaleString('en')} are drawn. Which types? All, unless you choose:`,
    ),
    el('ul', { class: 'choices' }, ...boxes.map(({ item }) => item)),
    el('div', { class: 'actions' }, el('button', { value: 'load' }, 'Load'), el('button', { value: '' }, 'Cancel')),
  );
  fill(dialog, form);
  dialog.addEventListener('close', () => {
    if (dialog.returnValue !== 'load') return;
    const types = boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
    onAsked({ limit: Number(limit.value), types });
  });
  return () => {
    dialog.returnValue = '';
    dialog.showModal();
  };
}
