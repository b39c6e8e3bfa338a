import { act, between, relationship, state, timeless } from '../model/declarations.ts';
import { integer, mapped, openList, partialDate, reference, text } from '../model/kinds.ts';
import { Gang, Person } from './actors.ts';
import { Actor, Instrument, Organization, Place } from './families.ts';
import { Country, PopulationGroup, Prison } from './institutions-and-places.ts';
import { Agreement, AgreementTerm, LegalNorm, Policy } from './instruments.ts';

/** Agreements, their terms, policies and norms: who is bound, who is covered, where, and on what ground. */

export const PartyTo = relationship(
  'PARTY_TO',
  'Somebody is a party to an agreement.',
  between([Organization, Country], [Agreement]),
  {
    names: ['agreements', 'parties'],
    phrase: ['is party to', 'has the party'],
    time: state('inForceOn', 'endedOn'),
    identity: ['role'],
    fields: {
      role: openList(
        'In which role.',
        'PARTY',
        'SENDING_STATE',
        'RECEIVING_STATE',
        'GUARANTOR',
        'MEDIATOR',
        'DEPOSITARY',
      ),
      participation: openList('How far it takes part.', 'SIGNATORY', 'PARTY', 'WITHDRAWN', 'UNKNOWN'),
      signedOn: partialDate('When it signed.'),
      ratifiedOn: partialDate('When it ratified.'),
    },
    maps: { wikidata: ['P1891', 'P6193'] },
  },
);

export const Negotiated = relationship(
  'NEGOTIATED',
  'A person took part in making an agreement.',
  between([Person], [Agreement]),
  {
    names: ['negotiated', 'negotiators'],
    phrase: ['negotiated', 'was negotiated by'],
    time: act,
    fields: { onBehalfOf: reference('Actor', 'On whose behalf.') },
  },
);

export const TermOf = relationship(
  'TERM_OF',
  'A term belongs to an agreement, or is put forward for it.',
  between([AgreementTerm], [Agreement]),
  {
    names: ['termOf', 'terms'],
    phrase: ['is a term of', 'has the term'],
    time: timeless,
    fields: { ordinal: integer('Place in the order of terms, from 1.', { min: 1 }) },
    orderedBy: 'ordinal',
  },
);

const whom = [Actor, Country, PopulationGroup];
const role = openList('In which role.', 'PAYER', 'PAYEE', 'HOST', 'SENDER', 'RECEIVER');

export const Obligates = relationship('OBLIGATES', 'A term binds somebody.', between([AgreementTerm], whom), {
  names: ['obligates', 'obligedBy'],
  phrase: ['obligates', 'is obliged by'],
  time: timeless,
  identity: ['role'],
  fields: { role },
});

export const Benefits = relationship('BENEFITS', 'A term is to somebody’s benefit.', between([AgreementTerm], whom), {
  names: ['benefits', 'benefitsFrom'],
  phrase: ['benefits', 'benefits from'],
  time: timeless,
  identity: ['role'],
  fields: { role },
});

export const ConditionalOn = relationship(
  'CONDITIONAL_ON',
  'A term stands only with another.',
  between([AgreementTerm], [AgreementTerm]),
  {
    names: ['conditionalOn', 'conditionOf'],
    phrase: ['is conditional on', 'is a condition of'],
    time: timeless,
  },
);

export const Covers = relationship(
  'COVERS',
  'A term or policy extends to people.',
  between([AgreementTerm, Policy], [PopulationGroup, Gang, Person]),
  {
    names: ['covers', 'coveredBy'],
    phrase: ['covers', 'is covered by'],
    time: timeless,
  },
);

export const CarriedOutAt = relationship(
  'CARRIED_OUT_AT',
  'A term would be or is carried out at a place.',
  between([AgreementTerm], [Place]),
  {
    names: ['carriedOutAt', 'termsCarriedOutHere'],
    phrase: ['is carried out at', 'is the place of'],
    time: timeless,
  },
);

export const BasedOn = relationship(
  'BASED_ON',
  'An instrument rests on another.',
  between([Instrument], [Instrument]),
  {
    names: ['basedOn', 'basisOf'],
    phrase: ['is based on', 'is the basis of'],
    time: timeless,
    maps: { wikidata: ['P144'], schemaOrg: 'isBasedOn' },
  },
);

export const Amends = relationship('AMENDS', 'An instrument changes another.', between([Instrument], [Instrument]), {
  names: ['amends', 'amendedBy'],
  phrase: ['amends', 'is amended by'],
  time: timeless,
  maps: { wikidata: ['P2568'], schemaOrg: 'legislationChanges' },
});

export const Implements = relationship(
  'IMPLEMENTS',
  'An instrument carries another out.',
  between([Instrument], [Instrument]),
  {
    names: ['implements', 'implementedBy'],
    phrase: ['implements', 'is implemented by'],
    time: timeless,
    maps: { schemaOrg: 'legislationTransposes' },
  },
);

export const Enacted = relationship(
  'ENACTED',
  'An organization puts a policy into force.',
  between([Organization], [Policy]),
  {
    names: ['enacted', 'enactedBy'],
    phrase: ['enacted', 'was enacted by'],
    time: act,
    maps: { wikidata: ['P467'], schemaOrg: 'legislationPassedBy' },
  },
);

export const AppliesIn = relationship('APPLIES_IN', 'A policy is in force in a place.', between([Policy], [Place]), {
  names: ['appliesIn', 'policies'],
  phrase: ['applies in', 'is under'],
  time: state(),
  maps: { wikidata: ['P1001'], schemaOrg: 'legislationJurisdiction' },
});

export const Empowers = relationship('EMPOWERS', 'A policy gives somebody powers.', between([Policy], [Actor]), {
  names: ['empowers', 'empoweredBy'],
  phrase: ['empowers', 'is empowered by'],
  time: state(),
  fields: { power: text('To do what.') },
});

export const Targets = relationship(
  'TARGETS',
  'A policy is aimed at somebody.',
  between([Policy], [Actor, PopulationGroup, Prison, Country]),
  {
    names: ['targets', 'targetedBy'],
    phrase: ['targets', 'is targeted by'],
    time: state('listedOn', 'delistedOn'),
    identity: ['programId'],
    fields: {
      programId: mapped(text('Under which programme or list.'), { ftm: 'programId' }),
      reason: mapped(text('For which reason, as the source gives it.'), { ftm: 'reason' }),
    },
    maps: { ftm: 'Sanction', stix: 'targets' },
  },
);

export const AllegedToViolate = relationship(
  'ALLEGED_TO_VIOLATE',
  'Somebody says that an instrument is against a norm.',
  between([Agreement, AgreementTerm, Policy], [LegalNorm]),
  {
    names: ['allegedToViolate', 'allegedViolations'],
    phrase: ['is alleged to violate', 'is allegedly violated by'],
    time: timeless,
  },
);
