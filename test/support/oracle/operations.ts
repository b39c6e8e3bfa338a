/** Operations written by hand: deep, aliased, full of fragments, each with something that is easy to get wrong. */
export interface Operation {
  readonly name: string;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

const operation = (name: string, query: string, variables?: Record<string, unknown>): Operation => ({
  name,
  query,
  ...(variables ? { variables } : {}),
});

export const deepOperations: readonly Operation[] = [
  operation(
    'a person by name, without case, accents and spaces',
    `{ person(name: "  ANA   FERRÓ ") { id name aliases names { value language kind validFrom validTo }
         externalIds { scheme value } type topics version createdAt updatedAt } }`,
  ),
  operation(
    'names in other scripts and names that break quotes',
    `{ a: person(name: "дмитрий волков") { id } b: entity(name: "伊藤 遥") { id } c: person(name: "ليلى حداد") { id }
       d: person(name: "FULLWIDTH") { id } e: entity(name: "+NAME:(X) and *:*") { id name }
       f: person(name: "pat \\"o'quote\\" \\\\ \`tick\` $P0") { id } g: entity(name: "\\"") { id } h: entity(name: "") { id } }`,
  ),
  operation(
    'an alias that two people share, and a name that two people share',
    '{ a: person(name: "El Puerto") { id } b: person(name: "anita") { id } c: entity(name: "celia ortuño") { id } }',
  ),
  operation(
    'a full-text filter below a look-up by name, and below nodes(ids)',
    `{ a: person(name: "Ana Ferro") { positionsHeld(where: {node: {name: {matches: "MAYOR"}}}) { totalCount nodes { name } } }
       b: nodes(ids: ["person:ana-ferro", "claim:fee-offered", "gang:lanterns", "person:ana-ferro", "person:nobody", "x"]) {
         ... on Person { claims(where: {text: {matches: "mayor"}}) { totalCount nodes { id } } }
         ... on Gang { claims(where: {text: {matches: "mole"}}) { totalCount nodes { id } } }
         ... on Claim { id text } } }`,
  ),
  operation(
    'agreement, terms in their order, whom they cover, who pays, in one go',
    `{ agreements(orderBy: [{signedOn: DESC}]) { nodes { ...Deal } } }
     fragment Deal on Agreement { name signedOn
       parties(orderBy: [{relationship: {signedOn: ASC}}, {node: {name: DESC}}]) { edges { node { name __typename } relationship { role signedOn inForceOn status } } }
       terms { totalCount nodes { name status amount { value currency atLeast atMost text } obligates { nodes { name ... on Country { iso2 } } } covers { nodes { __typename id } } } }
       byName: terms(first: 1, orderBy: [{node: {name: ASC}}]) { pageInfo { hasNextPage hasPreviousPage } nodes { name } } }`,
  ),
  operation(
    'one key with other arguments under each concrete type',
    `{ entities(first: 100, orderBy: [{name: ASC}]) { nodes { id
         ... on Person { list: relationships(first: 1, types: [HOLDS_POSITION, FAMILY_OF]) { nodes { __typename id } } }
         ... on Gang { list: relationships(first: 3, direction: IN) { nodes { __typename id } } }
         ... on Organization { name ... on Gang { kind } ... on Agency { kind dissolvedOn } }
         ... on Place { ... on Area { latitude } ... on Prison { capacity } } } } }`,
  ),
  operation(
    'every relationship with its direction, its far end and what is its own',
    `{ organizations(first: 50) { nodes { name relationships(first: 100, orderBy: [{status: DESC}]) {
         totalCount edges { direction other { id __typename } node { __typename id type status weakestStatus hedged disputed confidence claimCount sourceCount validFrom validTo observedFrom observedTo state
           early: state(asOf: "2011-07-01") from { id } to { id }
           ... on MemberOf { rank role side } ... on PartyTo { role inForceOn endedOn } ... on Funded { on amount { value currency } }
           ... on SpokeOf { act event { id } onBehalfOf { id name } inCapacityOf { name } addressee { __typename } } } } }
         relationshipCounts { type direction count } } } }`,
  ),
  operation(
    'relationships of no type at all',
    `{ gang(id: "gang:lanterns") { none: relationships(types: []) { totalCount nodes { id } pageInfo { hasNextPage } }
       counts: relationshipCounts(types: []) { count } twice: relationships(types: [RIVAL_OF, RIVAL_OF], direction: OUT) { totalCount edges { direction } } } }`,
  ),
  operation(
    'claims with all that hangs on them',
    `{ claims(first: 200, where: {includeRetracted: true, includeDeprecated: true}) { totalCount nodes {
         id text predicate commitment hedged polarity attribution act rank rankReason confidence locator assertedAt publishedAt observedOn validFrom validTo recordedAt
         subject { id } object { id } speaker { id __typename } source { id reliability } onBehalfOf { id } inCapacityOf { id } addressee { id } event { id start }
         quote { text language translation elided } value { kind text number boolean date amount { value currency atLeast atMost text } count { exact atLeast atMost text } }
         relationships { __typename id claimCount } retraction { at by reason }
         supports { id } disputes { id } qualifies { id } supersedes { id } supportedBy { id } disputedBy { id } qualifiedBy { id } supersededBy { id } } } }`,
  ),
  operation(
    'claims about somebody in each of the roles, and their sources',
    `{ people(first: 50) { nodes { id any: claims { totalCount nodes { id } } s: claims(as: SUBJECT) { totalCount nodes { id } }
         o: claims(as: OBJECT, first: 1) { totalCount pageInfo { hasNextPage } nodes { id } } e: claims(as: EDGE) { totalCount nodes { id } }
         statements { totalCount nodes { act } } sources { totalCount nodes { id } edges { node { name } } pageInfo { hasNextPage hasPreviousPage } } } } }`,
  ),
  operation(
    'filters that hold for what is unknown only through not and isNull',
    `{ a: people(where: {not: {birthDate: {lt: "1970"}}}) { totalCount nodes { id birthDate } }
       b: people(where: {birthDate: {ne: "1961-04-09"}}) { totalCount } c: people(where: {birthDate: {isNull: true}}) { nodes { id } }
       d: people(where: {or: [{birthDate: {gte: "1980"}}, {deathDate: {isNull: false}}]}) { nodes { id } }
       e: people(where: {or: []}) { totalCount } f: people(where: {and: []}) { totalCount } g: people(where: {not: {}}) { totalCount }
       h: people(where: {birthDate: {lte: "1961-04"}}) { nodes { id } } i: people(where: {birthDate: {lt: "1961-04"}}) { nodes { id } }
       j: people(where: {birthDate: {between: ["1961-04", "1980-12-31"]}}) { nodes { id } } k: people(where: {gender: {notIn: ["male"]}}) { nodes { id } } }`,
  ),
  operation(
    'operators whose value is null, which nothing fulfils',
    `query($none: String, $type: EntityType, $date: PartialDate) {
       a: people(where: {name: {eq: $none}}) { totalCount } b: entities(where: {type: {eq: null}}) { totalCount }
       c: entities(where: {type: {ne: $type}}) { totalCount } d: people(where: {externalIds: {has: null}}) { totalCount }
       e: people(where: {externalIds: {hasAny: null}}) { totalCount } f: people(where: {birthDate: {gt: $date}}) { totalCount }
       g: people(where: {aliases: {hasAny: null}}) { totalCount } h: entity(id: "gang:lanterns") { relationships(where: {type: {ne: null}}) { totalCount } } }`,
    { none: null, type: null, date: null },
  ),
  operation(
    'external ids, lists, counts, amounts, quotes and statuses as filters',
    `{ a: entities(where: {externalIds: {has: {scheme: "WIKIDATA", value: "Q900001"}}}) { nodes { id } }
       b: people(where: {externalIds: {isEmpty: false}}) { totalCount } c: people(where: {aliases: {hasAny: ["Anita", "x"]}}) { nodes { id } }
       d: populationGroups(where: {size: {atLeast: {gte: 900}}}) { nodes { id size { exact text } } }
       e: populationGroups(where: {size: {isNull: true}}) { nodes { id } } f: agreementTerms(where: {amount: {value: {gt: 6000000}}}) { nodes { id } }
       g: agreementTerms(where: {status: {in: [OFFERED, PLANNED]}}) { nodes { id } } h: agreementTerms(where: {not: {status: {ne: OFFERED}}}) { nodes { id status } }
       i: claims(where: {quote: {text: {matches: "hermana"}}}) { nodes { id } } j: claims(where: {quote: {elided: {eq: false}}, rank: {eq: PREFERRED}}) { nodes { id } }
       k: claims(where: {about: ["gang:lanterns", "prison:saltcliff"], speaker: {name: {startsWith: "an "}}}) { nodes { id } }
       l: claims(where: {disputedBy: true}) { nodes { id } } m: claims(where: {supersedes: true, supports: false}) { nodes { id } } }`,
  ),
  operation(
    'one instant with two offsets',
    `{ a: people(where: {createdAt: {eq: "2025-02-05T12:00:00Z"}}) { totalCount } b: people(where: {createdAt: {eq: "2025-02-05T14:00:00+02:00"}}) { totalCount }
       c: people(where: {createdAt: {in: ["2025-02-05T13:00:00+01:00"]}}) { totalCount } d: people(where: {createdAt: {ne: "2025-02-05T09:00:00-03:00"}}) { totalCount }
       e: people(where: {createdAt: {gt: "2025-02-05T13:59+02:00"}}) { totalCount } f: people(where: {createdAt: {lt: "2025-02-05T12:00:00.000000001Z"}}) { totalCount } }`,
  ),
  operation(
    'orders in which absent values come last both ways',
    `{ a: agreementTerms(orderBy: [{text: ASC}]) { nodes { id text } } b: agreementTerms(orderBy: [{text: DESC}]) { nodes { id text } }
       c: agreementTerms(orderBy: [{status: DESC}, {amount: ASC}]) { nodes { id } } d: politicalParty(id: "political-party:tide") {
         up: members(orderBy: [{relationship: {rank: ASC}}]) { nodes { id } edges { relationship { rank } } } down: members(orderBy: [{relationship: {rank: DESC}}, {node: {name: DESC}}]) { nodes { id } } }
       e: populationGroups(orderBy: [{size: DESC}]) { nodes { id } } f: people(last: 3, orderBy: [{deathDate: DESC}, {name: ASC}]) { nodes { id } } }`,
  ),
  operation(
    'directives that leave fields, fragments and whole selections out',
    `query($yes: Boolean!, $no: Boolean!) { person(id: "person:ana-ferro") { id @skip(if: $yes) name @include(if: $yes) ...P @include(if: $no)
         ... @skip(if: $no) { aliases } positionsHeld { nodes @include(if: $no) { id } } family @skip(if: $no) { nodes { id @include(if: $no) } } ...P } }
     fragment P on Person { gender ...P2 } fragment P2 on Actor { description ... on Person { familyName } }`,
    { yes: true, no: false },
  ),
];
