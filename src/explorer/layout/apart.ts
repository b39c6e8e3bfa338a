/** Pushing boxes apart that overlap: nodes with their labels, of graphs small enough that all labels can be read. */

/**
 * Moves places in place until no two boxes overlap, or the rounds are over.
 * @param extents half width and half height of each
 */
export function pushApart(places: Float64Array, extents: Float64Array, rounds: number): void {
  const count = places.length / 2;
  const at = (list: Float64Array, index: number): number => list[index] ?? 0;
  for (let round = 0; round < rounds; round++) {
    let moved = false;
    for (let a = 0; a < count; a++)
      for (let b = a + 1; b < count; b++) {
        const dx = at(places, 2 * b) - at(places, 2 * a);
        const dy = at(places, 2 * b + 1) - at(places, 2 * a + 1);
        const overX = at(extents, 2 * a) + at(extents, 2 * b) - Math.abs(dx);
        const overY = at(extents, 2 * a + 1) + at(extents, 2 * b + 1) - Math.abs(dy);
        if (overX <= 0 || overY <= 0) continue;
        moved = true;
        // The shorter way out; both give way by half.
        if (overY < overX) {
          const push = ((dy < 0 ? -1 : 1) * Math.min(overY, 12)) / 2;
          places[2 * a + 1] = at(places, 2 * a + 1) - push;
          places[2 * b + 1] = at(places, 2 * b + 1) + push;
        } else {
          const push = ((dx < 0 ? -1 : 1) * Math.min(overX, 24)) / 2;
          places[2 * a] = at(places, 2 * a) - push;
          places[2 * b] = at(places, 2 * b) + push;
        }
      }
    if (!moved) return;
  }
}
