import { createHash } from 'node:crypto';
import type { Model } from '../../model/model.ts';
import { typeOfId } from '../../model/model.ts';
import type { Outcome } from '../../model/reports.ts';
import type { OutcomeCounts } from './report.ts';

/**
 * What became of each thing that an import has named: once created it stays so, however many rows come back to it. A
 * table of whole numbers, 8 bytes an entry: 49 bits of a hash of the id, what sort of thing it is, and what became of it.
 */

export const THINGS = ['entities', 'relationships', 'claims'] as const;
export type Thing = (typeof THINGS)[number];
export type Counts = Readonly<Record<Thing, OutcomeCounts>>;

/** From the weakest to the strongest: what is said later only replaces what is weaker. */
const FATES = ['unchanged', 'updated', 'created'] as const;
const fateOf = (outcome: Outcome): number =>
  outcome === 'created' || outcome === 'restored' ? 2 : outcome === 'unchanged' ? 0 : 1;

const SLOTS = 16;
const hashOf = (id: string): number => Number(createHash('sha1').update(id).digest().readBigUInt64BE() >> 15n);

export class Tally {
  #table = new Float64Array(1 << 12);
  #used = 0;
  readonly #counts = THINGS.map(() => [0, 0, 0] as [number, number, number]);

  /** What outcomes add, as entries that `add` takes; those that tell nothing new are left out. */
  entriesOf(model: Model, outcomes: ReadonlyMap<string, Outcome>, without: ReadonlySet<string>): number[] {
    const entries: number[] = [];
    for (const [id, outcome] of outcomes) {
      const thing = id.startsWith('claim:') ? 2 : typeOfId(model, id)?.is === 'relationship' ? 1 : 0;
      const entry = hashOf(id) * SLOTS + thing * 4 + fateOf(outcome);
      const known = this.#table[this.#slot(entry)] ?? 0;
      if (!without.has(id) && (known === 0 || entry > known)) entries.push(entry);
    }
    return entries;
  }

  /** Notes entries. */
  add(entries: readonly number[]): void {
    for (const entry of entries) {
      if (this.#used * 2 > this.#table.length) this.#grow();
      const slot = this.#slot(entry);
      const known = this.#table[slot] ?? 0;
      const count = this.#counts[Math.floor((entry % SLOTS) / 4)] as number[];
      if (known === 0) this.#used++;
      else count[known % 4] = (count[known % 4] as number) - 1;
      count[entry % 4] = (count[entry % 4] as number) + 1;
      this.#table[slot] = entry;
    }
  }

  counts(): Counts {
    return Object.fromEntries(
      THINGS.map((thing, nth) => [
        thing,
        Object.fromEntries(FATES.map((fate, which) => [fate, this.#counts[nth]?.[which] ?? 0])),
      ]),
    ) as unknown as Counts;
  }

  /** Where the thing of an entry stands, or would. */
  #slot(entry: number): number {
    const key = Math.floor(entry / 4);
    const mask = this.#table.length - 1;
    let slot = Math.floor(entry / SLOTS) % this.#table.length;
    for (; ; slot = (slot + 1) & mask) {
      const there = this.#table[slot] as number;
      if (there === 0 || Math.floor(there / 4) === key) return slot;
    }
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Float64Array(old.length * 2);
    for (const entry of old) if (entry !== 0) this.#table[this.#slot(entry)] = entry;
  }
}
