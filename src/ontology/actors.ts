import { entity } from '../model/declarations.ts';
import { mapped, openList, partialDate, reference, required, text } from '../model/kinds.ts';
import { Actor, Institution, Organization } from './families.ts';

export const Person = entity('Person', 'A human being.', {
  plural: 'people',
  families: [Actor],
  fields: {
    birthDate: mapped(partialDate('When the person was born.'), { ftm: 'birthDate', popolo: 'birth_date' }),
    deathDate: mapped(partialDate('When the person died.'), { ftm: 'deathDate', popolo: 'death_date' }),
    gender: mapped(text('Gender, as the source tells it.'), { ftm: 'gender', popolo: 'gender' }),
    givenName: mapped(text('Given name or names.'), { ftm: 'firstName', popolo: 'given_name' }),
    familyName: mapped(text('Family name or names.'), { ftm: 'lastName', popolo: 'family_name' }),
  },
  maps: { ftm: 'Person', popolo: 'Person', wikidata: ['Q5'], schemaOrg: 'Person', stix: 'identity/individual' },
});

const foundedOn = mapped(partialDate('When it was founded.'), { ftm: 'incorporationDate', popolo: 'founding_date' });
const dissolvedOn = mapped(partialDate('When it ceased to exist.'), {
  ftm: 'dissolutionDate',
  popolo: 'dissolution_date',
});

export const Government = entity('Government', 'The executive of a state or of a part of one.', {
  plural: 'governments',
  families: [Organization, Institution],
  fields: {
    level: openList('How far its authority reaches.', 'NATIONAL', 'REGIONAL', 'LOCAL', 'SUPRANATIONAL'),
    foundedOn,
    dissolvedOn,
  },
  maps: {
    ftm: 'PublicBody',
    popolo: 'Organization',
    wikidata: ['Q7188'],
    schemaOrg: 'GovernmentOrganization',
    stix: 'identity/organization',
  },
  told: { words: ['government', 'executive', 'cabinet'], topics: ['gov.executive'] },
});

export const Agency = entity(
  'Agency',
  'A public body under or beside a government: ministry, court, legislature, security force, committee.',
  {
    plural: 'agencies',
    families: [Organization, Institution],
    fields: {
      kind: openList(
        'What sort of public body it is.',
        'MINISTRY',
        'COURT',
        'LEGISLATURE',
        'SECURITY_FORCE',
        'COMMITTEE',
        'SUBCOMMITTEE',
        'REGULATOR',
      ),
      foundedOn,
      dissolvedOn,
    },
    maps: {
      ftm: 'PublicBody',
      popolo: 'Organization',
      wikidata: ['Q327333'],
      schemaOrg: 'GovernmentOrganization',
      stix: 'identity/organization',
    },
    told: {
      words: ['agency', 'public body', 'parliament', 'chamber', 'senate', 'assembly', 'department', 'police', 'army'],
      otherwise: ['ftm'],
    },
  },
);

export const PoliticalParty = entity('PoliticalParty', 'An organization that puts up candidates for office.', {
  plural: 'politicalParties',
  families: [Organization],
  fields: { ideology: text('Its political leaning, as the source tells it.'), foundedOn, dissolvedOn },
  maps: {
    ftm: 'Organization',
    popolo: 'Organization',
    wikidata: ['Q7278'],
    schemaOrg: 'PoliticalParty',
    stix: 'identity/organization',
  },
  told: { words: ['party', 'political party', 'parliamentary group', 'faction'], topics: ['pol.party'] },
});

