/** Numbers that look random and are the same for the same seed, on any machine. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  /** Whether something of this chance happens, 0 to 1. */
  chance(chance: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** A place from 0 up to, not including, `below`: the first is twice as likely as the second, and so on down. */
  zipf(below: number): number;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough to draw names and ends of edges. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (chance) => next() < chance,
    pick: (from) => from[below(from.length)] as (typeof from)[number],
    // The inverse of the sum of 1/n, which grows like a logarithm.
    zipf: (limit) => Math.min(limit - 1, Math.floor((limit + 1) ** next()) - 1),
  };
}

/** A seed for one part of a world, so that the part does not depend on how large the world is. */
export const seedOf = (seed: number, part: number): number =>
  Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(part + 1, 0xc2b2ae35);
