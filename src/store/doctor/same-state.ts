/** Whether two texts of a thing's state tell the same, whatever the order of keys, names and labels. Pure. */
export function sameState(a: string | null, b: string | null): boolean {
  return a === b || (a !== null && b !== null && canonical(a) === canonical(b));
}

function canonical(text: string): string {
  const state = JSON.parse(text) as { names?: object[] };
  const names = state.names?.map((name) => JSON.stringify(ordered(name))).sort();
  return JSON.stringify(ordered({ ...state, ...(names ? { names } : {}) }));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  );
}
