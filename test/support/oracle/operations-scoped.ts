import { GRADES } from '../../../src/model/vocabulary.ts';
import type { Agree } from './agreement.ts';
import type { Pool } from './pool.ts';

/**
 * Operations whose answers turn on the day and the commitment that are asked for, over every edge of a graph; each is asked
 * for many days, which costs little once the database has planned it. They fit any graph of the ontology.
 */
export const scopedOperations: readonly { readonly name: string; readonly query: string }[] = [
  {
    name: 'ranges that begin and end on the day, may have and surely',
    query: `query($day: Date!, $other: Date!, $grade: Commitment!) { entities(first: 100) { nodes { id
      a: relationships(first: 100, where: {overlaps: {from: $day}}) { nodes { id } }
      b: relationships(first: 100, where: {overlaps: {to: $day}, not: {overlaps: {from: $other, to: $day}}}) { nodes { id } }
      c: relationships(first: 100, certain: true, where: {overlaps: {from: $day, to: $day}}) { nodes { id } }
      d: relationships(first: 100, certain: true, minCommitment: $grade, where: {overlaps: {from: $other, to: $day}}) { nodes { id } } } } }`,
  },
  {
    name: 'what is inherited, lifted and replaced',
    query: `query($day: Date!, $other: Date!, $grade: Commitment!) { entities(first: 100, asOf: $day, certain: true, minCommitment: $grade) { nodes { id
      a: relationships(first: 100) { nodes { id state other: state(asOf: $other) } }
      b: relationships(first: 100, asOf: null) { nodes { id state from { relationships(first: 2) { totalCount } } } }
      c: relationships(first: 100, certain: null, minCommitment: null) { nodes { id } }
      d: relationshipCounts(types: [HOLDS_POSITION, STANCE_ON, SPOKE_OF, MEMBER_OF, TERM_OF], certain: false) { type direction count } } } }`,
  },
  {
    name: 'scopes of matches, which reach what their nodes are filtered by',
    query: `query($day: Date!, $other: Date!, $grade: Commitment!) { entities(first: 100, minCommitment: $grade) { nodes { id
      ... on Person {
        a: positionsHeld(where: {asOf: $day, node: {holders: {count: {gte: 1, where: {relationship: {validFrom: {isNull: false}}}}}}}) { totalCount }
        b: memberOf(where: {or: [{asOf: $day, node: {members: {count: {gt: 1}}}}, {not: {asOf: $other, certain: true, node: {members: {count: {gt: 1}}}}}]}) { totalCount } }
      ... on Actor {
        c: speechActs(where: {asOf: $day, minCommitment: null, node: {speechActsToward: {count: {gt: 1}}}}, orderBy: [{node: {mentionedIn: {count: DESC}}}]) { nodes { id } } } } } }`,
  },
  {
    name: 'every one of those that hold, none, and so many',
    query: `query($day: Date!, $other: Date!, $grade: Commitment!) {
      a: actors(first: 100, where: {stances: {every: {asOf: $day, node: {stancesToward: {count: {gt: 1}}}}}}) { nodes { id } }
      b: people(first: 100, asOf: $day, where: {positionsHeld: {every: {minCommitment: $grade, relationship: {validTo: {isNull: true}}}}}) { nodes { id } }
      c: organizations(first: 100, where: {members: {none: {asOf: $day, hasClaim: {hedged: {eq: false}}}}}, orderBy: [{members: {count: DESC}}], asOf: $other) { nodes { id } }
      d: entities(first: 100, where: {mentionedIn: {count: {where: {overlaps: {from: $day}}, gte: 1}}}) { nodes { id } } }`,
  },
  {
    name: 'claims that contradict, that are tied to others, and what they are about then',
    query: `query($day: Date!, $other: Date!, $grade: Commitment!) {
      a: claims(first: 200, where: {contradicted: true, includeDeprecated: true}) { totalCount nodes { id } }
      b: claims(first: 200, where: {contradicted: false, includeRetracted: true}) { totalCount }
      c: claims(first: 200, where: {or: [{supports: true}, {disputedBy: true}, {qualifies: true, supersededBy: false}]}) { nodes { id } }
      d: claims(first: 100, asOf: $day, minCommitment: $grade, where: {subject: {mentionedIn: {count: {lt: 2}}, stancesToward: {count: {lte: 1, where: {asOf: $other}}}}}) { nodes { id } }
      e: entities(first: 100) { nodes { id relationships(first: 100, where: {hasClaim: {observedOn: {gte: "2020"}, polarity: {eq: NEGATED}}}) { nodes { id } } } } }`,
  },
];

/** Has one of them agree for so many days of the graph, each with another day and another grade beside it. */
export async function agreeOnDays(agree: Agree, query: string, { days }: Pool, times: number): Promise<void> {
  for (let nth = 0; nth < times; nth++) {
    const day = days[Math.floor((nth * days.length) / times)];
    const other = days[(nth * 7) % days.length];
    const [from, to] = [day, other].sort();
    await agree(query, { day: to, other: from, grade: GRADES[nth % GRADES.length] });
  }
}
