import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import { lookupName, type Model } from '../../model/model.ts';
import { nearest } from '../../model/nearest.ts';
import type { ClaimRecord, EntityRecord, GraphRecord, Ref } from '../../model/records.ts';
import type { Gone, Identified } from '../graph/graph-state.ts';
import type { Findings } from './checks.ts';
import { draftEdge, lentBy, options, references } from './draft-edge.ts';
import { idOfEntity, tagsOf } from './draft-ids.ts';
import { type Place, type Problems, within } from './problems.ts';

/** Records with their ids made and their references resolved to ids, as far as the call itself tells. */

interface Draft {
  readonly place: Place;
  readonly clear: readonly string[];
  readonly expectedVersion?: number;
}

export interface EntityDraft extends Draft {
  readonly type: EntityType;
  readonly id: string;
  readonly record: EntityRecord;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface EdgeDraft extends Draft {
  readonly type: RelationshipType;
  readonly id: string;
  /** Absent when the record names an edge that is there by its id alone. */
  readonly from?: string;
  readonly to?: string;
  /** Its ends as they were given, before any merge. */
  readonly given: { readonly from: string | null; readonly to: string | null };
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A claim whose triple and id still wait for the edges that it asserts. */
export interface ClaimDraft extends Draft {
  readonly record: ClaimRecord;
  /** The entity or edge that it stands in, when it is written inside a record. */
  readonly inside: string | null;
  /** The same, before any merge. */
  readonly insideAsGiven: string | null;
  /** The ends of the edge that it stands in, before any merge. */
  readonly endsAsGiven?: EdgeDraft['given'];
  /** What the record around it says of the edge beyond its identity, and no claim in it says expressly. */
  readonly lent: Readonly<Record<string, unknown>>;
}

export interface Drafts {
  readonly entities: EntityDraft[];
  readonly edges: EdgeDraft[];
  readonly claims: ClaimDraft[];
  /** The id of each record, in its place; that of a claim which is given none comes later. */
  readonly ids: (string | null)[];
  /** The id that a reference leads to, after merges; null, with a problem, when it leads nowhere. */
  resolve(ref: Ref, place: Place): string | null;
  /** The same as it was meant when it was written, before any merge: what claims' ids are made from. */
  asGiven(ref: Ref, place: Place): string | null;
}

/**
 * Makes ids and resolves references within a call.
 * @param external ids of entities by the keys (`SCHEME:value`) of their external ids, as the store has them
 * @param gone what is left of those that are no more
 */
export function draft(
  model: Model,
  records: readonly (GraphRecord | null)[],
  external: ReadonlyMap<string, Identified>,
  gone: ReadonlyMap<string, Gone>,
  findings: Findings,
): Drafts {
  const { problems, notices } = findings;
  const ids: (string | null)[] = records.map(() => null);
  const givenIds: (string | null)[] = [...ids];
  const tags = tagsOf(records, problems);
  const externalHere = new Map(external);

  let haveEdgesIds = false;
  /** The id of another record. One that could not be read has its own problems, and needs none here. */
  const ofRecord = (index: number, place: Place): string | null => {
    const id = givenIds[index] ?? ids[index] ?? null;
    const record = records[index];
    // What may lead to an edge, or to a claim, is asked for once those have their ids.
    if (id === null && (record?.is === 'claim' || (record?.is === 'relationship' && !haveEdgesIds)))
      problems.add(
        place,
        'WRONG_TYPE',
        `Record ${index} is a ${record.is}, and this cannot lead to one.`,
        'Name the record of an entity, or an id.',
      );
    return id;
  };

  const asGiven = (ref: Ref, place: Place): string | null => {
    if ('id' in ref) return ref.id;
    if ('externalId' in ref) {
      const key = `${ref.externalId.scheme}:${ref.externalId.value}`;
      const found = externalHere.get(key);
      if (!found)
        problems.add(
          place,
          'UNKNOWN_REFERENCE',
          `Nothing has the external id ${key}.`,
          'Record it first, or in the same call.',
        );
      return found ? (found.formerly ?? found.id) : null;
    }
    if ('record' in ref) {
      if (ref.record >= records.length)
        problems.add(
          place,
          'UNKNOWN_REFERENCE',
          `There is no record ${ref.record}: the call has ${records.length}, from 0 to ${records.length - 1}.`,
        );
      return ofRecord(ref.record, place);
    }
    const tagged = tags.get(ref.name);
    if (tagged !== undefined) return ofRecord(tagged, place);
    if (ref.name.includes(':')) return ref.name;
    const near = nearest(ref.name, tags.keys());
    problems.add(
      place,
      'UNKNOWN_REFERENCE',
      `"${ref.name}" is neither a tag in this file nor an id.`,
      near ? `Did you mean ${near}?` : 'Ids look like person:nayib-bukele.',
    );
    return null;
  };

  const resolve = (ref: Ref, place: Place): string | null => {
    const id = asGiven(ref, place);
    return id === null ? null : (gone.get(id)?.survivor ?? id);
  };

  const drafts: Drafts = { entities: [], edges: [], claims: [], ids, resolve, asGiven };
  records.forEach((record, index) => {
    if (record?.is !== 'entity') return;
    const place = { record: index, path: [lookupName(record.type)] };
    const given = idOfEntity(model, record, externalHere, place, problems);
    givenIds[index] = given;
    const id = given && (gone.get(given)?.survivor ?? given);
    ids[index] = id;
    if (id === null) return;
    for (const each of record.externalIds ?? []) {
      const key = `${each.scheme}:${each.value}`;
      const other = externalHere.get(key);
      if (other && other.id !== id)
        problems.add(
          within(place, 'externalIds'),
          'DUPLICATE',
          `${key} already identifies ${other.id}; ${id} cannot have it too.`,
          `Use the id ${other.id}, or correct the external id.`,
        );
      else if (!other) externalHere.set(key, { id, formerly: null });
    }
  });
  records.forEach((record, index) => {
    if (record?.is !== 'entity') return;
    const [id, given] = [ids[index], givenIds[index]];
    if (!id || !given) return;
    const place = { record: index, path: [lookupName(record.type)] };
    const left = gone.get(given);
    if (left) noticeOf(left, place, notices);
    else
      drafts.entities.push({
        place,
        type: record.type,
        id,
        record,
        fields: references(record.type, record.fields, place, resolve),
        ...options(record),
      });
    record.claims.forEach((claim, nth) => {
      drafts.claims.push({
        place: within(place, 'claims', nth),
        record: claim,
        inside: id,
        insideAsGiven: given,
        lent: {},
        ...options(claim),
      });
    });
  });
  records.forEach((record, index) => {
    if (record?.is !== 'relationship') return;
    const edge = draftEdge(record, index, drafts, gone, problems);
    if (!edge) return;
    ids[index] = edge.id;
    drafts.edges.push(edge);
    // A claim that names what it asserts says by itself all that it says.
    const lender = record.claims.find(
      (claim) =>
        claim.fields['polarity'] !== 'NEGATED' &&
        claim.fields['commitment'] !== 'QUESTION' &&
        claim.asserts.length === 0,
    );
    record.claims.forEach((claim, nth) => {
      drafts.claims.push({
        place: within(edge.place, 'claims', nth),
        record: claim,
        inside: edge.id,
        insideAsGiven: edge.id,
        endsAsGiven: edge.given,
        lent: claim === lender ? lentBy(record, edge) : {},
        ...options(claim),
      });
    });
  });
  haveEdgesIds = true;
  records.forEach((record, index) => {
    if (record?.is !== 'claim') return;
    if (record.id) ids[index] = record.id;
    drafts.claims.push({
      place: { record: index, path: ['claim'] },
      record,
      inside: null,
      insideAsGiven: null,
      lent: {},
      ...options(record),
    });
  });
  return drafts;
}

/** Says that a record is passed over, since what it records is no more. */
export function noticeOf({ id, kind, survivor, merge }: Gone, place: Place, notices: Problems): void {
  if (survivor || merge)
    notices.add(
      place,
      'MERGED',
      survivor
        ? `${id} was merged into ${survivor}; this record of it is passed over.`
        : 'What it leads from and to was merged into one; this record of it is passed over.',
      `${survivor ? `Record ${survivor}, or undo` : 'Undo'} ${merge ?? 'the merge'}.`,
    );
  else
    notices.add(
      place,
      'REMOVED',
      `The ${kind.toLowerCase()} ${id} was removed; recording it again does not bring it back.`,
      `restore(ids: ["${id}"]) does.`,
    );
}
