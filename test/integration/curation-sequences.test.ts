import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call, WriteReport } from '../../src/model/reports.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { createWriter } from '../../src/store/writer.ts';
import { dump } from '../support/dump.ts';
import { RECORDED_AT, testGraph } from '../support/graph.ts';
import { violations } from '../support/invariants.ts';
import { draws } from '../support/thoroughness.ts';

/** Sequences of record, retract, remove, restore, merge and unmerge, drawn at random: what must hold whatever they are. */

const graph = testGraph();
const writer = createWriter(graph.connection, ontology);
const told = async (report: WriteReport) => report;
const call = (operation: string): Call => ({ by: 'test', role: 'curator', operation });

/** Numbers by which a step picks what it is about, from what there is. */
interface Step {
  readonly does: 'tie' | 'claim' | 'field' | 'retract' | 'remove' | 'restore' | 'merge' | 'unmerge';
  readonly picks: readonly [number, number, number];
}

const step: fc.Arbitrary<Step> = fc.record({
  does: fc.oneof(
    { weight: 3, arbitrary: fc.constant('tie' as const) },
    { weight: 2, arbitrary: fc.constantFrom('claim' as const, 'field' as const) },
    { weight: 4, arbitrary: fc.constantFrom('merge' as const, 'remove' as const) },
    { weight: 3, arbitrary: fc.constantFrom('retract' as const, 'restore' as const, 'unmerge' as const) },
  ),
  picks: fc.tuple(fc.nat(999), fc.nat(999), fc.nat(999)),
});

const pick = <T>(list: readonly T[], nth: number): T => list[nth % list.length] as T;
const PEOPLE = ['a', 'b', 'c'];
const PARTIES = ['p', 'q'];

/** A small world of its own, by a prefix of all its ids. */
class World {
  readonly #at: string;
  readonly merges: string[] = [];

  constructor(name: string) {
    this.#at = name;
  }

  person = (nth: number) => `person:${this.#at}-${pick(PEOPLE, nth)}`;
  party = (nth: number) => `political-party:${this.#at}-${pick(PARTIES, nth)}`;
  source = (nth: number) => `source:${this.#at}-${nth % 2}`;
  event = () => `event:${this.#at}`;

  begin(): object[] {
    return [
      ...[0, 1].map((nth) => ({ source: { id: this.source(nth), name: `Paper ${nth}`, kind: 'ARTICLE' } })),
      ...PEOPLE.map((name, nth) => ({
        person: {
          id: this.person(nth),
          name: `${name} of ${this.#at}`,
          aliases: [`${name}. ${this.#at}`, `everybody ${this.#at}`],
          externalIds: [{ scheme: 'WIKIDATA', value: `${this.#at}-${name}` }],
          ...(nth > 0
            ? { birthDate: `19${nth}0`, names: [{ value: `${name} legally`, kind: 'LEGAL', validFrom: '1990' }] }
            : {}),
        },
      })),
      ...PARTIES.map((name, nth) => ({ politicalParty: { id: this.party(nth), name } })),
      { event: { id: this.event(), name: 'Gala', kind: 'MEETING' } },
      this.tie(0, 0, 0),
      this.tie(1, 0, 1),
      this.tie(2, 1, 2),
      this.tie(3, 1, 3),
      this.tie(4, 2, 4),
      this.denial(0),
    ];
  }

  tie(kind: number, a: number, b: number): object {
    const claims = [this.fact(`${kind} ${a} ${b}`, b)];
    switch (kind % 5) {
      case 0:
        return { memberOf: { from: this.person(a), to: this.party(b), role: 'MEMBER', claims } };
      case 1:
        return { familyOf: { from: this.person(a), to: this.person(a + 1 + (b % 2)), kinship: 'KIN', claims } };
      case 2:
        return { alliedWith: { from: this.party(0), to: this.party(1), claims } };
      case 3:
        return { mentions: { from: this.source(b), to: this.person(a), count: { exact: b } } };
      default:
        return {
          spokeOf: {
            ...{ from: this.person(a), to: this.person(a + 1), act: 'CRITICIZED', event: this.event() },
            ...{ onBehalfOf: this.party(b), addressee: this.person(a + 2) },
            claims: [{ ...claims[0], speaker: this.person(a), act: 'CRITICIZED', event: this.event() }],
          },
        };
    }
  }

  fact = (text: string, nth: number, more: object = {}) => ({
    ...{ text: `${this.#at} ${text}`, attribution: 'NARRATED', source: this.source(nth) },
    commitment: pick(['FACT', 'ALLEGED', 'OFFERED'], nth),
    ...more,
  });

  denial = (nth: number) => ({
    claim: this.fact(`not ${nth}`, nth, {
      ...{ polarity: 'NEGATED', subject: this.person(nth), predicate: 'MEMBER_OF', object: this.party(nth) },
    }),
  });

  born = (nth: number) => ({
    claim: this.fact(`born ${nth}`, nth, {
      ...{ subject: this.person(nth), predicate: 'birthDate', value: { date: `19${10 + (nth % 80)}` } },
    }),
  });

  /** Ids of its entities, live or not; everything else of it is found from them. */
  get entities(): string[] {
    const all = [...PEOPLE.map((_, nth) => this.person(nth)), ...PARTIES.map((_, nth) => this.party(nth))];
    return [...all, this.source(0), this.source(1), this.event()];
  }

