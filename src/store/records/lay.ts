import { entityId } from '../../model/identity.ts';
import { relationshipNamed } from '../../model/model.ts';
import type { EntityRecord, GraphRecord } from '../../model/records.ts';
import { assertedBy, type CallState } from '../graph/call-state.ts';
import { loadUnheld } from '../graph/graph-state.ts';
import { fingerprint } from '../graph/properties.ts';
import { type ClaimDraft, type Drafts, draft, type EdgeDraft, type EntityDraft, noticeOf } from './drafts.ts';
import type { NextEdge } from './next.ts';
import { idOfClaim, nextClaim, tripleOf } from './next-claim.ts';
import { nextEdge } from './next-edge.ts';
import { nextEntity, sameEntity } from './next-entity.ts';
import { type Problems, within } from './problems.ts';

/** Laying records over the store: from drafts to the graph as it would be. */

/**
 * Lays all records, and brings in what they bear on.
 * @returns the id of each record, in its place; null where it has none that could be told
 */
export async function layRecords(
  state: CallState,
  records: readonly (GraphRecord | null)[],
): Promise<readonly (string | null)[]> {
  const drafts = await draftRecords(state, records);
  await layEntities(state, drafts);
  await layEdges(state, drafts);
  await layClaims(state, drafts);
  return drafts.ids;
}

async function draftRecords(state: CallState, records: readonly (GraphRecord | null)[]): Promise<Drafts> {
  const keys = records.flatMap((record) => [
    ...(record?.is === 'entity' ? (record.externalIds ?? []) : []),
    ...referencedExternalIds(record),
  ]);
  const external = await state.loadExternalIds([...new Set(keys.map((each) => `${each.scheme}:${each.value}`))]);
  await state.loadGone([
    ...mentionedIds(records),
    ...[...external.values()].flatMap(({ id, formerly }) => [id, ...(formerly ? [formerly] : [])]),
  ]);
  return draft(state.model, records, external, state.gone, state.findings);
}

/** Every id that records name, or would make for what they record. */
function mentionedIds(records: readonly (GraphRecord | null)[]): string[] {
  return records.flatMap((record) => {
    if (!record) return [];
    const made = record.is === 'entity' ? entityId(record.type, nameOf(record), record.externalIds ?? []) : null;
    const { type: _, ...rest } = record as { type?: unknown };
    return [...(made ? [made] : []), ...idsWithin(rest)];
  });
}

const nameOf = ({ fields }: EntityRecord): string | undefined => fields['name'] as string | undefined;

/** Texts under the keys that hold ids. */
function idsWithin(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(idsWithin);
  if (!value || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string'
      ? (key === 'id' || key === 'name') && inner.includes(':')
        ? [inner]
        : []
      : idsWithin(inner),
  );
}

async function layEntities(state: CallState, drafts: Drafts): Promise<void> {
  const stored = await state.loadEntities([...new Set(drafts.entities.map((each) => each.id))]);
  for (const each of drafts.entities) {
    const before = stored.get(each.id);
    const was = state.entities.get(each.id) ?? (before && sameEntity(before));
    const next = nextEntity(each, state.entities.get(each.id), before, state.problems, state.options.keepsNames);
    if (was && fingerprint(was.asRecorded) !== fingerprint(next.asRecorded)) minding(each, state.findings.notices);
    state.entities.set(each.id, next);
  }
}

/** An id that is made from nothing but a name may be that of a namesake. */
function minding({ id, record, place }: EntityDraft, notices: Problems): void {
  if (record.id !== undefined || (record.externalIds ?? []).length > 0) return;
  notices.add(
    place,
    'DUPLICATE',
    `${id}, made from the name alone, is there already, and is changed by this record.`,
    'If this is somebody, or something, else of that name, give it an id or an external id of its own.',
  );
}