export const CivilSocietyOrganization = entity(
  'CivilSocietyOrganization',
  'An association outside state and market: rights groups, unions, churches, foundations.',
  {
    plural: 'civilSocietyOrganizations',
    families: [Organization],
    fields: {
      kind: openList(
        'What sort of association it is.',
        'RIGHTS_GROUP',
        'UNION',
        'RELIGIOUS',
        'FOUNDATION',
        'THINK_TANK',
      ),
      foundedOn,
      dissolvedOn,
    },
    maps: {
      ftm: 'Organization',
      popolo: 'Organization',
      wikidata: ['Q163740'],
      schemaOrg: 'NGO',
      stix: 'identity/organization',
    },
    told: {
      words: ['civil society organization', 'ngo', 'association', 'charity', 'church', 'trade union'],
      topics: ['pol.union', 'rel'],
      otherwise: ['ftm', 'popolo', 'stix'],
    },
  },
);

export const InternationalOrganization = entity(
  'InternationalOrganization',
  'A body whose members are states, or that acts across them by treaty.',
  {
    plural: 'internationalOrganizations',
    families: [Organization],
    fields: {
      kind: openList('What sort of body it is.', 'INTERGOVERNMENTAL', 'SUPRANATIONAL', 'COURT', 'BANK', 'ALLIANCE'),
      foundedOn,
      dissolvedOn,
    },
    maps: {
      ftm: 'Organization',
      popolo: 'Organization',
      wikidata: ['Q484652'],
      schemaOrg: 'Organization',
      stix: 'identity/organization',
    },
    told: { words: ['international organization', 'international organisation', 'igo'], topics: ['gov.igo'] },
  },
);

export const MediaOrganization = entity('MediaOrganization', 'A body that publishes news.', {
  plural: 'mediaOrganizations',
  families: [Organization],
  fields: {
    kind: openList('What sort of publisher it is.', 'NEWSPAPER', 'BROADCASTER', 'NEWS_AGENCY', 'WEBSITE'),
    foundedOn,
    dissolvedOn,
  },
  maps: {
    ftm: 'Organization',
    popolo: 'Organization',
    wikidata: ['Q1193236'],
    schemaOrg: 'NewsMediaOrganization',
    stix: 'identity/organization',
  },
  told: { words: ['media organization', 'media', 'publisher'] },
});

export const Company = entity('Company', 'A business.', {
  plural: 'companies',
  families: [Organization],
  fields: {
    kind: openList('What sort of business it is.', 'PUBLIC', 'PRIVATE', 'STATE_OWNED', 'SOCIAL_MEDIA_PLATFORM'),
    foundedOn,
    dissolvedOn,
  },
  maps: {
    ftm: 'Company',
    popolo: 'Organization',
    wikidata: ['Q783794'],
    schemaOrg: 'Corporation',
    stix: 'identity/organization',
  },
  told: { words: ['company', 'business', 'corporation'] },
});

export const University = entity('University', 'A place of higher learning, colleges included.', {
  plural: 'universities',
  families: [Organization, Institution],
  fields: { foundedOn },
  maps: {
    ftm: 'Organization',
    popolo: 'Organization',
    wikidata: ['Q3918'],
    schemaOrg: 'CollegeOrUniversity',
    stix: 'identity/organization',
  },
  told: { words: ['university', 'college'] },
});

export const Gang = entity('Gang', 'A criminal group with a name of its own.', {
  plural: 'gangs',
  families: [Organization],
  fields: {
    kind: openList('What sort of group it is.', 'STREET', 'PRISON', 'TRANSNATIONAL', 'CARTEL'),
    foundedOn,
    dissolvedOn,
  },
  maps: {
    ftm: 'Organization',
    popolo: 'Organization',
    wikidata: ['Q275186'],
    schemaOrg: 'Organization',
    stix: 'threat-actor',
  },
  told: { words: ['gang', 'criminal organization'], topics: ['crime'] },
});

export const UnnamedActor = entity(
  'UnnamedActor',
  'Somebody whom a source mentions without a name, such as "rights organisations" or "an official". Belongs to that one source and is never merged across sources.',
  {
    plural: 'unnamedActors',
    families: [Actor],
    fields: {
      number: required(openList('Whether it is one or more.', 'ONE', 'SEVERAL')),
      source: required(reference('Source', 'The one source that speaks of it.')),
    },
    maps: { stix: 'identity/group' },
  },
);
