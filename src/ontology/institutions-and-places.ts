import { entity } from '../model/declarations.ts';
import { count, float, integer, openList, partialDate, text } from '../model/kinds.ts';
import { Institution, Place } from './families.ts';

export const Prison = entity('Prison', 'A place where people are held by or for a state.', {
  plural: 'prisons',
  families: [Institution, Place],
  fields: {
    capacity: integer('How many people it is built to hold.', { min: 0 }),
    openedOn: partialDate('When it opened.'),
    closedOn: partialDate('When it closed.'),
    securityLevel: openList('How strictly it is guarded.', 'MINIMUM', 'MEDIUM', 'MAXIMUM', 'SUPERMAX'),
  },
  maps: { wikidata: ['Q40357'], schemaOrg: 'CivicStructure', stix: 'location' },
  told: { words: ['prison'] },
});

export const Country = entity('Country', 'A state as a place, apart from its government.', {
  plural: 'countries',
  families: [Place],
  fields: {
    iso2: text('ISO 3166-1 alpha-2 code.'),
    iso3: text('ISO 3166-1 alpha-3 code.'),
  },
  maps: { ftm: 'Territory', popolo: 'Area', wikidata: ['Q6256'], schemaOrg: 'Country', stix: 'location' },
  told: { words: ['country', 'state', 'nation'] },
});

export const Area = entity('Area', 'A place that is not a country: region, province, district, city, electoral area.', {
  plural: 'areas',
  families: [Place],
  fields: {
    kind: openList('What sort of place it is.', 'REGION', 'PROVINCE', 'DISTRICT', 'CITY', 'ELECTORAL_DISTRICT'),
    latitude: float('Degrees north, WGS 84.', { min: -90, max: 90 }),
    longitude: float('Degrees east, WGS 84.', { min: -180, max: 180 }),
  },
  maps: { ftm: 'Territory', popolo: 'Area', wikidata: ['Q82794'], schemaOrg: 'AdministrativeArea', stix: 'location' },
  told: { words: ['area', 'constituency', 'locality'], otherwise: ['ftm', 'popolo', 'stix'] },
});

export const Position = entity('Position', 'A named post, whoever holds it.', {
  plural: 'positions',
  fields: {
    kind: openList(
      'What sort of post it is.',
      'HEAD_OF_STATE',
      'HEAD_OF_GOVERNMENT',
      'MINISTER',
      'LEGISLATOR',
      'JUDGE',
      'AMBASSADOR',
      'PARTY_OFFICE',
      'ORGANIZATION_OFFICE',
      'ACADEMIC',
    ),
  },
  maps: { ftm: 'Position', popolo: 'Post', wikidata: ['Q4164871'], stix: 'identity/class' },
  told: { words: ['position', 'post'] },
});

export const PopulationGroup = entity(
  'PopulationGroup',
  'People who are spoken of together without being organized, such as those whom a term covers.',
  {
    plural: 'populationGroups',
    fields: { size: count('How many people belong to it.') },
    maps: { wikidata: ['Q16334295'], schemaOrg: 'Audience', stix: 'identity/class' },
    told: { otherwise: ['stix'] },
  },
);
