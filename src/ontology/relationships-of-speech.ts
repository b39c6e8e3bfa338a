import { AnyEntity } from '../model/common-fields.ts';
import { act, between, relationship, timeless } from '../model/declarations.ts';
import { closedList, count, openList, reference, required } from '../model/kinds.ts';
import { SpeechAct, Stance } from '../model/vocabulary.ts';
import { Event, Source } from './events-and-sources.ts';
import { Actor, Organization } from './families.ts';
import { Country } from './institutions-and-places.ts';

/** Events, what is said at them and of whom, and the sources that tell it. */

export const ParticipatedIn = relationship(
  'PARTICIPATED_IN',
  'Somebody takes part in an event.',
  between([Actor, Country], [Event]),
  {
    names: ['participatedIn', 'participants'],
    phrase: ['took part in', 'had the participant'],
    time: act,
    identity: ['role'],
    fields: { role: openList('In which role.', 'ACTOR', 'RECIPIENT', 'HOST', 'VISITOR', 'SPEAKER', 'AUDIENCE') },
    maps: { ftm: 'Event.involved', wikidata: ['P1344'], schemaOrg: 'participant' },
  },
);

export const About = relationship('ABOUT', 'An event is about something.', between([Event], [AnyEntity]), {
  names: ['about', 'subjectOf'],
  phrase: ['is about', 'is the subject of'],
  time: timeless,
  maps: { wikidata: ['P921'], schemaOrg: 'about' },
});

const event = reference('Event', 'On which occasion.');
const onBehalfOf = reference('Actor', 'For whom the speaker speaks.');
const inCapacityOf = reference('Position', 'The post in which the speaker speaks.');

export const SpokeOf = relationship(
  'SPOKE_OF',
  'Somebody does something by speaking of something.',
  between([Actor], [AnyEntity]),
  {
    names: ['speechActs', 'speechActsToward'],
    phrase: ['spoke of', 'was spoken of by'],
    time: act,
    identity: ['act', 'event'],
    fields: {
      act: required(closedList(SpeechAct, 'What is done by saying it.')),
      event,
      onBehalfOf,
      inCapacityOf,
      addressee: reference('Entity', 'To whom it is said.'),
    },
  },
);

export const StanceOn = relationship(
  'STANCE_ON',
  'Somebody is for or against something.',
  between([Actor], [AnyEntity]),
  {
    names: ['stances', 'stancesToward'],
    phrase: ['takes a stance on', 'is the object of a stance of'],
    time: act,
    identity: ['stance', 'event'],
    fields: { stance: required(closedList(Stance, 'How far for or against.')), event, onBehalfOf, inCapacityOf },
  },
);

export const Mentions = relationship('MENTIONS', 'A source mentions something.', between([Source], [AnyEntity]), {
  names: ['mentions', 'mentionedIn'],
  phrase: ['mentions', 'is mentioned in'],
  time: act,
  fields: { count: count('How many times.') },
  maps: { ftm: 'Mention', schemaOrg: 'mentions' },
});

export const PublishedBy = relationship(
  'PUBLISHED_BY',
  'A source is published by an organization.',
  between([Source], [Organization]),
  {
    names: ['publishedBy', 'published'],
    phrase: ['is published by', 'published'],
    time: act,
    maps: { wikidata: ['P123'], schemaOrg: 'publisher' },
  },
);

export const AuthoredBy = relationship('AUTHORED_BY', 'A source is written by somebody.', between([Source], [Actor]), {
  names: ['authoredBy', 'authored'],
  phrase: ['is written by', 'wrote'],
  time: act,
  maps: { wikidata: ['P50'], schemaOrg: 'author' },
});

export const DerivedFrom = relationship(
  'DERIVED_FROM',
  'A source repeats another, so that the two count as one.',
  between([Source], [Source]),
  {
    names: ['derivedFrom', 'republishedAs'],
    phrase: ['is derived from', 'is republished as'],
    time: act,
    maps: { wikidata: ['P144'], schemaOrg: 'isBasedOn' },
  },
);