async function layEdges(state: CallState, drafts: Drafts): Promise<void> {
  const asserted = drafts.claims.flatMap((each) =>
    each.record.asserts.flatMap((ref) =>
      'name' in ref && ref.name.includes(':') ? [ref.name] : 'id' in ref ? [ref.id] : [],
    ),
  );
  await state.loadEdges([
    ...drafts.edges.map((each) => each.id),
    ...asserted.map((id) => state.gone.get(id)?.survivor ?? id),
  ]);
  await state.loadGone(drafts.edges.map((each) => each.id).filter((id) => !state.storedEdges.has(id)));
  for (const each of drafts.edges) {
    closeLoop(state, each);
    const left = state.gone.get(each.id);
    if (left) {
      noticeOf(left, each.place, state.findings.notices);
      state.ledger.unchanged(each.id);
      continue;
    }
    const next = nextEdge(each, state.edges.get(each.id), state.storedEdges.get(each.id), state.problems);
    if (next) state.edges.set(each.id, next);
  }
}

/** An edge whose ends were merged into one is passed over: what it said is kept with the merge. */
function closeLoop(state: CallState, { id, type, from, to, given }: EdgeDraft): void {
  if (from === undefined || from !== to || given.from === given.to) return;
  const merge = [given.from, given.to].flatMap((end) => state.gone.get(end ?? '')?.merge ?? [])[0];
  state.gone.set(id, { id, kind: 'RELATIONSHIP', type: type.name, ...(merge ? { merge } : {}) });
}

async function layClaims(state: CallState, drafts: Drafts): Promise<void> {
  const known = new Map<string, EdgeEnds>([...state.storedEdges, ...state.edges]);
  const asGiven = endsAsGiven(state, drafts, known);
  const prepared = drafts.claims.map((each) => {
    const said = whatIsSaid(state, each, drafts.resolve, each.inside, known);
    // Nothing that is resolved differs from what is given, where nothing was merged.
    const given = asGiven ? whatIsSaid(state, each, drafts.asGiven, each.insideAsGiven, around(each, asGiven)) : said;
    const id = idOfClaim(each, given.triple, given.speaker, given.source);
    if (each.inside === null) drafts.ids[each.place.record] = id;
    return { each, ...said, id };
  });
  await state.lockClaims(prepared.map(({ id }) => id));
  await state.loadGone(prepared.map(({ id }) => id).filter((id) => !state.storedClaims.has(id)));
  for (const { each, triple, speaker, source, id } of prepared) {
    if (isPassedOver(state, each, id, triple.asserts)) continue;
    if (state.claims.has(id)) {
      state.problems.add(
        within(each.place, 'id'),
        'DUPLICATE',
        `The claim ${id} stands twice in this call.`,
        'Keep one; a claim may assert several relationships.',
      );
      continue;
    }
    state.claims.set(
      id,
      nextClaim(state.model, each, id, triple, { speaker, source }, drafts, state.storedClaims.get(id), state.problems),
    );
  }
  await touch(state);
}

interface EdgeEnds {
  readonly type: NextEdge['type'];
  readonly from: string;
  readonly to: string;
}

/** The ends of edges as records give them, before any merge; null where nothing that the call names was merged. */
function endsAsGiven(
  state: CallState,
  drafts: Drafts,
  known: ReadonlyMap<string, EdgeEnds>,
): ReadonlyMap<string, EdgeEnds> | null {
  const merged = [...state.gone.values()].filter((gone) => gone.survivor);
  if (merged.length === 0) return null;
  const given = new Map(known);
  for (const { id, from, to, type } of merged) {
    const relationship = relationshipNamed(state.model, type);
    if (relationship && from && to) given.set(id, { type: relationship, from, to });
  }
  for (const { id, type, given: ends, ...edge } of drafts.edges) {
    const [from, to] = [ends.from ?? edge.from, ends.to ?? edge.to];
    if (from && to) given.set(id, { type, from, to });
  }
  return given;
}

