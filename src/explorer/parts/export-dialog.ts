import type { Api } from '../data/api.ts';
import { Refused } from '../data/api.ts';
import type { GraphView } from '../drawing/graph-view.ts';
import type { Shown } from '../state/shown.ts';
import type { View } from '../state/view.ts';
import { notice } from './announce.ts';
import { byId, el, fill } from './dom.ts';
import { nodeLink } from './node-link.ts';
import { pngOf } from './picture-png.ts';
import { svgOf } from './picture-svg.ts';

/** Taking along what is on screen: as a picture, made here; as a file of any format, made by the server. */

export interface OnScreen {
  readonly ids: readonly string[];
  readonly shown: Shown;
  readonly view: View;
  readonly drawn: GraphView;
}

const FORMATS: readonly (readonly [extension: string, what: string])[] = [
  ['gexf', 'GEXF, for Gephi'],
  ['graphml', 'GraphML, for yEd, Cytoscape, igraph'],
  ['graphology.json', 'Graphology, for Gephi Lite'],
  ['cyjs', 'Cytoscape.js'],
  ['cx2', 'CX2, for Cytoscape and NDEx'],
  ['json', 'Node-link JSON, for NetworkX'],
  ['d3.json', 'D3'],
  ['kumu.json', 'Kumu'],
  ['csv.zip', 'CSV, zipped'],
  ['dot', 'DOT, for Graphviz'],
  ['mmd', 'Mermaid'],
  ['jsonld', 'JSON-LD'],
  ['ftm.jsonl', 'FollowTheMoney'],
  ['popolo.json', 'Popolo'],
  ['stix.json', 'STIX 2.1'],
  ['cypher', 'Cypher'],
  ['records.jsonl', 'Records, that lose nothing'],
];

/** Characters of an address that servers and proxies take without question. */
const LONGEST = 8_000;
/** Ids that the server takes at once. */
const MOST_IDS = 1_000;

/** @returns what opens the dialog */
export function exportDialog(api: Api, onScreen: () => OnScreen): () => void {
  const dialog = byId<HTMLDialogElement>('export-dialog');
  const save = async (name: string, make: () => Promise<Blob> | Blob): Promise<void> => {
    try {
      download(await make(), name);
      notice(`${name} is saved.`);
    } catch (error) {
      notice(error instanceof Refused ? error.message : 'It could not be made.', true);
    }
  };
  return () => {
    const { ids, shown, view, drawn } = onScreen();
    const button = (name: string, what: string, make: () => Promise<Blob> | Blob) =>
      el(
        'li',
        {},
        el('button', { type: 'button', 'data-export': name, onclick: () => void save(`explore.${name}`, make) }, name),
        ' ',
        el('span', { class: 'quiet' }, what),
      );
    const addressOf = (extension: string): string => exportAddress(extension, ids, view);
    // Without ids it would be the whole store.
    const isNone = ids.length === 0;
    const isLong = ids.length > MOST_IDS || addressOf('records.jsonl').length > LONGEST;
    fill(dialog, [
      el('h2', { id: 'export-title' }, `Export ${ids.length} entities and ${shown.edges.length} relationships`),
      el('h3', {}, 'As seen'),
      el(
        'ul',
        { class: 'formats' },
        button(
          'svg',
          'a drawing that scales',
          () => new Blob([svgOf(drawn.state(), drawn.scene)], { type: 'image/svg+xml' }),
        ),
        button('png', 'a picture', () => pngOf(drawn)),
        button(
          'shown.json',
          'node-link JSON of what is on screen, filters applied',
          () => new Blob([nodeLink(shown)], { type: 'application/json' }),
        ),
      ),
      el('h3', {}, 'These entities and all relationships among them'),
      isNone
        ? el('p', {}, 'There is none on screen. Find something first, or export the whole store.')
        : isLong
          ? el(
              'p',
              {},
              'There are more ids on screen than an address can hold, so the server cannot be asked for these as a file. Take the three above, or export the whole store.',
            )
          : el('p', { class: 'quiet' }, 'The day and the least commitment apply; types that are hidden are left out.'),
      isNone || isLong
        ? null
        : el(
            'ul',
            { class: 'formats' },
            ...FORMATS.map(([extension, what]) =>
              button(extension, what, async () => (await api.get(addressOf(extension))).blob()),
            ),
          ),
      el('form', { method: 'dialog' }, el('button', {}, 'Close')),
    ]);
    dialog.showModal();
  };
}

/** The address of an export of some entities as a view has them. */
export function exportAddress(extension: string, ids: readonly string[], view: View): string {
  const asked = new URLSearchParams();
  asked.set('ids', ids.join(','));
  asked.set('depth', '0');
  if (view.asOf) asked.set('asOf', view.asOf);
  if (view.minCommitment) asked.set('minCommitment', view.minCommitment);
  return `/export/explore.${extension}?${asked.toString().replaceAll('%3A', ':').replaceAll('%2C', ',')}`;
}

function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  el('a', { href: address, download: name }).click();
  // The browser has taken hold of it by the next task.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
