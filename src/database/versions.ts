/** Compares versions such as 5.26.31 and 2026.09.0 number by number: negative when `a` is the older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/[.+-]/).map((part) => Number.parseInt(part, 10) || 0));
  for (let i = 0; i < Math.max(left?.length ?? 0, right?.length ?? 0); i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The part of a version within which Neo4j opens older stores in place: `5`, `2026`. Stores of one line are kept apart
 * from those of another, since a newer line rewrites what an older one could read.
 */
export function majorLine(version: string): string {
  return version.split('.')[0] ?? version;
}

/** Neo4j counts by the calendar since 2025: other class names, other settings, JDK 21 instead of 17. */
export function isCalendarVersion(version: string): boolean {
  return Number(majorLine(version)) >= 2025;
}
