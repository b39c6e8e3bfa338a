import { latest } from '../data/temporal.ts';
import type { Edge } from '../data/things.ts';
import { el } from './dom.ts';

/** Commitment, doubt and dates of a relationship, in words. */

/** How far its sources commit to it, and whether it is hedged or disputed. */
export function badges({ status, hedged, disputed }: Pick<Edge, 'status' | 'hedged' | 'disputed'>): HTMLElement[] {
  return [
    el('span', { class: `badge status-${status.toLowerCase()}` }, status.toLowerCase()),
    ...(hedged ? [el('span', { class: 'badge hedged' }, '~ hedged')] : []),
    ...(disputed ? [el('span', { class: 'badge disputed' }, '≠ disputed')] : []),
  ];
}

/** `2019-06 – 2024`, `since 2022-03-27`, `seen 2025-02-03`; empty where nothing is known. */
export function datesText({ begins, ends, observedFrom, observedTo }: Edge): string {
  const span =
    begins !== null && ends !== null
      ? `${begins} – ${ends}`
      : begins !== null
        ? `since ${begins}`
        : ends !== null
          ? `until ${ends}`
          : '';
  const seen =
    observedFrom === null
      ? ''
      : observedFrom === observedTo
        ? `seen ${observedFrom}`
        : `seen ${observedFrom} – ${observedTo}`;
  const isPoint = begins !== null && begins === ends && latest(begins) === begins;
  return [isPoint ? begins : span, seen].filter((part) => part !== '').join(', ');
}
