import { plainCase } from '../../model/casing.ts';
import type { RelationshipType } from '../../model/declarations.ts';
import type { Model } from '../../model/model.ts';
import { Commitment } from '../../model/vocabulary.ts';
import type { EdgeStanding } from '../export/export-graph.ts';

/** A relationship in words, with how far it is committed to: for formats that have no place of their own for either. */

/** What the words of a relationship say of it. */
export interface Spoken {
  readonly relationship: RelationshipType;
  readonly commitment: string | null;
  readonly hedged: boolean;
}

/** Whether a format that knows only facts may state it: a fact, not hedged. */
export const isPlainFact = (standing: EdgeStanding | null): boolean =>
  standing === null || (standing.status === 'FACT' && !standing.hedged);

/** `is a member of`, `is a member of (alleged, hedged)`. */
export function spokenOf(relationship: RelationshipType, standing: EdgeStanding | null): string {
  const how = [
    ...(standing && standing.status !== 'FACT' ? [standing.status.toLowerCase()] : []),
    ...(standing?.hedged ? ['hedged'] : []),
  ];
  return how.length === 0 ? relationship.phrase.forward : `${relationship.phrase.forward} (${how.join(', ')})`;
}

const commitments = new Map(Object.keys(Commitment.values).map((each) => [each.toLowerCase(), each]));

/** Reads what `spokenOf` wrote: all the relationships that the words may mean. Empty where they are none of this model's. */
export function relationshipsSaid(model: Model, words: string): Spoken[] {
  const match = /^(.*?)(?: \(([a-z, ]+)\))?$/.exec(words.trim());
  const [, phrase = '', inside] = match ?? [];
  const how = inside?.split(', ') ?? [];
  if (!how.every((each) => each === 'hedged' || commitments.has(each))) return [];
  const commitment = how.map((each) => commitments.get(each)).find((each) => each !== undefined) ?? null;
  return model.relationships
    .filter((type) => type.phrase.forward === phrase || plainCase(type.name) === phrase)
    .map((relationship) => ({ relationship, commitment, hedged: how.includes('hedged') }));
}
