/** Counts as the database answers them, made into the numbers that `Stats` shows. */

/** What is counted, and how many there are. */
export type Counted<What = string> = readonly [what: What, count: number];

export const totalOf = (counted: readonly Counted<unknown>[]): number =>
  counted.reduce((sum, [, count]) => sum + count, 0);

/** Most first, equals by name; what there is none of is left out. */
export const mostFirst = (counted: readonly Counted[]): { type: string; count: number }[] =>
  counted
    .filter(([, count]) => count > 0)
    .map(([type, count]) => ({ type, count }))
    .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1));

/**
 * Years in their order, the unknown one last.
 * @param total how many there are in all, dated or not
 * @param years how many began in a year; a year may come several times
 */
export function byYear(total: number, years: readonly Counted<number>[]): { year: number | null; count: number }[] {
  const counts = new Map<number, number>();
  for (const [year, count] of years) counts.set(year, (counts.get(year) ?? 0) + count);
  const dated = [...counts].sort(([a], [b]) => a - b).map(([year, count]) => ({ year, count }));
  const undated = total - dated.reduce((sum, { count }) => sum + count, 0);
  return undated > 0 ? [...dated, { year: null, count: undated }] : dated;
}

/** @param degrees how many entities have how many relationships */
export function degreesOf(degrees: readonly Counted<number>[]): {
  distribution: { atLeast: number; atMost: number; count: number }[];
  max: number | null;
  mean: number | null;
} {
  const buckets = new Map<number, number>();
  let [entities, ends, max] = [0, 0, -1];
  for (const [degree, count] of degrees) {
    // The largest power of two that is not above it.
    const atLeast = degree === 0 ? 0 : 2 ** (31 - Math.clz32(degree));
    buckets.set(atLeast, (buckets.get(atLeast) ?? 0) + count);
    entities += count;
    ends += degree * count;
    max = Math.max(max, degree);
  }
  return {
    distribution: [...buckets]
      .sort(([a], [b]) => a - b)
      .map(([atLeast, count]) => ({ atLeast, atMost: Math.max(0, 2 * atLeast - 1), count })),
    max: entities > 0 ? max : null,
    mean: entities > 0 ? ends / entities : null,
  };
}
