/**
 * Port Almara, the invented capital of Valdria: who lives there, what stands there, what was agreed there. Everything has
 * at least one field left open; names collide, fold and stand in several scripts on purpose.
 */

/** A record as it stands in a YAML file: one key, its type. */
export type CityRecord = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const people: CityRecord[] = [
  {
    person: {
      id: 'person:ana-ferro',
      name: 'Ana Ferro',
      aliases: ['Anita', 'La Alcaldesa'],
      description: 'Mayor of Port Almara since the harbour strike.',
      birthDate: '1961-04-09',
      gender: 'female',
      givenName: 'Ana',
      familyName: 'Ferro',
      topics: ['role.pep', 'gov.executive'],
      names: [
        { value: 'Ana María Ferro Sotelo', language: 'es', kind: 'LEGAL', validFrom: '1961' },
        { value: 'Ана Ферро', language: 'ru' },
        { value: 'Ana Ferro', language: 'en', kind: 'WEAK', validFrom: '1999-05', validTo: '2010-06-01' },
      ],
      externalIds: [
        { scheme: 'WIKIDATA', value: 'Q900001' },
        { scheme: 'FTM', value: 'alm-ferro' },
      ],
    },
  },
  {
    person: {
      id: 'person:bruno-ferro',
      name: 'Brúno Ferró',
      aliases: ['El Puerto', 'Anita'],
      birthDate: '1958',
      deathDate: '2021-11',
    },
  },
  { person: { id: 'person:celia-ortuno', name: 'Celia Ortuño', birthDate: '1975-02', familyName: 'Ortuño' } },
  { person: { id: 'person:celia-ortuno-judge', name: 'CELIA  ORTUNO', description: 'A judge who shares her name.' } },
  {
    person: {
      id: 'person:dimitri-volkov',
      name: 'Дмитрий Волков',
      aliases: ['Dmitri Volkov'],
      birthDate: '1980-12-31',
    },
  },
  { person: { id: 'person:ito-haruka', name: '伊藤 遥', aliases: ['Ito Haruka', 'H. Ito'], birthDate: '1980-12-31' } },
  { person: { id: 'person:layla-haddad', name: 'ليلى حداد', gender: 'female', givenName: 'Layla' } },
  {
    person: { id: 'person:zoe-grapheme', name: '𝒵oe Astral', aliases: ['ｆｕｌｌｗｉｄｔｈ'], birthDate: '1999-01-01' },
  },
  { person: { id: 'person:halfwidth', name: '﹏wave', birthDate: '2001' } },
  {
    person: {
      id: 'person:quote-marks',
      name: 'Pat "O\'Quote" \\ `tick` $p0',
      aliases: ['+name:(x) AND *:*', 'El Puerto'],
      description: 'Named to break what quotes badly; the harbour knows her.',
    },
  },
  { person: { id: 'person:emil-sander', name: 'Emil Sander', birthDate: '1961-04', topics: ['crime'] } },
  { person: { id: 'person:emilia-sander', name: 'emilia Sander', deathDate: '2020', gender: 'female' } },
];

