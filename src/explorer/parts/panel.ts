import { type Api, Refused } from '../data/api.ts';
import { type EdgeDetails, type EntityDetails, fetchEdge, fetchEntity, valueText } from '../data/details.ts';
import { type EntityType, type Legend, spoken } from '../data/legend.ts';
import type { Edge, Entity } from '../data/things.ts';
import { groupOf } from '../drawing/appearance.ts';
import { claimList } from './claims.ts';
import { type Connections, connectionGroups } from './connections.ts';
import { byId, type Child, el, fill, nameOf } from './dom.ts';
import { groupIcon } from './icons.ts';
import { badges, datesText } from './marks.ts';

/** The panel beside the graph: what is known of the entity or relationship that is selected. */

export interface PanelActions extends Connections {
  readonly close: () => void;
  readonly remove: (id: string) => void;
  readonly startPath: (id: string) => void;
  /** Tells where the panel cannot be filled. */
  readonly fail: (error: unknown) => void;
}

let asking = new AbortController();

/** Empties the panel and hides it. */
export function closePanel(): void {
  asking.abort();
  byId('panel').hidden = true;
}

/** Shows an entity; `isExpanding` leads to its relationships. */
export async function showEntity(api: Api, legend: Legend, entity: Entity, actions: PanelActions): Promise<void> {
  const signal = open(legend, entity.name, entity.type);
  try {
    const details = await fetchEntity(api, legend, entity, signal);
    if (signal.aborted) return;
    if (!details)
      return fillPanel(heading(legend, entity.name, entity.type, actions), el('p', {}, 'It is no longer there.'));
    const known = legend.entities.get(details.type);
    fillPanel(
      heading(legend, details.name, details.type, actions),
      details.description !== null && el('p', { class: 'description' }, nameOf(details.description)),
      el(
        'div',
        { class: 'actions' },
        el(
          'button',
          { type: 'button', id: 'path-from-here', onclick: () => actions.startPath(details.id) },
          'Find a path to…',
        ),
        el('button', { type: 'button', onclick: () => actions.remove(details.id) }, 'Take off the graph'),
      ),
      fieldList(details, known),
      el('h3', {}, 'Relationships'),
      connectionGroups(details, legend, actions),
      el('h3', {}, `Claims (${details.claims.totalCount})`),
      claimList(details.claims, actions.select),
      history(details),
    );
  } catch (error) {
    if (!signal.aborted) failed(error, actions);
  }
}

/** Shows a relationship with the claims that it rests on. */
export async function showEdge(api: Api, legend: Legend, edge: Edge, actions: PanelActions): Promise<void> {
  const known = legend.relationships.get(edge.type);
  const signal = open(legend, known?.label ?? edge.type, null);
  try {
    const details = await fetchEdge(api, legend, edge.id, edge.type, signal);
    if (signal.aborted) return;
    const head = heading(legend, known?.label ?? spoken(edge.type), null, actions);
    if (!details) return fillPanel(head, el('p', {}, 'It is no longer there.'));
    fillPanel(head, ...edgeParts(details, legend, actions));
  } catch (error) {
    if (!signal.aborted) failed(error, actions);
  }
}

function edgeParts(details: EdgeDetails, legend: Legend, actions: PanelActions): Child[] {
  const { edge, raw } = details;
  const known = legend.relationships.get(edge.type);
  const end = (entity: Entity) =>
    el('button', { type: 'button', class: 'link', onclick: () => actions.select(entity.id) }, nameOf(entity.name));
  const dates = [known?.time.from, known?.time.to];
  const own = (known?.fields ?? [])
    .filter(({ name }) => !dates.includes(name))
    .flatMap(({ name }) => row(named(name), valueText(raw[name])));
  return [
    el(
      'p',
      { class: 'sentence' },
      end(details.from),
      ` ${known?.phrase.forward ?? spoken(edge.type)} `,
      end(details.to),
    ),
    el('p', { class: 'badges' }, ...badges(edge)),
    el(
      'dl',
      {},
      ...row('When', datesText(edge) || 'not known'),
      ...own,
      ...row('Weakest claim', details.weakestStatus === edge.status ? null : spoken(details.weakestStatus)),
      ...row('Rests on', `${counted(details.claimCount, 'claim')} in ${counted(details.sourceCount, 'source')}`),
    ),
    el('h3', {}, `Claims (${details.claims.totalCount})`),
    claimList(details.claims, actions.select),
  ];
}

function fieldList(details: EntityDetails, known: EntityType | undefined): HTMLElement {
  return el(
    'dl',
    {},
    ...row('Also called', details.aliases.join(' · ') || null),
    ...(known?.fields ?? []).flatMap(({ name }) => row(named(name), valueText(details[name]))),
    ...row('Topics', details.topics.map(spoken).join(', ') || null),
    ...details.externalIds.flatMap(({ scheme, value }) => row(scheme, value)),
    el('dt', {}, 'Id'),
    el('dd', { class: 'id' }, details.id),
  );
}

function history({ history: { totalCount, nodes } }: EntityDetails): Child {
  if (totalCount === 0) return null;
  return el(
    'details',
    { class: 'history' },
    el('summary', {}, `History (${totalCount})`),
    el(
      'ul',
      {},
      ...nodes.map(({ at, by, action }) =>
        el('li', {}, el('time', { datetime: at }, at.slice(0, 10)), ` ${spoken(action).toLowerCase()} by `, nameOf(by)),
      ),
    ),
  );
}

function heading(legend: Legend, name: string, type: string | null, { close }: PanelActions): HTMLElement {
  const known = type === null ? undefined : legend.entities.get(type);
  return el(
    'header',
    {},
    known ? groupIcon(groupOf(known)) : null,
    el(
      'div',
      {},
      el('h2', { id: 'panel-title', tabindex: '-1' }, nameOf(name)),
      el('p', { class: 'quiet' }, known?.label ?? 'Relationship'),
    ),
    el('button', { type: 'button', class: 'icon', 'aria-label': 'Close the panel', onclick: close }, '×'),
  );
}

function open(legend: Legend, name: string, type: string | null): AbortSignal {
  asking.abort();
  asking = new AbortController();
  const panel = byId('panel');
  panel.hidden = false;
  panel.setAttribute('aria-busy', 'true');
  const nothing = () => {};
  const quiet: PanelActions = {
    close: nothing,
    remove: nothing,
    startPath: nothing,
    fail: nothing,
    select: nothing,
    expand: async () => null,
  };
  fill(panel, heading(legend, name, type, quiet));
  panel.scrollTop = 0;
  return asking.signal;
}

function fillPanel(...children: readonly Child[]): void {
  fill(byId('panel'), children);
  byId('panel').setAttribute('aria-busy', 'false');
}

function failed(error: unknown, { close, fail }: PanelActions): void {
  fail(error);
  const message = error instanceof Refused ? error.message : 'The server cannot be reached.';
  fillPanel(el('p', { class: 'problem' }, message), el('button', { type: 'button', onclick: close }, 'Close'));
}

const row = (name: string, value: string | null): HTMLElement[] =>
  value === null ? [] : [el('dt', {}, name), el('dd', {}, nameOf(value))];

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** `foundedOn` as people write it: `Founded on`. */
const named = (field: string): string => spoken(field.replaceAll(/[A-Z]/g, (letter) => `_${letter}`));
