import type { ClaimRecord, GraphRecord } from '../../model/records.ts';

/**
 * In our own files a claim stands with each relationship that it asserts; in one call it may stand once. The first place that
 * it stands in says all that the others say.
 */
export function withMergedClaims(records: readonly GraphRecord[]): GraphRecord[] {
  const all = new Map<string, ClaimRecord[]>();
  for (const record of records)
    for (const claim of claimsOf(record))
      if (claim.id !== undefined) all.set(claim.id, [...(all.get(claim.id) ?? []), claim]);
  if ([...all.values()].every(({ length }) => length === 1)) return [...records];
  const told = new Set<string>();
  const once = (claim: ClaimRecord): ClaimRecord[] => {
    if (claim.id === undefined) return [claim];
    if (told.has(claim.id)) return [];
    told.add(claim.id);
    const others = all.get(claim.id) ?? [claim];
    return [
      {
        ...claim,
        asserts: others.flatMap(({ asserts }) => asserts),
        states: others.flatMap(({ states }) => states),
        supports: others.flatMap(({ supports }) => supports),
        disputes: others.flatMap(({ disputes }) => disputes),
        qualifies: others.flatMap(({ qualifies }) => qualifies),
        supersedes: others.flatMap(({ supersedes }) => supersedes),
      },
    ];
  };
  return records.map((record) =>
    record.is === 'relationship' ? { ...record, claims: record.claims.flatMap(once) } : record,
  );
}

/** Claims that stand in relationships: those that stand alone are told apart by their row. */
const claimsOf = (record: GraphRecord): readonly ClaimRecord[] => (record.is === 'relationship' ? record.claims : []);
