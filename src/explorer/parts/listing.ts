import { type Legend, spoken } from '../data/legend.ts';
import type { Entity } from '../data/things.ts';
import type { Shown } from '../state/shown.ts';
import { byId, el, fill, nameOf } from './dom.ts';
import { datesText } from './marks.ts';

/** The graph as a list, for those who read rather than look: the same entities and relationships as on screen. */

/** Beyond so many, a list says how many more there are. */
const MOST = 400;

export function drawListing(
  legend: Legend,
  { nodes, edges }: Shown,
  selected: string | null,
  select: (id: string) => void,
): void {
  const names = new Map(nodes.map((node) => [node.id, node]));
  const left = (count: number) => (count > MOST ? el('li', {}, `and ${count - MOST} more`) : null);
  byId('listing-summary').textContent = `As a list: ${nodes.length} entities, ${edges.length} relationships`;
  const listing = byId('listing');
  listing.dataset['nodes'] = String(nodes.length);
  listing.dataset['edges'] = String(edges.length);
  const current = (id: string) => (id === selected ? { 'aria-current': 'true' } : {});
  fill(byId('node-list'), [
    ...nodes
      .slice(0, MOST)
      .map(({ id, name, type }) =>
        el(
          'li',
          { 'data-id': id },
          el('button', { type: 'button', class: 'link', ...current(id), onclick: () => select(id) }, nameOf(name)),
          el('span', { class: 'quiet' }, ` ${legend.entities.get(type)?.label.toLowerCase() ?? type}`),
        ),
      ),
    left(nodes.length),
  ]);
  const name = (id: string): string => (names.get(id) as Entity).name;
  fill(byId('edge-list'), [
    ...edges
      .slice(0, MOST)
      .map(({ edge, state }) =>
        el(
          'li',
          { 'data-id': edge.id, 'data-state': state ?? '' },
          el(
            'button',
            { type: 'button', class: 'link', ...current(edge.id), onclick: () => select(edge.id) },
            nameOf(name(edge.from)),
            ` ${legend.relationships.get(edge.type)?.phrase.forward ?? spoken(edge.type)} `,
            nameOf(name(edge.to)),
          ),
          el(
            'span',
            { class: 'quiet' },
            ` ${[
              edge.status.toLowerCase(),
              edge.hedged ? 'hedged' : '',
              edge.disputed ? 'disputed' : '',
              datesText(edge),
              state === 'UNKNOWN' ? 'not known to hold' : '',
            ]
              .filter((part) => part !== '')
              .join(', ')}`,
          ),
        ),
      ),
    left(edges.length),
  ]);
}
