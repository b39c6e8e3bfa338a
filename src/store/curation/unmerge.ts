import { references } from '../../model/kinds.ts';
import { fieldsOfEntity } from '../../model/model.ts';
import type { Laid } from '../change.ts';
import type { CallState } from '../graph/call-state.ts';
import { loadTypes, type StoredEdge, type StoredEntity } from '../graph/graph-state.ts';
import { withField } from '../graph/properties.ts';
import { readState } from '../log/states.ts';
import { touch } from '../records/lay.ts';
import { inStatedOrder, type NextClaim, type NextEntity, type Stated, statedKey } from '../records/next.ts';
import { edgeFields, isOwnEvidence } from '../records/next-edge.ts';
import { sameClaim } from './claims.ts';
import { bury, closeMerge, loadMerge, redirectBack, type StoredMerge, setFormerly } from './merge-log.ts';
import { inOrder, returningEdge, returningEntity } from './restore.ts';
import { takeBackFields, takeBackNames } from './unmerge-fields.ts';

/**
 * Undoing a merge. What it moved goes back, where it still is as the merge left it; what has been said of the survivor
 * since stays with the survivor. A merge that another one has moved on must wait until that one is undone.
 */
export async function layUnmerge(state: CallState, id: string): Promise<Laid> {
  const merge = await loadMerge(state.tx, id);
  if (!(await checkUnmerge(state, id, merge)) || !merge) return {};
  const undoing = new Undoing(state, merge);
  await undoing.returnEntities();
  await undoing.returnEdges();
  await undoing.returnClaims();
  await undoing.returnReferences();
  await touch(state);
  undoing.dropWhatWasMade();
  state.finally.push(() => undoing.finish());
  return { merges: [id] };
}

async function checkUnmerge(state: CallState, id: string, merge: StoredMerge | null): Promise<boolean> {
  const place = { record: 0, path: ['merge'] };
  const { problems } = state;
  if (!merge) {
    problems.add(
      place,
      'UNKNOWN_REFERENCE',
      `There is no merge ${id}.`,
      'A merge answers its id; it is also that of the call in its revisions, with merge: for call:.',
    );
    return false;
  }
  if (!merge.isActive) problems.add(place, 'CONFLICT', `The merge ${id} is undone already.`);
  const moved = merge.log.edges.flatMap(({ became }) => became ?? []);
  const named = edgesOf(state, merge).flatMap((edge) => [
    edge.from,
    edge.to,
    ...mentionsOf(edge).map(({ id: of }) => of),
  ]);
  const others = named.filter((each) => !merge.from.includes(each));
  await state.loadGone([merge.into, ...moved, ...others]);
  const survivor = state.gone.get(merge.into);
  if (survivor?.survivor)
    problems.add(
      place,
      'MERGED',
      `${merge.into} was itself merged into ${survivor.survivor}.`,
      `Undo ${survivor.merge} first.`,
    );
  else if (survivor)
    problems.add(place, 'REMOVED', `${merge.into} was removed.`, `restore(ids: ["${merge.into}"]) first.`);
  const later = [...moved, ...others].map((each) => state.gone.get(each)).find((gone) => gone?.merge);
  if (!survivor && later)
    problems.add(
      place,
      'MERGED',
      `A later merge has moved ${later.id}, which what this one moved leads to.`,
      `Undo ${later.merge} first.`,
    );
  return problems.all.length === 0;
}

/** The edges that a merge moved, as they were. */
const edgesOf = (state: CallState, { log }: StoredMerge): StoredEdge[] =>
  log.edges.map(({ id, state: text }) => readState(state.model, id, text) as StoredEdge);

/** What an edge names in its properties. */
const mentionsOf = ({ type, properties }: StoredEdge): { readonly slot: string; readonly id: string }[] =>
  references(type.fields).flatMap((slot) =>
    typeof properties[slot] === 'string' ? [{ slot, id: properties[slot] as string }] : [],
  );

