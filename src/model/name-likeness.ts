import { editDistance } from './edit-distance.ts';
import { foldName } from './folding.ts';
import { isInSyllables, keysOfName, searchKey, wordsOf } from './search-keys.ts';

/**
 * How alike two names are, from 0 to 1: by their words in whatever order, as they are spelled in Latin letters, with
 * initials, typos, words that one of them leaves out, and the ways in which one sound is spelled. The same both ways.
 */
export function nameLikeness(one: string, other: string): number {
  const [a, b] = one < other ? [one, other] : [other, one];
  const [keys, others] = [keysOfName(a), keysOfName(b)];
  if (keys.length === 0 || others.length === 0) return foldName(a) === foldName(b) && foldName(a) !== '' ? 1 : 0;
  if (keys.some((key) => others.includes(key))) return areHomophones(a, b) ? HOMOPHONES : 1;
  return Math.max(...keys.flatMap((key) => others.map((each) => keyLikeness(key, each))));
}

/** Names in Chinese or Korean signs that sound alike and are written otherwise are rather different names. */
const HOMOPHONES = 0.75;
const areHomophones = (a: string, b: string): boolean =>
  isInSyllables(foldName(a)) && isInSyllables(foldName(b)) && foldName(a) !== foldName(b);

/** What words in another order are worth, what a name that is a part of another, and what letters are without words. */
const WORTH = { reordered: 0.98, severalWords: 0.6, oneWord: 0.2, run: 0.95 };

function keyLikeness(one: string, other: string): number {
  const [a, b] = one < other ? [one, other] : [other, one];
  const [words, others] = [wordsOf(a), wordsOf(b)];
  const run = numbersOf(a) === numbersOf(b) ? WORTH.run * closeness(words.join(''), others.join('')) : 0;
  const pairs = words
    .flatMap((word, i) => others.map((each, j) => ({ i, j, like: wordLikeness(word, each) })))
    .filter(({ like }) => like > 0)
    .sort((x, y) => y.like - x.like || x.i - y.i || x.j - y.j);
  const [taken, takenOther] = [new Set<number>(), new Set<number>()];
  const chosen = pairs.filter(({ i, j }) => {
    if (taken.has(i) || takenOther.has(j)) return false;
    taken.add(i);
    takenOther.add(j);
    return true;
  });
  const weight = (word = '') => Math.max(2, word.length);
  const total = (list: readonly string[]) => list.reduce((sum, word) => sum + weight(word), 0);
  const shared = chosen.reduce(
    // An initial stands for a word as long as the one that it begins.
    (sum, { i, j, like }) => sum + like * Math.max(weight(words[i]), weight(others[j])),
    0,
  );
  const all = (list: readonly string[], mine: ReadonlySet<number>) =>
    total(list.filter((_, nth) => !mine.has(nth))) +
    chosen.reduce((sum, { i, j }) => sum + Math.max(weight(words[i]), weight(others[j])), 0);
  const [size, otherSize] = [all(words, taken), all(others, takenOther)];
  const dice = (2 * shared) / (size + otherSize);
  const part = shared / Math.min(size, otherSize);
  const worth = Math.min(words.length, others.length) > 1 ? WORTH.severalWords : WORTH.oneWord;
  const byWords = worth * part + (1 - worth) * dice;
  const inOrder = chosen.every(({ i, j }) => chosen.every((each) => (each.i - i) * (each.j - j) >= 0));
  return Math.max(run, byWords * (inOrder ? 1 : WORTH.reordered));
}

/** What an initial is worth that could be anybody's, and words that only sound alike. */
const ALIKE = { initial: 0.9, sound: 0.92, consonants: 0.85, least: 0.6 };

function wordLikeness(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? ALIKE.initial : 0;
  if (numbersOf(a) !== numbersOf(b)) return 0;
  const near = closeness(a, b);
  if (soundOf(a) === soundOf(b)) return Math.max(near, ALIKE.sound);
  // Arabic and Hebrew write no vowels, so that one of the two has none.
  const consonants = consonantsOf(a);
  if ((a === consonants || b === consonantsOf(b)) && consonants.length > 1 && consonants === consonantsOf(b))
    return Math.max(near, ALIKE.consonants);
  return near >= ALIKE.least ? near : 0;
}

/** Its digits: a number is another number with any of them changed. */
const numbersOf = (text: string): string => text.replace(/[^0-9]/g, '');

/** 1 less the edits that each letter of the longer takes on average. */
const closeness = (a: string, b: string): number =>
  a === b ? 1 : 1 - editDistance(a, b) / Math.max(a.length, b.length);

/** Spellings of one sound, by the ways in which names are carried over from other scripts. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/sch|shch|sh|ch|cz|tsch/g, 's'],
  [/ph/g, 'f'],
  [/kh|gh|ck|q|c/g, 'k'],
  [/ou|oo/g, 'u'],
  [/iy|yy|ij|ii|ee|y|j/g, 'i'],
  [/w/g, 'v'],
  [/z|x/g, 's'],
  [/th/g, 't'],
  [/dh/g, 'd'],
  [/(?<=.)h/g, ''],
  [/(.)\1+/g, '$1'],
];

const soundOf = (word: string): string => SOUNDS.reduce((sound, [from, to]) => sound.replace(from, to), word);
const consonantsOf = (word: string): string => word.replace(/[aeiou]/g, '').replace(/(.)\1+/g, '$1');

/** How two names are alike, in a phrase that follows them. */
export function howAlike(one: string, other: string, likeness: number): string {
  if (foldName(one) === foldName(other)) return 'are the same';
  if (likeness === 1) return 'are the same as they are spelled in Latin letters';
  const sorted = (name: string) => wordsOf(searchKey(name)).sort().join(' ');
  if (sorted(one) === sorted(other)) return 'have the same words in another order';
  const [few, many] = [wordsOf(searchKey(one)), wordsOf(searchKey(other))].sort((a, b) => a.length - b.length) as [
    string[],
    string[],
  ];
  if (few.every((word) => many.includes(word))) return `share "${few.join(' ')}"; one says more`;
  const hasInitial = (list: readonly string[]) => list.some((word) => word.length === 1);
  if (likeness > 0.8 && hasInitial(few) !== hasInitial(many)) return 'agree by their initials';
  return likeness > 0.8 ? 'are spelled much alike' : likeness > 0.5 ? 'are somewhat alike' : 'are hardly alike';
}
