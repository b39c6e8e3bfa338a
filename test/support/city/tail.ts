import type { End, RelationshipType } from '../../../src/model/declarations.ts';
import type { Field } from '../../../src/model/kinds.ts';
import { concreteTypes, lookupName, type Model, recordName } from '../../../src/model/model.ts';
import type { CityRecord } from './inhabitants.ts';

/**
 * The long tail, generated from the model: for every relationship type and every pair of its declared ends at least one
 * edge, with each own field present on some edges and absent on others. A new declaration thereby comes with its test.
 */

const SPEAKERS = ['person:ana-ferro', 'unnamed-actor:official', 'gang:lanterns', 'government:valdria'];
const SOURCES = ['source:herald-2024-02-04', 'source:faro-reprint', 'source:accord-text', 'source:mayor-post'];
const GRADES = ['FACT', 'AGREED', 'PROMISED', 'OFFERED', 'PROPOSED', 'PLANNED', 'PREDICTED', 'ALLEGED', 'EVALUATION'];
const DATES = ['2019', '2020-06', '2021-02-28', '2023-12'];

const nth = <T>(list: readonly T[], place: number): T => {
  const item = list[place % list.length];
  if (item === undefined) throw new Error('an empty list has no items');
  return item;
};

/** Edges for every declared pair of ends, between entities that are among `inhabitants`. */
export function tail(model: Model, inhabitants: readonly CityRecord[]): CityRecord[] {
  let count = 0;
  const ids = new Map<string, string[]>();
  for (const record of inhabitants)
    for (const [key, { id }] of Object.entries(record)) ids.set(key, [...(ids.get(key) ?? []), String(id)]);
  const someOf = (end: End, place: number): string => {
    const type = nth(concreteTypes(model, end), place);
    return nth(ids.get(lookupName(type)) ?? [], Math.floor(place / 3));
  };
  const records: CityRecord[] = [];
  const known = new Set<string>();
  const add = (type: RelationshipType, from: End, to: End): void => {
    const place = count++;
    const start = someOf(from, place);
    let end = someOf(to, place + 1);
    for (let step = 2; end === start; step++) end = someOf(to, place + step);
    const pair = `${type.name} ${type.symmetric ? [start, end].sort().join(' ') : `${start} ${end}`}`;
    if (known.has(pair)) return;
    known.add(pair);
    records.push({ [recordName(type)]: edge(model, type, start, end, place, ids) });
  };
  for (const type of model.relationships)
    for (const pair of type.pairs)
      for (const from of pair.from)
        for (const to of pair.to) {
          const wide = Math.max(concreteTypes(model, from).length, concreteTypes(model, to).length);
          for (let time = 0; time < (wide > 3 ? 3 : 1); time++) add(type, from, to);
        }
  return records;
}

function edge(
  model: Model,
  type: RelationshipType,
  from: string,
  to: string,
  place: number,
  ids: ReadonlyMap<string, readonly string[]>,
): Record<string, unknown> {
  const dates = type.time.class === 'timeless' ? [] : [type.time.from, ...(type.time.to ? [type.time.to] : [])];
  const dated = Object.fromEntries(
    dates.flatMap((name, which) =>
      (place + which) % 3 === 0 ? [] : [[name, which === 0 ? nth(DATES, place) : nth(['2024', '2025-01-01'], place)]],
    ),
  );
  const own = Object.fromEntries(
    type.fields.flatMap((field, which) =>
      field.required || (place + which) % 2 === 0 ? [[field.name, fieldValue(model, field, place + which, ids)]] : [],
    ),
  );
  if (from.startsWith('source:')) return { from, to, ...dated, ...own };
  const hedged = place % 4 === 0;
  return {
    from,
    to,
    ...dated,
    ...own,
    claims: [
      {
        text: `${from} ${type.phrase.forward} ${to}, as told in case ${place}.`,
        commitment: own['act'] === 'QUESTIONED' ? 'FACT' : nth(GRADES, place),
        attribution: nth(['NARRATED', 'DOCUMENT', 'INDIRECT_SPEECH', 'DIRECT_QUOTE', 'ANALYST'], place),
        source: nth(SOURCES, place),
        hedged,
        ...(place % 2 === 0 ? { speaker: nth(SPEAKERS, place / 2) } : {}),
        ...(place % 3 === 0 ? { confidence: (place * 7) % 101 } : {}),
        ...(place % 5 === 0 ? { observedOn: nth(['2023-05-06', '2024', '2024-07-08'], place) } : {}),
        ...(place % 7 === 0 ? { assertedAt: nth(DATES, place), locator: `p. ${place}` } : {}),
      },
    ],
  };
}

/** A value that the field takes. */
function fieldValue(model: Model, field: Field, place: number, ids: ReadonlyMap<string, readonly string[]>): unknown {
  switch (field.kind) {
    case 'text':
      return nth(['by the harbour', 'Por el Puerto', 'über die Mole'], place);
    case 'openList':
      return field.wellKnown.length > 0 ? nth(field.wellKnown, place) : 'OTHER';
    case 'closedList':
      return nth(Object.keys(field.list.values), place);
    case 'integer':
      return Math.min(field.max ?? 9, (field.min ?? 0) + (place % 5));
    case 'float':
      return Math.min(field.max ?? 50, 12.5 + place / 4);
    case 'partialDate':
      return nth(DATES, place);
    case 'count':
      return nth([{ exact: place }, { atLeast: 10 }, { atMost: 20, text: 'at most twenty' }, { text: 'many' }], place);
    case 'amount':
      return nth([{ value: 1000.25, currency: 'VLD' }, { atLeast: 5 }, { text: 'a little' }], place);
    case 'reference': {
      const end = [...model.families, ...model.entities].find((each) => each.name === field.to);
      if (!end) throw new Error(`no ${field.to}`);
      const type = nth(concreteTypes(model, end), place);
      return nth(ids.get(lookupName(type)) ?? [], place);
    }
    default:
      throw new Error(`no value for a field of kind ${field.kind}`);
  }
}
