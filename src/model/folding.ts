/** How names are compared: case, accents, and runs of space do not count. */

/** `"  Nayib  Bukélé "` → `"nayib bukele"`. The same function makes the stored key and the key that is looked for. */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Characters of a key: three bytes each at most, of which a range index takes 8,167 and a full-text index 32,766. */
const LONGEST_KEY = 2_000;

/**
 * The key that a name is stored under and looked for by. Folding makes some names many times longer, and what an index
 * cannot hold whole stops the database, which then does not start again: the key of a very long name ends early.
 */
export const nameKey = (name: string): string => foldName(name).slice(0, LONGEST_KEY).toWellFormed();

/** `"Nayib Bukélé"` → `"nayib-bukele"`, for ids. Empty when the name has no letter or digit that survives folding. */
export function slug(name: string): string {
  return foldName(name)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}
