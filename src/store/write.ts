import { fieldsOfEntity, type Model, typeOfId } from '../model/model.ts';
import type { GraphRecord, Problem } from '../model/records.ts';
import { checkClaim, checkEdge, checkEntity, type Findings, type TypeOf } from './checks.ts';
import { commitClaims, commitEdges, commitEntities, labelUnheld, type Outcome, type Stamp } from './commit.ts';
import { type Drafts, draft } from './drafts.ts';
import {
  loadClaims,
  loadEdges,
  loadEdgesStatedIn,
  loadEntities,
  loadExternalIds,
  loadFieldClaims,
  loadRoots,
  loadTypes,
  loadUnheld,
  type StoredClaim,
  type StoredEdge,
  type Tx,
} from './graph-state.ts';
import { type NextClaim, type NextEdge, type NextEntity, recordedProperties } from './next.ts';
import { idOfClaim, nextClaim, tripleOf } from './next-claim.ts';
import { isOwnEvidence, nextEdge, sameEdge } from './next-edge.ts';
import { nextEntity } from './next-entity.ts';
import { Problems, within } from './problems.ts';
import { checkValues, settleEdge, settleEntity, type Testimony, testimony } from './settle.ts';

/** The one door: records in, the graph changed, in one transaction of the caller's. */

export interface WriteOptions extends Stamp {
  readonly model: Model;
  /** Ids that are missing through a problem that is reported already: whoever refers to them is not blamed as well. */
  readonly excused?: ReadonlySet<string>;
}

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
  const call = new Call(tx, options);
  return call.write(records);
}

/** The state of one call. Steps run in the order of `write`. */
class Call {
  readonly findings: Findings = { problems: new Problems(), notices: new Problems() };
  readonly entities = new Map<string, NextEntity>();
  readonly edges = new Map<string, NextEdge>();
  readonly claims = new Map<string, NextClaim>();
  /** Claims in the store that bear on what is touched. */
  readonly storedClaims = new Map<string, StoredClaim>();
  readonly storedEdges = new Map<string, StoredEdge>();

  constructor(
    readonly tx: Tx,
    readonly options: WriteOptions,
  ) {}

  get model(): Model {
    return this.options.model;
  }

  get problems(): Problems {
    return this.findings.problems;
  }

  async write(records: readonly (GraphRecord | null)[]): Promise<Written> {
    const drafts = await this.#draft(records);
    await this.#layEntities(drafts);
    await this.#layEdges(drafts);
    await this.#layClaims(drafts);
    await this.#checkReferences();
    this.#checkRecords();
    const outcomes = new Map<string, Outcome>();
    const take = (some: ReadonlyMap<string, Outcome>) => {
      for (const [id, outcome] of some) outcomes.set(id, outcome);
    };
    if (this.problems.all.length === 0) {
      take(await this.#commitEntities());
      take(await this.#commitEdges((edge) => isOwnEvidence(edge, this.model) && edge.claims.size === 0));
      await this.#touchRepublished();
      take(await this.#commitEdges((edge) => !(isOwnEvidence(edge, this.model) && edge.claims.size === 0)));
    }
    if (this.problems.all.length === 0) {
      take(await commitClaims(this.tx, [...this.claims.values()], this.options));
      await this.#settleUnheld();
    }
    return {
      outcomes,
      complete: this.problems.all.length === 0,
      problems: this.#reported(),
      notices: this.findings.notices.all,
    };
  }

  /** Problems, save those that only repeat what is known to be broken elsewhere. */
  #reported(): Problem[] {
    const excused = this.options.excused ?? new Set();
    const repeats = (problem: Problem) =>
      problem.code === 'UNKNOWN_REFERENCE' && [...excused].some((id) => problem.message.includes(` ${id}.`));
    return this.problems.all.filter((problem) => !repeats(problem));
  }

  async #draft(records: readonly (GraphRecord | null)[]): Promise<Drafts> {
    const keys = records.flatMap((record) => [
      ...(record?.is === 'entity' ? (record.externalIds ?? []) : []),
      ...referencedExternalIds(record),
    ]);
    const external = await loadExternalIds(this.tx, [...new Set(keys.map((each) => `${each.scheme}:${each.value}`))]);
    return draft(this.model, records, external, this.problems);
  }

  async #layEntities(drafts: Drafts): Promise<void> {
    const stored = await loadEntities(this.tx, this.model, [...new Set(drafts.entities.map((each) => each.id))]);
    for (const each of drafts.entities)
      this.entities.set(each.id, nextEntity(each, this.entities.get(each.id), stored.get(each.id), this.problems));
  }