const organizations: CityRecord[] = [
  { government: { id: 'government:valdria', name: 'Government of Valdria', level: 'NATIONAL', foundedOn: '1921' } },
  { government: { id: 'government:port-almara', name: 'City Government of Port Almara', level: 'LOCAL' } },
  { agency: { id: 'agency:ministry-of-tides', name: 'Ministry of Tides', kind: 'MINISTRY', foundedOn: '1950-07-01' } },
  { agency: { id: 'agency:harbour-court', name: 'Harbour Court', kind: 'COURT', dissolvedOn: '2019' } },
  { agency: { id: 'agency:city-guard', name: 'City Guard', kind: 'SECURITY_FORCE', aliases: ['The Guard'] } },
  {
    politicalParty: {
      id: 'political-party:tide',
      name: 'Tide Party',
      aliases: ['Partido Marea'],
      ideology: 'municipalist',
      foundedOn: '1987-03',
      names: [{ value: 'PM', kind: 'ACRONYM' }],
    },
  },
  {
    politicalParty: { id: 'political-party:anchor', name: 'Anchor Bloc', foundedOn: '1999', dissolvedOn: '2015-06-30' },
  },
  {
    civilSocietyOrganization: {
      id: 'civil-society-organization:open-gates',
      name: 'Open Gates',
      kind: 'RIGHTS_GROUP',
      foundedOn: '2003',
    },
  },
  { civilSocietyOrganization: { id: 'civil-society-organization:dockers', name: 'Dockers’ Union', kind: 'UNION' } },
  { internationalOrganization: { id: 'international-organization:league', name: 'Coastal League', kind: 'ALLIANCE' } },
  { internationalOrganization: { id: 'international-organization:bank', name: 'Strait Bank', kind: 'BANK' } },
  { mediaOrganization: { id: 'media-organization:herald', name: 'Almara Herald', kind: 'NEWSPAPER' } },
  { mediaOrganization: { id: 'media-organization:radio-faro', name: 'Radio Faro', kind: 'BROADCASTER' } },
  { company: { id: 'company:saltworks', name: 'Saltcliff Works', kind: 'PRIVATE', foundedOn: '1978-09-15' } },
  { company: { id: 'company:ferro-shipping', name: 'Ferro Shipping', kind: 'STATE_OWNED' } },
  { university: { id: 'university:almara', name: 'University of Almara', foundedOn: '1610' } },
  { university: { id: 'university:naval', name: 'Naval College' } },
  { gang: { id: 'gang:lanterns', name: 'The Lanterns', kind: 'STREET', aliases: ['Faroleros', 'Lanterns'] } },
  { gang: { id: 'gang:low-tide', name: 'Low Tide', kind: 'PRISON', foundedOn: '2011' } },
];

const places: CityRecord[] = [
  { country: { id: 'country:valdria', name: 'Valdria', iso2: 'VX', iso3: 'VLD' } },
  { country: { id: 'country:norrmark', name: 'Norrmark', iso2: 'NX' } },
  { area: { id: 'area:port-almara', name: 'Port Almara', kind: 'CITY', latitude: 12.5, longitude: -70.25 } },
  { area: { id: 'area:saltcliff', name: 'Saltcliff', kind: 'DISTRICT', latitude: -0.5 } },
  { area: { id: 'area:old-harbour', name: 'Old Harbour', description: 'The quarter around the harbour mole.' } },
  {
    prison: {
      id: 'prison:saltcliff',
      name: 'Saltcliff Prison',
      capacity: 1200,
      openedOn: '1934',
      securityLevel: 'MAXIMUM',
      aliases: ['The Cliff'],
    },
  },
  { prison: { id: 'prison:mole', name: 'The Mole', capacity: 0, openedOn: '2001-01', closedOn: '2018-12-31' } },
  { position: { id: 'position:mayor', name: 'Mayor of Port Almara', kind: 'HEAD_OF_GOVERNMENT' } },
  { position: { id: 'position:tide-minister', name: 'Minister of Tides', kind: 'MINISTER' } },
  { position: { id: 'position:warden', name: 'Warden' } },
];

