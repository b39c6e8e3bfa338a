import { act, alike, between, relationship, state, timeless } from '../model/declarations.ts';
import { amount, count, float, mapped, openList, text } from '../model/kinds.ts';
import { Government, Person } from './actors.ts';
import { Event } from './events-and-sources.ts';
import { Actor, Instrument, Organization, Place } from './families.ts';
import { Area, Country, PopulationGroup, Prison } from './institutions-and-places.ts';
import { Policy } from './instruments.ts';

/** Kinship, place and control: how actors stand to one another and to places. */

export const PartOf = relationship(
  'PART_OF',
  'One is a part of another of its kind.',
  alike(Organization, Place, PopulationGroup),
  {
    names: ['partOf', 'parts'],
    phrase: ['is part of', 'has the part'],
    time: state(),
    maps: {
      ftm: 'Territory.partOf',
      popolo: 'Organization.parent_id',
      wikidata: ['P361'],
      schemaOrg: 'parentOrganization',
    },
  },
);

export const Governs = relationship('GOVERNS', 'A government rules a place.', between([Government], [Country, Area]), {
  names: ['governs', 'governments'],
  phrase: ['governs', 'is governed by'],
  time: state(),
  maps: { wikidata: ['P1001'] },
});

export const CitizenOf = relationship(
  'CITIZEN_OF',
  'Somebody has the citizenship of a country.',
  between([Person, PopulationGroup], [Country]),
  {
    names: ['citizenOf', 'citizens'],
    phrase: ['is a citizen of', 'has the citizen'],
    time: state(),
    maps: { ftm: 'Person.citizenship', wikidata: ['P27'], schemaOrg: 'nationality' },
  },
);

export const FamilyOf = relationship('FAMILY_OF', 'Two people are related.', between([Person], [Person]), {
  names: 'family',
  phrase: 'is family of',
  time: timeless,
  identity: ['kinship'],
  fields: {
    kinship: mapped(openList('How they are related.', 'PARENT_CHILD', 'SIBLING', 'SPOUSE', 'COUSIN'), {
      ftm: 'relationship',
    }),
  },
  ftmEnds: ['person', 'relative'],
  maps: { ftm: 'Family', wikidata: ['P1038'], schemaOrg: 'relatedTo' },
});

export const LocatedIn = relationship(
  'LOCATED_IN',
  'Something is at a place, or somebody lives there.',
  between([Organization, Prison, Event, Person], [Place]),
  {
    names: ['locatedIn', 'locations'],
    phrase: ['is located in', 'is the location of'],
    time: state(),
    identity: ['validFrom'],
    maps: { popolo: 'Organization.area_id', wikidata: ['P131'], schemaOrg: 'location', stix: 'located-at' },
  },
);

export const OriginatesFrom = relationship(
  'ORIGINATES_FROM',
  'An organization comes from a place.',
  between([Organization], [Place]),
  {
    names: ['originatesFrom', 'originOf'],
    phrase: ['originates from', 'is the origin of'],
    time: state(),
    maps: { wikidata: ['P495'], stix: 'originates-from' },
  },
);

export const HasMembersFrom = relationship(
  'HAS_MEMBERS_FROM',
  'An organization has members who come from a place.',
  between([Organization], [Place]),
  {
    names: ['hasMembersFrom', 'homeOfMembersOf'],
    phrase: ['has members from', 'is home of members of'],
    time: state(),
  },
);

export const OperatesIn = relationship(
  'OPERATES_IN',
  'An organization is active in a place.',
  between([Organization], [Place]),
  {
    names: ['operatesIn', 'operatedInBy'],
    phrase: ['operates in', 'is a place of operation of'],
    time: state(),
    maps: { wikidata: ['P2541'], schemaOrg: 'areaServed' },
  },
);

export const Operates = relationship('OPERATES', 'An organization runs a prison.', between([Organization], [Prison]), {
  names: ['operates', 'operatedBy'],
  phrase: ['operates', 'is operated by'],
  time: state(),
  maps: { wikidata: ['P137'] },
});

export const Owns = relationship(
  'OWNS',
  'Somebody owns an organization or a prison, or a share of it.',
  between([Person, Organization], [Organization, Prison]),
  {
    names: ['owns', 'ownedBy'],
    phrase: ['owns', 'is owned by'],
    time: state(),
    fields: {
      share: mapped(float('The share that is owned, 0 to 100 per cent.', { min: 0, max: 100 }), { ftm: 'percentage' }),
    },
    ftmEnds: ['owner', 'asset'],
    maps: { ftm: 'Ownership', wikidata: ['P1830'], schemaOrg: 'owns' },
  },
);

export const Funded = relationship(
  'FUNDED',
  'Somebody gives money to an actor or for an instrument.',
  between([Actor], [Actor, Instrument]),
  {
    names: ['funded', 'fundedBy'],
    phrase: ['funded', 'was funded by'],
    time: act,
    identity: ['on'],
    fields: { amount: amount('How much.') },
    ftmEnds: ['payer', 'beneficiary'],
    maps: { ftm: 'Payment', wikidata: ['P8324'], schemaOrg: 'funder' },
  },
);

export const AlliedWith = relationship(
  'ALLIED_WITH',
  'Two organizations stand together.',
  between([Organization], [Organization]),
  {
    names: 'allies',
    phrase: 'is allied with',
    time: state(),
    identity: ['validFrom'],
  },
);

export const RivalOf = relationship(
  'RIVAL_OF',
  'Two organizations stand against each other.',
  between([Organization], [Organization]),
  {
    names: 'rivals',
    phrase: 'is a rival of',
    time: state(),
    identity: ['validFrom'],
  },
);

export const SplitFrom = relationship(
  'SPLIT_FROM',
  'An organization came out of another.',
  between([Organization], [Organization]),
  {
    names: ['splitFrom', 'splits'],
    phrase: ['split from', 'was left by'],
    time: act,
    identity: ['on'],
    maps: { wikidata: ['P807'] },
  },
);

export const DetainedAt = relationship(
  'DETAINED_AT',
  'Somebody is held in a prison.',
  between([Person, PopulationGroup], [Prison]),
  {
    names: ['detainedAt', 'detainees'],
    phrase: ['is detained at', 'detains'],
    time: state(),
    identity: ['validFrom'],
    fields: { count: count('How many people.') },
    maps: { wikidata: ['P2632'] },
  },
);

export const DetainedUnder = relationship(
  'DETAINED_UNDER',
  'Somebody is held on the ground of a policy.',
  between([Person, PopulationGroup], [Policy]),
  {
    names: ['detainedUnder', 'detentions'],
    phrase: ['is detained under', 'is the ground of detention of'],
    time: state(),
    identity: ['validFrom'],
    fields: { count: count('How many people.') },
  },
);

export const AssociatedWith = relationship(
  'ASSOCIATED_WITH',
  'Two actors have to do with each other in a way no other relationship says.',
  between([Actor], [Actor]),
  {
    names: 'associates',
    phrase: 'is associated with',
    time: state(),
    identity: ['text'],
    fields: { text: mapped(text('In which way.'), { ftm: 'relationship' }) },
    ftmEnds: ['person', 'associate'],
    maps: { ftm: 'Associate', wikidata: ['P3342'], schemaOrg: 'knows', stix: 'related-to' },
  },
);
