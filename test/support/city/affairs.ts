import type { CityRecord } from './inhabitants.ts';

/** What holds between them, told by hand: what each relationship rests on is a claim of some grade, by somebody, somewhere. */

const herald = 'source:herald-2024-02-04';
const fact = (text: string, more: object = {}) => ({
  text,
  commitment: 'FACT',
  attribution: 'NARRATED',
  source: herald,
  ...more,
});

/** Relationships with their claims. */
const ties: CityRecord[] = [
  {
    holdsPosition: {
      tag: 'ferro-mayor',
      from: 'person:ana-ferro',
      to: 'position:mayor',
      validFrom: '2020-01-15',
      constituency: 'Port Almara',
      role: 'MEMBER',
      how: 'ELECTED',
      onBehalfOf: 'political-party:tide',
      claims: [
        fact('Ana Ferro is mayor.', { id: 'claim:ferro-mayor', observedOn: '2024-02-03', confidence: 95 }),
        fact('Ana Ferro was mayor in 2021.', {
          source: 'source:faro-reprint',
          observedOn: '2021-05-01',
          confidence: 60,
        }),
        {
          text: 'Somebody disputes the count.',
          commitment: 'ALLEGED',
          attribution: 'INDIRECT_SPEECH',
          polarity: 'NEGATED',
          source: 'source:faro-second',
          speaker: 'person:bruno-ferro',
          act: 'DENIED',
        },
      ],
    },
  },
  {
    holdsPosition: {
      from: 'person:bruno-ferro',
      to: 'position:mayor',
      validFrom: '2012',
      validTo: '2020-01-15',
      endCause: 'DEFEATED',
      claims: [fact('Bruno Ferro was mayor before her.')],
    },
  },
  {
    holdsPosition: {
      from: 'person:celia-ortuno',
      to: 'position:tide-minister',
      claims: [fact('Celia Ortuño is likely the minister.', { hedged: true, commitment: 'PREDICTED', confidence: 20 })],
    },
  },
  { positionIn: { from: 'position:mayor', to: 'government:port-almara', claims: [fact('The mayor heads the city.')] } },
  {
    familyOf: {
      from: 'person:bruno-ferro',
      to: 'person:ana-ferro',
      kinship: 'SIBLING',
      claims: [
        fact('They are siblings.', {
          attribution: 'DIRECT_QUOTE',
          quote: { text: 'Mi hermana', language: 'es', translation: 'My sister', elided: true },
        }),
      ],
    },
  },
  {
    rivalOf: {
      from: 'gang:lanterns',
      to: 'gang:low-tide',
      validFrom: '2011-06',
      claims: [fact('They fight over the mole.')],
    },
  },
  {
    rivalOf: {
      from: 'gang:low-tide',
      to: 'gang:lanterns',
      claims: [fact('They still fight.', { commitment: 'ALLEGED' })],
    },
  },
  {
    alliedWith: {
      from: 'political-party:tide',
      to: 'civil-society-organization:dockers',
      claims: [fact('They march together.')],
    },
  },
  {
    memberOf: {
      from: 'person:celia-ortuno',
      to: 'political-party:tide',
      role: 'CHAIR',
      rank: 1,
      side: 'GOVERNMENT',
      validFrom: '2018-05',
      claims: [fact('She chairs the party.')],
    },
  },
  {
    memberOf: {
      from: 'person:emil-sander',
      to: 'political-party:tide',
      claims: [fact('He is a member.', { hedged: true })],
    },
  },
  { memberOf: { from: 'person:dimitri-volkov', to: 'political-party:tide', rank: 0, claims: [fact('So is he.')] } },
  {
    partyTo: {
      from: 'country:valdria',
      to: 'agreement:transfer',
      role: 'RECEIVING_STATE',
      participation: 'SIGNATORY',
      signedOn: '2024-02-03',
      inForceOn: '2024-03',
      claims: [fact('Valdria receives.', { source: 'source:accord-text', attribution: 'DOCUMENT', locator: 'art. 1' })],
    },
  },
  {
    partyTo: {
      from: 'country:norrmark',
      to: 'agreement:transfer',
      role: 'SENDING_STATE',
      ratifiedOn: '2024-06',
      endedOn: '2026',
      claims: [fact('Norrmark sends.', { source: 'source:accord-text', attribution: 'DOCUMENT', locator: 'art. 2' })],
    },
  },
  {
    termOf: {
      tag: 'fee-term',
      from: 'agreement-term:fee',
      to: 'agreement:transfer',
      ordinal: 2,
      claims: [
        {
          id: 'claim:fee-offered',
          text: 'The mayor offers a yearly fee.',
          commitment: 'OFFERED',
          attribution: 'DIRECT_QUOTE',
          act: 'OFFERED',
          speaker: 'person:ana-ferro',
          onBehalfOf: 'government:port-almara',
          inCapacityOf: 'position:mayor',
          addressee: 'country:norrmark',
          event: 'event:signing',
          source: 'source:mayor-post',
          quote: { text: 'We ask a low fee, but "significant" for us.', language: 'en' },
          assertedAt: '2024-02-03',
          publishedAt: '2024-02-03',
        },
      ],
    },
  },
  {
    termOf: {
      from: 'agreement-term:intake',
      to: 'agreement:transfer',
      ordinal: 1,
      claims: [
        fact('The intake is agreed.', { commitment: 'AGREED', source: 'source:accord-text', attribution: 'DOCUMENT' }),
      ],
    },
  },
  {
    termOf: {
      from: 'agreement-term:visits',
      to: 'agreement:transfer',
      claims: [fact('Visits are planned.', { commitment: 'PLANNED' })],
    },
  },
  {
    detainedAt: {
      from: 'population-group:detainees',
      to: 'prison:saltcliff',
      validFrom: '2024-03-16',
      count: { exact: 238 },
      claims: [fact('They are held at Saltcliff.', { observedOn: '2024-04-01' })],
    },
  },
  {
    detainedAt: {
      from: 'person:emil-sander',
      to: 'prison:saltcliff',
      count: { atLeast: 1 },
      claims: [
        fact('Sander may be held.', {
          commitment: 'ALLEGED',
          attribution: 'INDIRECT_SPEECH',
          speaker: 'unnamed-actor:official',
          observedOn: '2024',
        }),
      ],
    },
  },
  {
    spokeOf: {
      tag: 'groups-question',
      from: 'unnamed-actor:groups',
      to: 'agreement:transfer',
      act: 'QUESTIONED',
      on: '2024-02',
      claims: [
        {
          id: 'claim:groups-question',
          text: 'Is the accord lawful?',
          commitment: 'QUESTION',
          attribution: 'INDIRECT_SPEECH',
          act: 'QUESTIONED',
          speaker: 'unnamed-actor:groups',
          source: 'source:faro-reprint',
        },
      ],
    },
  },
  {
    stanceOn: {
      from: 'civil-society-organization:open-gates',
      to: 'agreement:transfer',
      stance: 'STRONGLY_OPPOSES',
      on: '2024-02-05',
      claims: [
        {
          id: 'claim:gates-oppose',
          text: 'Open Gates opposes the accord.',
          commitment: 'EVALUATION',
          attribution: 'ANALYST',
          hedged: true,
          source: 'source:analyst',
          speaker: 'civil-society-organization:open-gates',
        },
      ],
    },
  },
  { derivedFrom: { from: 'source:faro-reprint', to: herald, on: '2024-02-06' } },
  { derivedFrom: { from: 'source:faro-second', to: 'source:faro-reprint' } },
  { mentions: { from: herald, to: 'agreement:transfer', count: { exact: 7 } } },
  { mentions: { from: herald, to: 'person:ana-ferro', count: { text: 'throughout' } } },
  { publishedBy: { from: herald, to: 'media-organization:herald', on: '2024-02-04' } },
];

