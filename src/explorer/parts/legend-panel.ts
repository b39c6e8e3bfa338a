import type { Legend } from '../data/legend.ts';
import { GROUP_LABELS, groupOf } from '../drawing/appearance.ts';
import type { Group } from '../drawing/palette.ts';
import type { Shown } from '../state/shown.ts';
import { GRADES, type View } from '../state/view.ts';
import { byId, el, fill } from './dom.ts';
import { groupIcon, strokeIcon } from './icons.ts';

/** Legend and filters in one: what is on screen by type, each with a switch. */

export interface Filtering {
  go(change: Partial<View>): void;
}

/** Draws it anew; a switch that had the focus keeps it. */
export function legendPanel(
  legend: Legend,
  view: View,
  shown: Shown,
  letters: ReadonlyMap<string, string>,
  steps: Filtering,
): void {
  const focused = document.activeElement?.id;
  fill(byId('legend-entities'), entityGroups(legend, view, shown, letters, steps));
  fill(byId('legend-edges'), edgeSwitches(legend, view, shown, steps));
  if (focused) document.getElementById(focused)?.focus();
  const least = byId<HTMLSelectElement>('least');
  least.value = view.minCommitment ?? '';
  byId<HTMLInputElement>('undisputed').checked = view.withoutDisputed;
  byId('show-all').hidden = view.withoutEntities.length + view.withoutEdges.length === 0;
}

/** Sets up what is there once. */
export function filterControls(steps: Filtering): void {
  const least = byId<HTMLSelectElement>('least');
  fill(least, [
    el('option', { value: '' }, 'Any commitment'),
    ...GRADES.map((grade) =>
      el('option', { value: grade }, `${grade === 'FACT' ? '' : 'At least '}${grade.toLowerCase()}`),
    ),
  ]);
  least.addEventListener('change', () => steps.go({ minCommitment: least.value || null }));
  const undisputed = byId<HTMLInputElement>('undisputed');
  undisputed.addEventListener('change', () => steps.go({ withoutDisputed: undisputed.checked }));
  byId('show-all').addEventListener('click', () => steps.go({ withoutEntities: [], withoutEdges: [] }));
  fill(byId('legend-strokes'), [
    explained(strokeIcon('solid', 'said'), 'agreed, or told as fact'),
    explained(strokeIcon('long dashes', 'offered'), 'promised'),
    explained(strokeIcon('dashes', 'offered'), 'offered, proposed, planned'),
    explained(strokeIcon('dots', 'alleged'), 'predicted, alleged'),
    explained(strokeIcon('dash and dot', 'said'), 'a judgement or question'),
    explained(strokeIcon('solid', 'disputed', true), '≠ disputed or denied'),
    explained(el('span', { class: 'glyph' }, '~'), 'hedged by whoever says it'),
    explained(el('span', { class: 'glyph' }, '?'), 'not known to hold on the day'),
  ]);
}

const explained = (icon: Node, text: string): HTMLElement => el('li', {}, icon, el('span', {}, text));

function entityGroups(
  legend: Legend,
  view: View,
  { entityCounts }: Shown,
  letters: ReadonlyMap<string, string>,
  steps: Filtering,
): HTMLElement[] {
  const groups = new Map<Group, string[]>();
  for (const known of legend.entities.values()) {
    if (!entityCounts.has(known.type)) continue;
    const group = groupOf(known);
    groups.set(group, [...(groups.get(group) ?? []), known.type]);
  }
  return [...groups].map(([group, types]) =>
    el(
      'li',
      {},
      el('div', { class: 'group-name' }, groupIcon(group), GROUP_LABELS[group]),
      el(
        'ul',
        {},
        ...types.map((type) => {
          const known = legend.entities.get(type);
          return toggle(
            `type-${type}`,
            [el('span', { class: `letter group-${group}` }, letters.get(type) ?? ''), known?.label ?? type],
            known?.description ?? '',
            entityCounts.get(type) ?? 0,
            !view.withoutEntities.includes(type),
            (isOn) => steps.go({ withoutEntities: changed(view.withoutEntities, type, isOn) }),
          );
        }),
      ),
    ),
  );
}

function edgeSwitches(legend: Legend, view: View, { edgeCounts }: Shown, steps: Filtering): HTMLElement[] {
  const types = new Set([...edgeCounts.keys(), ...view.withoutEdges]);
  return [...types]
    .sort((a, b) => (edgeCounts.get(b) ?? 0) - (edgeCounts.get(a) ?? 0) || (a < b ? -1 : 1))
    .map((type) => {
      const known = legend.relationships.get(type);
      return toggle(
        `edge-${type}`,
        [known?.label ?? type],
        known?.description ?? '',
        edgeCounts.get(type) ?? 0,
        !view.withoutEdges.includes(type),
        (isOn) => steps.go({ withoutEdges: changed(view.withoutEdges, type, isOn) }),
      );
    });
}

const changed = (without: readonly string[], type: string, isOn: boolean): string[] =>
  isOn ? without.filter((each) => each !== type) : [...without, type].sort();

function toggle(
  id: string,
  label: readonly (Node | string)[],
  title: string,
  count: number,
  isOn: boolean,
  onToggle: (isOn: boolean) => void,
): HTMLElement {
  const box = el('input', { type: 'checkbox', id });
  box.checked = isOn;
  box.addEventListener('change', () => onToggle(box.checked));
  return el(
    'li',
    { class: isOn ? '' : 'off' },
    el(
      'label',
      { title, for: id },
      box,
      el('span', { class: 'label' }, ...label),
      el('span', { class: 'count' }, String(count)),
    ),
  );
}
