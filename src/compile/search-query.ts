import { keysOfName, searchKey, typeWord, typosForgiven, wholeWord, wordsOf } from '../model/search-keys.ts';

/**
 * What a user's words become in the index of things that are found (`entity_search`). Keys hold a–z, 0–9 and spaces, so
 * that nothing of Lucene's syntax can come through them: what is syntax below is written here.
 */

/** A query that no document answers, and that costs nothing. */
const NOTHING = 'searchType:0';

/** Words that a search takes: each may cost a walk through the index's terms. */
export const MOST_WORDS = 24;

/** The words of a key, each once. */
export const distinctWords = (key: string): string[] => [...new Set(wordsOf(key))];

/** What a word is looked for by, among names and in texts; the beginning of one counts as well. */
function word(text: string, typos: 0 | 1 | 2): string {
  const ways = [`searchNames:${text}^4`, `searchText:${text}`];
  if (text.length > 1) ways.push(`searchNames:${text}*^2`);
  if (text.length > 3) ways.push(`searchText:${text}*^0.5`);
  const forgiven = Math.min(typos, typosForgiven(text));
  if (forgiven > 0) ways.push(`searchNames:${text}~${forgiven}`);
  return `(${ways.join(' ')})`;
}

/** Words in which typos are forgiven: each is a walk through all words of the index. */
const FORGIVEN_WORDS = 8;

/** All words of a key; a whole name that is or begins like it comes before everything else. */
function key(text: string, typos: 0 | 1 | 2): string {
  const words = distinctWords(text).map((one, nth) => `+${word(one, nth < FORGIVEN_WORDS ? typos : 0)}`);
  const whole = wholeWord(text);
  return `(${[...words, `searchWhole:${whole}^1000`, `searchWhole:${whole}*^100`].join(' ')})`;
}

/** `+(…)` over the spellings of what is asked for, in things of these types only. */
const ofTypes = (query: string, types: readonly string[]): string =>
  types.length > 0 ? `+${query} +searchType:(${types.map(typeWord).join(' ')})^0` : query;

const anyOf = (keys: readonly string[], typos: 0 | 1 | 2): string =>
  `(${keys.map((one) => key(one, typos)).join(' ')})`;

/** The three queries of a simple search: what matches to the letter, what takes one typo a word, what takes two. */
export interface SimpleSearch {
  /** The spellings of what is asked for, the one that is compared first. */
  readonly keys: readonly string[];
  readonly exactly: string;
  readonly oneTypo: string;
  readonly twoTypos: string;
}

/** @param types names of types, as types or as values of EntityType; all where there is none */
export function simpleSearch(text: string, types: readonly string[]): SimpleSearch {
  const keys = keysOfName(text);
  if (keys.length === 0) return { keys, exactly: NOTHING, oneTypo: NOTHING, twoTypos: NOTHING };
  const most = Math.max(...keys.flatMap(wordsOf).map(typosForgiven));
  const beyond = (typos: 1 | 2): string =>
    most < typos ? NOTHING : ofTypes(`(+${anyOf(keys, typos)} -${anyOf(keys, typos === 1 ? 0 : 1)})`, types);
  return { keys, exactly: ofTypes(anyOf(keys, 0), types), oneTypo: beyond(1), twoTypos: beyond(2) };
}

/** The query for things whose name, or a word of whose names, begins like this; the last word is being typed. */
export function beginningWith(
  text: string,
  types: readonly string[],
): { readonly key: string; readonly query: string } {
  const begun = searchKey(text);
  if (begun === '') return { key: begun, query: NOTHING };
  const words = distinctWords(begun).map((one) => `+searchNames:${one}*`);
  const whole = wholeWord(begun);
  return {
    key: begun,
    query: ofTypes(`(${words.join(' ')} searchWhole:${whole}^100 searchWhole:${whole}*^10)`, types),
  };
}

/**
 * The query for things that may be what somebody calls by these names: those first that have a whole name, then those
 * that have all words or their initials, then those that have some words, spelled so or nearly so.
 */
export function likely(names: readonly string[], type: string | null): string {
  const keys = [...new Set(names.flatMap(keysOfName))].slice(0, MOST_NAMES);
  if (keys.length === 0) return NOTHING;
  const spellings = keys.map((one) => {
    const words = distinctWords(one).slice(0, FORGIVEN_WORDS);
    const all = words.map((each) => {
      const initial = each.length === 1 ? `searchNames:${each}*` : `searchNames:${each[0]}^0.1`;
      return `+(${[`searchNames:${each}^2`, ...(words.length > 1 ? [initial] : [])].join(' ')})`;
    });
    // A walk through the index's terms for each misspelled word costs more than all the rest, so that there is one.
    const some = words.flatMap((each) =>
      typosForgiven(each) > 0
        ? [`searchNames:${each}`, `searchNames:${each}~${typosForgiven(each)}`]
        : each.length > 1
          ? [`searchNames:${each}`]
          : [],
    );
    return [`searchWhole:${wholeWord(one)}^100`, `(${all.join(' ')})^4`, ...some].join(' ');
  });
  return ofTypes(`(${spellings.join(' ')})`, type === null ? [] : [type]);
}

/** Spellings that one candidate is looked for by. */
const MOST_NAMES = 12;
