import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import { type Model, typeOfId } from '../../model/model.ts';

/** Ids of this graph in files of other vocabularies, and ids of theirs in this graph. */

const FORM = /^[a-z][a-z0-9-]*:[^\s:]\S*$/u;

/** The type of entity that an id of this graph belongs to; null where it is no such id. */
export function ownEntityType(model: Model, id: string): EntityType | null {
  const type = id.length <= 300 && FORM.test(id) ? typeOfId(model, id) : undefined;
  return type?.is === 'entity' ? type : null;
}

/** The type of relationship that an id of this graph belongs to; null where it is no such id. */
export function ownRelationshipType(model: Model, id: string): RelationshipType | null {
  const type = id.length <= 300 && FORM.test(id) ? typeOfId(model, id) : undefined;
  return type?.is === 'relationship' ? type : null;
}

export interface ExternalId {
  readonly scheme: string;
  readonly value: string;
}

/** Wikidata's item, where an id is one. */
export const wikidataId = (id: string): ExternalId | null =>
  /^Q[1-9]\d{0,11}$/.test(id) ? { scheme: 'WIKIDATA', value: id } : null;

/** External ids, each once. */
export function distinct(ids: readonly ExternalId[]): ExternalId[] {
  const seen = new Map(ids.map((each) => [`${each.scheme}:${each.value}`, each]));
  return [...seen.values()];
}
