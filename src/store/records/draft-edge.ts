import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import { edgeId } from '../../model/identity.ts';
import { fieldsOfEntity, idPrefix, recordName, storedName } from '../../model/model.ts';
import type { Ref, RelationshipRecord } from '../../model/records.ts';
import type { Gone } from '../graph/graph-state.ts';
import type { Drafts, EdgeDraft } from './drafts.ts';
import { type Place, type Problems, within } from './problems.ts';

/** A relationship's record as a draft: its ends and references as ids, its own id made of them. */

export function draftEdge(
  record: RelationshipRecord,
  index: number,
  { resolve, asGiven }: Pick<Drafts, 'resolve' | 'asGiven'>,
  gone: ReadonlyMap<string, Gone>,
  problems: Problems,
): EdgeDraft | null {
  const place = { record: index, path: [recordName(record.type)] };
  const before = problems.all.length;
  const from = record.from ? resolve(record.from, within(place, 'from')) : null;
  const to = record.to ? resolve(record.to, within(place, 'to')) : null;
  const fields = references(record.type, record.fields, place, resolve);
  if (record.id && !record.id.startsWith(`${idPrefix(record.type)}:`)) {
    problems.add(
      within(place, 'id'),
      'WRONG_TYPE',
      `The id ${record.id} is not one of ${record.type.name}: those begin with ${idPrefix(record.type)}:.`,
    );
    return null;
  }
  if (!record.id)
    for (const [end, given] of [
      ['from', record.from],
      ['to', record.to],
    ] as const)
      if (!given)
        problems.add(
          within(place, end),
          'MISSING_FIELD',
          `${recordName(record.type)} needs "${end}".`,
          'Name both ends, or the id of an edge that is there.',
        );
  if (problems.all.length > before) return null;
  const identity = Object.fromEntries(
    record.type.identity.map((name) => [name, fields[storedName(record.type, name)]]),
  );
  const named = record.id === undefined ? undefined : (gone.get(record.id)?.survivor ?? record.id);
  const id = named ?? (from !== null && to !== null ? edgeId(record.type, from, to, identity) : null);
  if (id === null) return null;
  const given = (ref: Ref | undefined) => (ref ? asGiven(ref, place) : null);
  const ends = record.type.symmetric && from !== null && to !== null ? [from, to].sort() : [from, to];
  return {
    place,
    type: record.type,
    id,
    ...(ends[0] ? { from: ends[0] } : {}),
    ...(ends[1] ? { to: ends[1] } : {}),
    given: { from: given(record.from), to: given(record.to) },
    fields,
    ...options(record),
  };
}

/** An edge's fields outside its identity, save those that a claim in the record states by itself. */
export function lentBy(record: RelationshipRecord, edge: EdgeDraft): Record<string, unknown> {
  const kept = new Set(record.type.identity.map((name) => storedName(record.type, name)));
  for (const claim of record.claims)
    for (const stated of claim.states) kept.add(storedName(record.type, stated.property));
  return Object.fromEntries(
    Object.entries(edge.fields).filter(([name, value]) => value !== undefined && !kept.has(name)),
  );
}

/** What any draft takes from its record. */
export const options = (record: { clear: readonly string[]; expectedVersion?: number }) => ({
  clear: record.clear,
  ...(record.expectedVersion !== undefined ? { expectedVersion: record.expectedVersion } : {}),
});

/** The same fields with references resolved to ids. */
export function references(
  type: EntityType | RelationshipType,
  fields: Readonly<Record<string, unknown>>,
  place: Place,
  resolve: Drafts['resolve'],
): Record<string, unknown> {
  const declared = type.is === 'entity' ? fieldsOfEntity(type) : type.fields;
  const kinds = new Map(declared.map((field) => [field.name, field.kind]));
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      kinds.get(name) === 'reference' ? (resolve(value as Ref, within(place, name)) ?? undefined) : value,
    ]),
  );
}