  async #layEdges(drafts: Drafts): Promise<void> {
    const asserted = drafts.claims.flatMap((each) =>
      each.record.asserts.flatMap((ref) =>
        'name' in ref && ref.name.includes(':') ? [ref.name] : 'id' in ref ? [ref.id] : [],
      ),
    );
    await this.#loadEdges([...drafts.edges.map((each) => each.id), ...asserted]);
    for (const each of drafts.edges) {
      const next = nextEdge(each, this.edges.get(each.id), this.storedEdges.get(each.id), this.problems);
      if (next) this.edges.set(each.id, next);
    }
  }

  async #layClaims(drafts: Drafts): Promise<void> {
    const known = new Map<string, { type: NextEdge['type']; from: string; to: string }>([
      ...this.storedEdges,
      ...this.edges,
    ]);
    const prepared = drafts.claims.map((each) => {
      const { record, place } = each;
      const speaker = record.speaker ? drafts.resolve(record.speaker, within(place, 'speaker')) : null;
      const source = record.source ? drafts.resolve(record.source, within(place, 'source')) : null;
      const triple = tripleOf(this.model, each, drafts, known);
      return { each, triple, speaker, source, id: idOfClaim(each, triple, speaker, source) };
    });
    await this.#loadClaims(prepared.map(({ id }) => id));
    for (const { each, triple, speaker, source, id } of prepared) {
      if (this.claims.has(id)) {
        this.problems.add(
          within(each.place, 'id'),
          'DUPLICATE',
          `The claim ${id} stands twice in this call.`,
          'Keep one; a claim may assert several relationships.',
        );
        continue;
      }
      this.claims.set(
        id,
        nextClaim(this.model, each, id, triple, { speaker, source }, drafts, this.storedClaims.get(id), this.problems),
      );
    }
    await this.#touch();
  }

  /** Brings in every edge that a claim of this call bears on, and every claim of every such edge. */
  async #touch(): Promise<void> {
    await this.#loadClaims(
      [...this.claims.values()].flatMap((claim) => [...claim.ties.DISPUTES, ...(claim.before?.ties.DISPUTES ?? [])]),
    );
    const disputed = [...this.claims.values()].flatMap((claim) => [
      ...claim.ties.DISPUTES,
      ...(claim.before?.ties.DISPUTES ?? []),
    ]);
    const edges = [
      ...[...this.claims.values()].flatMap((claim) => claim.asserts),
      ...disputed.flatMap((id) => this.claims.get(id)?.asserts ?? assertedBy(this.storedClaims.get(id))),
    ];
    await this.#bringIn(edges);
    for (const claim of this.claims.values()) for (const id of claim.asserts) this.edges.get(id)?.claims.add(claim.id);
    const fresh = [...this.edges.values()].filter((edge) => !edge.before).map((edge) => edge.id);
    const waiting = await loadUnheld(this.tx, fresh);
    for (const id of waiting) this.#waiting.add(id);
    await this.#loadClaims([...waiting, ...[...this.edges.values()].flatMap((edge) => [...edge.claims])]);
    for (const id of waiting)
      for (const edge of assertedBy(this.storedClaims.get(id)))
        if (fresh.includes(edge)) this.edges.get(edge)?.claims.add(id);
    for (const edge of this.edges.values())
      for (const id of edge.claims) if (!this.claims.has(id) && !this.storedClaims.has(id)) edge.claims.delete(id);
  }

  async #bringIn(ids: readonly string[]): Promise<void> {
    await this.#loadEdges(ids);
    for (const id of ids) {
      const stored = this.storedEdges.get(id);
      if (stored && !this.edges.has(id)) this.edges.set(id, sameEdge(stored));
    }
  }

  /** A new DERIVED_FROM makes sources count as one: the edges that rest on them are settled again. */
  async #touchRepublished(): Promise<void> {
    const derived = [...this.edges.values()].filter((edge) => edge.type.name === 'DERIVED_FROM' && !edge.before);
    const ids = await loadEdgesStatedIn(
      this.tx,
      derived.map((edge) => edge.from),
    );
    await this.#bringIn(ids);
    await this.#loadClaims([...this.edges.values()].flatMap((edge) => [...edge.claims]));
  }

  async #loadEdges(ids: readonly string[]): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.storedEdges.has(id));
    for (const [id, edge] of await loadEdges(this.tx, this.model, wanted)) this.storedEdges.set(id, edge);
  }

  async #loadClaims(ids: readonly string[]): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.storedClaims.has(id));
    for (const [id, claim] of await loadClaims(this.tx, wanted)) this.storedClaims.set(id, claim);
  }

  async #checkReferences(): Promise<void> {
    const ids = new Set<string>();
    const add = (id: unknown) => typeof id === 'string' && !this.entities.has(id) && ids.add(id);
    for (const entity of this.entities.values())
      for (const field of fieldsOfEntity(entity.type))
        if (field.kind === 'reference') add(entity.asRecorded[field.name]);
    for (const edge of this.edges.values()) {
      add(edge.from);
      add(edge.to);
      for (const field of edge.type.fields) if (field.kind === 'reference') add(edge.asRecorded[field.name]);
    }
    for (const claim of this.claims.values())
      for (const id of [
        claim.subject,
        claim.object,
        claim.speaker,
        claim.source,
        ...['onBehalfOf', 'inCapacityOf', 'addressee', 'event'].map((name) => claim.properties[name]),
      ])
        add(id);
    const stored = await loadTypes(this.tx, this.model, [...ids]);
    const typeOf: TypeOf = (id) => this.entities.get(id)?.type ?? stored.get(id);
    const ties = [...this.claims.values()].flatMap((claim) => Object.values(claim.ties).flat());
    await this.#loadClaims(ties);
    const exists = (id: string) => this.claims.has(id) || this.storedClaims.has(id);
    for (const entity of this.entities.values()) checkEntity(this.model, entity, typeOf, this.findings);
    for (const edge of this.edges.values()) checkEdge(this.model, edge, typeOf, this.findings);
    for (const claim of this.claims.values()) {
      checkClaim(this.model, claim, typeOf, exists, this.findings);
      const subject = claim.subject === null ? undefined : typeOf(claim.subject);
      checkValues(this.model, claim, this.edges, subject ? fieldsOfEntity(subject) : [], this.problems);
    }
  }

  #checkRecords(): void {
    for (const claim of this.claims.values())
      for (const id of claim.asserts) {
        if (typeOfId(this.model, id)?.is !== 'relationship' && claim.place)
          this.problems.add(
            within(claim.place, 'asserts'),
            'WRONG_TYPE',
            `${id} is no relationship, so that a claim cannot assert it.`,
            'Name the subject instead.',
          );
        else if (
          !this.edges.has(id) &&
          claim.place &&
          (claim.properties['polarity'] ?? 'POSITIVE') === 'POSITIVE' &&
          claim.properties['commitment'] !== 'QUESTION'
        )
          this.problems.add(
            within(claim.place, 'asserts'),
            'UNKNOWN_REFERENCE',
            `There is no relationship ${id}.`,
            'Record it in the same call, with its ends.',
          );
      }
    for (const edge of this.edges.values())
      if (edge.place && settleEdge(this.model, edge, this.#testimonies(edge), (source) => source) === null)
        this.problems.add(
          edge.place,
          'RELATIONSHIP_WITHOUT_CLAIM',
          `${edge.type.name} from ${edge.from} to ${edge.to} rests on no claim.`,
          'Add claims: inside the record, or a claim in the same call that asserts it; questions and negated claims carry none.',
        );
  }

  #testimonies(edge: NextEdge): Testimony[] {
    return [...edge.claims].flatMap((id) => this.#testimony(id) ?? []);
  }

  #testimony(id: string): Testimony | undefined {
    const claim = this.claims.get(id) ?? this.storedClaims.get(id);
    return claim && testimony(id, claim, this.#isDisputed(id), this.options.at.toISOString());
  }

  #isDisputed(id: string): boolean {
    this.#disputed ??= new Set(
      [...this.claims.values()]
        .filter((claim) => claim.properties['rank'] !== 'DEPRECATED' && claim.properties['retractedAt'] === undefined)
        .flatMap((claim) => claim.ties.DISPUTES),
    );
    return (
      this.#disputed.has(id) ||
      (this.storedClaims.get(id)?.disputedBy.some((other) => !this.claims.has(other)) ?? false)
    );
  }

  #disputed: Set<string> | undefined;

  async #commitEntities(): Promise<ReadonlyMap<string, Outcome>> {
    const about = [...this.claims.values()]
      .filter((claim) => claim.value && claim.subject !== null)
      .map((claim) => claim.subject as string);
    await this.#bringInEntities(about);
    const settled = [...this.entities.values()].filter(
      (entity) => about.includes(entity.id) || entity.before?.properties['asRecorded'] !== undefined,
    );
    await this.#loadClaims(
      await loadFieldClaims(
        this.tx,
        settled.map((entity) => entity.id),
      ),
    );
    const bySubject = new Map<string, Testimony[]>();
    for (const id of new Set([...this.claims.keys(), ...this.storedClaims.keys()])) {
      const each = this.#testimony(id);
      if (each?.value && each.subject !== null)
        bySubject.set(each.subject, [...(bySubject.get(each.subject) ?? []), each]);
    }
    const rows = [...this.entities.values()].map((next) => ({
      next,
      properties: settleEntity(next, bySubject.get(next.id) ?? []),
    }));
    return commitEntities(this.tx, rows, this.options);
  }

  async #bringInEntities(ids: readonly string[]): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.entities.has(id));
    for (const [id, before] of await loadEntities(this.tx, this.model, wanted))
      this.entities.set(id, {
        before,
        place: null,
        id,
        type: before.type,
        asRecorded: recordedProperties(before, fieldsOfEntity(before.type)),
        names: [...before.names],
        externalIds: [...before.externalIds],
      });
  }

  readonly #committed = new Set<string>();

  async #commitEdges(which: (edge: NextEdge) => boolean): Promise<ReadonlyMap<string, Outcome>> {
    const some = [...this.edges.values()].filter((edge) => which(edge) && !this.#committed.has(edge.id));
    for (const edge of some) this.#committed.add(edge.id);
    const testimonies = new Map(some.map((edge) => [edge.id, this.#testimonies(edge)]));
    const sources = [...testimonies.values()].flat().map((each) => each.evidence.source);
    const roots = await loadRoots(this.tx, [...new Set(sources)]);
    const rows = some.map((next) => ({
      next,
      properties: settleEdge(this.model, next, testimonies.get(next.id) ?? [], (source) => roots.get(source) ?? source),
    }));
    return commitEdges(this.tx, rows, this.options);
  }

  /** Stored claims that waited for an edge of this call. */
  readonly #waiting = new Set<string>();

  /** Claims that assert an edge which is not there, and those that no longer do. */
  async #settleUnheld(): Promise<void> {
    const waiting = [...this.#waiting].filter((id) => !this.claims.has(id));
    await this.#loadEdges(waiting.flatMap((id) => assertedBy(this.storedClaims.get(id))));
    const isThere = (edge: string) => this.edges.has(edge) || this.storedEdges.has(edge);
    const all = [
      ...[...this.claims.values()].map((claim) => ({ id: claim.id, asserts: claim.asserts })),
      ...waiting.map((id) => ({ id, asserts: assertedBy(this.storedClaims.get(id)) })),
    ];
    const unheld = all.filter((claim) => !claim.asserts.every(isThere)).map((claim) => claim.id);
    await labelUnheld(
      this.tx,
      unheld,
      all.map((claim) => claim.id).filter((id) => !unheld.includes(id)),
    );
  }
}

const assertedBy = (claim: StoredClaim | undefined): string[] =>
  (claim?.properties['asserts'] as string[] | undefined) ?? [];

function referencedExternalIds(value: unknown): { scheme: string; value: string }[] {
  if (Array.isArray(value)) return value.flatMap(referencedExternalIds);
  if (!value || typeof value !== 'object') return [];
  const found = (value as { externalId?: { scheme: string; value: string } }).externalId;
  return [
    ...(found ? [found] : []),
    ...Object.entries(value).flatMap(([key, inner]) => (key === 'type' ? [] : referencedExternalIds(inner))),
  ];
}