/** Claims that stand by themselves. */
const claims: CityRecord[] = [
  {
    claim: {
      id: 'claim:capacity-low',
      text: 'The prison holds 900.',
      subject: 'prison:saltcliff',
      predicate: 'capacity',
      value: { number: 900 },
      commitment: 'ALLEGED',
      attribution: 'INDIRECT_SPEECH',
      speaker: 'unnamed-actor:official',
      source: herald,
      rank: 'DEPRECATED',
      rankReason: 'Corrected by the paper itself.',
      confidence: 10,
    },
  },
  {
    claim: {
      id: 'claim:capacity-high',
      text: 'The prison holds 1500.',
      subject: 'prison:saltcliff',
      predicate: 'capacity',
      value: { number: 1500 },
      commitment: 'FACT',
      attribution: 'DOCUMENT',
      source: 'source:accord-text',
      rank: 'PREFERRED',
      supersedes: ['claim:capacity-low'],
      validFrom: '2023',
    },
  },
  {
    claim: {
      id: 'claim:group-size',
      text: 'There are between 200 and 300 of them.',
      subject: 'population-group:detainees',
      predicate: 'size',
      value: { count: { atLeast: 200, atMost: 300, text: 'two or three hundred' } },
      commitment: 'PREDICTED',
      attribution: 'NARRATED',
      hedged: true,
      source: 'source:faro-second',
      disputes: ['claim:capacity-high'],
    },
  },
  {
    claim: {
      id: 'claim:fee-amount',
      text: 'The fee is six million.',
      subject: 'agreement-term:fee',
      predicate: 'amount',
      value: { amount: { value: 6000000, currency: 'VLD', text: 'six million' } },
      commitment: 'ALLEGED',
      attribution: 'INDIRECT_SPEECH',
      speaker: 'unnamed-actor:official',
      source: herald,
      qualifies: ['claim:fee-offered'],
      supports: ['claim:capacity-high', 'claim:ferro-mayor'],
    },
  },
  {
    claim: {
      id: 'claim:birth',
      text: 'Bruno was born in May 1958.',
      subject: 'person:bruno-ferro',
      predicate: 'birthDate',
      value: { date: '1958-05' },
      commitment: 'FACT',
      attribution: 'DOCUMENT',
      source: 'source:accord-text',
      quote: { text: 'nacido en mayo de 1958', language: 'es' },
    },
  },
  {
    claim: {
      id: 'claim:gender',
      text: 'Dimitri is a man.',
      subject: 'person:dimitri-volkov',
      predicate: 'gender',
      value: { text: 'male' },
      commitment: 'FACT',
      attribution: 'NARRATED',
      source: herald,
    },
  },
  {
    claim: {
      id: 'claim:remark',
      text: 'The harbour is quiet: "silencio" \\ `$p0` — émeute.',
      subject: 'area:old-harbour',
      commitment: 'EVALUATION',
      attribution: 'NARRATED',
      source: 'source:faro-reprint',
      speaker: 'person:layla-haddad',
      act: 'DESCRIBED',
      assertedAt: '2024',
    },
  },
  {
    claim: {
      id: 'claim:no-deal',
      text: 'Norrmark never funded the Lanterns.',
      subject: 'person:dimitri-volkov',
      predicate: 'FUNDED',
      object: 'gang:lanterns',
      commitment: 'FACT',
      attribution: 'DIRECT_QUOTE',
      polarity: 'NEGATED',
      act: 'DENIED',
      speaker: 'person:dimitri-volkov',
      source: 'source:mayor-post',
    },
  },
  {
    claim: {
      id: 'claim:is-it-open',
      text: 'Is the Mole open?',
      subject: 'prison:mole',
      predicate: 'LOCATED_IN',
      object: 'area:old-harbour',
      commitment: 'QUESTION',
      attribution: 'INDIRECT_SPEECH',
      speaker: 'person:emil-sander',
      act: 'QUESTIONED',
      source: 'source:faro-second',
    },
  },
  {
    claim: {
      id: 'claim:one-sentence',
      text: 'One sentence: the fee is a term, and Ana Ferro is mayor.',
      asserts: ['fee-term', 'ferro-mayor'],
      commitment: 'PROMISED',
      attribution: 'DIRECT_QUOTE',
      speaker: 'person:ana-ferro',
      source: 'source:mayor-post',
      act: 'PROMISED',
    },
  },
  {
    claim: {
      id: 'claim:withdrawn',
      text: 'Taken back later.',
      subject: 'gang:lanterns',
      object: 'area:port-almara',
      predicate: 'OPERATES_IN',
      commitment: 'ALLEGED',
      attribution: 'NARRATED',
      source: 'source:faro-second',
      disputes: ['claim:remark'],
    },
  },
];

/** Relationships and claims told by hand. */
export const affairs: readonly CityRecord[] = [...ties, ...claims];
