import { claimFields } from '../../model/common-fields.ts';
import { edgeId } from '../../model/identity.ts';
import { references } from '../../model/kinds.ts';
import { fieldsOfEntity, storedName } from '../../model/model.ts';
import type { MergeConflict } from '../../model/reports.ts';
import type { Laid } from '../change.ts';
import type { CallState } from '../graph/call-state.ts';
import { loadExternalIds } from '../graph/graph-state.ts';
import { fromProperties, withField } from '../graph/properties.ts';
import { stateText } from '../log/states.ts';
import { touch } from '../records/lay.ts';
import {
  inStatedOrder,
  type NextClaim,
  type NextEdge,
  type NextEntity,
  type Stated,
  statedKey,
} from '../records/next.ts';
import { edgeFields } from '../records/next-edge.ts';
import { sameClaim } from './claims.ts';
import { checkMerge } from './merge-checks.ts';
import { giveFields, giveNames } from './merge-fields.ts';
import { emptyLog, type MergeLog, redirect, setFormerly, writeMerge } from './merge-log.ts';
import { loadReferrers, type Referrers } from './referrers.ts';

/**
 * Merging entities into one of them. Everything that referred to the others refers to the survivor: edges get the ids
 * that their new ends make, and fold where there is one already; claims keep what they say, who says it and where. What
 * was done is kept, so that it can be undone.
 */
export async function layMerge(
  state: CallState,
  { into, from, reason }: { readonly into: string; readonly from: readonly string[]; readonly reason: string },
): Promise<Laid> {
  if (!(await checkMerge(state, into, from))) return {};
  const id = mergeId(state.id);
  const merge = new Merging(state, id, into, from);
  await merge.lookAtKeys();
  const referrers = await loadReferrers(state.tx, state.model, from);
  await merge.moveReferences(referrers);
  await merge.moveEdges(referrers);
  await merge.moveClaims(referrers);
  merge.moveEntities();
  await touch(state);
  state.finally.push(() => merge.finish(reason));
  return { merges: [id], conflicts: merge.conflicts };
}

/** The id of the merge that a call makes: whoever has one has the other. */
const mergeId = (call: string): string => call.replace(/^call:/, 'merge:');

class Merging {
  readonly conflicts: MergeConflict[] = [];
  readonly #log: MergeLog = emptyLog();
  readonly #state: CallState;
  readonly #id: string;
  readonly #into: string;
  readonly #from: ReadonlySet<string>;
  /** What each moved edge became; null where it was dropped. */
  readonly #formerly = new Map<string, string>();
  readonly #became = new Map<string, string | null>();

  constructor(state: CallState, id: string, into: string, from: readonly string[]) {
    this.#state = state;
    this.#id = id;
    this.#into = into;
    this.#from = new Set(from);
  }

