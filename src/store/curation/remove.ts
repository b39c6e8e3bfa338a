import { fieldsOfEntity } from '../../model/model.ts';
import type { Dangling } from '../../model/reports.ts';
import type { Laid } from '../change.ts';
import type { CallState } from '../graph/call-state.ts';
import type { TieName } from '../graph/graph-state.ts';
import { withField } from '../graph/properties.ts';
import { settleEdge } from '../graph/settle.ts';
import type { Severed } from '../log/ledger.ts';
import { touch } from '../records/lay.ts';
import type { NextClaim, NextEdge, NextEntity, Stated } from '../records/next.ts';
import { edgeFields, isOwnEvidence } from '../records/next-edge.ts';
import { sameClaim } from './claims.ts';
import { loadReferrers, loadTiedTo, type Referrer } from './referrers.ts';

/**
 * Removing what should never have been entered. What it takes along is found by following what refers to it, until
 * nothing does: an edge goes with either end, and with its last standing claim; a claim with its subject, object,
 * speaker or source, and with its last edge. What only mentions it stays, without the mention.
 */
export async function layRemoval(state: CallState, ids: readonly string[], cascade: boolean): Promise<Laid> {
  const removal = new Removal(state);
  await removal.name(ids);
  if (state.problems.all.length > 0) return { ids };
  await removal.follow();
  const dangling = removal.dangling();
  if (dangling.length > 0 && !cascade)
    state.problems.add(
      { record: 0, path: ['ids'] },
      'DANGLING',
      `${dangling.length} ${dangling.length === 1 ? 'thing refers' : 'things refer'} to what is to be removed, such as ${dangling[0]?.id}, which ${dangling[0]?.because} ${dangling[0]?.to}.`,
      'Look at dangling; remove those first, or set cascade: true to remove them too.',
    );
  removal.seal();
  await touch(state);
  return { ids, dangling: cascade ? [] : dangling };
}

type Next = NextEntity | NextEdge | NextClaim;

class Removal {
  readonly #state: CallState;
  readonly #named = new Set<string>();
  /** What goes, by id, with the named thing that it goes with. */
  readonly #going = new Map<string, { readonly next: Next; readonly root: string }>();
  readonly #severed = new Map<string, Severed[]>();
  readonly #dangling: Dangling[] = [];
  #pending: string[] = [];

  constructor(state: CallState) {
    this.#state = state;
  }

