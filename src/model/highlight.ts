import { editDistance } from './edit-distance.ts';
import { foldName } from './folding.ts';
import { keysOfName, searchText, typosForgiven, wordsOf } from './search-keys.ts';

/** Why something was found: which of its texts fits what was looked for best, with the words that fit marked. */

/** A text of a thing, under the field that holds it. */
export interface Held {
  readonly field: string;
  readonly text: string;
}

/** The text that fits best. */
export interface Found extends Held {
  /** The text, or the part of it around the first fitting word, as `highlight` marks it. */
  readonly marked: string;
}

/** How well one word fits another: the same, its beginning, or misspelled by as much as a search forgives. */
function fits(word: string, asked: string): 0 | 1 | 2 | 3 {
  if (word === asked) return 3;
  if (word.startsWith(asked)) return 2;
  const forgiven = typosForgiven(asked);
  if (forgiven === 0 || Math.abs(word.length - asked.length) > forgiven) return 0;
  return editDistance(word, asked) <= forgiven ? 1 : 0;
}

const best = (words: readonly string[], asked: string): number =>
  words.reduce((most, word) => Math.max(most, fits(word, asked)), 0);

/** What a name is worth that is what was looked for, in its own script. */
const SAME = 4;
/** What a text gains that holds what was looked for as it was given, before one that is only spelled alike. */
const IN_ITS_SCRIPT = 0.01;

/** How well a text fits as a whole: whole names before names that begin so, then by words. */
function wholeFit(text: string, isName: boolean, asked: readonly (readonly string[])[]): number {
  const keys = isName ? keysOfName(text) : [searchText(text)];
  const spelled = asked.map((words) => words.join(' '));
  const words = keys.flatMap(wordsOf);
  const byWords = Math.max(
    ...asked.map((each) => each.reduce((sum, one) => sum + best(words, one), 0) / (3 * each.length)),
  );
  if (!isName) return byWords;
  if (keys.some((key) => spelled.includes(key))) return 3;
  return keys.some((key) => spelled.some((one) => key.startsWith(one))) ? 2 : byWords;
}

/**
 * The text that fits best, the first of several; null where none has a word of those asked for.
 * @param query what was looked for, as it was given
 * @param asked its words, spelled, in each spelling
 */
export function findBest(
  texts: readonly Held[],
  isName: (field: string) => boolean,
  query: string,
  asked: readonly (readonly string[])[],
): Found | null {
  const folded = foldName(query);
  let found: Held | null = null;
  let most = 0;
  for (const held of texts) {
    if (asked.length === 0) break;
    const [named, own] = [isName(held.field), foldName(held.text)];
    const now =
      named && own === folded ? SAME : wholeFit(held.text, named, asked) + (own.includes(folded) ? IN_ITS_SCRIPT : 0);
    if (now <= most) continue;
    [found, most] = [held, now];
  }
  return found ? { ...found, marked: highlight(found.text, asked.flat()) } : null;
}

/** Characters of a long text that are shown, and how many of them before the first fitting word. */
const SHOWN = { all: 200, before: 60 };

/**
 * A text with the words that fit between `**`. What could be taken for a mark or for HTML in it is written as entities
 * (`&#42; &amp; &lt; &gt;`), so that it is safe as HTML and as Markdown. A long text is cut around the first word that fits.
 */
export function highlight(text: string, asked: readonly string[]): string {
  const parts = [...text.slice(0, 10_000).matchAll(/\s+|\S+/gu)].flatMap(([chunk]) => mark(chunk, asked));
  const first = parts.findIndex((part) => part.fits);
  let start = Math.max(first, 0);
  for (let before = 0; start > 0 && before < SHOWN.before; start--) before += parts[start - 1]?.text.length ?? 0;
  let [end, length] = [start, 0];
  for (; end < parts.length && length < SHOWN.all; end++) length += parts[end]?.text.length ?? 0;
  const shown = parts.slice(start, end).map((part) => (part.fits ? `**${escaped(part.text)}**` : escaped(part.text)));
  return `${start > 0 ? '…' : ''}${shown.join('').trim()}${end < parts.length ? '…' : ''}`;
}

interface Part {
  readonly text: string;
  readonly fits: boolean;
}

/** A run without space: as one word (`MS-13` for `ms13`), else its words apart. */
function mark(chunk: string, asked: readonly string[]): Part[] {
  const [, open = '', core = '', close = ''] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}\p{M}]*)$/su.exec(chunk) ?? [];
  if (core === '') return [{ text: chunk, fits: false }];
  const isOne = (text: string): boolean => {
    const words = keysOfName(text).flatMap(wordsOf);
    return asked.some((one) => best(words, one) > 0);
  };
  const words = [...core.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu)].map(([text]) => text);
  const inner: Part[] =
    words.length === 1
      ? [{ text: core, fits: isOne(core) }]
      : words.map((text) => ({ text, fits: /[\p{L}\p{N}]/u.test(text) && isOne(text) }));
  const whole = inner.some((part) => part.fits) || !isOne(core) ? inner : [{ text: core, fits: true }];
  return [{ text: open, fits: false }, ...whole, { text: close, fits: false }].filter((part) => part.text !== '');
}

const ENTITIES: Readonly<Record<string, string>> = { '*': '&#42;', '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replace(/[*&<>]/g, (char) => ENTITIES[char] ?? char);
