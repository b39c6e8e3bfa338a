import { ConcordatError } from '../errors.ts';
import { type Argument, placeOf } from './arguments.ts';
import type { Emitter } from './emitter.ts';

/** Full text inside filters: the words of a user, never Lucene's syntax. */

/** Words that the index's analyser leaves out, so that nothing could hold them: Lucene's English stop words. */
const STOP_WORDS = new Set(
  'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with'.split(
    ' ',
  ),
);

/** Every word must occur, each as a phrase so that the index's own analyser cuts it. Null when there is no word. */
export function luceneWords(property: string, text: string): string | null {
  const words = text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word) && !STOP_WORDS.has(word.toLowerCase()));
  if (words.length === 0) return null;
  return `${property}:(${words.map((word) => `+"${word.replace(/[\\"]/g, '\\$&')}"`).join(' ')})`;
}

/** Characters that `matches` takes: each can be a word, and Lucene takes 1,024 of those. */
const TEXT_LIMIT = 1_000;

/** The query for all words of a text. An empty text has none and matches nothing; `*:* -*:*` is Lucene's way to say so. */
function wordsOf(argument: Argument, property: string): string {
  const text = String(argument.value);
  if (text.length > TEXT_LIMIT)
    throw new ConcordatError(
      'LIMIT_EXCEEDED',
      `matches takes at most ${TEXT_LIMIT} characters; ${text.length} are given.`,
      { path: placeOf(argument), value: text.length, suggestion: 'Name the words that tell most.' },
    );
  return luceneWords(property, text) ?? '*:* -*:*';
}

const INDEX_OF: Readonly<Record<string, string>> = { c: 'claim_text', n: 'entity_text' };

/**
 * The predicate that a property holds all words. The index is asked once, before the first MATCH, and the predicate is
 * membership in its answer.
 */
export function fullTextWords(emitter: Emitter, value: Argument, property: string, variable: string): string {
  const index = INDEX_OF[variable.charAt(0)] ?? 'entity_text';
  const query = emitter.param(value, (argument) => wordsOf(argument, property));
  const found = emitter.before(
    (name) =>
      `CALL () { CALL db.index.fulltext.queryNodes('${index}', ${query}) YIELD node RETURN collect(node) AS ${name} }`,
  );
  return `${variable} IN ${found}`;
}

/** The full-text index over the ids of all edges, analysed as whole terms. */
export const RELATIONSHIP_ID_INDEX = 'relationship_id';

/** A text expression as a phrase of Lucene's, in which nothing is syntax. */
export const phrase = (text: string, after = ''): string =>
  `'"' + replace(replace(${text}, '\\\\', '\\\\\\\\'), '"', '\\\\"') + '"${after}'`;

/** Binds the edge whose id an expression is, whatever its type: a clause that finds at most one. */
export const edgeById = (id: string, edge: string): string =>
  `CALL db.index.fulltext.queryRelationships('${RELATIONSHIP_ID_INDEX}', ${phrase(id)}) YIELD relationship AS ${edge}`;
