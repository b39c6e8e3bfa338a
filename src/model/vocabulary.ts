/**
 * The closed lists: every value has a meaning that code branches on. Open lists (`kind`, `role` …) are strings and are
 * declared with their well-known values where they are used.
 */

/** A closed list: its name in GraphQL, its meaning, its values in their order. */
export interface ClosedList<V extends string = string> {
  readonly name: string;
  readonly description: string;
  readonly values: Readonly<Record<V, string>>;
}

const closed = <V extends string>(name: string, description: string, values: Record<V, string>): ClosedList<V> => ({
  name,
  description,
  values,
});

export const Commitment = closed('Commitment', 'How far the speaker commits to what is said.', {
  FACT: 'Stated as a fact.',
  AGREED: 'Said to have been settled by all sides.',
  PROMISED: 'Promised by one side.',
  OFFERED: 'Put forward by one side; not known to be accepted.',
  PROPOSED: 'Suggested; no side is bound.',
  PLANNED: 'Intended by whoever would do it.',
  PREDICTED: 'Expected to come about.',
  ALLEGED: 'Would be a fact if it were true; not established.',
  EVALUATION: 'A judgement that no fact settles. A kind of speech, outside the order of grades.',
  QUESTION: 'An open question. A kind of speech, outside the order of grades.',
});
export type Commitment = keyof typeof Commitment.values;

/** The grades from the strongest to the weakest: the order that `minCommitment` compares by. */
export const GRADES = [
  'FACT',
  'AGREED',
  'PROMISED',
  'OFFERED',
  'PROPOSED',
  'PLANNED',
  'PREDICTED',
  'ALLEGED',
] as const satisfies readonly Commitment[];

/** From strongest to weakest, kinds of speech last: the order in which an edge's status is found. */
export const COMMITMENTS = [...GRADES, 'EVALUATION', 'QUESTION'] as const satisfies readonly Commitment[];

export const Polarity = closed('Polarity', 'Whether a claim asserts or denies.', {
  POSITIVE: 'It is so.',
  NEGATED: 'It is not so.',
});
export type Polarity = keyof typeof Polarity.values;

export const Attribution = closed('Attribution', 'How the words reached the source.', {
  DIRECT_QUOTE: 'The speaker’s own words.',
  INDIRECT_SPEECH: 'The speaker’s words, told by the source.',
  NARRATED: 'The source’s own telling.',
  DOCUMENT: 'The text of a document.',
  ANALYST: 'Added by whoever keeps this graph; no outside source says it.',
});
export type Attribution = keyof typeof Attribution.values;

export const Rank = closed('Rank', 'Which of several claims to show first.', {
  PREFERRED: 'Shown before the others.',
  NORMAL: 'No preference.',
  DEPRECATED: 'Kept, but known to be wrong or outdated.',
});
export type Rank = keyof typeof Rank.values;

export const SpeechAct = closed('SpeechAct', 'What is done by saying it.', {
  ANNOUNCED: 'Made known.',
  CONFIRMED: 'Confirmed.',
  AGREED: 'Agreed to.',
  ACCEPTED: 'Accepted.',
  REJECTED: 'Rejected.',
  OFFERED: 'Offered.',
  PROMISED: 'Promised.',
  PROPOSED: 'Proposed.',
  CRITICIZED: 'Criticized.',
  CONDEMNED: 'Condemned.',
  WARNED: 'Warned of.',
  QUESTIONED: 'Questioned.',
  ALLEGED: 'Alleged.',
  SUPPORTED: 'Supported.',
  DENIED: 'Denied.',
  DESCRIBED: 'Described.',
});
export type SpeechAct = keyof typeof SpeechAct.values;

export const Stance = closed('Stance', 'A position for or against.', {
  STRONGLY_OPPOSES: 'Strongly against.',
  OPPOSES: 'Against.',
  NEUTRAL: 'Neither for nor against.',
  SUPPORTS: 'For.',
  STRONGLY_SUPPORTS: 'Strongly for.',
});

export const TemporalState = closed('TemporalState', 'Where an edge stands in time, seen from a day.', {
  PAST: 'Surely over; for an act: done.',
  CURRENT: 'Surely holds.',
  FUTURE: 'Surely not begun.',
  UNKNOWN: 'The dates that are known do not tell.',
});
export type TemporalState = keyof typeof TemporalState.values;

export const ClaimRole = closed('ClaimRole', 'In which role an entity stands in a claim.', {
  ANY: 'In any of the roles.',
  SUBJECT: 'The claim is about it.',
  OBJECT: 'The claim ties its subject to it.',
  EDGE: 'It is an end of a relationship that rests on the claim.',
});

export const Direction = closed('Direction', 'The direction of a relationship, seen from the entity asked.', {
  OUT: 'It starts here.',
  IN: 'It ends here.',
  BOTH: 'Either; also what a symmetric relationship answers.',
});

export const OrderDirection = closed('OrderDirection', 'Ascending or descending; absent values come last both ways.', {
  ASC: 'Smallest first.',
  DESC: 'Largest first.',
});

export const SearchMode = closed('SearchMode', 'How the text of a search is read.', {
  SIMPLE:
    'As words: everything in it is looked for, nothing in it is syntax. Typos, accents, case and script are forgiven.',
  LUCENE:
    'As Lucene’s query syntax, over the fields name, aliases, description and text: phrases, wildcards, AND OR NOT, ~ and ^.',
});

export const Judgement = closed('Judgement', 'Whether two entities are one and the same.', {
  SAME: 'They are; a merge may follow.',
  DIFFERENT: 'They are not, however alike; nobody merges them until that is judged anew.',
  UNSURE: 'It was looked at, and could not be told.',
});
export type Judgement = keyof typeof Judgement.values;

/** All of them, in the order in which they are printed. */
export const CLOSED_LISTS = [
  Commitment,
  Polarity,
  Attribution,
  Rank,
  SpeechAct,
  Stance,
  TemporalState,
  ClaimRole,
  Direction,
  OrderDirection,
  SearchMode,
  Judgement,
] as const;
