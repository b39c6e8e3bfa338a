import type { Field } from '../../model/kinds.ts';
import type { CallState } from '../graph/call-state.ts';
import type { StoredEntity } from '../graph/graph-state.ts';
import { fingerprint, fromProperties, type Properties, withField } from '../graph/properties.ts';
import { readState } from '../log/states.ts';
import type { NextEntity } from '../records/next.ts';
import { sameEntity } from '../records/next-entity.ts';
import { giveNames, plainValue } from './merge-fields.ts';
import { emptyLog, loadMergesInto, rewriteMerge, type StoredMerge } from './merge-log.ts';

/** Taking back what a merge had given, unless it has been changed since; what others had to give as well is theirs now. */

/** Takes back fields that had been empty. */
export function takeBackFields(
  fields: readonly Field[],
  next: { asRecorded: Properties },
  filled: Readonly<Record<string, unknown>>,
): void {
  for (const [name, value] of Object.entries(filled)) {
    const field = fields.find((each) => each.name === name);
    if (!field) continue;
    const now = plainValue(fromProperties(field, next.asRecorded));
    if (JSON.stringify(now) === JSON.stringify(value)) next.asRecorded = withField(next.asRecorded, field, undefined);
  }
}

/** Takes back list entries and names, and gives anew what the other merges in force would have given. */
export async function takeBackNames(state: CallState, survivor: NextEntity, merge: StoredMerge): Promise<void> {
  for (const [name, values] of Object.entries(merge.log.listed)) {
    const had = (survivor.asRecorded[name] as string[] | undefined) ?? [];
    const left = had.filter((each) => !values.includes(each));
    const { [name]: _, ...rest } = survivor.asRecorded;
    survivor.asRecorded = left.length > 0 ? { ...rest, [name]: left } : rest;
  }
  const given = new Set(merge.log.names);
  survivor.names = survivor.names.filter((name) => !given.has(fingerprint(name)));
  for (const other of await loadMergesInto(state.tx, merge.into, merge.id)) {
    const more = emptyLog();
    for (const { id, state: text } of other.log.retired)
      giveNames(survivor, sameEntity(readState(state.model, id, text) as StoredEntity), more);
    const log = {
      ...other.log,
      filled: { ...other.log.filled, ...more.filled },
      names: [...other.log.names, ...more.names],
      listed: Object.fromEntries(
        [...new Set([...Object.keys(other.log.listed), ...Object.keys(more.listed)])].map((name) => [
          name,
          [...(other.log.listed[name] ?? []), ...(more.listed[name] ?? [])],
        ]),
      ),
    };
    state.finally.push(() => rewriteMerge(state.tx, other.id, log));
  }
}
