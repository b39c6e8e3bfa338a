/** Arithmetic on colours written `#rrggbb`. */

/** Red, green and blue, 0 to 255 each. */
export function components(color: string): readonly [number, number, number] {
  const value = Number.parseInt(color.slice(1, 7), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** A colour so much of the way to another, 0 to 1. */
export function towards(color: string, other: string, part: number): string {
  const [from, to] = [components(color), components(other)];
  const mixed = from.map((each, index) => Math.round(each + ((to[index] ?? 0) - each) * part));
  return `#${mixed.map((each) => each.toString(16).padStart(2, '0')).join('')}`;
}
