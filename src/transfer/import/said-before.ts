import { storedName } from '../../model/model.ts';
import type { GraphRecord } from '../../model/records.ts';

/**
 * What a row that has been imported before still says: which things it is about. It sets nothing again. So the same file
 * twice changes nothing, also where its rows contradict one another, and what somebody has changed since then stays.
 */
export function withoutValues(record: GraphRecord): GraphRecord {
  if (record.is === 'claim') {
    if (record.id === undefined) return record;
    // Its sentence tells names, which may have changed.
    const { text: _, ...fields } = record.fields;
    return { ...record, fields };
  }
  if (record.is === 'entity') {
    const { fields, names: _, ...rest } = record;
    // Without an id, it is made of the name.
    return { ...rest, fields: record.id === undefined && fields['name'] !== undefined ? { name: fields['name'] } : {} };
  }
  const identity = new Set(record.type.identity.map((name) => storedName(record.type, name)));
  return {
    ...record,
    fields: Object.fromEntries(Object.entries(record.fields).filter(([name]) => identity.has(name))),
  };
}