  /** Takes the ids that are named; each must be there. */
  async name(ids: readonly string[]): Promise<void> {
    const state = this.#state;
    await state.bringInEntities(ids);
    await state.bringIn(ids);
    await this.#bringInClaims(ids.filter((id) => id.startsWith('claim:')));
    await state.loadGone(ids);
    ids.forEach((id, record) => {
      const place = { record, path: ['ids', record] };
      const gone = state.gone.get(id);
      if (this.#find(id)) this.#named.add(id);
      else if (gone && !gone.survivor) {
        state.findings.notices.add(place, 'REMOVED', `${id} is removed already.`);
        state.ledger.unchanged(id);
      } else if (gone)
        state.problems.add(
          place,
          'MERGED',
          `${id} was merged into ${gone.survivor}.`,
          `Remove that, or undo ${gone.merge ?? 'the merge'} first.`,
        );
      else state.problems.add(place, 'UNKNOWN_REFERENCE', `There is nothing with the id ${id}.`);
    });
    for (const id of this.#named) this.#take(id, id);
  }

  /** Follows what refers to what goes, until nothing does. */
  async follow(): Promise<void> {
    while (this.#pending.length > 0) {
      const ids = this.#pending;
      this.#pending = [];
      const going = ids.map((id) => this.#going.get(id)?.next as Next);
      await this.#leaveEntities(going.filter((next) => 'externalIds' in next).map(({ id }) => id));
      await this.#leaveEdges(going.filter((next): next is NextEdge => 'from' in next));
      await this.#leaveClaims(going.filter((next): next is NextClaim => 'ties' in next));
    }
  }

  /** What would refer to what is not there; a claim that says nothing but a named edge is part of it. */
  dangling(): Dangling[] {
    return this.#dangling;
  }

  /** Seals the fate of all that goes. */
  seal(): void {
    for (const { next, root } of this.#going.values()) {
      const severed = this.#severed.get(next.id);
      next.fate = { ...(root === next.id ? {} : { with: root }), ...(severed ? { severed } : {}) };
    }
  }

  #find(id: string): Next | undefined {
    const { entities, edges, claims } = this.#state;
    return entities.get(id) ?? edges.get(id) ?? claims.get(id);
  }

  #take(id: string, root: string): void {
    const next = this.#find(id);
    if (!next || this.#going.has(id)) return;
    this.#going.set(id, { next, root });
    this.#pending.push(id);
  }

  #rootOf = (id: string): string => this.#going.get(id)?.root ?? id;

  async #leaveEntities(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const state = this.#state;
    const { ends, edges, roles, claims, entities } = await loadReferrers(state.tx, state.model, ids);
    await state.bringIn([...ends, ...edges].map(({ id }) => id));
    await this.#bringInClaims([...roles, ...claims].map(({ id }) => id));
    await state.bringInEntities(entities.map(({ id }) => id));
    for (const each of ends) this.#along(each, each.slot === 'from' ? 'starts at' : 'leads to');
    for (const each of roles) this.#along(each, ROLES[each.slot] ?? 'is about');
    for (const each of edges) {
      const edge = state.edges.get(each.id);
      if (edge?.type.identity.includes(each.slot)) this.#along(each, `names as its ${each.slot}`);
      else if (edge) {
        this.#sever(each, edge, edgeFields(edge.type));
        await this.#unsay(edge, each);
      }
    }
    for (const each of claims) this.#sever(each, state.claims.get(each.id), null);
    for (const each of entities) {
      const entity = state.entities.get(each.id);
      const fields = entity ? fieldsOfEntity(entity.type) : [];
      if (fields.find(({ name }) => name === each.slot)?.required) this.#along(each, `names as its ${each.slot}`);
      else this.#sever(each, entity, fields);
    }
  }

  async #leaveEdges(edges: readonly NextEdge[]): Promise<void> {
    await this.#bringInClaims(edges.flatMap((edge) => [...edge.claims]));
    for (const edge of edges)
      for (const id of edge.claims) {
        const claim = this.#state.claims.get(id);
        if (!claim || this.#going.has(id)) continue;
        if (claim.asserts.every((each) => this.#going.has(each))) {
          if (!this.#named.has(edge.id)) this.#dangling.push({ id, to: edge.id, because: 'asserts nothing but' });
          this.#take(id, this.#rootOf(edge.id));
          continue;
        }
        this.#dangling.push({ id, to: edge.id, because: 'asserts' });
        const states = claim.states.filter(({ relationship }) => relationship === edge.id);
        this.#cut(edge.id, { id, slot: 'asserts', was: { asserts: claim.asserts, states } });
        claim.asserts = claim.asserts.filter((each) => each !== edge.id);
        claim.states = claim.states.filter((one) => !states.includes(one));
      }
  }

  async #leaveClaims(claims: readonly NextClaim[]): Promise<void> {
    const state = this.#state;
    const ties = await loadTiedTo(
      state.tx,
      claims.map(({ id }) => id),
    );
    await this.#bringInClaims(ties.map(({ id }) => id));
    for (const { id, tie, to } of ties) {
      const other = state.claims.get(id);
      if (!other || this.#going.has(id)) continue;
      this.#dangling.push({ id, to, because: TIES[tie] });
      this.#cut(to, { id, slot: tie, was: to });
      other.ties = { ...other.ties, [tie]: other.ties[tie].filter((each) => each !== to) };
    }
    await state.bringIn(claims.flatMap(({ asserts }) => asserts));
    await state.loadClaims(
      claims.flatMap(({ asserts }) => asserts.flatMap((id) => [...(state.edges.get(id)?.claims ?? [])])),
    );
    for (const claim of claims)
      for (const id of claim.asserts) {
        const edge = state.edges.get(id);
        edge?.claims.delete(claim.id);
        if (!edge || this.#going.has(id) || this.#isCarried(edge)) continue;
        this.#dangling.push({ id, to: claim.id, because: 'rests on nothing but' });
        this.#take(id, this.#rootOf(claim.id));
      }
  }

  #isCarried(edge: NextEdge): boolean {
    if (isOwnEvidence(edge, this.#state.model)) return true;
    return settleEdge(this.#state.model, edge, this.#state.testimonies(edge), (source) => source) !== null;
  }

  async #bringInClaims(ids: readonly string[]): Promise<void> {
    await this.#state.loadClaims(ids);
    for (const id of ids) {
      const stored = this.#state.storedClaims.get(id);
      if (stored && !this.#state.claims.has(id)) this.#state.claims.set(id, sameClaim(stored));
    }
  }

  #along({ id, to }: Referrer, because: string): void {
    if (this.#going.has(id)) return;
    this.#dangling.push({ id, to, because });
    this.#take(id, this.#rootOf(to));
  }

  /** Takes out what claims say of a property of an edge, where that is what goes. */
  async #unsay(edge: NextEdge, { slot, to }: Referrer): Promise<void> {
    await this.#bringInClaims([...edge.claims]);
    for (const id of edge.claims) {
      const claim = this.#state.claims.get(id);
      const isMention = (one: Stated) => one.relationship === edge.id && one.property === slot && one.value === to;
      const said = claim?.states.filter(isMention) ?? [];
      if (!claim || said.length === 0) continue;
      this.#cut(to, { id, slot: 'states', was: said });
      claim.states = claim.states.filter((one) => !isMention(one));
    }
  }

  /** Takes a mention out of what stays. */
  #sever({ id, slot, to }: Referrer, next: Next | undefined, fields: Parameters<typeof withField>[1][] | null): void {
    if (!next || this.#going.has(id)) return;
    this.#dangling.push({ id, to, because: `names as its ${slot}` });
    this.#cut(to, { id, slot, was: to });
    if ('asRecorded' in next) {
      const field = fields?.find(({ name }) => name === slot);
      if (field) next.asRecorded = withField(next.asRecorded, field, undefined);
    } else {
      const { [slot]: _, ...rest } = next.properties;
      next.properties = rest;
    }
  }

  #cut(from: string, severed: Severed): void {
    const list = this.#severed.get(from);
    if (list) list.push(severed);
    else this.#severed.set(from, [severed]);
  }
}

const ROLES: Readonly<Record<string, string>> = {
  SUBJECT: 'is about',
  OBJECT: 'ties its subject to',
  SPEAKER: 'is said by',
  STATED_IN: 'is stated in',
};

const TIES: Readonly<Record<TieName, string>> = {
  SUPPORTS: 'supports',
  DISPUTES: 'disputes',
  QUALIFIES: 'qualifies',
  SUPERSEDES: 'takes the place of',
};
