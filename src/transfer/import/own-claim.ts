import { createHash } from 'node:crypto';
import { plainCase } from '../../model/casing.ts';
import type { Model } from '../../model/model.ts';
import { storedName, typeOfId } from '../../model/model.ts';
import type { ClaimRecord, EntityRecord, Ref, RelationshipRecord } from '../../model/records.ts';
import type { Commitment } from '../../model/vocabulary.ts';
import type { ImportRow } from './format.ts';

/** The claim that a row is given where it carries none: what the import's own source says of its relationships. */

/** Relationships that a sentence names before it says how many more there are. */
const TOLD = 4;

export interface Row {
  readonly row: ImportRow;
  readonly entities: readonly EntityRecord[];
  /** Each under the tag that the claim is to name it by. */
  readonly edges: readonly { readonly record: RelationshipRecord; readonly tag: string }[];
  /** What a reference of this row leads to, as it is called in the row. */
  nameOf(ref: Ref): string | undefined;
}

const digest = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);

/** The id of the claim that a row is given: the same source, place and words have the same. */
export const idOfOwnClaim = ({ locator, claim, records }: ImportRow, source: string): string =>
  `claim:${digest([source, locator, records, claim ?? null])}`;

/** Whether a relationship needs a claim of somebody's: what a source is its own evidence of needs none. */
export function needsClaim(model: Model, { from, id, claims, type }: RelationshipRecord): boolean {
  if (claims.length > 0) return false;
  const start = from && ('id' in from ? from.id : 'name' in from ? from.name : '');
  if (start?.includes(':')) return typeOfId(model, start)?.name !== 'Source';
  const names = type.pairs.flatMap((pair) => pair.from.map((end) => end.name));
  return id === undefined || names.some((name) => name !== 'Source');
}

/**
 * The claim of a row: asserts all relationships of it that carry none, and says what it says of their properties. Its id
 * follows from the source, the place and what is said, so that the same row says the same.
 */
export function claimOfEdges(row: Row, source: string): ClaimRecord {
  const { claim } = row.row;
  return {
    ...blank(idOfOwnClaim(row.row, source), source),
    asserts: row.edges.map(({ tag }): Ref => ({ name: tag })),
    states: row.edges.flatMap(({ record, tag }) =>
      Object.entries(record.fields)
        .filter(([name]) => !record.type.identity.some((one) => storedName(record.type, one) === name))
        .flatMap(([property, value]) => {
          const said = statedValue(record, property, value);
          return said === undefined ? [] : [{ relationship: { name: tag }, property, value: said }];
        }),
    ),
    fields: { text: claim?.text ?? sentences(row), ...manner(row.row) },
  };
}

/** A claim names what a property refers to by its id; what is only known by an external id is left to the record. */
function statedValue({ type }: RelationshipRecord, property: string, value: unknown): unknown {
  if (type.fields.find((field) => field.name === property)?.kind !== 'reference') return value;
  const ref = value as Ref;
  if ('id' in ref) return ref.id;
  return 'name' in ref && ref.name.includes(':') ? ref.name : undefined;
}

/** What a row of entities alone says: that they are there. */
export function remarkOf(row: Row, subject: Ref, source: string): ClaimRecord {
  const { claim } = row.row;
  const [first] = row.entities as [EntityRecord];
  const name = String(first.fields['name'] ?? first.id ?? 'It');
  const type = plainCase(first.type.name);
  const text = `${name} is listed as ${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}.`;
  return {
    ...blank(idOfOwnClaim(row.row, source), source),
    subject,
    fields: { text: claim?.text ?? text, ...manner(row.row) },
  };
}

const blank = (id: string, source: string) => ({
  is: 'claim' as const,
  id,
  clear: [],
  source: { id: source },
  asserts: [],
  states: [],
  supports: [],
  disputes: [],
  qualifies: [],
  supersedes: [],
});

const manner = ({ claim, locator }: ImportRow) => ({
  commitment: (claim?.commitment ?? 'FACT') as Commitment,
  attribution: 'DOCUMENT',
  ...(claim?.hedged ? { hedged: true } : {}),
  ...(claim?.confidence === undefined ? {} : { confidence: claim.confidence }),
  locator,
});

function sentences(row: Row): string {
  const told = row.edges.slice(0, TOLD).map(({ record }) => {
    const end = (ref: Ref | undefined) => (ref && row.nameOf(ref)) ?? 'what it leads to';
    return record.from ? `${end(record.from)} ${record.type.phrase.forward} ${end(record.to)}` : `${record.id} holds`;
  });
  const more = row.edges.length - told.length;
  return `${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}
