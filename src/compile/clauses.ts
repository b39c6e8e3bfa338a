/** ` WHERE …` of the conditions that are given, or nothing. */
export function where(conditions: readonly (string | null | undefined)[]): string {
  const given = conditions.filter((each) => each);
  return given.length > 0 ? ` WHERE ${given.join(' AND ')}` : '';
}
