import { upperSnakeCase } from '../../model/casing.ts';
import { parsePartialDate } from '../../model/partial-date.ts';
import { searchKey } from '../../model/search-keys.ts';

/** Values as other vocabularies spell them. */

const DATE = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?$/;

/**
 * A date as files write it: `2012-00-00` and `2012-05-00` say that month or day is not known, and the time of a day is
 * left out. Null for what is no date.
 */
export function readDate(given: string): string | null {
  const match = DATE.exec(given.trim());
  if (!match) return null;
  const [, year = '', month, day] = match;
  const parts = [year];
  if (month !== undefined && Number(month) > 0) {
    parts.push(month.padStart(2, '0'));
    if (day !== undefined && Number(day) > 0) parts.push(day.padStart(2, '0'));
  }
  const text = parts.join('-');
  return parsePartialDate(text) === null ? null : text;
}

/** The most precise of several dates that do not contradict each other, and those that do contradict it. */
export function bestDate(dates: readonly string[]): {
  readonly date: string | null;
  readonly others: readonly string[];
} {
  const [first] = dates;
  if (first === undefined) return { date: null, others: [] };
  const date = dates.reduce((best, each) => (each.startsWith(best) ? each : best), first);
  return { date, others: dates.filter((each) => !date.startsWith(each)) };
}

/** Words as a value of an open list: `Member of Parliament` is `MEMBER_OF_PARLIAMENT`. Null where they cannot be spelled. */
export function toToken(words: string): string | null {
  const token = upperSnakeCase(searchKey(words));
  return /^[A-Z]/.test(token) && token.length <= 100 ? token : null;
}

/** A value of an open list in words: what `toToken` reads again. */
export const fromToken = (token: string): string => token.toLowerCase().replaceAll('_', ' ');

/** Text without the signs that no writing has; tabs and line ends stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out.
export const cleaned = (text: string): string => text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '');

/** A list whatever was given: absent is empty, one is a list of one. */
export const listOf = (given: unknown): readonly unknown[] =>
  given === undefined || given === null ? [] : Array.isArray(given) ? given : [given];

export const isObject = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** The name of an identifier's scheme as it is stored: `wikidata` is `WIKIDATA`. Null where nothing is left of it. */
export function schemeOf(given: string): string | null {
  const scheme = upperSnakeCase(given);
  return /^[A-Z]/.test(scheme) && scheme.length <= 100 ? scheme : null;
}