const matters: CityRecord[] = [
  {
    populationGroup: {
      id: 'population-group:detainees',
      name: 'Transferred detainees',
      size: { exact: 240, text: 'some 240' },
    },
  },
  {
    populationGroup: {
      id: 'population-group:dock-families',
      name: 'Dock families',
      size: { atLeast: 900, atMost: 1500 },
    },
  },
  { populationGroup: { id: 'population-group:nightwatch', name: 'Night watch', size: { text: 'thousands' } } },
  { populationGroup: { id: 'population-group:unsized', name: 'Unsized group' } },
  {
    agreement: {
      id: 'agreement:transfer',
      name: 'Almara Transfer Accord',
      kind: 'EXECUTIVE_AGREEMENT',
      signedOn: '2024-02-03',
      inForceFrom: '2024-03',
      subject: 'Who is held at Saltcliff, and who pays.',
    },
  },
  {
    agreement: {
      id: 'agreement:truce',
      name: 'Lantern Truce',
      kind: 'CEASEFIRE',
      signedOn: '2012',
      inForceTo: '2014-05',
    },
  },
  {
    agreementTerm: {
      id: 'agreement-term:fee',
      name: 'Yearly fee',
      kind: 'PAYMENT',
      text: 'A yearly fee for each person held.',
      amount: { value: 6000000.5, currency: 'VLD' },
    },
  },
  {
    agreementTerm: {
      id: 'agreement-term:intake',
      name: 'Intake of detainees',
      kind: 'OBLIGATION',
      text: 'Intake at the prison.',
    },
  },
  {
    agreementTerm: {
      id: 'agreement-term:upkeep',
      name: 'Upkeep of the mole',
      amount: { atLeast: 10, atMost: 20.25, currency: 'VLD' },
    },
  },
  { agreementTerm: { id: 'agreement-term:loose', name: 'A term of nothing', amount: { text: 'an unknown sum' } } },
  { agreementTerm: { id: 'agreement-term:visits', name: 'Visits', kind: 'PERMISSION' } },
  {
    policy: {
      id: 'policy:curfew',
      name: 'Harbour Curfew',
      kind: 'EMERGENCY_MEASURE',
      adoptedOn: '2022-03-27',
      inForceFrom: '2022-03-27',
      programId: 'CURFEW-1',
    },
  },
  {
    policy: {
      id: 'policy:salt-sanctions',
      name: 'Salt Sanctions',
      kind: 'SANCTIONS',
      adoptedOn: '2022',
      inForceTo: '2023',
    },
  },
  {
    legalNorm: {
      id: 'legal-norm:charter-9',
      name: 'City Charter, article 9',
      kind: 'CONSTITUTION',
      citation: 'Charter 9',
    },
  },
  { legalNorm: { id: 'legal-norm:asylum', name: 'Right of harbour' } },
  {
    event: {
      id: 'event:signing',
      name: 'Signing at the mole',
      kind: 'SIGNATURE',
      start: '2024-02-03',
      end: '2024-02-03',
    },
  },
  { event: { id: 'event:strike', name: 'Harbour strike', kind: 'MEETING', start: '2019-10', end: '2020-01' } },
  { event: { id: 'event:press', name: 'Press conference on the accord', kind: 'PRESS_CONFERENCE', start: '2024' } },
  { event: { id: 'event:undated', name: 'Night at the faro' } },
];

const sources: CityRecord[] = [
  {
    source: {
      id: 'source:herald-2024-02-04',
      name: 'Herald: accord signed',
      kind: 'ARTICLE',
      url: 'https://herald.example/accord',
      publishedAt: '2024-02-04',
      retrievedAt: '2024-02-05',
      language: 'en',
      reliability: 'HIGH',
    },
  },
  {
    source: {
      id: 'source:faro-reprint',
      name: 'Faro reprint',
      kind: 'ARTICLE',
      publishedAt: '2024-02',
      language: 'es',
    },
  },
  { source: { id: 'source:faro-second', name: 'Faro reprint of the reprint', kind: 'ARTICLE', publishedAt: '2024' } },
  { source: { id: 'source:accord-text', name: 'Text of the accord', kind: 'DOCUMENT', reliability: 'HIGH' } },
  { source: { id: 'source:mayor-post', name: 'The mayor’s post', kind: 'POST', publishedAt: '2024-02-03' } },
  { source: { id: 'source:analyst', name: 'Analyst’s note', kind: 'ANALYST_NOTE' } },
  {
    unnamedActor: {
      id: 'unnamed-actor:official',
      name: 'an official',
      number: 'ONE',
      source: 'source:herald-2024-02-04',
    },
  },
  {
    unnamedActor: {
      id: 'unnamed-actor:groups',
      name: 'rights groups',
      number: 'SEVERAL',
      source: 'source:faro-reprint',
    },
  },
];

/** Every entity of the city, sources included. */
export const inhabitants: readonly CityRecord[] = [...people, ...organizations, ...places, ...matters, ...sources];
