import { type Argument, isGiven, placeOf } from '../../compile/arguments.ts';
import type { Emitter } from '../../compile/emitter.ts';
import { type Filling, handWritten } from '../../compile/hand-written.ts';
import { distinctWords, MOST_WORDS, type SimpleSearch, simpleSearch } from '../../compile/search-query.ts';
import { WholeNumber } from '../../compile/values.ts';
import { databaseSchema, ENTITY_TEXT } from '../../derive/database-schema.ts';
import { badInput, ConcordatError } from '../../errors.ts';
import { nameKey } from '../../model/folding.ts';
import { enumName } from '../../model/model.ts';
import { nearest } from '../../model/nearest.ts';
import { searchKey, wordsOf } from '../../model/search-keys.ts';
import { filled } from './question.ts';

/** What a search looks for, in either mode: the statements that find it, and the words that it is found by. */

export interface Sought {
  /** A statement that answers `n, score`: what is ranked. */
  readonly ranked: string;
  /** A statement that answers `n`: all that is found. Made when it is asked for. */
  everything(): string;
  /** The words that a query looks for, in each spelling. */
  words(query: string): string[][];
}

/** So many are ranked; pages lead no further. */
export const RANKED = 5_000;

/** Characters that a search takes. */
const LONGEST = 1_000;

/** @throws LIMIT_EXCEEDED when it is too long to be looked for */
export function textWithin(given: Argument): string {
  const text = String(given.value);
  const refuse = (most: string, is: number) =>
    new ConcordatError('LIMIT_EXCEEDED', `${given.path.at(-1)} takes at most ${most}; ${is} are given.`, {
      path: placeOf(given),
      value: text,
      suggestion: 'Name the words that tell most.',
    });
  if (text.length > LONGEST) throw refuse(`${LONGEST} characters`, text.length);
  const words = distinctWords(searchKey(text)).length;
  if (words > MOST_WORDS) throw refuse(`${MOST_WORDS} words`, words);
  return text;
}

/** The types that are asked for, as values of EntityType; all where none is named. */
export const typesAsked = (types: Argument): string[] => (isGiven(types) ? (types.value as string[]) : []);

/** What is worked out when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** SIMPLE: every word, with typos. */
export function byWords(emitter: Emitter, query: Argument, types: Argument): Sought {
  // Types are an enum's values: a call with other ones is compiled apart, so that they can be kept here.
  const named = typesAsked(types);
  const of = (part: (search: SimpleSearch, text: string) => unknown): Filling =>
    filled(query, (given) => {
      const text = textWithin(given);
      return part(simpleSearch(text, named), text);
    });
  const queries = {
    exactly: of(({ exactly }) => exactly),
    oneTypo: of(({ oneTypo }) => oneTypo),
    twoTypos: of(({ twoTypos }) => twoTypos),
  };
  return {
    ranked: handWritten(
      emitter,
      'search',
      {
        ...queries,
        name: of((_, text) => nameKey(text)),
        keys: of(({ keys }) => keys),
        words: of(({ keys }) => keys.map(distinctWords)),
        length: of(({ keys }) => new WholeNumber(Math.min(LONGEST, ...keys.map((key) => key.length)))),
      },
      { first: `, {limit: ${RANKED}}`, most: `LIMIT ${RANKED}` },
    ),
    everything: once(() => handWritten(emitter, 'search-count', queries)),
    words: (text) => simpleSearch(text, []).keys.map(distinctWords),
  };
}

/** What in Lucene's syntax is no word to be found: fields, operators, and what is told not to occur. */
const SYNTAX = /\bNOT\s+\S+|(^|\s)[-!]\S+|\b(AND|OR|TO)\b|\w+:|[~^][\d.]*/g;

/** LUCENE: the user's own syntax. */
export function byLucene(emitter: Emitter, query: Argument, types: Argument): Sought {
  const named = new Set(typesAsked(types));
  const labels = emitter.model.entities.filter((type) => named.has(enumName(type))).map((type) => type.name);
  const fields = databaseSchema(emitter.model).find(({ name }) => name === ENTITY_TEXT)?.properties ?? [];
  const parameters = {
    query: filled(query, (given) => luceneWithin(given, fields)),
    labels: filled(types, () => labels),
  };
  const statement = (most: string) => handWritten(emitter, 'search-lucene', parameters, { most });
  return {
    ranked: statement(`LIMIT ${RANKED}`),
    everything: once(() => statement('')),
    words: (text) => [wordsOf(searchKey(text.replace(SYNTAX, ' ')))].filter((words) => words.length > 0),
  };
}

/** What in a Lucene query is taken as it is: quoted phrases, regular expressions, escaped characters. */
const LITERAL = /"(?:[^"\\]|\\.)*"|\/(?:[^/\\]|\\.)*\/|\\./gs;

/** @throws BAD_USER_INPUT when it is empty or names a field that is not searched: Lucene would find nothing, and not say why */
function luceneWithin(given: Argument, fields: readonly string[]): string {
  const text = textWithin(given);
  const place = { path: placeOf(given), value: text };
  if (text.trim() === '')
    throw badInput('query is empty, which is no Lucene query.', {
      ...place,
      suggestion: 'Such as: name:bukele~ AND NOT description:"prime minister".',
    });
  for (const [, field = ''] of text.replace(LITERAL, ' ').matchAll(/([\p{L}_][\p{L}\p{N}_]*):/gu))
    if (!fields.includes(field))
      throw badInput(`query asks for the field ${field}, which is not searched.`, {
        ...place,
        suggestion: `Did you mean ${nearest(field, fields) ?? fields.join(', ')}? A colon that is no syntax needs a backslash before it.`,
      });
  return text;
}
