import { entity } from '../model/declarations.ts';
import { amount, openList, partialDate, statusOf, text } from '../model/kinds.ts';
import { Instrument } from './families.ts';

const inForceFrom = partialDate('From when it is in force.');
const inForceTo = partialDate('From when it is no longer in force.');

export const Agreement = entity('Agreement', 'Something settled between two or more parties: treaty, deal, pact.', {
  plural: 'agreements',
  families: [Instrument],
  fields: {
    kind: openList(
      'What sort of agreement it is.',
      'TREATY',
      'EXECUTIVE_AGREEMENT',
      'MEMORANDUM',
      'DEAL',
      'CEASEFIRE',
      'TRADE',
    ),
    signedOn: partialDate('When it was signed.'),
    inForceFrom,
    inForceTo,
    subject: text('What it is about.'),
  },
  maps: { wikidata: ['Q131569'], stix: 'course-of-action' },
});

export const AgreementTerm = entity(
  'AgreementTerm',
  'One thing that an agreement provides, or that is put forward for it.',
  {
    plural: 'agreementTerms',
    families: [Instrument],
    fields: {
      kind: openList('What sort of term it is.', 'OBLIGATION', 'PAYMENT', 'CONDITION', 'PERMISSION', 'PROHIBITION'),
      text: text('What it provides, in neutral words.', { fullText: true }),
      amount: amount('The sum that it names.'),
      status: statusOf('TERM_OF', 'How firmly it belongs to its agreement: the status of that relationship.'),
    },
    maps: { stix: 'course-of-action' },
  },
);

export const Policy = entity(
  'Policy',
  'What a government decides by itself: law, decree, emergency measure, programme, sanctions.',
  {
    plural: 'policies',
    families: [Instrument],
    fields: {
      kind: openList('What sort of policy it is.', 'LAW', 'DECREE', 'EMERGENCY_MEASURE', 'PROGRAMME', 'SANCTIONS'),
      adoptedOn: partialDate('When it was adopted.'),
      inForceFrom,
      inForceTo,
      programId: text('Its identifier in lists of sanctions or programmes.'),
    },
    maps: { wikidata: ['Q1156854'], schemaOrg: 'Legislation', stix: 'course-of-action' },
  },
);

export const LegalNorm = entity(
  'LegalNorm',
  'A rule of law that conduct is measured by: article, convention, principle.',
  {
    plural: 'legalNorms',
    families: [Instrument],
    fields: {
      kind: openList('What sort of rule it is.', 'CONSTITUTION', 'CONVENTION', 'STATUTE', 'CUSTOMARY_LAW', 'PRINCIPLE'),
      citation: text('How it is cited.'),
    },
    maps: { wikidata: ['Q216200'], schemaOrg: 'Legislation', stix: 'course-of-action' },
  },
);
