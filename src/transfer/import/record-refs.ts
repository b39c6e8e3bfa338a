import type { ClaimRecord, FieldValues, GraphRecord, Ref } from '../../model/records.ts';

/** References within records: what records of a row point at is named anew once many rows stand in one call. */

type Change = (ref: Ref) => Ref;

const REF_KEYS = new Set(['id', 'externalId', 'record', 'name']);

/** No other kind of value is an object with one of these as its only key. */
function isRef(value: unknown): value is Ref {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const [key, ...more] = Object.keys(value);
  return more.length === 0 && key !== undefined && REF_KEYS.has(key);
}

const inFields = (fields: FieldValues, change: Change): FieldValues =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, isRef(value) ? change(value) : value]));

export function withClaimRefs(claim: ClaimRecord, change: Change): ClaimRecord {
  const maybe = (key: 'subject' | 'object' | 'speaker' | 'source') => {
    const ref = claim[key];
    return ref ? { [key]: change(ref) } : {};
  };
  return {
    ...claim,
    ...maybe('subject'),
    ...maybe('object'),
    ...maybe('speaker'),
    ...maybe('source'),
    asserts: claim.asserts.map(change),
    states: claim.states.map((stated) =>
      stated.relationship ? { ...stated, relationship: change(stated.relationship) } : stated,
    ),
    supports: claim.supports.map(change),
    disputes: claim.disputes.map(change),
    qualifies: claim.qualifies.map(change),
    supersedes: claim.supersedes.map(change),
    fields: inFields(claim.fields, change),
  };
}

/** The same record with every reference in it changed. */
export function withRefs<R extends GraphRecord>(record: R, change: Change): R {
  if (record.is === 'claim') return withClaimRefs(record, change) as R;
  const claims = record.claims.map((claim) => withClaimRefs(claim, change));
  const fields = inFields(record.fields, change);
  if (record.is === 'entity') return { ...record, fields, claims };
  return {
    ...record,
    fields,
    claims,
    ...(record.from ? { from: change(record.from) } : {}),
    ...(record.to ? { to: change(record.to) } : {}),
  };
}

/** Every reference in a record. */
export function refsIn(record: GraphRecord): Ref[] {
  const refs: Ref[] = [];
  withRefs(record, (ref) => {
    refs.push(ref);
    return ref;
  });
  return refs;
}
