import { fieldsOfEntity } from '../../model/model.ts';
import { type NextEdge, type NextEntity, recordedProperties } from '../records/next.ts';
import { isOwnEvidence } from '../records/next-edge.ts';
import { assertedBy, type CallState } from './call-state.ts';
import { commitClaims, labelUnheld } from './commit-claims.ts';
import { commitEdges } from './commit-edges.ts';
import { commitEntities } from './commit-entities.ts';
import { loadEdgesStatedIn, loadFieldClaims, loadRoots } from './graph-state.ts';
import { fingerprint } from './properties.ts';
import { settleEdge, settleEntity, type Testimony } from './settle.ts';

/** Writing the graph as it would be, with everything that follows from its claims. */

/** Entities first; then what sources are to one another, since that decides how sources count; then the rest. */
export async function commitCall(state: CallState): Promise<void> {
  state.recount();
  const ofSources = (edge: NextEdge) => isOwnEvidence(edge, state.model) && edge.claims.size === 0;
  await settleEntities(state);
  await settleEdges(state, ofSources);
  await touchRepublished(state);
  await settleEdges(state, (edge) => !ofSources(edge));
  await commitClaims(state.pen, [...state.claims.values()]);
  await settleUnheld(state);
}

/** Whether an edge that comes or goes changes what sources are to one another. */
const isRepublication = (edge: NextEdge): boolean =>
  edge.type.name === 'DERIVED_FROM' && (!edge.before || edge.fate !== undefined);

/**
 * Whether a call bears on what others may be writing at the same time without touching the same things: sources that
 * come to count as one, and claims that wait for an edge which is not there.
 */
export const mustBeAlone = (state: CallState): boolean =>
  [...state.edges.values()].some(isRepublication) ||
  [...state.claims.values()].some((claim) =>
    claim.asserts.some((id) => !state.edges.has(id) && !state.storedEdges.has(id)),
  );

/** A new DERIVED_FROM makes sources count as one: the edges that rest on them are settled again. */
async function touchRepublished(state: CallState): Promise<void> {
  const derived = [...state.edges.values()].filter(isRepublication);
  const ids = await loadEdgesStatedIn(
    state.tx,
    derived.map((edge) => edge.from),
  );
  await state.bringIn(ids);
  await state.refreshClaims(
    [...state.edges.values()].flatMap((edge) => (ids.includes(edge.id) ? [...edge.claims] : [])),
  );
}

/** Whether an entity shows, and is to show, nothing but what records said of it before. */
const isAsRecorded = ({ before, asRecorded, type }: NextEntity): boolean =>
  before !== null &&
  before.properties['asRecorded'] === undefined &&
  fingerprint(recordedProperties(before, fieldsOfEntity(type))) === fingerprint(asRecorded);

async function settleEntities(state: CallState): Promise<void> {
  const about = [...state.claims.values()]
    .filter((claim) => claim.value || claim.before?.properties['valueKind'])
    .flatMap((claim) => [claim.subject, claim.before?.subject])
    .filter((id): id is string => typeof id === 'string' && !state.entities.get(id)?.fate);
  await state.bringInEntities(about);
  const isAbout = new Set(about);
  const settled = [...state.entities.values()].filter(
    (entity) => isAbout.has(entity.id) || state.resettled.has(entity.id) || (entity.before && !isAsRecorded(entity)),
  );
  await state.refreshClaims(
    await loadFieldClaims(
      state.tx,
      settled.map((entity) => entity.id),
    ),
  );
  const bySubject = new Map<string, Testimony[]>();
  for (const id of new Set([...state.claims.keys(), ...state.storedClaims.keys()])) {
    const each = state.claims.get(id)?.fate ? undefined : state.testimony(id);
    if (!each?.value || each.subject === null) continue;
    const known = bySubject.get(each.subject);
    if (known) known.push(each);
    else bySubject.set(each.subject, [each]);
  }
  const rows = [...state.entities.values()].map((next) => ({
    next,
    properties: settleEntity(next, bySubject.get(next.id) ?? []),
  }));
  await commitEntities(state.pen, rows);
}

async function settleEdges(state: CallState, which: (edge: NextEdge) => boolean): Promise<void> {
  const some = [...state.edges.values()].filter((edge) => which(edge) && !state.committed.has(edge.id));
  for (const edge of some) state.committed.add(edge.id);
  const testimonies = new Map(some.map((edge) => [edge.id, state.testimonies(edge)]));
  const sources = [...testimonies.values()].flat().map((each) => each.evidence.source);
  const roots = await loadRoots(state.tx, [...new Set(sources)]);
  const rows = some.map((next) => ({
    next,
    properties:
      next.fate || next.isUndone
        ? null
        : settleEdge(state.model, next, testimonies.get(next.id) ?? [], (source) => roots.get(source) ?? source),
  }));
  for (const { next, properties } of rows) if (!properties) state.dissolved.add(next.id);
  await commitEdges(state.pen, rows);
}

/** Claims that assert an edge which is not there, and those that no longer do. */
async function settleUnheld(state: CallState): Promise<void> {
  const bereft = [...state.dissolved].flatMap((id) => [...(state.edges.get(id)?.claims ?? [])]);
  const waiting = [...new Set([...state.waiting, ...bereft])].filter((id) => !state.claims.has(id));
  await state.loadEdges(waiting.flatMap((id) => assertedBy(state.storedClaims.get(id))));
  const isThere = (edge: string) =>
    !state.dissolved.has(edge) && (state.edges.has(edge) || state.storedEdges.has(edge));
  const all = [
    ...[...state.claims.values()].flatMap(({ id, asserts, fate }) => (fate ? [] : [{ id, asserts }])),
    ...waiting.map((id) => ({ id, asserts: assertedBy(state.storedClaims.get(id)) })),
  ];
  const unheld = all.filter((claim) => !claim.asserts.every(isThere)).map((claim) => claim.id);
  const isUnheld = new Set(unheld);
  await labelUnheld(
    state.tx,
    unheld,
    all.flatMap(({ id }) => (isUnheld.has(id) || state.claims.get(id)?.before === null ? [] : [id])),
  );
}
