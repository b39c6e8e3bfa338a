import neo4j from 'neo4j-driver';
import { nativeDate, nativeInstant, type Properties } from '../graph/properties.ts';

/** Properties as JSON that loses nothing, and back: days, instants and floating numbers are tagged. */

const NO_FLOATS: ReadonlySet<string> = new Set();

export const copied = (properties: Properties, floats = NO_FLOATS): Properties =>
  Object.fromEntries(
    Object.entries(properties)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, copiedValue(value, floats.has(name))]),
  );

function copiedValue(value: unknown, isFloat: boolean): unknown {
  if (typeof value === 'number') return isFloat || !Number.isInteger(value) ? { $float: value } : value;
  if (neo4j.isDate(value as object)) return { $date: String(value) };
  if (neo4j.isDateTime(value as object)) return { $instant: new Date(String(value)).toISOString() };
  return value;
}

export const restored = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, restoredValue(value)]));

function restoredValue(value: unknown): unknown {
  if (typeof value === 'number') return neo4j.int(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const [[tag, inner] = []] = Object.entries(value);
  if (tag === '$float') return inner;
  if (tag === '$date') return nativeDate(inner as string);
  return nativeInstant(new Date(inner as string));
}
