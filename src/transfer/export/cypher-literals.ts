import { identifier } from '../../compile/identifier.ts';
import { type Field, PARTS } from '../../model/kinds.ts';
import { parsePartialDate } from '../../model/partial-date.ts';
import type { FieldValues } from '../../model/records.ts';
import { writable } from './text.ts';

/** Values as literals of Cypher: in a file that somebody runs by hand there are no parameters. */

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * https://neo4j.com/docs/cypher-manual/current/syntax/expressions/#string-literals. A backslash is doubled first, so that
 * no text can be read as an escape; what Java holds for the end of a line is one.
 */
const text = (given: string): string =>
  `'${writable(given)
    .replace(/[\\'\n\r\t]/g, (each) => ESCAPES[each] ?? each)
    .replace(/[\u0085\u2028\u2029]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;

/** A text, number, boolean or list of texts; null for what is none of these. */
export function literal(value: unknown): string | null {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  if (Array.isArray(value)) return `[${value.map((each) => text(String(each))).join(', ')}]`;
  return null;
}

const floating = (value: unknown): string | null =>
  typeof value === 'number' && Number.isInteger(value) ? `${value}.0` : literal(value);

export const instant = (value: string | null): string | null => (value === null ? null : `datetime(${text(value)})`);

/** The properties that hold fields, by their names in the store. */
export function literalsOf(fields: readonly Field[], values: FieldValues): Record<string, string | null> {
  const literals: Record<string, string | null> = {};
  for (const { name, kind } of fields) {
    const value = values[name];
    if (value === undefined) continue;
    if (kind === 'partialDate') {
      const date = parsePartialDate(String(value));
      literals[name] = literal(value);
      if (date) {
        literals[`${name}Earliest`] = `date('${date.earliest}')`;
        literals[`${name}Latest`] = `date('${date.latest}')`;
      }
    } else if (kind === 'date') literals[name] = `date(${text(String(value))})`;
    else if (kind === 'float') literals[name] = floating(value);
    else if (kind === 'count' || kind === 'amount' || kind === 'quote')
      for (const [suffix, part] of Object.entries(PARTS[kind])) {
        const inner = (value as Record<string, unknown>)[part];
        literals[name + suffix] = kind === 'amount' ? floating(inner) : literal(inner);
      }
    else literals[name] = literal(value);
  }
  return literals;
}

/** A map literal, without what is null. */
export const literalMap = (entries: Readonly<Record<string, string | null>>): string =>
  `{${Object.entries(entries)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${identifier(name)}: ${value}`)
    .join(', ')}}`;
