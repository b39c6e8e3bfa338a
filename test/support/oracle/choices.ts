/**
 * Decisions read off a list of numbers, one after the other; when the list is used up, every decision is the first of its
 * kind, which is the simplest. A shorter or smaller list thus makes a simpler operation, so that fast-check can shrink it.
 */
export class Choices {
  #next = 0;

  constructor(readonly numbers: readonly number[]) {}

  /** A whole number from 0 up to but not including `below`. */
  below(below: number): number {
    const drawn = this.numbers[this.#next++] ?? 0;
    return below <= 0 ? 0 : drawn % below;
  }

  /** True about once in `often`; false when the list is used up. */
  once(often: number): boolean {
    return this.below(often) === often - 1;
  }

  one<T>(list: readonly T[]): T {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new Error('there is nothing to choose from');
    return item;
  }

  /** Up to `most` different items, at least one where there are any. */
  some<T>(list: readonly T[], most: number): T[] {
    const left = [...list];
    const taken: T[] = [];
    const count = Math.min(left.length, 1 + this.below(most));
    for (let nth = 0; nth < count; nth++) taken.push(...left.splice(this.below(left.length), 1));
    return taken;
  }
}