  /** Whose the external ids were before earlier merges. */
  async lookAtKeys(): Promise<void> {
    const keys = [...this.#from].flatMap((id) => this.#state.entities.get(id)?.externalIds ?? []);
    for (const [key, { formerly }] of await loadExternalIds(this.#state.tx, keys))
      if (formerly !== null) this.#formerly.set(key, formerly);
  }

  /** Fields of other entities, and properties of edges, that name what is merged away. */
  async moveReferences({ entities, edges }: Referrers): Promise<void> {
    const state = this.#state;
    await state.bringInEntities(entities.map(({ id }) => id));
    await state.bringIn(edges.map(({ id }) => id));
    for (const { id, slot, to } of [...entities, ...edges]) {
      const next = state.entities.get(id) ?? state.edges.get(id);
      const field =
        next && ('from' in next ? edgeFields(next.type) : fieldsOfEntity(next.type)).find(({ name }) => name === slot);
      if (!next || !field || this.#from.has(id) || next.asRecorded[slot] !== to) continue;
      next.asRecorded = withField(next.asRecorded, field, this.#into);
      if (!('from' in next && next.type.identity.includes(slot))) this.#log.references.push({ id, slot, was: to });
    }
  }

  async moveEdges({ ends, edges }: Referrers): Promise<void> {
    const state = this.#state;
    const ids = [...new Set([...ends, ...edges].map(({ id }) => id))].sort();
    await state.bringIn(ids);
    const moves = ids.flatMap((id) => {
      const edge = state.edges.get(id);
      return edge ? [{ edge, ...this.#moved(edge) }] : [];
    });
    const targets = moves.map(({ id }) => id).filter((id) => !ids.includes(id));
    await state.bringIn(targets);
    await state.loadGone(targets);
    for (const { edge, id, from, to } of moves) {
      if (id === edge.id) continue;
      this.#became.set(edge.id, from === to ? null : id);
      this.#log.edges.push({
        id: edge.id,
        state: stateText(edge.before as NonNullable<NextEdge['before']>),
        became: from === to ? null : id,
      });
      edge.fate = { merge: this.#id, ...(from === to ? {} : { survivor: id }) };
      if (from !== to) this.#arrive(edge, id, from, to);
    }
  }

  /** Where an edge leads once its ends and references are moved, and the id that this makes. */
  #moved(edge: NextEdge): { readonly id: string; readonly from: string; readonly to: string } {
    const [a, b] = [this.#survivor(edge.from), this.#survivor(edge.to)];
    const [from, to] = edge.type.symmetric ? ([a, b].sort() as [string, string]) : [a, b];
    const isSame = from === edge.from && to === edge.to;
    const identity = Object.fromEntries(
      edge.type.identity.map((name) => {
        const field = edgeFields(edge.type).find((each) => each.name === storedName(edge.type, name));
        return [name, field && fromProperties(field, edge.asRecorded)];
      }),
    );
    const renamed = edge.type.identity.some((name) => {
      const was = edge.before?.properties[storedName(edge.type, name)];
      return typeof was === 'string' && this.#from.has(was);
    });
    return { id: isSame && !renamed ? edge.id : edgeId(edge.type, from, to, identity), from, to };
  }

  #arrive(edge: NextEdge, id: string, from: string, to: string): void {
    const { edges, gone } = this.#state;
    const there = edges.get(id);
    if (there && !there.fate) {
      for (const claim of edge.claims) there.claims.add(claim);
      const filled = this.#fill(there, edge);
      if (Object.keys(filled).length > 0) this.#log.folded.push({ id, filled });
      return;
    }
    const left = gone.get(id);
    if (left) this.#log.buried.push({ ...left });
    this.#log.made.push(id);
    const { type, asRecorded, claims, before } = edge;
    edges.set(id, {
      ...{ before: null, place: null, id, type, from, to, asRecorded, claims: new Set(claims) },
      ...(before ? { born: before.properties } : {}),
      ...(left ? { returns: true } : {}),
    });
  }

  #fill(there: NextEdge, edge: NextEdge): Record<string, unknown> {
    const fields = edgeFields(there.type);
    const { recorded, filled, conflicts } = giveFields(fields, there.asRecorded, edge.asRecorded);
    there.asRecorded = recorded;
    for (const each of conflicts) this.conflicts.push({ into: there.id, from: edge.id, ...each });
    return filled;
  }

  async moveClaims({ roles, claims }: Referrers): Promise<void> {
    const state = this.#state;
    const ofEdges = [...this.#became.keys()].flatMap((id) => [...(state.edges.get(id)?.claims ?? [])]);
    const ofReferring = this.#log.references.flatMap(({ id }) => [...(state.edges.get(id)?.claims ?? [])]);
    const ids = [
      ...new Set([...roles.map(({ id }) => id), ...claims.map(({ id }) => id), ...ofEdges, ...ofReferring]),
    ].sort();
    await state.loadClaims(ids);
    for (const id of ids) {
      const stored = state.storedClaims.get(id);
      if (!stored) continue;
      const claim = sameClaim(stored);
      if (this.#moveClaim(claim)) state.claims.set(id, claim);
    }
  }

  /** Moves what a claim refers to; returns whether anything did. */
  #moveClaim(claim: NextClaim): boolean {
    const slots: Record<string, string> = {};
    for (const slot of ['subject', 'object', 'speaker', 'source'] as const) {
      const id = claim[slot];
      if (id === null || !this.#from.has(id)) continue;
      slots[slot] = id;
      claim[slot] = this.#into;
    }
    for (const slot of references(claimFields)) {
      const id = claim.properties[slot];
      if (typeof id !== 'string' || !this.#from.has(id)) continue;
      slots[slot] = id;
      claim.properties = { ...claim.properties, [slot]: this.#into };
    }
    const asserts = [...new Set(claim.asserts.map((id) => this.#became.get(id) ?? id))];
    const states = firstSaid(claim.states.map((one) => this.#movedStatement(one)));
    const moved = {
      asserts: JSON.stringify(asserts) === JSON.stringify(claim.asserts) ? null : claim.asserts,
      states: JSON.stringify(states) === JSON.stringify(claim.states) ? null : claim.states,
    };
    claim.asserts = asserts;
    claim.states = states;
    if (Object.keys(slots).length === 0 && !moved.asserts && !moved.states) return false;
    this.#log.claims.push({ id: claim.id, slots, ...moved });
    return true;
  }

  #movedStatement(one: Stated): Stated {
    const relationship = this.#became.get(one.relationship) ?? one.relationship;
    const isMention = typeof one.value === 'string' && this.#from.has(one.value);
    return { ...one, relationship, ...(isMention ? { value: this.#into } : {}) };
  }

  /** What the survivor is given, and what becomes of the others. */
  moveEntities(): void {
    const { entities } = this.#state;
    const survivor = entities.get(this.#into) as NextEntity;
    for (const id of this.#from) {
      const other = entities.get(id) as NextEntity;
      this.#log.retired.push({ id, state: stateText(other.before as NonNullable<NextEntity['before']>) });
      for (const each of giveNames(survivor, other, this.#log))
        this.conflicts.push({ into: survivor.id, from: id, ...each });
      const keys = other.externalIds.filter((key) => !survivor.externalIds.includes(key));
      this.#log.externalIds.push(...keys.map((key) => ({ key, formerly: this.#formerly.get(key) ?? null, of: id })));
      survivor.externalIds = [...survivor.externalIds, ...keys];
      other.externalIds = [];
      other.fate = { survivor: survivor.id, merge: this.#id };
    }
  }

  async finish(reason: string): Promise<void> {
    const { tx, options } = this.#state;
    const moves = [
      ...[...this.#from].map((was) => ({ was, now: this.#into })),
      ...[...this.#became].flatMap(([was, now]) => (now === null ? [] : [{ was, now }])),
    ];
    this.#log.redirected = await redirect(tx, moves);
    await setFormerly(
      tx,
      this.#log.externalIds.map(({ key, formerly, of }) => ({ key, formerly: formerly ?? of })),
    );
    const { at, by } = options;
    await writeMerge(tx, { id: this.#id, into: this.#into, from: [...this.#from], reason, at, by, log: this.#log });
  }

  #survivor = (id: string): string => (this.#from.has(id) ? this.#into : id);
}

/** Of what is said of one property of one edge by edges that became one, the first stands. */
const firstSaid = (states: readonly Stated[]): Stated[] =>
  inStatedOrder(states.filter((one, nth) => states.findIndex((each) => statedKey(each) === statedKey(one)) === nth));
