import { CLAIM_TIES, claimFields } from '../../model/common-fields.ts';
import { references } from '../../model/kinds.ts';
import { fieldsOfEntity } from '../../model/model.ts';
import type { Laid } from '../change.ts';
import type { CallState } from '../graph/call-state.ts';
import {
  type Gone,
  loadTypes,
  type StoredClaim,
  type StoredEdge,
  type StoredEntity,
  type TieName,
} from '../graph/graph-state.ts';
import { withField } from '../graph/properties.ts';
import { settleEdge } from '../graph/settle.ts';
import type { Severed } from '../log/ledger.ts';
import type { Stored } from '../log/states.ts';
import { touch } from '../records/lay.ts';
import { mergeStates, type NextEdge, type NextEntity, recordedProperties, type Stated } from '../records/next.ts';
import { edgeFields, isOwnEvidence } from '../records/next-edge.ts';
import { sameEntity } from '../records/next-entity.ts';
import type { Place } from '../records/problems.ts';
import { returningClaim, sameClaim } from './claims.ts';
import { loadLastStates } from './snapshots.ts';

/**
 * Bringing back what was removed, with what went along with it, and claims that were retracted. Everything comes back
 * under its own id, as it was; what it referred to must be there. Of what went along, that stays away which refers to
 * something that is still not there.
 */
export async function layRestoration(state: CallState, ids: readonly string[]): Promise<Laid> {
  const gone = await findGone(state, ids);
  const along = await loadAlong(state, [...gone.keys()]);
  const all = new Map([...along, ...gone]);
  const snapshots = await loadLastStates(state.tx, state.model, [...all.keys()]);
  await dropUnsupported(state, snapshots, gone);
  for (const snapshot of snapshots.values()) bringBack(state, snapshot);
  for (const id of snapshots.keys()) await mend(state, all.get(id)?.left ?? null);
  await dropTies(state);
  await returnBereft(state);
  await touch(state);
  for (const [id, { place }] of gone) checkCarried(state, state.edges.get(id), place);
  return { ids };
}

interface Left {
  readonly left: Gone;
  readonly place: Place | null;
}

/** The removed things among the ids; retracted claims are brought back at once, all others are told why not. */
async function findGone(state: CallState, ids: readonly string[]): Promise<Map<string, Left>> {
  await state.loadGone(ids);
  await state.loadClaims(ids);
  const types = await loadTypes(state.tx, state.model, ids);
  await state.loadEdges(ids);
  const found = new Map<string, Left>();
  ids.forEach((id, record) => {
    const place = { record, path: ['ids', record] };
    const left = state.gone.get(id);
    const claim = state.storedClaims.get(id);
    if (left?.survivor)
      state.problems.add(
        place,
        'MERGED',
        `${id} was merged into ${left.survivor}, not removed.`,
        `unmerge(merge: "${left.merge}") gives it back.`,
      );
    else if (left?.merge)
      state.problems.add(
        place,
        'MERGED',
        `${id} led from and to what was merged into one.`,
        `unmerge(merge: "${left.merge}") gives it back.`,
      );
    else if (left) found.set(id, { left, place });
    else if (claim?.properties['retractedAt'] !== undefined) {
      const next = sameClaim(claim as StoredClaim, place);
      const { retractedAt: _, retractedBy: __, retractionReason: ___, ...rest } = next.properties;
      state.claims.set(id, { ...next, properties: rest });
    } else if (claim || types.has(id) || state.storedEdges.has(id)) {
      state.findings.notices.add(place, 'REMOVED', `${id} is there already.`);
      state.ledger.unchanged(id);
    } else
      state.problems.add(
        place,
        'UNKNOWN_REFERENCE',
        `Nothing with the id ${id} was removed.`,
        'A relationship that went with its last claim comes back with that claim.',
      );
  });
  return found;
}

/** What went along with these. */
async function loadAlong(state: CallState, roots: readonly string[]): Promise<Map<string, Left>> {
  const { records } = await state.tx.run(
    'CYPHER 5 UNWIND $roots AS root MATCH (x:Removed {with: root}) RETURN properties(x)',
    { roots },
  );
  return new Map(
    records.map((record) => {
      const left = record.get(0) as Gone;
      return [left.id, { left, place: null }];
    }),
  );
}

/** Ids that a thing cannot be without. */
function needs(snapshot: Stored): string[] {
  if ('ties' in snapshot) {
    const { subject, object, speaker, source } = snapshot;
    return [subject, object, speaker, source, ...mentions(snapshot.properties, references(claimFields))].filter(
      (id): id is string => id !== null,
    );
  }
  if ('from' in snapshot)
    return [snapshot.from, snapshot.to, ...mentions(snapshot.properties, references(snapshot.type.fields))];
  return mentions(snapshot.properties, references(fieldsOfEntity(snapshot.type)));
}

const mentions = (properties: Readonly<Record<string, unknown>>, slots: readonly string[]): string[] =>
  slots.flatMap((slot) => (typeof properties[slot] === 'string' ? [properties[slot] as string] : []));

