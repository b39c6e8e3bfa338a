import { type Field, PARTS } from '../model/kinds.ts';
import type { FieldValues } from '../model/records.ts';
import { identifier } from './identifier.ts';

/** Fields as columns of a row, and back as records give them: what is read by the million is read by place, not by name. */

export interface Columns {
  /** Expressions, in order. */
  readonly texts: readonly string[];
  /** What a row holds of the fields, where the first of them stands at a place; what is absent has no key. */
  read(row: readonly unknown[], at: number): FieldValues;
}

interface Reader {
  readonly name: string;
  /** Names of the parts of a value that has some; null where it is one column. */
  readonly parts: readonly string[] | null;
}

/** Stored fields of what a variable holds. What follows from elsewhere has no column. */
export function columnsOf(fields: readonly Field[], variable: string): Columns {
  const texts: string[] = [];
  const readers: Reader[] = [];
  const at = (stored: string) => `${variable}.${identifier(stored)}`;
  for (const { name, kind } of fields) {
    if (kind === 'statusOf') continue;
    const parts = kind === 'count' || kind === 'amount' || kind === 'quote' ? Object.entries(PARTS[kind]) : null;
    readers.push({ name, parts: parts?.map(([, part]) => part) ?? null });
    if (parts) texts.push(...parts.map(([suffix]) => at(name + suffix)));
    else texts.push(kind === 'date' || kind === 'dateTime' ? `toString(${at(name)})` : at(name));
  }
  return { texts, read: (row, first) => readAll(readers, row, first) };
}

function readAll(readers: readonly Reader[], row: readonly unknown[], first: number): FieldValues {
  const values: Record<string, unknown> = {};
  let at = first;
  for (const { name, parts } of readers) {
    if (parts === null) {
      const value = row[at++];
      if (value !== null && value !== undefined) values[name] = value;
      continue;
    }
    let whole: Record<string, unknown> | null = null;
    for (const part of parts) {
      const value = row[at++];
      if (value === null || value === undefined) continue;
      whole ??= {};
      whole[part] = value;
    }
    if (whole) values[name] = whole;
  }
  return values;
}
