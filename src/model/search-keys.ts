import anyAscii from 'any-ascii';

/**
 * How things are found whatever the script, case, accents and punctuation: each text is spelled in words of a–z and 0–9.
 * The same functions make the keys that are stored and those that are looked for.
 */

/** Characters that count, of a name and of a text: a treaty's full title is shorter, and so is a term's wording. */
const LONGEST = { name: 1_000, text: 10_000 };

/** Scripts that write a syllable a sign and no spaces; each sign becomes a word. */
const SYLLABLE = /[\p{Script=Han}\p{Script=Hangul}]/u;
/** Vowel points, which most writers of Arabic and Hebrew leave out. */
const POINT = /[\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED]/u;
const LETTER = /[\p{L}\p{N}\p{M}]/u;
const PLAIN = /^[a-z0-9]$/;

/** Spells a text; what stands between words is a space, what stands within one (`MS-13`, `O’Brien`) is `within`. */
function spell(text: string, within: '' | ' ', longest: number): string {
  // Cut before it is normalised: that of a megabyte would cost what the limit is there to save.
  const cut = text.slice(0, longest);
  const spelled = ENGLISH.test(cut) ? cut.toLowerCase().replace(SIGNS, within) : carriedOver(cut, within);
  return spelled.replace(/\s+/g, ' ').trim().slice(0, longest);
}

/** Most names: nothing in them has to be carried over from another script. */
const ENGLISH = /^[\sA-Za-z0-9.,;:!?"'()/&-]*$/;
const SIGNS = /[^\sa-z0-9]/g;

function carriedOver(text: string, within: '' | ' '): string {
  let spelled = '';
  for (const char of text.normalize('NFKC').toLowerCase()) {
    if (PLAIN.test(char)) spelled += char;
    else if (POINT.test(char)) continue;
    else if (SYLLABLE.test(char)) spelled += ` ${asciiOf(char)} `;
    else if (LETTER.test(char)) spelled += asciiOf(char);
    else spelled += /\s/u.test(char) ? ' ' : within;
  }
  return spelled;
}

const asciiOf = (char: string): string =>
  anyAscii(char)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** `"Nayib Bukélé"` → `"nayib bukele"`, `"Путин"` → `"putin"`, `"习近平"` → `"xi jin ping"`; empty when nothing can be spelled. */
export const searchKey = (name: string): string => spell(name, ' ', LONGEST.name);

/** The words of a description or another text, spelled. */
export const searchText = (text: string): string => spell(text, ' ', LONGEST.text);

/** The words of a key. */
export const wordsOf = (key: string): string[] => key.split(' ').filter(Boolean);

/**
 * Every key that a name is found by: `"MS-13"` → `ms 13`, `ms13`; a name in a script without spaces also as it is
 * written in Latin letters: `"习近平"` → `xi jin ping`, `xi jinping`, `xijinping`.
 */
export function keysOfName(name: string): string[] {
  const apart = searchKey(name);
  const keys = [apart, spell(name, '', LONGEST.name)];
  if (isInSyllables(name) && [...name].length <= 4) {
    const [family = '', ...given] = wordsOf(apart);
    keys.push(`${family} ${given.join('')}`.trim(), family + given.join(''));
  }
  return [...new Set(keys)].filter((key) => key !== '');
}

/** Whether a name is written in Chinese or Korean signs alone, so that its spelling does not tell it from others. */
export const isInSyllables = (name: string): boolean => name !== '' && [...name].every((sign) => SYLLABLE.test(sign));

/** The keys of several names, the first name's first, each once. */
export const keysOfNames = (names: readonly string[]): string[] => [...new Set(names.flatMap(keysOfName))];

/**
 * Typos that are forgiven in a word: none below four letters, one from there, two from eight. A number is another number
 * with any digit changed.
 */
export const typosForgiven = (word: string): 0 | 1 | 2 =>
  word.length < 4 || /[0-9]/.test(word) ? 0 : word.length < 8 ? 1 : 2;

/** A key as one word, so that a whole name, or how it begins, can be asked for: `"nayib bukele"` → `"nayib_bukele"`. */
export const wholeWord = (key: string): string => key.replaceAll(' ', '_');

/** A type as the index knows it: `CivilSocietyOrganization` and `CIVIL_SOCIETY_ORGANIZATION` → `civilsocietyorganization`. */
export const typeWord = (name: string): string => name.replaceAll('_', '').toLowerCase();
