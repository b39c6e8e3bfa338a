import type { Edge } from '../data/things.ts';
import { yearsOf } from '../state/shown.ts';
import type { View } from '../state/view.ts';
import { byId, el, fill } from './dom.ts';

/** The day that the graph is seen from: a slider over the years on screen, or any day in the field beside it. */

export interface Dating {
  readonly view: View;
  go(change: Partial<View>): void;
  amend(change: Partial<View>): void;
}

const DAY = 86_400_000;
const dayOf = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);
const numberOf = (day: string): number => Math.round(Date.parse(day) / DAY);

/** Sets it up. @returns what draws it for a view and the edges that its dates are taken from */
export function dateSlider(steps: Dating): (view: View, edges: readonly Edge[]) => void {
  const slider = byId<HTMLInputElement>('day-slider');
  const field = byId<HTMLInputElement>('day');
  const any = byId<HTMLButtonElement>('any-day');
  let before: string | null | undefined;

  // While it moves, it is one step, that begins where it stood.
  slider.addEventListener('input', () => {
    if (before === undefined) {
      before = steps.view.asOf;
      steps.go({ asOf: dayOf(Number(slider.value)) });
    } else steps.amend({ asOf: dayOf(Number(slider.value)) });
  });
  slider.addEventListener('change', () => {
    before = undefined;
  });
  field.addEventListener('change', () => {
    if (field.value !== '' || steps.view.asOf !== null) steps.go({ asOf: field.value || null });
  });
  any.addEventListener('click', () => steps.go({ asOf: null }));

  return (view, edges) => {
    const years = yearsOf(edges);
    const [first, last] = [years?.first ?? 2020, years?.last ?? 2030];
    slider.min = String(numberOf(`${String(first).padStart(4, '0')}-01-01`));
    slider.max = String(numberOf(`${String(last).padStart(4, '0')}-12-31`));
    const day = view.asOf ?? dayOf(Number(slider.max));
    slider.value = String(numberOf(day));
    slider.setAttribute('aria-valuetext', view.asOf ?? 'any day');
    slider.classList.toggle('unset', view.asOf === null);
    field.value = view.asOf ?? '';
    any.setAttribute('aria-pressed', String(view.asOf === null));
    const step = Math.max(1, Math.ceil((last - first) / 8));
    const marks: HTMLElement[] = [];
    for (let year = first; year <= last; year += step) marks.push(el('span', {}, String(year)));
    fill(byId('day-ticks'), marks);
  };
}
