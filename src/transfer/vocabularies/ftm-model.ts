import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import { covers, type Model } from '../../model/model.ts';

/** What is known of FollowTheMoney's model beyond the ontology's mappings: https://followthemoney.tech/explorer/schemata/ */

/** Schemas that are read as another, which one of our types is mapped to. */
export const READ_AS: Readonly<Record<string, string>> = {
  LegalEntity: 'Company',
  Article: 'Document',
  HyperText: 'Document',
  PlainText: 'Document',
  Pages: 'Document',
  Email: 'Document',
};

/** Which schemas each end of an interval may have; absent where any may. */
const LEGAL = ['Person', 'Organization', 'Company', 'PublicBody'];
const ORGANIZATIONS = ['Organization', 'Company', 'PublicBody'];
export const RANGES: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  Occupancy: [['Person'], ['Position']],
  Membership: [LEGAL, ORGANIZATIONS],
  Employment: [['Person'], ORGANIZATIONS],
  Directorship: [LEGAL, ORGANIZATIONS],
  Ownership: [LEGAL, ['Company']],
  Family: [['Person'], ['Person']],
  Associate: [['Person'], ['Person']],
  Payment: [LEGAL, LEGAL],
  Succession: [LEGAL, LEGAL],
};

/** Schemas that link two things in a way no relationship of ours says, by their ends and in words. */
export const LINKS: Readonly<Record<string, readonly [from: string, to: string, says: string]>> = {
  UnknownLink: ['subject', 'object', ''],
  Representation: ['agent', 'client', 'represents'],
};

/** Properties that hold countries, by the relationship that says the same of a type. */
export const COUNTRY_TIES: Readonly<Record<string, { readonly person?: string; readonly organization?: string }>> = {
  nationality: { person: 'CITIZEN_OF' },
  citizenship: { person: 'CITIZEN_OF' },
  country: { organization: 'LOCATED_IN' },
  jurisdiction: { organization: 'OPERATES_IN' },
  mainCountry: { organization: 'ORIGINATES_FROM' },
};

/** Identifiers that are unique in the world, so that they may identify an entity here; by the schemas that have them. */
export const IDENTIFIERS: Readonly<Record<string, { readonly scheme: string; readonly of: readonly string[] | null }>> =
  {
    wikidataId: { scheme: 'WIKIDATA', of: null },
    leiCode: { scheme: 'LEI', of: LEGAL },
    uniqueEntityId: { scheme: 'UEI', of: LEGAL },
    permId: { scheme: 'PERMID', of: ORGANIZATIONS },
  };

/** Every other schema of the model, so that one that is left out is told from one that does not exist. */
const OTHERS =
  `Address Airplane Analyzable Asset Audio BankAccount Call CallForTenders Contract ContractAward Control CourtCase
CourtCaseParty CryptoWallet Debt Documentation EconomicActivity Folder Identification Image Interest Interval License Mention
Message Note Package Page Passport Project ProjectParticipant RealEstate Risk Sanction Security Similar Table TaxRoll Thing Trip
UserAccount Value Vehicle Vessel Video Workbook`.split(/\s+/);

export const isSchema = (model: Model, schema: string): boolean =>
  schema in READ_AS ||
  schema in LINKS ||
  schema in RANGES ||
  OTHERS.includes(schema) ||
  model.entities.some((type) => type.maps.ftm === schema);

/** Where a relationship is told by a property: `Position.organization` of its start, `Event.involved` of its end. */
export interface ToldByProperty {
  readonly relationship: RelationshipType;
  readonly schema: string;
  readonly property: string;
  /** The end that has the property. */
  readonly on: 'from' | 'to';
}

/** The relationships of the model that FollowTheMoney has a property for. */
export function toldByProperties(model: Model): ToldByProperty[] {
  return model.relationships.flatMap((relationship) => {
    const [schema, property] = relationship.maps.ftm?.split('.') ?? [];
    if (!schema || !property) return [];
    const types = model.entities.filter((type) => type.maps.ftm === schema);
    const starts = relationship.pairs.some((pair) => pair.from.some((end) => types.some((type) => covers(end, type))));
    return [{ relationship, schema, property, on: starts ? ('from' as const) : ('to' as const) }];
  });
}

/** The relationships that FollowTheMoney has a schema for. */
export const relationshipsOf = (model: Model, schema: string): RelationshipType[] =>
  model.relationships.filter((type) => type.maps.ftm === schema && type.ftmEnds !== null);

/** The schema that an entity of a type is written as; null where there is none. */
export const schemaOf = (type: EntityType): string | null => type.maps.ftm ?? null;
