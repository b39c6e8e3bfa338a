import { CLAIM_TIES } from '../../model/common-fields.ts';
import type { StoredClaim, TieName } from '../graph/graph-state.ts';
import type { Properties } from '../graph/properties.ts';

/** A claim as the rules look at it, read in one list, without a lock. */

const COUNTS = "x.retractedAt IS NULL AND x.rank <> 'DEPRECATED'";
const TIES = Object.keys(CLAIM_TIES) as TieName[];

/** What an edge or a field needs to know of a claim `c`: with the source that its own source repeats in the end. */
export const EVIDENCE = `[c.id, properties(c), head(COLLECT { MATCH (c)-[:SUBJECT]->(x) RETURN x.id }),
  head(COLLECT { MATCH (c)-[:SPEAKER]->(x) RETURN x.id }), head(COLLECT { MATCH (c)-[:STATED_IN]->(x) RETURN x.id }),
  COLLECT { MATCH (c)<-[:DISPUTES]-(x:Claim) WHERE ${COUNTS} RETURN x.id },
  head(COLLECT { MATCH (c)-[:STATED_IN]->(s) MATCH (s)-[:DERIVED_FROM*0..20]->(root) WHERE NOT EXISTS { (root)-[:DERIVED_FROM]->() } RETURN root.id ORDER BY root.id })]`;

export interface EvidenceRow {
  readonly claim: StoredClaim;
  /** The source that its source repeats. */
  readonly root: string | null;
}

export function evidenceOf(row: unknown): EvidenceRow {
  const [id, properties, subject, speaker, source, disputedBy, root] = row as [
    string,
    Properties,
    string | null,
    string | null,
    string | null,
    string[],
    string | null,
  ];
  const ties = Object.fromEntries(TIES.map((tie) => [tie, []])) as unknown as StoredClaim['ties'];
  return { claim: { id, properties, subject, object: null, speaker, source, locator: null, ties, disputedBy }, root };
}

/** Everything of a claim `c`, its ends in lists: there may be too many or too few. */
export const WHOLE_CLAIM = `[c.id, properties(c), labels(c),
  COLLECT { MATCH (c)-[:SUBJECT]->(x) RETURN x.id }, COLLECT { MATCH (c)-[:OBJECT]->(x) RETURN x.id },
  COLLECT { MATCH (c)-[:SPEAKER]->(x) RETURN x.id }, COLLECT { MATCH (c)-[s:STATED_IN]->(x:Source) RETURN [x.id, s.locator] },
  ${TIES.map((tie) => `COLLECT { MATCH (c)-[:${tie}]->(x) RETURN x.id ORDER BY x.id }`).join(', ')}]`;

export interface WholeClaim {
  readonly claim: StoredClaim;
  readonly labels: readonly string[];
  readonly subjects: number;
  readonly sources: number;
}

export function wholeClaimOf(row: unknown): WholeClaim {
  const [id, properties, labels, subjects, objects, speakers, stated, ...ties] = row as [
    string,
    Properties,
    string[],
    string[],
    string[],
    string[],
    [string, string | null][],
    ...string[][],
  ];
  return {
    claim: {
      ...{ id, properties, subject: subjects[0] ?? null, object: objects[0] ?? null, speaker: speakers[0] ?? null },
      source: stated[0]?.[0] ?? null,
      locator: stated[0]?.[1] ?? null,
      ties: Object.fromEntries(TIES.map((tie, nth) => [tie, ties[nth] ?? []])) as unknown as StoredClaim['ties'],
      disputedBy: [],
    },
    labels,
    subjects: subjects.length,
    sources: stated.length,
  };
}
