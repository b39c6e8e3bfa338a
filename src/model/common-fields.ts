import { type EntityType, type Family, family, named } from './declarations.ts';
import {
  boolean,
  closedList,
  date,
  dateTime,
  integer,
  openList,
  partialDate,
  quote,
  reference,
  required,
  text,
  textList,
} from './kinds.ts';
import { Attribution, Commitment, Polarity, Rank, SpeechAct } from './vocabulary.ts';

/** What every node, every edge and every claim carries, whatever its type. */

/** The family that everything an analyst would search for belongs to. */
export const AnyEntity: Family = family(
  'Entity',
  'entities',
  'Anything in the graph that an analyst would search for.',
);

/** FollowTheMoney's topics, as it spells them: https://followthemoney.tech/explorer/types/topic/ */
const TOPICS =
  `crime crime.fraud crime.cyber crime.fin crime.env crime.theft crime.war crime.boss crime.terror crime.traffick
crime.traffick.drug crime.traffick.human forced.labor asset.frozen wanted corp.offshore corp.shell corp.public
corp.disqual corp.clone gov gov.national gov.state gov.muni gov.soe gov.igo gov.head gov.admin gov.executive
gov.legislative gov.judicial gov.security gov.financial gov.religion fin fin.bank fin.fund fin.adivsor
mare.detained mare.shadow mare.sts reg.action reg.warn role.pep role.pep.frmr role.pep.intl role.pep.natl
role.pol role.rca role.judge role.civil role.diplo role.lawyer role.acct role.spy role.oligarch role.journo
role.act role.lobby pol.party pol.union rel mil sanction sanction.linked sanction.control sanction.counter
export.control export.control.linked export.risk invest.risk invest.ban geo.risk debarment poi`.split(/\s+/);

export const entityFields = named({
  name: required(text('The one canonical name.', { fullText: true })),
  aliases: textList('Other names that it goes by.', { fullText: true }),
  description: text('What it is, in a sentence.', { fullText: true }),
  topics: textList('What it has to do with, in FollowTheMoney’s topic vocabulary.', { wellKnown: TOPICS }),
  createdAt: dateTime('When it was first recorded here.'),
  updatedAt: dateTime('When its record last changed.'),
  version: integer('Counts the changes of its record, from 1.'),
});

/** Set by the store, never by a record. */
export const STORE_SET = new Set(['createdAt', 'updatedAt', 'version', 'createdBy', 'recordedAt']);

export const relationshipFields = named({
  validFrom: partialDate('The day on which it begins, or on which an act happens.'),
  validTo: partialDate('The day on which it no longer holds: the interval is half-open.'),
  observedFrom: date('The first day on which a source says that it holds.'),
  observedTo: date('The last day on which a source says that it holds.'),
  status: closedList(Commitment, 'The strongest commitment among the standing claims that it rests on.'),
  weakestStatus: closedList(Commitment, 'The weakest commitment among the standing claims that it rests on.'),
  hedged: boolean('Whether every standing claim of the grade in `status` is hedged.'),
  disputed: boolean('Whether a claim denies it, or disputes a claim that it rests on.'),
  confidence: integer('The highest confidence, 0 to 100, among the standing claims of the grade in `status`.'),
  claimCount: integer('How many standing claims it rests on.'),
  sourceCount: integer('How many sources carry them; republications of one source count once.'),
  createdAt: dateTime('When it was first recorded here.'),
  updatedAt: dateTime('When its record last changed.'),
  createdBy: text('Who recorded it.'),
  version: integer('Counts the changes of its record, from 1.'),
});

/** The relationship fields that follow from claims or are set by the store. */
export const DERIVED_ON_EDGES = new Set([
  'observedFrom',
  'observedTo',
  'status',
  'weakestStatus',
  'hedged',
  'disputed',
  'confidence',
  'claimCount',
  'sourceCount',
  ...STORE_SET,
]);

export const claimFields = named({
  text: required(text('What is claimed, in neutral words.', { fullText: true })),
  predicate: required(
    text('What is said of the subject: a relationship type, a field’s name, or REMARK where neither can hold it.'),
  ),
  commitment: required(closedList(Commitment, 'How far the speaker commits to it.')),
  hedged: boolean('Whether it is softened: could, likely, potentially, reportedly.'),
  polarity: closedList(Polarity, 'Whether it asserts or denies.'),
  attribution: required(closedList(Attribution, 'How the words reached the source.')),
  act: closedList(SpeechAct, 'What the speaker does by saying it.'),
  onBehalfOf: reference('Actor', 'For whom the speaker speaks.'),
  inCapacityOf: reference('Position', 'The post in which the speaker speaks.'),
  addressee: reference('Entity', 'To whom it is said.'),
  event: reference('Event', 'The occasion on which it is said.'),
  quote: quote('The words themselves.'),
  locator: text('Where in the source.'),
  confidence: integer('How sure whoever recorded it is, 0 to 100.', { min: 0, max: 100 }),
  rank: closedList(Rank, 'Which of several claims to show first.'),
  rankReason: text('Why it is ranked so.'),
  validFrom: partialDate('From when it is said to be true.'),
  validTo: partialDate('Until when it is said to be true.'),
  observedOn: partialDate('A day on which it is said to hold.'),
  assertedAt: partialDate('When it was said.'),
  publishedAt: partialDate('When it was printed.'),
  recordedAt: dateTime('When it was recorded here.'),
});

/** The edges from a claim to what it speaks of, in the store: not relationships of the ontology. */
export const CLAIM_EDGES = ['SUBJECT', 'OBJECT', 'SPEAKER', 'STATED_IN'] as const;
/** How claims bear on one another: the edge in the store → field names from either end. */
export const CLAIM_TIES = {
  SUPPORTS: {
    forward: 'supports',
    reverse: 'supportedBy',
    says: 'Claims that it supports.',
    back: 'Claims that support it.',
  },
  DISPUTES: {
    forward: 'disputes',
    reverse: 'disputedBy',
    says: 'Claims that it disputes.',
    back: 'Claims that dispute it.',
  },
  QUALIFIES: {
    forward: 'qualifies',
    reverse: 'qualifiedBy',
    says: 'Claims that it qualifies.',
    back: 'Claims that qualify it.',
  },
  SUPERSEDES: {
    forward: 'supersedes',
    reverse: 'supersededBy',
    says: 'Claims that it takes the place of.',
    back: 'Claims that take its place.',
  },
} as const;

/** How a `Name` is meant. */
export const nameFields = named({
  value: required(text('The name itself.')),
  language: text('BCP 47 tag of its language.'),
  kind: openList('What sort of name it is.', 'LEGAL', 'ALIAS', 'ACRONYM', 'FORMER', 'WEAK'),
  validFrom: partialDate('From when it is used.'),
  validTo: partialDate('Until when it is used.'),
  origin: text('Id of the entity that it came from, where that was merged into this one.'),
});

/** Whether a type is a source: claims are stated in it, and its own edges need no further evidence. */
export const isSource = (type: EntityType): boolean => type.name === 'Source';
