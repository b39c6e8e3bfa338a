/** How values compare, told once more and by other means than the compiler's. */

/** Texts by code point: negative, zero or positive. JavaScript compares by UTF-16 unit, which differs beyond the BMP. */
export function byCodePoint(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let place = 0; place < Math.min(left.length, right.length); place++) {
    const difference = (left[place]?.codePointAt(0) ?? 0) - (right[place]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Values of one type; false before true. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return byCodePoint(a, b);
  return Number(a) - Number(b);
}

/** Nulls last, whichever way the rest goes. */
export function compareNullsLast(a: unknown, b: unknown, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return descending ? compareValues(b, a) : compareValues(a, b);
}

/** Without case, accents and surplus space: how names are looked for. */
export const folded = (text: string): string =>
  [...text.normalize('NFKD').toLowerCase()]
    .filter((character) => !/\p{M}/u.test(character))
    .join('')
    .split(/\s+/u)
    .filter((word) => word !== '')
    .join(' ');

/** The words of a text as the index cuts them: letters and digits, folded. */
export const wordsOf = (text: string): string[] =>
  folded(text)
    .split(/[^\p{L}\p{N}']+/u)
    .filter((word) => word !== '');

/** Whether a text holds every word of another; what stands between spaces must stand together. */
export function holdsWords(text: string, wanted: string): boolean {
  const words = wordsOf(text);
  const phrases = wanted
    .split(/\s+/u)
    .map(wordsOf)
    .filter((phrase) => phrase.length > 0);
  if (phrases.length === 0) return false;
  return phrases.every((phrase) =>
    words.some((_, start) => phrase.every((word, offset) => words[start + offset] === word)),
  );
}

/** The first and the last day that an ISO prefix can mean. */
export function daysOf(text: string): { first: string; last: string } {
  if (text.length === 4) return { first: `${text}-01-01`, last: `${text}-12-31` };
  if (text.length === 10) return { first: text, last: text };
  const [year = 0, month = 0] = text.split('-').map(Number);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { first: `${text}-01`, last: `${text}-${String(last).padStart(2, '0')}` };
}

/** An instant as text that sorts by time, whatever its offset, to the nanosecond. */
export function instant(text: string): string {
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? [];
  const second = new Date(text.replace(/\.\d+/, '')).toISOString().slice(0, 19);
  return `${second}.${fraction.padEnd(9, '0')}`;
}