/** Leaves out, of what only comes along, what needs something that is not there; of what is named, that is a problem. */
async function dropUnsupported(
  state: CallState,
  snapshots: Map<string, Stored>,
  named: ReadonlyMap<string, Left>,
): Promise<void> {
  const wanted = [...snapshots.values()].flatMap((snapshot) => needs(snapshot));
  const there = await loadTypes(state.tx, state.model, [...new Set(wanted)]);
  await state.loadGone(wanted.filter((id) => !there.has(id)));
  for (let isStable = false; !isStable; ) {
    isStable = true;
    for (const [id, snapshot] of snapshots) {
      const lacking = needs(snapshot).find((each) => !there.has(each) && !snapshots.has(each));
      if (lacking === undefined) continue;
      const merged = state.gone.get(lacking)?.survivor;
      const place = named.get(id)?.place ?? [...named.values()][0]?.place ?? { record: 0, path: ['ids'] };
      const message = merged
        ? `${id} refers to ${lacking}, which was merged into ${merged} since.`
        : `${id} refers to ${lacking}, which is not there.`;
      const wayOut = merged ? `Undo ${state.gone.get(lacking)?.merge}, or record it anew.` : `Restore ${lacking} too.`;
      if (named.has(id)) state.problems.add(place, merged ? 'MERGED' : 'UNKNOWN_REFERENCE', message, wayOut);
      else state.findings.notices.add(place, 'REMOVED', `${message} It stays away.`, wayOut);
      snapshots.delete(id);
      isStable = false;
    }
  }
}

function bringBack(state: CallState, snapshot: Stored): void {
  if ('ties' in snapshot) state.claims.set(snapshot.id, returningClaim(snapshot));
  else if ('from' in snapshot) state.edges.set(snapshot.id, returningEdge(snapshot));
  else state.entities.set(snapshot.id, returningEntity(snapshot));
}

export const returningEdge = (was: StoredEdge): NextEdge => ({
  before: null,
  place: null,
  id: was.id,
  type: was.type,
  from: was.from,
  to: was.to,
  asRecorded: recordedProperties(was, edgeFields(was.type)),
  // Those that assert it bring themselves in.
  claims: new Set(),
  born: was.properties,
  returns: true,
});

export const returningEntity = (was: StoredEntity): NextEntity => ({
  ...sameEntity(was),
  before: null,
  born: was.properties,
  returns: true,
});

/** Its claims may have been retracted, or removed by themselves. */
function checkCarried(state: CallState, edge: NextEdge | undefined, place: Place | null): void {
  if (!edge || !place || isOwnEvidence(edge, state.model)) return;
  if (settleEdge(state.model, edge, state.testimonies(edge), (source) => source) !== null) return;
  state.problems.add(
    place,
    'RELATIONSHIP_WITHOUT_CLAIM',
    `No claim carries ${edge.id} any more.`,
    'Restore one of its claims; it comes back with that.',
  );
}

/** Edges that went with the last claim that carried them, where that comes back. */
async function returnBereft(state: CallState): Promise<void> {
  const asserted = [...state.claims.values()].flatMap(({ asserts }) => asserts);
  await state.loadEdges(asserted);
  const away = [...new Set(asserted)].filter((id) => !state.storedEdges.has(id) && !state.edges.has(id));
  await state.loadGone(away);
  const snapshots = await loadLastStates(
    state.tx,
    state.model,
    away.filter((id) => !state.gone.has(id)),
  );
  const there = await loadTypes(
    state.tx,
    state.model,
    [...snapshots.values()].flatMap((snapshot) => needs(snapshot)),
  );
  for (const [id, snapshot] of snapshots) {
    const isSupported = needs(snapshot).every((each) => there.has(each) || state.entities.has(each));
    if ('from' in snapshot && isSupported) state.edges.set(id, returningEdge(snapshot));
  }
}

/** Ties of what comes back, to claims that have gone since. */
async function dropTies(state: CallState): Promise<void> {
  const returning = [...state.claims.values()].filter(({ returns }) => returns);
  await state.loadClaims(returning.flatMap(({ ties }) => Object.values(ties).flat()));
  const isThere = (id: string) => state.claims.has(id) || state.storedClaims.has(id);
  for (const claim of returning)
    claim.ties = Object.fromEntries(
      Object.entries(claim.ties).map(([tie, ids]) => [tie, ids.filter(isThere)]),
    ) as typeof claim.ties;
}

/** Puts back into what has stayed what was taken out of it when this went. */
async function mend(state: CallState, left: Gone | null): Promise<void> {
  const severed = left?.severed ? (JSON.parse(left.severed) as Severed[]) : [];
  await state.bringIn(severed.map(({ id }) => id));
  await state.bringInEntities(severed.map(({ id }) => id));
  await state.loadClaims(severed.map(({ id }) => id));
  for (const { id, slot, was } of severed) {
    const stored = state.storedClaims.get(id);
    const claim = state.claims.get(id) ?? (stored && sameClaim(stored));
    const next = state.edges.get(id) ?? state.entities.get(id);
    if (claim) {
      state.claims.set(id, claim);
      if (slot === 'asserts') {
        const { asserts, states } = was as { asserts: string[]; states: Stated[] };
        claim.asserts = inOrder(asserts, [...claim.asserts, left?.id ?? '']);
        claim.states = mergeStates(claim.states, states);
      } else if (slot === 'states') claim.states = mergeStates(claim.states, was as Stated[]);
      else if (slot in CLAIM_TIES) {
        const tie = slot as TieName;
        claim.ties = { ...claim.ties, [tie]: [...new Set([...claim.ties[tie], String(was)])].sort() };
      } else if (claim.properties[slot] === undefined) claim.properties = { ...claim.properties, [slot]: was };
    } else if (next && next.asRecorded[slot] === undefined) {
      const fields = 'from' in next ? edgeFields(next.type) : fieldsOfEntity(next.type);
      const field = fields.find(({ name }) => name === slot);
      if (field) next.asRecorded = withField(next.asRecorded, field, was);
    }
  }
}

/** These ids in the order that they had, what came since at the end. */
export function inOrder(before: readonly string[], now: readonly string[]): string[] {
  const known = new Set(now);
  return [...before.filter((id) => known.has(id)), ...[...known].filter((id) => !before.includes(id))];
}
