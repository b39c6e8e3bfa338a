import { plainCase } from '../../model/casing.ts';
import type { EntityType } from '../../model/declarations.ts';
import { foldName } from '../../model/folding.ts';
import type { Model } from '../../model/model.ts';
import { fromToken, toToken } from './values.ts';

/** Which of our types is meant by an object of another vocabulary, where several are one and the same there. */

export interface Told {
  readonly type: EntityType;
  /** The value of its `kind`, where a word says it. */
  readonly kind?: string;
  /** Whether nothing told it, so that it is the one that is meant otherwise. */
  readonly otherwise: boolean;
}

type Written = 'ftm' | 'popolo' | 'stix';

/** The types that are written as an object of a vocabulary. */
export const mappedTo = (model: Model, vocabulary: Written, object: string): EntityType[] =>
  model.entities.filter((type) => type.maps[vocabulary] === object);

const kindsOf = (type: EntityType): readonly string[] => {
  const kind = type.fields.find((field) => field.name === 'kind');
  return kind?.kind === 'openList' ? kind.wellKnown : [];
};

/**
 * The type by the words and topics of an object: its own name or a word of it first, then one of its kinds, then a topic.
 * Null where the vocabulary's object is none of ours.
 */
export function tellType(model: Model, vocabulary: Written, object: string, clues: Clues): Told | null {
  const key = JSON.stringify([vocabulary, object, clues.words, clues.topics]);
  const answers = told.get(model) ?? new Map<string, Told | null>();
  told.set(model, answers);
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = find(model, vocabulary, object, clues);
  if (answers.size < MOST_ANSWERS) answers.set(key, answer);
  return answer;
}

interface Clues {
  readonly words?: readonly string[];
  readonly topics?: readonly string[];
}

/** A file asks the same of nearly every object: answers are kept, as many as there may be words of classification. */
const MOST_ANSWERS = 10_000;
const told = new WeakMap<Model, Map<string, Told | null>>();

function find(model: Model, vocabulary: Written, object: string, clues: Clues): Told | null {
  const types = mappedTo(model, vocabulary, object);
  const words = (clues.words ?? []).map(foldName);
  for (const word of words) {
    const type = types.find((each) => plainCase(each.name) === word || each.told.words?.includes(word));
    if (type) {
      const kind = [word, ...words].map(toToken).find((token) => token !== null && kindsOf(type).includes(token));
      return { type, ...(kind ? { kind } : {}), otherwise: false };
    }
  }
  for (const word of words) {
    const token = toToken(word);
    const type = token === null ? undefined : types.find((each) => kindsOf(each).includes(token));
    if (type && token !== null) return { type, kind: token, otherwise: false };
  }
  const byTopic = types.find((each) => each.told.topics?.some((topic) => clues.topics?.includes(topic)));
  if (byTopic) return { type: byTopic, otherwise: false };
  const fallback = types.find((each) => each.told.otherwise?.includes(vocabulary)) ?? types[0];
  return fallback ? { type: fallback, otherwise: types.length > 1 } : null;
}

/** The word by which a type is told when it is read again: its kind where that is well known, else its own word. */
export function tellingWord(model: Model, vocabulary: Written, type: EntityType, kind: unknown): string {
  const own = type.told.words?.[0] ?? plainCase(type.name);
  if (typeof kind !== 'string') return own;
  const object = type.maps[vocabulary];
  const again = object ? tellType(model, vocabulary, object, { words: [fromToken(kind)] }) : null;
  return again?.type === type && again.kind === kind ? fromToken(kind) : own;
}
