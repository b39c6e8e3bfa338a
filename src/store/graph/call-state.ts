import type { Model } from '../../model/model.ts';
import { callId } from '../audit.ts';
import { Ledger } from '../log/ledger.ts';
import type { OtherRevision } from '../log/revisions.ts';
import type { Findings } from '../records/checks.ts';
import type { NextClaim, NextEdge, NextEntity } from '../records/next.ts';
import { sameEdge } from '../records/next-edge.ts';
import { sameEntity } from '../records/next-entity.ts';
import { Problems } from '../records/problems.ts';
import type { Pen, Stamp } from './commit.ts';
import {
  type Gone,
  loadClaims,
  loadEdges,
  loadEntities,
  loadGone,
  type StoredClaim,
  type StoredEdge,
  type Tx,
} from './graph-state.ts';
import { type Testimony, testimony } from './settle.ts';

export interface WriteOptions extends Stamp {
  readonly model: Model;
  /** Ids that are missing through a problem that is reported already: whoever refers to them is not blamed as well. */
  readonly excused?: ReadonlySet<string>;
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
    return { tx: this.tx, stamp: this.options, ledger: this.ledger };
  }

  get problems(): Problems {
    return this.findings.problems;
  }

  /** Forgets what was counted, since claims have changed. */
  recount(): void {
    this.#disputed = undefined;
  }

  async bringIn(ids: readonly string[]): Promise<void> {
    await this.loadEdges(ids);
    for (const id of ids) {
      const stored = this.storedEdges.get(id);
      if (stored && !this.edges.has(id)) this.edges.set(id, sameEdge(stored));
    }
  }

  async loadEdges(ids: readonly string[]): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.storedEdges.has(id));
    for (const [id, edge] of await loadEdges(this.tx, this.model, wanted)) this.storedEdges.set(id, edge);
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
    for (const [id, claim] of await loadClaims(this.tx, wanted, true)) {
      this.storedClaims.set(id, claim);
      this.#locked.add(id);
    }
  }

  /** Reads claims of edges that are locked by now: what was read of them before may be of yesterday. */
  async refreshClaims(ids: Iterable<string>): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.#locked.has(id));
    const found = await loadClaims(this.tx, wanted);
    for (const id of wanted) {
      const claim = found.get(id);
      if (claim) this.storedClaims.set(id, claim);
      else this.storedClaims.delete(id);
    }
  }

  async loadClaims(ids: readonly string[]): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.storedClaims.has(id));
    for (const [id, claim] of await loadClaims(this.tx, wanted)) this.storedClaims.set(id, claim);
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
    for (const [id, before] of await loadEntities(this.tx, this.model, wanted))
      this.entities.set(id, sameEntity(before));
  }
}

/** Ids of the edges that a stored claim asserts. */
export const assertedBy = (claim: StoredClaim | undefined): string[] =>
  (claim?.properties['asserts'] as string[] | undefined) ?? [];
