/**
 * Ids in the order in which they were first seen, in 24 bytes or so for each: a million texts would take a hundred
 * megabytes. What is kept is 64 bits of each id, so that one in some thousand million million is taken for another.
 */
export class IdIndex {
  /** Two halves of a sum and a place from 1, each; all 0 where nothing is. */
  #slots = new Uint32Array(3 * 1_024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Takes an id up unless it is there. @returns its place, from 0 */
  add(id: string): number {
    const [high, low] = sums(id);
    const at = this.#find(high, low);
    const known = this.#slots[at + 2] ?? 0;
    if (known > 0) return known - 1;
    this.#slots[at] = high;
    this.#slots[at + 1] = low;
    this.#slots[at + 2] = ++this.#size;
    if (this.#size * 6 > this.#slots.length) this.#grow();
    return this.#size - 1;
  }

  /** The place of an id; undefined where it was never taken up. */
  place(id: string): number | undefined {
    const place = this.#slots[this.#find(...sums(id)) + 2] ?? 0;
    return place > 0 ? place - 1 : undefined;
  }

  has(id: string): boolean {
    return this.place(id) !== undefined;
  }

  /** Where it is, or would be: there is always room. */
  #find(high: number, low: number): number {
    const slots = this.#slots;
    const mask = slots.length / 3 - 1;
    let nth = low & mask;
    while (slots[3 * nth + 2] !== 0 && (slots[3 * nth] !== high || slots[3 * nth + 1] !== low)) nth = (nth + 1) & mask;
    return 3 * nth;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let from = 0; from < old.length; from += 3)
      if (old[from + 2] !== 0)
        this.#slots.set(old.subarray(from, from + 3), this.#find(old[from] ?? 0, old[from + 1] ?? 0));
  }
}

/** Two sums of 32 bits, mixed as MurmurHash3 does at its end. */
function sums(id: string): [high: number, low: number] {
  let a = 0x9747b28c;
  let b = 0x5bd1e995;
  for (let nth = 0; nth < id.length; nth++) {
    const unit = id.charCodeAt(nth);
    a = Math.imul(a ^ unit, 0x85ebca6b);
    a ^= a >>> 13;
    b = Math.imul(b ^ unit, 0xc2b2ae35);
    b ^= b >>> 15;
  }
  return [mixed(a ^ id.length), mixed(b ^ a)];
}

function mixed(sum: number): number {
  let mix = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}