/** Edges as a claim sees them: the one that it stands in with the ends of that very record. */
function around(
  { inside, endsAsGiven: ends }: ClaimDraft,
  given: ReadonlyMap<string, EdgeEnds>,
): ReadonlyMap<string, EdgeEnds> {
  const edge = inside === null ? undefined : given.get(inside);
  if (inside === null || !edge || !ends) return given;
  return new Map(given).set(inside, { ...edge, from: ends.from ?? edge.from, to: ends.to ?? edge.to });
}

function whatIsSaid(
  state: CallState,
  each: ClaimDraft,
  resolve: Drafts['resolve'],
  inside: string | null,
  edges: ReadonlyMap<string, EdgeEnds>,
) {
  const { record, place } = each;
  return {
    speaker: record.speaker ? resolve(record.speaker, within(place, 'speaker')) : null,
    source: record.source ? resolve(record.source, within(place, 'source')) : null,
    triple: tripleOf(state.model, { ...each, inside }, resolve, edges),
  };
}

/** Whether a claim is no more: loading it again does not bring it back, nor the edges that rest on it alone. */
function isPassedOver(
  state: CallState,
  { place, inside }: ClaimDraft,
  id: string,
  asserts: readonly string[],
): boolean {
  const left = state.gone.get(id);
  const around = inside === null ? undefined : state.gone.get(inside);
  const isRetracted = state.storedClaims.get(id)?.properties['retractedAt'] !== undefined;
  if (!left && !isRetracted && !(around && !around.survivor && around.kind === 'RELATIONSHIP')) return false;
  if (left) noticeOf(left, place, state.findings.notices);
  else if (!isRetracted && around) noticeOf(around, place, state.findings.notices);
  else if (isRetracted)
    state.findings.notices.add(
      place,
      'RETRACTED',
      `The claim ${id} was retracted; recording it again does not bring it back.`,
      `restore(ids: ["${id}"]) does.`,
    );
  for (const edge of asserts) state.passedOver.add(edge);
  state.ledger.unchanged(id);
  return true;
}

/** Brings in every edge that a claim of this call bears on, and every claim of every such edge. */
export async function touch(state: CallState): Promise<void> {
  await state.loadClaims(
    [...state.claims.values()].flatMap((claim) => [...claim.ties.DISPUTES, ...(claim.before?.ties.DISPUTES ?? [])]),
  );
  const disputed = [...state.claims.values()].flatMap((claim) => [
    ...claim.ties.DISPUTES,
    ...(claim.before?.ties.DISPUTES ?? []),
  ]);
  const edges = [
    ...[...state.claims.values()].flatMap((claim) => claim.asserts),
    ...disputed.flatMap((id) => state.claims.get(id)?.asserts ?? assertedBy(state.storedClaims.get(id))),
  ];
  await state.bringIn(edges);
  for (const claim of state.claims.values())
    if (!claim.fate) for (const id of claim.asserts) state.edges.get(id)?.claims.add(claim.id);
  const fresh = [...state.edges.values()].filter((edge) => !edge.before).map((edge) => edge.id);
  const waiting = await loadUnheld(state.tx, fresh);
  for (const id of waiting) state.waiting.add(id);
  await state.refreshClaims([...waiting, ...[...state.edges.values()].flatMap((edge) => [...edge.claims])]);
  for (const id of waiting)
    for (const edge of assertedBy(state.storedClaims.get(id)))
      if (fresh.includes(edge)) state.edges.get(edge)?.claims.add(id);
  for (const edge of state.edges.values())
    for (const id of edge.claims) if (!state.claims.has(id) && !state.storedClaims.has(id)) edge.claims.delete(id);
}

function referencedExternalIds(value: unknown): { scheme: string; value: string }[] {
  if (Array.isArray(value)) return value.flatMap(referencedExternalIds);
  if (!value || typeof value !== 'object') return [];
  const found = (value as { externalId?: { scheme: string; value: string } }).externalId;
  return [
    ...(found ? [found] : []),
    ...Object.entries(value).flatMap(([key, inner]) => (key === 'type' ? [] : referencedExternalIds(inner))),
  ];
}
