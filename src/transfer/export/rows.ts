import type { Columns } from '../../compile/columns.ts';
import {
  CLAIM_FIELDS_AT,
  CLAIM_TIES_AT,
  claimColumns,
  derivedFields,
  EDGE_FIELDS_AT,
  EDGE_STANDING_AT,
  ENTITY_FIELDS_AT,
  namesColumns,
  TIES,
} from '../../compile/extent-rows.ts';
import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import type { FieldValues } from '../../model/records.ts';
import type { Commitment } from '../../model/vocabulary.ts';
import type { ExportClaim, ExportEdge, ExportNode } from './export-graph.ts';

/** Rows as the statements of `compile/extent-rows.ts` answer them, as what every format is handed. */

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
const texts = (value: unknown): readonly string[] => (value as string[] | null) ?? [];
const statuses = new WeakMap<EntityType, readonly string[]>();

function derivedNames(type: EntityType): readonly string[] {
  const names = statuses.get(type) ?? derivedFields(type).map(({ name }) => name);
  statuses.set(type, names);
  return names;
}

/** `SCHEME:value`, cut where the scheme ends. */
function externalId(key: string) {
  const colon = key.indexOf(':');
  return { scheme: key.slice(0, colon), value: key.slice(colon + 1) };
}

export function readEntity(type: EntityType, columns: Columns, row: readonly unknown[]): ExportNode {
  const fields = columns.read(row, ENTITY_FIELDS_AT);
  const found = row[5] as (string | null)[];
  const derived: Record<string, unknown> = {};
  derivedNames(type).forEach((name, nth) => {
    if (found[nth] !== null && found[nth] !== undefined) derived[name] = found[nth];
  });
  return {
    id: String(row[0]),
    type,
    label: String(fields['name'] ?? row[0]),
    fields,
    externalIds: texts(row[3]).map(externalId),
    names: (row[4] as unknown[][]).map((name) => namesColumns.read(name, 0)),
    derived,
    claim: null,
    createdAt: textOf(row[1]),
    updatedAt: textOf(row[2]),
  };
}

export function readEdge(type: RelationshipType, columns: Columns, row: readonly unknown[]): ExportEdge {
  const at = EDGE_STANDING_AT;
  return {
    id: String(row[0]),
    from: String(row[1]),
    to: String(row[2]),
    type: type.name,
    relationship: type,
    fields: columns.read(row, EDGE_FIELDS_AT),
    standing: {
      status: row[at] as Commitment,
      weakestStatus: row[at + 1] as Commitment,
      hedged: row[at + 2] === true,
      disputed: row[at + 3] === true,
      confidence: (row[at + 4] as number | null) ?? null,
      claimCount: Number(row[at + 5] ?? 0),
      sourceCount: Number(row[at + 6] ?? 0),
      claims: texts(row[at + 7]),
      observedFrom: textOf(row[at + 8]),
      observedTo: textOf(row[at + 9]),
    },
  };
}

export function readClaim(row: readonly unknown[]): ExportClaim {
  const [source = null, locator = null] = (row[4] as [string, string | null] | null) ?? [];
  const fields: Record<string, unknown> = { ...claimColumns.read(row, CLAIM_FIELDS_AT) };
  if (row[7] !== null) fields['value'] = { [String(row[7]).toLowerCase()]: JSON.parse(String(row[8])) as unknown };
  const states = texts(row[6]);
  if (states.length > 0) fields['states'] = states.map((each) => JSON.parse(each) as FieldValues);
  const ties = TIES.map((_, nth) => texts(row[CLAIM_TIES_AT + nth]));
  return {
    id: String(row[0]),
    subject: textOf(row[1]),
    predicate: textOf(fields['predicate']),
    object: textOf(row[2]),
    asserts: texts(row[5]),
    speaker: textOf(row[3]),
    source,
    locator,
    supports: ties[TIES.indexOf('SUPPORTS')] ?? [],
    disputes: ties[TIES.indexOf('DISPUTES')] ?? [],
    qualifies: ties[TIES.indexOf('QUALIFIES')] ?? [],
    supersedes: ties[TIES.indexOf('SUPERSEDES')] ?? [],
    fields,
    retracted: row[9] !== null,
  };
}

/** A claim as a node of its own. */
export const claimNode = (claim: ExportClaim): ExportNode => ({
  id: claim.id,
  type: null,
  label: String(claim.fields['text'] ?? claim.id),
  fields: claim.fields,
  externalIds: [],
  names: [],
  derived: {},
  claim,
  createdAt: null,
  updatedAt: null,
});

/** The ties of a claim as edges of their own, each with an id that is the same in every export. */
export function* claimTies(claim: ExportClaim): Generator<ExportEdge> {
  const { subject, object, speaker, source, supports, disputes, qualifies, supersedes } = claim;
  const ties: readonly (readonly [string, readonly (string | null)[]])[] = [
    ['SUBJECT', [subject]],
    ['OBJECT', [object]],
    ['SPEAKER', [speaker]],
    ['STATED_IN', [source]],
    ['SUPPORTS', supports],
    ['DISPUTES', disputes],
    ['QUALIFIES', qualifies],
    ['SUPERSEDES', supersedes],
  ];
  for (const [type, ends] of ties)
    for (const to of ends)
      if (to !== null)
        yield {
          id: `${claim.id}.${type}.${to}`,
          from: claim.id,
          to,
          type,
          relationship: null,
          fields: type === 'STATED_IN' && claim.locator !== null ? { locator: claim.locator } : {},
          standing: null,
        };
}
