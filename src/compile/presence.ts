import type { Field } from '../model/kinds.ts';

/** Fields without which nothing is stored, beside those that a record must give: set by the store, or by default. */
const SET = new Set([
  'createdAt',
  'updatedAt',
  'recordedAt',
  'version',
  'status',
  'weakestStatus',
  'hedged',
  'disputed',
  'claimCount',
  'sourceCount',
  'polarity',
]);

/** Whether whatever has the field has a value in it. A term's status is its relationship's, which may be absent. */
export function isAlwaysThere(field: Field): boolean {
  if (field.kind === 'statusOf') return false;
  // A claim's rank has a default; the rank of a member is a number that may be unknown.
  if (field.name === 'rank') return field.kind === 'closedList';
  return field.required || SET.has(field.name);
}
