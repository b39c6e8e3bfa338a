import type { GraphRecord, Problem } from '../model/records.ts';
import { assertedBy, CallState, type WriteOptions } from './call-state.ts';
import { commitClaims, commitEdges, commitEntities, labelUnheld, type Outcome } from './commit.ts';
import { loadEdgesStatedIn, loadFieldClaims, loadRoots, type Tx } from './graph-state.ts';
import { layRecords } from './lay.ts';
import type { NextEdge } from './next.ts';
import { isOwnEvidence } from './next-edge.ts';
import { settleEdge, settleEntity, type Testimony } from './settle.ts';
import { verify } from './verify.ts';

/** The one door: records in, the graph changed, in one transaction of the caller's. */

/** What a call did, by id. With problems nothing was written that the caller should keep: roll back. */
export interface Written {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Whether everything was written. */
  readonly complete: boolean;
  readonly problems: readonly Problem[];
  readonly notices: readonly Problem[];
}

/**
 * Writes records: upserts entities, edges and claims, and settles what follows from claims.
 * @param records by their place in the call; null where a record could not be read, so that the others keep their places
 */
export async function writeRecords(
  tx: Tx,
  records: readonly (GraphRecord | null)[],
  options: WriteOptions,
): Promise<Written> {
  const state = new CallState(tx, options);
  await layRecords(state, records);
  await verify(state);
  const complete = state.problems.all.length === 0;
  const outcomes = complete ? await commit(state) : new Map<string, Outcome>();
  return { outcomes, complete, problems: reported(state), notices: state.findings.notices.all };
}

/** Entities first; then what sources are to one another, since that decides how sources count; then the rest. */
async function commit(state: CallState): Promise<Map<string, Outcome>> {
  const ofSources = (edge: NextEdge) => isOwnEvidence(edge, state.model) && edge.claims.size === 0;
  const entities = await settleEntities(state);
  const sourceEdges = await settleEdges(state, ofSources);
  await touchRepublished(state);
  const edges = await settleEdges(state, (edge) => !ofSources(edge));
  const claims = await commitClaims(state.tx, [...state.claims.values()], state.options);
  await settleUnheld(state);
  return new Map([...entities, ...sourceEdges, ...edges, ...claims]);
}

/** Problems, save those that only repeat another of the record, or what is known to be broken elsewhere. */
function reported(state: CallState): Problem[] {
  const excused = state.options.excused ?? new Set();
  const told = new Set<string>();
  return state.problems.all.filter((problem) => {
    if (problem.code !== 'UNKNOWN_REFERENCE') return true;
    const key = `${problem.record} ${problem.message}`;
    const repeats = told.has(key) || [...excused].some((id) => problem.message.includes(` ${id}.`));
    told.add(key);
    return !repeats;
  });
}

/** A new DERIVED_FROM makes sources count as one: the edges that rest on them are settled again. */
async function touchRepublished(state: CallState): Promise<void> {
  const derived = [...state.edges.values()].filter((edge) => edge.type.name === 'DERIVED_FROM' && !edge.before);
  const ids = await loadEdgesStatedIn(
    state.tx,
    derived.map((edge) => edge.from),
  );
  await state.bringIn(ids);
  await state.loadClaims([...state.edges.values()].flatMap((edge) => [...edge.claims]));
}

async function settleEntities(state: CallState): Promise<ReadonlyMap<string, Outcome>> {
  const about = [...state.claims.values()]
    .filter((claim) => claim.value && claim.subject !== null)
    .map((claim) => claim.subject as string);
  await state.bringInEntities(about);
  const settled = [...state.entities.values()].filter(
    (entity) => about.includes(entity.id) || entity.before?.properties['asRecorded'] !== undefined,
  );
  await state.loadClaims(
    await loadFieldClaims(
      state.tx,
      settled.map((entity) => entity.id),
    ),
  );
  const bySubject = new Map<string, Testimony[]>();
  for (const id of new Set([...state.claims.keys(), ...state.storedClaims.keys()])) {
    const each = state.testimony(id);
    if (each?.value && each.subject !== null)
      bySubject.set(each.subject, [...(bySubject.get(each.subject) ?? []), each]);
  }
  const rows = [...state.entities.values()].map((next) => ({
    next,
    properties: settleEntity(next, bySubject.get(next.id) ?? []),
  }));
  return commitEntities(state.tx, rows, state.options);
}

async function settleEdges(
  state: CallState,
  which: (edge: NextEdge) => boolean,
): Promise<ReadonlyMap<string, Outcome>> {
  const some = [...state.edges.values()].filter((edge) => which(edge) && !state.committed.has(edge.id));
  for (const edge of some) state.committed.add(edge.id);
  const testimonies = new Map(some.map((edge) => [edge.id, state.testimonies(edge)]));
  const sources = [...testimonies.values()].flat().map((each) => each.evidence.source);
  const roots = await loadRoots(state.tx, [...new Set(sources)]);
  const rows = some.map((next) => ({
    next,
    properties: settleEdge(state.model, next, testimonies.get(next.id) ?? [], (source) => roots.get(source) ?? source),
  }));
  for (const { next, properties } of rows) if (!properties) state.gone.add(next.id);
  return commitEdges(state.tx, rows, state.options);
}

/** Claims that assert an edge which is not there, and those that no longer do. */
async function settleUnheld(state: CallState): Promise<void> {
  const bereft = [...state.gone].flatMap((id) => [...(state.edges.get(id)?.claims ?? [])]);
  const waiting = [...new Set([...state.waiting, ...bereft])].filter((id) => !state.claims.has(id));
  await state.loadEdges(waiting.flatMap((id) => assertedBy(state.storedClaims.get(id))));
  const isThere = (edge: string) => !state.gone.has(edge) && (state.edges.has(edge) || state.storedEdges.has(edge));
  const all = [
    ...[...state.claims.values()].map((claim) => ({ id: claim.id, asserts: claim.asserts })),
    ...waiting.map((id) => ({ id, asserts: assertedBy(state.storedClaims.get(id)) })),
  ];
  const unheld = all.filter((claim) => !claim.asserts.every(isThere)).map((claim) => claim.id);
  await labelUnheld(
    state.tx,
    unheld,
    all.map((claim) => claim.id).filter((id) => !unheld.includes(id)),
  );
}
