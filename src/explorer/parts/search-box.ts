import { type Api, Refused } from '../data/api.ts';
import { type Suggestion, search, suggest } from '../data/finding.ts';
import { type Legend, spoken } from '../data/legend.ts';
import { groupOf } from '../drawing/appearance.ts';
import { byId, el, fill, nameOf } from './dom.ts';
import { groupIcon } from './icons.ts';

/** The search: a combobox as WAI-ARIA describes it. Names are suggested while one types; Enter searches everything. */

/** After a key, before the server is asked. */
const PAUSE = 120;

/** @param onChoose called with what is chosen */
export function searchBox(api: Api, legend: Legend, onChoose: (found: Suggestion) => void): void {
  const input = byId<HTMLInputElement>('search');
  const list = byId('search-list');
  const status = byId('search-status');
  let options: readonly Suggestion[] = [];
  let active = -1;
  let asked = new AbortController();
  let pause: ReturnType<typeof setTimeout> | undefined;

  const close = (): void => {
    clearTimeout(pause);
    asked.abort();
    options = [];
    active = -1;
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const choose = (option: Suggestion): void => {
    input.value = '';
    close();
    onChoose(option);
  };
  const show = (found: readonly Suggestion[], told: string): void => {
    options = found;
    active = -1;
    fill(
      list,
      found.map((option, index) => {
        const known = legend.entities.get(option.type);
        return el(
          'li',
          {
            id: `found-${index}`,
            role: 'option',
            'aria-selected': 'false',
            'data-id': option.id,
            // Before the field loses its focus to it.
            onmousedown: (event) => {
              event.preventDefault();
              choose(option);
            },
          },
          groupIcon(known ? groupOf(known) : 'source'),
          el('span', { class: 'name' }, nameOf(option.name)),
          el('span', { class: 'quiet' }, spoken(option.type)),
          option.matched !== option.name &&
            option.matched !== 'name' &&
            el('span', { class: 'matched' }, nameOf(option.matched)),
        );
      }),
    );
    if (found.length === 0) fill(list, el('li', { class: 'none', role: 'presentation' }, told));
    list.hidden = false;
    input.setAttribute('aria-expanded', String(found.length > 0));
    input.removeAttribute('aria-activedescendant');
    status.textContent = told;
  };
  const activate = (index: number): void => {
    active = (index + options.length) % options.length;
    for (const [at, option] of [...list.children].entries())
      option.setAttribute('aria-selected', String(at === active));
    list.children[active]?.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', `found-${active}`);
  };
  const ask = async (
    what: (signal: AbortSignal) => Promise<readonly [readonly Suggestion[], string]>,
  ): Promise<void> => {
    clearTimeout(pause);
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const [found, told] = await what(signal);
      if (!signal.aborted) show(found, told);
    } catch (error) {
      if (signal.aborted) return;
      show([], error instanceof Refused ? error.message : 'The server cannot be reached.');
    }
  };
  const told = (count: number): string => (count === 0 ? 'Nothing is called that.' : `${count} found`);

  input.addEventListener('input', () => {
    clearTimeout(pause);
    const prefix = input.value.trim();
    if (prefix === '') return close();
    pause = setTimeout(
      () =>
        void ask(async (signal) => {
          const found = await suggest(api, prefix, signal);
          return [
            found,
            found.length > 0 ? told(found.length) : 'No name begins like this. Enter searches everything.',
          ];
        }),
      PAUSE,
    );
  });
  input.addEventListener('keydown', (event) => {
    const option = options[active];
    if (event.key === 'Escape') {
      if (list.hidden) input.blur();
      close();
      event.stopPropagation();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (options.length > 0) activate(event.key === 'ArrowDown' ? active + 1 : active < 0 ? -1 : active - 1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const query = input.value.trim();
      if (option) choose(option);
      else if (query !== '')
        void ask(async (signal) => {
          const { found, totalCount } = await search(api, query, signal);
          return [found, totalCount > found.length ? `The best ${found.length} of ${totalCount}` : told(totalCount)];
        });
    }
  });
  input.addEventListener('blur', close);
}