  async #find(pattern: string): Promise<string[]> {
    const rows = await graph.rows(`UNWIND $ids AS id MATCH ${pattern} RETURN DISTINCT x.id ORDER BY x.id`, {
      ids: this.entities,
    });
    return rows.map(([id]) => id as string);
  }

  live = () => this.#find('(x:Entity {id: id})');
  gone = (where = '') => this.#find(`(x:Removed {id: id}) ${where}`);
  claims = (retracted = 'IS NULL') =>
    this.#find(`(:Entity {id: id})<-[:SUBJECT]-(x:Claim) WHERE x.retractedAt ${retracted}`);
  edges = () => this.#find('(:Entity {id: id})-[x]->(:Entity)');
  /** Relationships and claims that went by themselves. */
  others = () =>
    this.#find("(v:Revision {from: id, action: 'REMOVED'}) MATCH (x:Removed {id: v.of}) WHERE x.merge IS NULL");

  record = (...records: object[]) => writer.record(records, { at: RECORDED_AT }, call('record'), told);

  async take({ does, picks: [a, b, c] }: Step): Promise<WriteReport | null> {
    switch (does) {
      case 'tie':
        return this.record(this.tie(c, a, b));
      case 'claim':
        return this.record(c % 2 === 0 ? this.denial(a) : this.born(a));
      case 'field':
        return this.record({ person: { id: this.person(a), description: `told ${b}`, aliases: [`alias ${c}`] } });
      case 'retract': {
        const claims = await this.claims();
        return claims.length > 0 ? writer.retract([pick(claims, a)], 'Withdrawn.', call(does), told) : null;
      }
      case 'remove': {
        const all = [...(await this.live()), ...(await this.claims()), ...(await this.edges())];
        if (all.length === 0) return null;
        return writer.remove([pick(all, a)], { reason: 'Wrong.', cascade: b % 4 > 0 }, call(does), told);
      }
      case 'restore': {
        const gone = [
          ...(await this.gone(c % 5 === 0 ? '' : 'WHERE x.merge IS NULL')),
          ...(await this.others()),
          ...(await this.claims('IS NOT NULL')),
        ];
        return gone.length > 0 ? writer.restore([pick(gone, a)], call(does), told) : null;
      }
      case 'merge': {
        const [into, from] =
          c % 4 === 0 ? [this.party(a), this.party(a + 1)] : [this.person(a), this.person(a + 1 + (b % 2))];
        const report = await writer.merge({ into, from: [from], reason: 'One.' }, { dryRun: false }, call(does), told);
        if (report.problems.length === 0) this.merges.push(...report.merges);
        return report;
      }
      case 'unmerge':
        return this.merges.length > 0 ? writer.unmerge(pick(this.merges, a), call(does), told) : null;
    }
  }
}

/** Records what worlds hold in the beginning, many of them in one call. */
async function begin(worlds: readonly World[]): Promise<void> {
  for (let first = 0; first < worlds.length; first += 40) {
    const records = worlds.slice(first, first + 40).flatMap((world) => world.begin());
    expect((await writer.record(records, { at: RECORDED_AT }, call('record'), told)).problems).toEqual([]);
  }
}

/** Runs several at a time: they share nothing but the log. */
async function abreast<T>(
  items: readonly T[],
  width: number,
  run: (item: T, nth: number) => Promise<void>,
): Promise<void> {
  const left = [...items.entries()];
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let next = left.shift(); next; next = left.shift()) await run(next[1], next[0]);
    }),
  );
}

describe('whatever is done in whichever order', () => {
  test('nothing dangles, every edge rests on what carries it, and history ends at what there is', async () => {
    const sequences = fc.sample(fc.array(step, { minLength: 3, maxLength: 8 }), { numRuns: draws(60, 200), seed: 6 });
    const codes = new Set<string>();
    const done = new Map<string, number>();
    const worlds = sequences.map((_, nth) => new World(`w${nth}`));
    await begin(worlds);
    await abreast(sequences, 4, async (steps, nth) => {
      const world = worlds[nth] as World;
      for (const each of steps) {
        const report = await world.take(each);
        for (const { code } of report?.problems ?? []) codes.add(code);
        if (report && report.problems.length === 0) done.set(each.does, (done.get(each.does) ?? 0) + 1);
      }
    });
    expect(await violations(graph.connection)).toEqual([]);
    // They did something, and were refused something.
    for (const does of ['tie', 'claim', 'field', 'retract', 'remove', 'restore', 'merge', 'unmerge'])
      expect([does, (done.get(does) ?? 0) > 5]).toEqual([does, true]);
    expect([...codes].sort()).toEqual(expect.arrayContaining(['DANGLING', 'MERGED']));
  }, 300_000);

  test('what is done and undone, however it is nested, leaves the graph as it was to the letter', async () => {
    const nested = fc.sample(fc.array(step, { minLength: 2, maxLength: 5 }), { numRuns: draws(12, 40), seed: 7 });
    const worlds = nested.map((_, nth) => new World(`n${nth}`));
    await begin(worlds);
    const before = await dump(graph);
    await abreast(nested, 4, async (steps, nth) => {
      const world = worlds[nth] as World;
      const undo: (() => Promise<WriteReport>)[] = [];
      for (const each of steps) {
        const does = pick(['merge', 'remove', 'retract'] as const, each.picks[2]);
        const report = await world.take({ ...each, does });
        if (!report || report.problems.length > 0) continue;
        const [merge] = report.merges;
        undo.push(() =>
          merge
            ? writer.unmerge(merge, call('unmerge'), told)
            : writer.restore(report.ids as string[], call('restore'), told),
        );
      }
      for (const back of undo.reverse()) expect((await back()).problems).toEqual([]);
    });
    expect(await dump(graph)).toEqual(before);
    expect(await violations(graph.connection)).toEqual([]);
  }, 300_000);
});