class Undoing {
  readonly #state: CallState;
  readonly #merge: StoredMerge;
  /** What each edge had become. */
  readonly #became: ReadonlyMap<string, string>;
  readonly #retired: ReadonlyMap<string, StoredEntity>;
  /** Edges that come back. */
  readonly #returning = new Set<string>();
  /** Properties of theirs that named what is not there any more. */
  readonly #unsaid = new Set<string>();

  constructor(state: CallState, merge: StoredMerge) {
    this.#state = state;
    this.#merge = merge;
    this.#became = new Map(merge.log.edges.flatMap(({ id, became }) => (became === null ? [] : [[id, became]])));
    this.#retired = new Map(
      merge.log.retired.map(({ id, state: text }) => [id, readState(state.model, id, text) as StoredEntity]),
    );
  }

  async returnEntities(): Promise<void> {
    const { into, log } = this.#merge;
    const state = this.#state;
    await state.bringInEntities([into]);
    const survivor = state.entities.get(into) as NextEntity;
    const back = new Set(log.externalIds.map(({ key }) => key).filter((key) => survivor.externalIds.includes(key)));
    survivor.externalIds = survivor.externalIds.filter((key) => !back.has(key));
    for (const [id, was] of this.#retired) {
      const next = returningEntity(was);
      next.externalIds = was.externalIds.filter((key) => back.has(key));
      state.entities.set(id, next);
    }
    takeBackFields(fieldsOfEntity(survivor.type), survivor, log.filled);
    await takeBackNames(state, survivor, this.#merge);
  }

  /** Edges whose other end is still there; claims decide whether something carries them. */
  async returnEdges(): Promise<void> {
    const state = this.#state;
    const edges = edgesOf(state, this.#merge);
    const named = edges.flatMap((edge) => [edge.from, edge.to, ...mentionsOf(edge).map(({ id }) => id)]);
    const there = await loadTypes(state.tx, state.model, [...new Set(named)]);
    const isThere = (id: string) => this.#retired.has(id) || there.has(id);
    await state.bringIn([...this.#became.values()]);
    for (const edge of edges) {
      if (!isThere(edge.from) || !isThere(edge.to)) continue;
      const became = this.#became.get(edge.id);
      const next = returningEdge(edge);
      // What is its own evidence comes back only while what it had become has not been removed.
      if (isOwnEvidence(next, state.model) && became !== undefined && !state.edges.has(became)) continue;
      // What it named may have been removed meanwhile, with every mention.
      const missing = mentionsOf(edge).filter(({ id }) => !isThere(id));
      if (missing.some(({ slot }) => edge.type.identity.includes(slot))) continue;
      for (const { slot } of missing) {
        this.#unsaid.add(`${edge.id} ${slot}`);
        const field = edgeFields(edge.type).find(({ name }) => name === slot);
        if (field) next.asRecorded = withField(next.asRecorded, field, undefined);
      }
      this.#returning.add(edge.id);
      state.edges.set(edge.id, next);
    }
  }

  async returnClaims(): Promise<void> {
    const state = this.#state;
    const { into, log } = this.#merge;
    const { claims } = log;
    await state.loadClaims(claims.map(({ id }) => id));
    for (const { id, slots, asserts, states } of claims) {
      const stored = state.storedClaims.get(id);
      if (!stored) continue;
      const claim = sameClaim(stored);
      for (const [slot, was] of Object.entries(slots)) this.#returnSlot(claim, slot, was, into);
      if (asserts) this.#returnAsserts(claim, asserts);
      if (states) this.#returnStates(claim, states);
      this.#unsay(claim);
      state.claims.set(id, claim);
      for (const edge of (stored.properties['asserts'] as string[] | undefined) ?? [])
        if (!claim.asserts.includes(edge)) state.edges.get(edge)?.claims.delete(id);
    }
  }

  #returnSlot(claim: NextClaim, slot: string, was: string, into: string): void {
    if (slot === 'subject' || slot === 'object' || slot === 'speaker' || slot === 'source') {
      if (claim[slot] === into) claim[slot] = was;
    } else if (claim.properties[slot] === into) claim.properties = { ...claim.properties, [slot]: was };
  }

  /** What a claim had asserted, where it still asserts what that became. */
  #returnAsserts(claim: NextClaim, before: readonly string[]): void {
    const now = new Set(claim.asserts);
    const back = before.filter((id) => now.has(this.#became.get(id) ?? id) && this.#isBack(id));
    const left = new Set(back.flatMap((id) => this.#became.get(id) ?? []).filter((id) => !before.includes(id)));
    claim.asserts = inOrder(before, [...claim.asserts.filter((id) => !left.has(id)), ...back]);
  }

  #isBack = (id: string): boolean => this.#returning.has(id) || !this.#became.has(id);

  /** What a claim had said of edges, where it has not said otherwise since. */
  #returnStates(claim: NextClaim, before: readonly Stated[]): void {
    const movedKey = (one: Stated) =>
      statedKey({ ...one, relationship: this.#became.get(one.relationship) ?? one.relationship });
    const now = new Map(claim.states.map((one) => [statedKey(one), one]));
    const kept = new Map(now);
    for (const one of before) if (this.#isBack(one.relationship)) kept.delete(movedKey(one));
    const first = new Set<string>();
    for (const one of before) {
      const current = now.get(movedKey(one));
      if (!current || !this.#isBack(one.relationship)) continue;
      // Of several that became one, the first was kept; the others are as they were.
      const isEdited = !first.has(movedKey(one)) && !this.#isSameValue(current.value, one.value);
      first.add(movedKey(one));
      kept.set(statedKey(one), isEdited ? { ...one, value: current.value } : one);
    }
    claim.states = inStatedOrder([...kept.values()]);
  }

  /** Claims keep what they said of edges that were not there: not what names something that is not there now. */
  #unsay(claim: NextClaim): void {
    claim.states = claim.states.filter((one) => !this.#unsaid.has(statedKey(one)));
  }

  #isSameValue(now: unknown, was: unknown): boolean {
    const moved = typeof was === 'string' && this.#retired.has(was) ? this.#merge.into : was;
    return JSON.stringify(now) === JSON.stringify(moved);
  }

  async returnReferences(): Promise<void> {
    const state = this.#state;
    const { references, folded } = this.#merge.log;
    await state.bringInEntities(references.map(({ id }) => id));
    await state.bringIn([...references, ...folded].map(({ id }) => id));
    for (const { id, slot, was } of references) {
      const next = state.edges.get(id) ?? state.entities.get(id);
      if (!next || next.asRecorded[slot] !== this.#merge.into) continue;
      const fields = 'from' in next ? edgeFields(next.type) : fieldsOfEntity(next.type);
      const field = fields.find(({ name }) => name === slot);
      if (field) next.asRecorded = withField(next.asRecorded, field, was);
    }
    for (const { id, filled } of folded) {
      const edge = state.edges.get(id);
      if (edge) takeBackFields(edgeFields(edge.type), edge, filled);
    }
  }

  /** Edges that the merge had made, and that nothing rests on but themselves. */
  dropWhatWasMade(): void {
    for (const id of this.#merge.log.made) {
      const edge = this.#state.edges.get(id);
      if (edge && isOwnEvidence(edge, this.#state.model)) edge.isUndone = true;
    }
  }

  async finish(): Promise<void> {
    const { tx, options, edges } = this.#state;
    const { id, log } = this.#merge;
    await redirectBack(tx, log.redirected);
    await setFormerly(
      tx,
      log.externalIds.flatMap(({ key, formerly }) => (formerly === null ? [] : [{ key, formerly }])),
    );
    await bury(
      tx,
      log.buried.filter((left) => {
        const edge = edges.get(String(left['id']));
        return !edge || this.#state.dissolved.has(edge.id);
      }),
    );
    await closeMerge(tx, id, options.at, options.by);
  }
}
