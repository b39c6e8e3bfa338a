import type { Field } from '../../model/kinds.ts';
import { fieldsOfEntity } from '../../model/model.ts';
import { fingerprint, fromProperties, type Properties, withField } from '../graph/properties.ts';
import type { NextEntity } from '../records/next.ts';
import type { MergeLog } from './merge-log.ts';

/** What of one thing's content another is given when they are merged: what it has not, and every name. */

interface Given {
  readonly recorded: Properties;
  /** Values that it had not, by field. */
  readonly filled: Record<string, unknown>;
  readonly conflicts: readonly { readonly field: string; readonly kept: unknown; readonly given: unknown }[];
}

/** Fills fields that are empty; where both have a value, the one that is there is kept. Lists and names are for `giveNames`. */
export function giveFields(fields: readonly Field[], into: Properties, from: Properties): Given {
  let recorded = into;
  const filled: Record<string, unknown> = {};
  const conflicts: Given['conflicts'][number][] = [];
  for (const field of fields) {
    if (field.kind === 'textList' || field.name === 'name') continue;
    const given = fromProperties(field, from);
    if (given === undefined || given === null) continue;
    const kept = fromProperties(field, recorded);
    if (kept === undefined || kept === null) {
      const plainly = plainValue(given);
      recorded = withField(recorded, field, plainly);
      filled[field.name] = plainly;
    } else if (JSON.stringify(plainValue(kept)) !== JSON.stringify(plainValue(given)))
      conflicts.push({ field: field.name, kept: plainValue(kept), given: plainValue(given) });
  }
  return { recorded, filled, conflicts };
}

/** A value as records give it: native dates as text, the database's integers as numbers. */
export const plainValue = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && value.constructor !== Object
    ? 'toNumber' in value
      ? (value as { toNumber(): number }).toNumber()
      : String(value)
    : value;

/** Gives the survivor the fields, list entries and names of another; the log keeps which. Returns conflicts. */
export function giveNames(into: NextEntity, from: NextEntity, log: MergeLog): Given['conflicts'] {
  const fields = fieldsOfEntity(into.type);
  const { recorded, filled, conflicts } = giveFields(fields, into.asRecorded, from.asRecorded);
  into.asRecorded = recorded;
  Object.assign(log.filled, filled);
  for (const field of fields) if (field.kind === 'textList') giveList(into, from, field, log);
  const known = new Set(into.names.map(nameKey));
  const called = String(from.asRecorded['name']);
  const names = [
    { value: called, kind: 'ALIAS', origin: from.id },
    ...from.names.map((name) => ({ origin: from.id, ...name })),
  ];
  for (const name of names) {
    if (known.has(nameKey(name))) continue;
    known.add(nameKey(name));
    into.names = [...into.names, name];
    log.names.push(fingerprint(name));
  }
  return conflicts;
}

/** Names that say the same; where they came from aside. */
const nameKey = (name: Properties): string => fingerprint(name, new Set(['origin']));

function giveList(into: NextEntity, from: NextEntity, field: Field, log: MergeLog): void {
  const had = (into.asRecorded[field.name] as string[] | undefined) ?? [];
  const own = (from.asRecorded[field.name] as string[] | undefined) ?? [];
  const all = field.name === 'aliases' ? [String(from.asRecorded['name']), ...own] : own;
  const fresh = [...new Set(all)].filter(
    (each) => !had.includes(each) && !(field.name === 'aliases' && each === into.asRecorded['name']),
  );
  if (fresh.length === 0) return;
  into.asRecorded = { ...into.asRecorded, [field.name]: [...had, ...fresh] };
  log.listed[field.name] = [...(log.listed[field.name] ?? []), ...fresh];
}
