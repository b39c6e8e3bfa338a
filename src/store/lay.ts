import type { GraphRecord } from '../model/records.ts';
import { assertedBy, type CallState } from './call-state.ts';
import { type Drafts, draft } from './drafts.ts';
import { loadEntities, loadExternalIds, loadUnheld } from './graph-state.ts';
import type { NextEdge } from './next.ts';
import { idOfClaim, nextClaim, tripleOf } from './next-claim.ts';
import { nextEdge } from './next-edge.ts';
import { nextEntity } from './next-entity.ts';
import { within } from './problems.ts';

/** Laying records over the store: from drafts to the graph as it would be. */

/** Lays all records, and brings in what they bear on. */
export async function layRecords(state: CallState, records: readonly (GraphRecord | null)[]): Promise<void> {
  const drafts = await draftRecords(state, records);
  await layEntities(state, drafts);
  await layEdges(state, drafts);
  await layClaims(state, drafts);
}

async function draftRecords(state: CallState, records: readonly (GraphRecord | null)[]): Promise<Drafts> {
  const keys = records.flatMap((record) => [
    ...(record?.is === 'entity' ? (record.externalIds ?? []) : []),
    ...referencedExternalIds(record),
  ]);
  const external = await loadExternalIds(state.tx, [...new Set(keys.map((each) => `${each.scheme}:${each.value}`))]);
  return draft(state.model, records, external, state.problems);
}

async function layEntities(state: CallState, drafts: Drafts): Promise<void> {
  const stored = await loadEntities(state.tx, state.model, [...new Set(drafts.entities.map((each) => each.id))]);
  for (const each of drafts.entities)
    state.entities.set(each.id, nextEntity(each, state.entities.get(each.id), stored.get(each.id), state.problems));
}

async function layEdges(state: CallState, drafts: Drafts): Promise<void> {
  const asserted = drafts.claims.flatMap((each) =>
    each.record.asserts.flatMap((ref) =>
      'name' in ref && ref.name.includes(':') ? [ref.name] : 'id' in ref ? [ref.id] : [],
    ),
  );
  await state.loadEdges([...drafts.edges.map((each) => each.id), ...asserted]);
  for (const each of drafts.edges) {
    const next = nextEdge(each, state.edges.get(each.id), state.storedEdges.get(each.id), state.problems);
    if (next) state.edges.set(each.id, next);
  }
}

async function layClaims(state: CallState, drafts: Drafts): Promise<void> {
  const known = new Map<string, { type: NextEdge['type']; from: string; to: string }>([
    ...state.storedEdges,
    ...state.edges,
  ]);
  const prepared = drafts.claims.map((each) => {
    const { record, place } = each;
    const speaker = record.speaker ? drafts.resolve(record.speaker, within(place, 'speaker')) : null;
    const source = record.source ? drafts.resolve(record.source, within(place, 'source')) : null;
    const triple = tripleOf(state.model, each, drafts, known);
    return { each, triple, speaker, source, id: idOfClaim(each, triple, speaker, source) };
  });
  await state.loadClaims(prepared.map(({ id }) => id));
  for (const { each, triple, speaker, source, id } of prepared) {
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

/** Brings in every edge that a claim of this call bears on, and every claim of every such edge. */
async function touch(state: CallState): Promise<void> {
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
  for (const claim of state.claims.values()) for (const id of claim.asserts) state.edges.get(id)?.claims.add(claim.id);
  const fresh = [...state.edges.values()].filter((edge) => !edge.before).map((edge) => edge.id);
  const waiting = await loadUnheld(state.tx, fresh);
  for (const id of waiting) state.waiting.add(id);
  await state.loadClaims([...waiting, ...[...state.edges.values()].flatMap((edge) => [...edge.claims])]);
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
