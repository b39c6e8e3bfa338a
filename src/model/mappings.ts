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

export const VOCABULARIES = {
  ftm: 'FollowTheMoney',
  popolo: 'Popolo',
  wikidata: 'Wikidata',
  schemaOrg: 'schema.org',
  stix: 'STIX 2.1',
} as const satisfies Record<keyof Mappings, string>;
