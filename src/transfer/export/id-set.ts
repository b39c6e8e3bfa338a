/**
 * Which ids have been seen, in 16 bytes or so for each: a million texts would take a hundred. What is kept is 64 bits of
 * each id, so that one in some thousand million million is taken for another; that lets through a relationship whose end
 * came to be while the graph was read, and nothing else.
 */
export class IdSet {
  #slots = new Uint32Array(2 * 1_024);
  #size = 0;

  add(id: string): void {
    const [high, low] = hash(id);
    if (this.#put(high, low)) this.#size++;
    if (this.#size * 2 > this.#slots.length / 2) this.#grow();
  }

  has(id: string): boolean {
    const [high, low] = hash(id);
    const at = this.#find(high, low);
    return this.#slots[at] !== 0 || this.#slots[at + 1] !== 0;
  }

  #put(high: number, low: number): boolean {
    const at = this.#find(high, low);
    if (this.#slots[at] !== 0 || this.#slots[at + 1] !== 0) return false;
    this.#slots[at] = high;
    this.#slots[at + 1] = low;
    return true;
  }

  /** Where it is, or would be. */
  #find(high: number, low: number): number {
    const mask = this.#slots.length - 2;
    let at = (low << 1) & mask;
    while (
      (this.#slots[at] !== 0 || this.#slots[at + 1] !== 0) &&
      (this.#slots[at] !== high || this.#slots[at + 1] !== low)
    )
      at = (at + 2) & mask;
    return at;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 2)
      if (old[at] !== 0 || old[at + 1] !== 0) this.#put(old[at] ?? 0, old[at + 1] ?? 0);
  }
}

/** Two sums of 32 bits, mixed as in MurmurHash3; never both 0, which stands for nothing. */
function hash(id: string): readonly [number, number] {
  let a = 0x9747b28c;
  let b = 0x5bd1e995;
  for (let nth = 0; nth < id.length; nth++) {
    const unit = id.charCodeAt(nth);
    a = Math.imul(a ^ unit, 0x85ebca6b);
    a ^= a >>> 13;
    b = Math.imul(b ^ unit, 0xc2b2ae35);
    b ^= b >>> 15;
  }
  return [mixed(a ^ id.length), mixed(b ^ a) || 1];
}

function mixed(sum: number): number {
  let mix = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}
