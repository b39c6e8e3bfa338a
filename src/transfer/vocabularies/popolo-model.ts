import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import type { Model } from '../../model/model.ts';

/** What is known of Popolo beyond the ontology's mappings: https://www.popoloproject.com/specs/ */

/** Its classes, by the key under which files hold them. */
export const SECTIONS = {
  areas: 'Area',
  events: 'Event',
  organizations: 'Organization',
  persons: 'Person',
  posts: 'Post',
  memberships: 'Membership',
} as const;

export type PopoloClass = (typeof SECTIONS)[keyof typeof SECTIONS];

/** The class of what stands under a key; null for what is none, undefined where the objects themselves must tell. */
export function classOfKey(key: string): PopoloClass | null | undefined {
  if (Object.hasOwn(SECTIONS, key)) return SECTIONS[key as keyof typeof SECTIONS];
  if (key === 'people') return 'Person';
  return ['', 'result', 'results', 'items', 'objects'].includes(key) ? undefined : null;
}

/** The class of an object that stands among objects of any. */
export function classOf(object: Readonly<Record<string, unknown>>): PopoloClass {
  const said = object['@type'];
  const named = Object.values(SECTIONS).find((each) => each === said);
  if (named) return named;
  if ('person_id' in object && ('organization_id' in object || 'post_id' in object)) return 'Membership';
  if ('label' in object) return 'Post';
  const isOrganization = ['classification', 'founding_date', 'dissolution_date', 'parent_id'].some(
    (key) => key in object,
  );
  return isOrganization ? 'Organization' : 'Person';
}

/** The scheme of ids of a class: Popolo's are unique within one class alone. */
export const schemeOfClass = (popolo: PopoloClass): string => `POPOLO_${popolo.toUpperCase()}`;

/** The relationships that a membership may be, the one that is meant where nothing else is said first. */
export function memberships(model: Model): RelationshipType[] {
  const all = model.relationships.filter((type) => type.maps.popolo === 'Membership');
  return [...all.filter((type) => type.name === 'MEMBER_OF'), ...all.filter((type) => type.name !== 'MEMBER_OF')];
}

/** The relationship that `Membership.post_id` or `Post.organization_id` stands for. */
export const relationshipOf = (model: Model, property: string): RelationshipType | undefined =>
  model.relationships.find((type) => type.maps.popolo === property);

/** Identifiers that are unique in the world: who has one of them is met again by it. */
export const WORLDWIDE = new Set([
  'WIKIDATA',
  'VIAF',
  'ISNI',
  'GND',
  'LCAUTH',
  'FREEBASE',
  'IMDB',
  'ORCID',
  'LEI',
  'BIOGUIDE',
  'ISO3166',
  'OPENSANCTIONS',
]);

/** What files note beside names, beside our own words for kinds of names. */
export const NOTES: Readonly<Record<string, string>> = {
  'birth name': 'FORMER',
  'maiden name': 'FORMER',
  previous: 'FORMER',
  abbreviation: 'ACRONYM',
  alternate: 'ALIAS',
  multilingual: 'ALIAS',
  'also known as': 'ALIAS',
};

/** The class that an entity of a type is written as; null where there is none. */
export function popoloClassOf(type: EntityType): PopoloClass | null {
  return Object.values(SECTIONS).find((each) => each === type.maps.popolo) ?? null;
}
