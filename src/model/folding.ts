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

/** `"Nayib Bukélé"` → `"nayib-bukele"`, for ids. Empty when the name has no letter or digit that survives folding. */
export function slug(name: string): string {
  return foldName(name)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}
