import type { Count, EntityDetails, RelationshipPage } from '../data/details.ts';
import { type RawEdge, readEdge } from '../data/documents.ts';
import { type Legend, spoken } from '../data/legend.ts';
import type { Entity } from '../data/things.ts';
import { el, nameOf } from './dom.ts';
import { badges, datesText } from './marks.ts';

/**
 * An entity's relationships by type: first how many, then a page at a time, so that whoever has thousands floods neither the
 * panel nor the graph.
 */

export interface Connections {
  readonly select: (id: string) => void;
  /**
   * Fetches the next page of a type, and puts its far ends on the graph where that is asked for.
   * @returns the page; null where it could not be had
   */
  readonly expand: (id: string, count: Count, goesOnGraph: boolean) => Promise<RelationshipPage | null>;
}

/** Types with few relationships are open from the start. */
const FEW = 6;

export function connectionGroups(details: EntityDetails, legend: Legend, actions: Connections): HTMLElement {
  const counts = [...details.relationshipCounts].sort((a, b) => b.count - a.count);
  if (counts.length === 0) return el('p', { class: 'quiet' }, 'None.');
  return el('div', { class: 'connections' }, ...counts.map((count) => group(details, count, legend, actions)));
}

function group(details: EntityDetails, count: Count, legend: Legend, { select, expand }: Connections): HTMLElement {
  const phrase = legend.relationships.get(count.type)?.phrase;
  const name = (count.direction === 'IN' ? phrase?.reverse : phrase?.forward) ?? spoken(count.type);
  const list = el('ul', {});
  const more = el('button', { type: 'button', class: 'more' }, 'More');
  let listed = 0;
  const load = async (isShown: boolean): Promise<void> => {
    more.disabled = true;
    const page = await expand(details.id, count, isShown);
    more.disabled = false;
    if (!page) return;
    list.append(...page.edges.map(({ other, node }) => item(other, node, legend, select)));
    listed += page.edges.length;
    more.hidden = !page.pageInfo.hasNextPage;
    more.textContent = `More (${count.count - listed} left)`;
  };
  more.addEventListener('click', () => void load(false));
  const add = el(
    'button',
    {
      type: 'button',
      class: 'add',
      'data-type': count.type,
      'data-direction': count.direction,
      title: count.count > 25 ? 'Puts the next 25 on the graph' : 'Puts them on the graph',
      onclick: () => void load(true),
    },
    'Show',
  );
  const box = el(
    'details',
    {},
    el('summary', {}, el('span', { class: 'label' }, name), el('span', { class: 'count' }, String(count.count))),
    list,
    more,
  );
  box.addEventListener('toggle', () => {
    if (box.open && listed === 0) void load(false);
  });
  box.open = details.relationshipCounts.length <= 3 && count.count <= FEW;
  return el('div', { class: 'connection' }, box, add);
}

function item(other: Entity, raw: RawEdge, legend: Legend, select: (id: string) => void): HTMLElement {
  const edge = readEdge(raw, legend);
  const dates = datesText(edge);
  const isPlain = (edge.status === 'FACT' || edge.status === 'AGREED') && !edge.hedged && !edge.disputed;
  return el(
    'li',
    {},
    el('button', { type: 'button', class: 'link', onclick: () => select(other.id) }, nameOf(other.name)),
    dates !== '' && el('span', { class: 'quiet' }, ` ${dates}`),
    !isPlain && [' ', ...badges(edge)],
    ' ',
    el('button', { type: 'button', class: 'link why', onclick: () => select(edge.id) }, 'claims'),
  );
}
