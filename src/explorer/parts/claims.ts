import type { Claim, Claims } from '../data/details.ts';
import { spoken } from '../data/legend.ts';
import { el, nameOf, webAddress } from './dom.ts';
import { badges } from './marks.ts';

/** Who says it, in which words, and where. */

/** @param select called with the id of a speaker or source that is chosen */
export function claimList({ nodes, totalCount }: Claims, select: (id: string) => void): HTMLElement {
  if (nodes.length === 0) return el('p', { class: 'quiet' }, 'None.');
  return el(
    'ol',
    { class: 'claims' },
    ...nodes.map((claim) => claimItem(claim, select)),
    totalCount > nodes.length ? el('li', { class: 'quiet' }, `and ${totalCount - nodes.length} more`) : null,
  );
}

function claimItem(claim: Claim, select: (id: string) => void): HTMLElement {
  const { speaker, source, quote } = claim;
  const address = webAddress(source.url);
  return el(
    'li',
    { class: claim.polarity === 'NEGATED' ? 'claim negated' : 'claim' },
    el('p', {}, nameOf(claim.text)),
    quote &&
      el(
        'blockquote',
        {},
        nameOf(quote.text),
        quote.translation !== null && el('p', { class: 'quiet' }, nameOf(quote.translation)),
      ),
    el(
      'p',
      { class: 'badges' },
      ...badges({ status: claim.commitment, hedged: claim.hedged, disputed: false }),
      claim.polarity === 'NEGATED' && el('span', { class: 'badge disputed' }, '✕ denies it'),
      el('span', { class: 'badge' }, spoken(claim.attribution).toLowerCase()),
    ),
    (speaker || claim.locator !== null || claim.assertedAt !== null) &&
      el(
        'p',
        { class: 'quiet' },
        speaker && ['said by ', link(speaker.name, () => select(speaker.id)), ' '],
        [claim.locator, claim.assertedAt]
          .filter((part) => part !== null)
          .flatMap((part, index) => [index > 0 || speaker ? '· ' : '', nameOf(part), ' ']),
      ),
    el(
      'p',
      { class: 'source' },
      address === null
        ? link(source.name, () => select(source.id))
        : el('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, nameOf(source.name)),
    ),
  );
}

const link = (name: string, onclick: () => void): HTMLElement =>
  el('button', { type: 'button', class: 'link', onclick }, nameOf(name));
