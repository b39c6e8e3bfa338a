/** The vocabularies of the field that a declaration says its counterpart in. Import, export and JSON-LD read them. */
export interface Mappings {
  /** FollowTheMoney schema (of a type) or interval schema (of a relationship). */
  readonly ftm?: string;
  /** Popolo class, or class and property. */
  readonly popolo?: string;
  /** Wikidata items (of a type) or properties (of a relationship): pointers to check, not facts. */
  readonly wikidata?: readonly string[];
  /** schema.org type or property. */
  readonly schemaOrg?: string;
  /** STIX 2.1 object or relationship type. */
  readonly stix?: string;
}

/** What a field is called there: a property of the object that its entity, or the edge itself, is written as. */
export interface FieldMappings {
  readonly ftm?: string;
  readonly popolo?: string;
}

/** What tells a type among those that are one and the same in another vocabulary. */
export interface Telling {
  /** FollowTheMoney topics; the first is written. */
  readonly topics?: readonly string[];
  /** Words by which files classify it, in small letters; the first is written. Its own name and its kinds go without saying. */
  readonly words?: readonly string[];
  /** The vocabularies in which it is the one that is meant where nothing tells. */
  readonly otherwise?: readonly ('ftm' | 'popolo' | 'stix')[];
}

export const VOCABULARIES = {
  ftm: 'FollowTheMoney',
  popolo: 'Popolo',
  wikidata: 'Wikidata',
  schemaOrg: 'schema.org',
  stix: 'STIX 2.1',
} as const satisfies Record<keyof Mappings, string>;
