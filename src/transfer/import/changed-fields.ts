import type { EntityRecord, GraphRecord, RelationshipRecord } from '../../model/records.ts';
import { writable } from '../export/text.ts';

/** Of what was given out and comes back: only what somebody has changed. What claims show is thereby not made a record's. */

type Shown = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

export const withChangedFields = (record: GraphRecord, shown: Shown): GraphRecord => {
  const there = record.id === undefined || record.is === 'claim' ? undefined : shown.get(record.id);
  if (!there || record.is === 'claim') return record;
  return record.is === 'entity' ? changedEntity(record, there) : changedEdge(record, there);
};

function changedEntity(record: EntityRecord, there: Readonly<Record<string, unknown>>): EntityRecord {
  const { externalIds = [], ...rest } = record;
  const known = new Set(there['externalIds'] as readonly string[]);
  const others = externalIds.filter(({ scheme, value }) => !known.has(`${scheme}:${value}`));
  return { ...rest, fields: changed(record.fields, there), ...(others.length > 0 ? { externalIds: others } : {}) };
}

/** A relationship that is there keeps its ends: its id names it. */
function changedEdge(record: RelationshipRecord, there: Readonly<Record<string, unknown>>): RelationshipRecord {
  const { from: _, to: __, ...rest } = record;
  return { ...rest, fields: changed(record.fields, there) };
}

const changed = (fields: Readonly<Record<string, unknown>>, there: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([name, value]) => !isSame(value, there[name])));

function isSame(given: unknown, there: unknown): boolean {
  if (Array.isArray(given))
    return Array.isArray(there) && given.every((each) => there.some((one) => isSame(each, one)));
  if (typeof given === 'string' && typeof there === 'string') return given === there || given === writable(there);
  if (typeof given !== 'object' || given === null) return given === there;
  if ('id' in given || 'name' in given) return Object.values(given)[0] === there;
  const parts = (there ?? {}) as Record<string, unknown>;
  return Object.entries(given).every(([part, value]) => isSame(value, parts[part]));
}
