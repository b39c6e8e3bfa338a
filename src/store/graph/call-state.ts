import type { EntityType } from '../../model/declarations.ts';
import type { Model } from '../../model/model.ts';
import { callId } from '../audit.ts';
import { type Change, Ledger } from '../log/ledger.ts';
import type { OtherRevision } from '../log/revisions.ts';
import type { Stored } from '../log/states.ts';
import type { Findings } from '../records/checks.ts';
import type { NextClaim, NextEdge, NextEntity } from '../records/next.ts';
import { sameEdge } from '../records/next-edge.ts';
import { sameEntity } from '../records/next-entity.ts';
import { Problems } from '../records/problems.ts';
import type { Pen, Stamp } from './commit.ts';
import {
  type Gone,
  type Identified,
  loadClaims,
  loadEdges,
  loadEntities,
  loadExternalIds,
  loadGone,
  loadTypes,
  type StoredClaim,
  type StoredEdge,
  type StoredEntity,
  type Tx,
} from './graph-state.ts';
import { type Testimony, testimony } from './settle.ts';

export interface WriteOptions extends Stamp {
  readonly model: Model;
  /** Ids that are missing through a problem that is reported already: whoever refers to them is not blamed as well. */
  readonly excused?: ReadonlySet<string>;
  /** What is taken to be in the store beside what is; then nothing is written. See `Supposed`. */
  readonly supposed?: Supposed;
  /** Whether what is there keeps its name, and another one that it is given becomes an alias. */
  readonly keepsNames?: boolean;
}

/** What earlier calls of a trial would have left in the store, had they been more than a trial. */
export interface Supposed {
  /** Those of these ids that they would have made or changed. */
  find(ids: readonly string[]): Promise<ReadonlyMap<string, Stored>>;
  /** Entities by the keys of their external ids. */
  identified(keys: readonly string[]): ReadonlyMap<string, Identified>;
  /** Keeps what a call would have done. */
  take(changes: readonly Change[]): Promise<void>;
}

/** What one call knows: the graph as it would be, what the store holds of it, and what was found wrong. */
export class CallState {
  readonly findings: Findings = { problems: new Problems(), notices: new Problems() };
  readonly entities = new Map<string, NextEntity>();
  readonly edges = new Map<string, NextEdge>();
  readonly claims = new Map<string, NextClaim>();
  /** Claims in the store that bear on what is touched. */
  readonly storedClaims = new Map<string, StoredClaim>();
  readonly storedEdges = new Map<string, StoredEdge>();
  /** Stored claims that waited for an edge of this call. */
  readonly waiting = new Set<string>();
  /** Edges that are written already, and those among them that no claim carried any more. */
  readonly committed = new Set<string>();
  readonly dissolved = new Set<string>();
  /** What is left of those things that the call names and that are no more. */
  readonly gone = new Map<string, Gone>();
  /** Entities whose fields are settled from their claims anew, though nothing else touches them. */
  readonly resettled = new Set<string>();
  /** Edges for which a claim of the call was passed over, since it is retracted or removed. */
  readonly passedOver = new Set<string>();
  readonly ledger = new Ledger();
  /** Revisions of what is neither entity, edge nor claim. */
  readonly others: OtherRevision[] = [];
  /** What remains to be written once the rest is. */
  readonly finally: (() => Promise<void>)[] = [];
  readonly #locked = new Set<string>();
  #disputed: Set<string> | undefined;

  constructor(
    readonly tx: Tx,
    readonly options: WriteOptions,
    /** Id of the call. */
    readonly id: string = callId(),
  ) {}

  get model(): Model {
    return this.options.model;
  }

  get pen(): Pen {
    return { tx: this.options.supposed ? null : this.tx, stamp: this.options, ledger: this.ledger };
  }

  get problems(): Problems {
    return this.findings.problems;
  }

  /** Forgets what was counted, since claims have changed. */
  recount(): void {
    this.#disputed = undefined;
  }

  async bringIn(ids: readonly string[]): Promise<void> {
    const others = ids.filter((id) => !this.edges.has(id));
    await this.loadEdges(others);
    for (const id of others) {
      const stored = this.storedEdges.get(id);
      if (stored && !this.edges.has(id)) this.edges.set(id, sameEdge(stored));
    }
  }

