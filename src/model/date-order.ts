import type { Field } from './kinds.ts';
import { parsePartialDate } from './partial-date.ts';

/** Which dates must not be the wrong way round, and which are merely unusual so. */

/** A start and the end that must not come before it. */
export const INTERVALS = [
  ['validFrom', 'validTo'],
  ['birthDate', 'deathDate'],
  ['foundedOn', 'dissolvedOn'],
  ['openedOn', 'closedOn'],
  ['inForceFrom', 'inForceTo'],
  ['start', 'end'],
] as const;

/** Different dates that usually come in this order; otherwise is worth a notice and no more. */
export const USUAL_ORDERS = [
  ['signedOn', 'ratifiedOn'],
  ['signedOn', 'inForceFrom'],
  ['signedOn', 'validFrom'],
  ['ratifiedOn', 'validFrom'],
  ['adoptedOn', 'inForceFrom'],
] as const;

/** Pairs whose first surely comes after their second, by the earliest day of one and the latest of the other. */
export function wrongWayRound(
  pairs: readonly (readonly [string, string])[],
  fields: readonly Field[],
  value: (name: string) => unknown,
): { first: string; second: string }[] {
  const names = new Set(fields.map((field) => field.name));
  return pairs.flatMap(([first, second]) => {
    if (!names.has(first) || !names.has(second)) return [];
    const [from, to] = [value(first), value(second)].map((text) =>
      typeof text === 'string' ? parsePartialDate(text) : null,
    );
    return from && to && from.earliest > to.latest ? [{ first, second }] : [];
  });
}
