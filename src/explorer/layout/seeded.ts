/** Places to begin from that follow from ids alone, so that one address looks alike wherever it is opened. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A number from 0 to 1 that is always the same for a text (FNV-1a, then mixed so that like texts come far apart). */
export function seeded(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** A place in a disc around a point. */
export function seededPlace(id: string, around: Point, radius: number): Point {
  const angle = seeded(id) * 2 * Math.PI;
  const distance = radius * Math.sqrt(0.1 + 0.9 * seeded(`${id} distance`));
  return { x: around.x + Math.cos(angle) * distance, y: around.y + Math.sin(angle) * distance };
}