  async loadEdges(ids: readonly string[]): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.storedEdges.has(id));
    for (const [id, edge] of await loadEdges(this.tx, this.model, wanted)) this.storedEdges.set(id, edge);
    for (const [id, found] of await this.#supposed(wanted))
      if ('from' in found && !('ties' in found)) this.storedEdges.set(id, found);
  }

  async loadGone(ids: Iterable<string>): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.gone.has(id));
    for (const [id, gone] of await loadGone(this.tx, wanted)) this.gone.set(id, gone);
  }

  /** Reads claims that are to be written to, under locks; the edges that they assert are locked before, by everybody. */
  async lockClaims(ids: readonly string[]): Promise<void> {
    await this.loadClaims(ids);
    await this.loadEdges(ids.flatMap((id) => assertedBy(this.storedClaims.get(id))));
    const wanted = [...new Set(ids)].filter((id) => this.storedClaims.has(id) && !this.#locked.has(id));
    for (const [id, claim] of await this.#claims(wanted, true)) {
      this.storedClaims.set(id, claim);
      this.#locked.add(id);
    }
  }

  /** Reads claims of edges that are locked by now: what was read of them before may be of yesterday. */
  async refreshClaims(ids: Iterable<string>): Promise<void> {
    // What this call makes was looked for before, and was not there.
    const wanted = [...new Set(ids)].filter((id) => !this.#locked.has(id) && this.claims.get(id)?.before !== null);
    const found = await this.#claims(wanted);
    for (const id of wanted) {
      const claim = found.get(id);
      if (claim) this.storedClaims.set(id, claim);
      else this.storedClaims.delete(id);
    }
  }

  async loadClaims(ids: readonly string[]): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.storedClaims.has(id));
    for (const [id, claim] of await this.#claims(wanted)) this.storedClaims.set(id, claim);
  }

  testimonies(edge: NextEdge): Testimony[] {
    return [...edge.claims].flatMap((id) => this.testimony(id) ?? []);
  }

  testimony(id: string): Testimony | undefined {
    const claim = this.claims.get(id) ?? this.storedClaims.get(id);
    return claim && testimony(id, claim, this.isDisputed(id), this.options.at.toISOString());
  }

  isDisputed(id: string): boolean {
    this.#disputed ??= new Set(
      [...this.claims.values()]
        .filter(
          ({ properties, fate }) =>
            !fate && properties['rank'] !== 'DEPRECATED' && properties['retractedAt'] === undefined,
        )
        .flatMap((claim) => claim.ties.DISPUTES),
    );
    return (
      this.#disputed.has(id) ||
      (this.storedClaims.get(id)?.disputedBy.some((other) => !this.claims.has(other)) ?? false)
    );
  }

  async bringInEntities(ids: readonly string[]): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.entities.has(id));
    for (const [id, before] of await this.loadEntities(wanted)) this.entities.set(id, sameEntity(before));
  }

  async loadEntities(ids: readonly string[]): Promise<Map<string, StoredEntity>> {
    const entities = await loadEntities(this.tx, this.model, ids);
    for (const [id, found] of await this.#supposed(ids)) if ('names' in found) entities.set(id, found);
    return entities;
  }

  /** The types of those of these ids that are entities. */
  async loadTypes(ids: readonly string[]): Promise<Map<string, EntityType>> {
    const types = await loadTypes(this.tx, this.model, ids);
    for (const [id, found] of await this.#supposed(ids)) if ('names' in found) types.set(id, found.type);
    return types;
  }

  async loadExternalIds(keys: readonly string[]): Promise<Map<string, Identified>> {
    const supposed = this.options.supposed?.identified(keys) ?? [];
    return new Map([...(await loadExternalIds(this.tx, keys)), ...supposed]);
  }

  async #claims(ids: readonly string[], lock = false): Promise<Map<string, StoredClaim>> {
    const claims = await loadClaims(this.tx, ids, lock);
    for (const [id, found] of await this.#supposed(ids)) if ('ties' in found) claims.set(id, found);
    return claims;
  }

  async #supposed(ids: readonly string[]): Promise<ReadonlyMap<string, Stored>> {
    return (await this.options.supposed?.find(ids)) ?? new Map();
  }
}

/** Ids of the edges that a stored claim asserts. */
export const assertedBy = (claim: StoredClaim | undefined): string[] =>
  (claim?.properties['asserts'] as string[] | undefined) ?? [];
