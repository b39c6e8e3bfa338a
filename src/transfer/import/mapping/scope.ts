/** What a mapping sees of a row: its own values, and those of what it stands in. */
export interface Scope {
  readonly value: unknown;
  /** What it is a part of; null for a whole row. */
  readonly parent: Scope | null;
  /** `$line`, `$row`, `$file`, `$index`. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * The value at a path: `name.first`, `.` for the thing itself, `^.id` for what it stands in, `$line` for a variable. A key
 * that has dots in it is found as a whole. Through a list, a path leads on by number: `terms.0`, and `terms.-1` for the last.
 */
export function valueAt(scope: Scope, path: string): unknown {
  if (path.startsWith('$')) return scope.variables[path.slice(1)];
  if (path === '^') return scope.parent?.value;
  if (path.startsWith('^.')) return scope.parent ? valueAt(scope.parent, path.slice(2)) : undefined;
  if (path === '.') return scope.value;
  return within(scope.value, path);
}

function within(value: unknown, path: string): unknown {
  if (value === null || typeof value !== 'object') return undefined;
  if (Array.isArray(value)) {
    const [head = '', ...rest] = path.split('.');
    const item = /^-?\d+$/.test(head) ? value.at(Number(head)) : undefined;
    return rest.length === 0 ? item : within(item, rest.join('.'));
  }
  if (Object.hasOwn(value, path)) return (value as Record<string, unknown>)[path];
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const head = path.slice(0, dot);
    if (Object.hasOwn(value, head)) return within((value as Record<string, unknown>)[head], path.slice(dot + 1));
  }
  return undefined;
}

/** The things at a path, each seen from within the row: the items of a list, the entries of an object, or the one thing. */
export function scopesAt(scope: Scope, path: string | undefined): Scope[] {
  if (path === undefined) return [scope];
  const isEntries = path.endsWith('.*') || path === '*';
  const found = isEntries ? valueAt(scope, path === '*' ? '.' : path.slice(0, -2)) : valueAt(scope, path);
  if (found === null || found === undefined) return [];
  return itemsOf(
    scope,
    isEntries
      ? Object.entries(found as object).map(([key, value]) => ({ key, value: value as unknown }))
      : [found].flat(),
  );
}

/** The items of a list, each seen from within the row. */
export const itemsOf = (scope: Scope, items: readonly unknown[]): Scope[] =>
  items.map((value, nth) => ({
    value,
    parent: scope,
    variables: { ...scope.variables, index: String(nth + 1) },
  }));
