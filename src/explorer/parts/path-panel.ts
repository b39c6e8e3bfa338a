import type { Path, Paths } from '../data/paths.ts';
import { LONGEST } from '../data/paths.ts';
import { byId, el, fill, nameOf } from './dom.ts';

/** The paths between two entities, each explained a sentence a step. */

/** @param choose called with the number of a path that is to stand out */
export function showPaths(
  names: readonly [string, string],
  { paths, hasMore }: Paths,
  chosen: number,
  choose: (index: number) => void,
  close: () => void,
): void {
  const box = byId('paths');
  box.hidden = false;
  fill(box, [
    el(
      'header',
      {},
      el(
        'div',
        {},
        el('h2', {}, 'From ', nameOf(names[0]), ' to ', nameOf(names[1])),
        el('p', { class: 'quiet' }, told(paths, hasMore)),
      ),
      el('button', { type: 'button', class: 'icon', 'aria-label': 'Close the paths', onclick: close }, '×'),
    ),
    el(
      'ol',
      { class: 'paths' },
      ...paths.map((path, index) =>
        el(
          'li',
          index === chosen ? { class: 'chosen' } : {},
          el(
            'button',
            { type: 'button', 'aria-pressed': String(index === chosen), onclick: () => choose(index) },
            ...path.nodes.flatMap((node, at) => [at > 0 ? ' – ' : '', nameOf(node.name)]),
          ),
          index === chosen &&
            el('ol', { class: 'explanation' }, ...path.explanation.map((sentence) => el('li', {}, nameOf(sentence)))),
        ),
      ),
    ),
  ]);
}

/** Hides it. */
export const closePaths = (): void => {
  byId('paths').hidden = true;
};

function told(paths: readonly Path[], hasMore: boolean): string {
  const [first] = paths;
  if (!first) return `No path of at most ${LONGEST} relationships.`;
  const steps = `${first.length} step${first.length === 1 ? '' : 's'}`;
  return `${hasMore ? 'The first ' : ''}${paths.length} path${paths.length === 1 ? '' : 's'}, the shortest of ${steps}`;
}
