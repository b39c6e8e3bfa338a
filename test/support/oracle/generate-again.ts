import type { Choices } from './choices.ts';
import type { Pool } from './pool.ts';

/**
 * Variables with other days and numbers in them. The database plans a statement once and runs it again for other values at
 * almost no cost, so that boundaries are met often.
 */
export function otherValues(
  variables: Readonly<Record<string, unknown>>,
  choices: Choices,
  pool: Pool,
): Record<string, unknown> {
  const days = new Set(pool.days);
  const other = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return days.has(value) ? choices.one(pool.days) : value;
    if (typeof value === 'number') return COUNTED.has(key) && value < 4 ? choices.below(4) : value;
    if (Array.isArray(value)) return value.map((each) => other(each, key));
    if (typeof value !== 'object' || value === null) return value;
    const object = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, other(each, name)]));
    const { from, to } = object;
    // A range begins before it ends.
    return typeof from === 'string' && typeof to === 'string' && from > to ? { ...object, from: to, to: from } : object;
  };
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, other(value, name)]));
}

const COUNTED = new Set(['eq', 'ne', 'lt', 'lte', 'gt', 'gte']);
