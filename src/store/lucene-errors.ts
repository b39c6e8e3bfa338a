import { badInput, type ConcordatError } from '../errors.ts';

/** What of a user's own Lucene syntax may be wrong, told by the database in its parser's words. */

const OF_THE_INDEX = /db\.index\.fulltext\.query/;
const PLACE = /(?:Encountered:? ("[^"]*"|'[^']*'|<EOF>).*?)?at line (\d+), column (\d+)/s;
const BARE = /(?:IllegalArgumentException|TooManyClauses|TooComplexToDeterminizeException|NumberFormatException)\b/;

/**
 * The error for a query that the full-text index could not read: where its parser stopped, without the parser's own names.
 * Null when the message is about something else.
 */
export function luceneSyntaxError(message: string): ConcordatError | null {
  if (!OF_THE_INDEX.test(message) || message.includes('no such fulltext schema index')) return null;
  const suggestion =
    'Close quotes and brackets, put a backslash before a character that is no syntax, or use mode: SIMPLE, in which nothing is.';
  const [, found, , column] = PLACE.exec(message) ?? [];
  if (column !== undefined) {
    const isEnd = found?.includes('EOF') || message.includes('<EOF>');
    const what = isEnd ? 'it ends too early' : `it cannot go on as it does`;
    return badInput(`The query is not in Lucene’s syntax: ${what}, at character ${column}.`, { suggestion });
  }
  if (!BARE.test(message)) return null;
  const what =
    message.includes('TooMany') || message.includes('TooComplex') ? 'it is too broad' : 'a part of it has no meaning';
  return badInput(`The query is not in Lucene’s syntax: ${what}.`, { suggestion });
}
