import { leave, type Reading, refuse } from './reading.ts';
import { cleaned, isObject, listOf, readDate } from './values.ts';

/** An object of Popolo as it is read: each property once, and what nobody asked for is left out, with a notice. */
export class PopoloObject {
  readonly #read = new Set(['id', '@type', 'created_at', 'updated_at', 'html_url', 'url', 'sort_name', 'slug']);

  constructor(
    readonly row: Reading,
    readonly value: Readonly<Record<string, unknown>>,
  ) {}

  /** The value as it stands. */
  raw(property: string): unknown {
    this.#read.add(property);
    return Object.hasOwn(this.value, property) ? this.value[property] : undefined;
  }

  /** A text; what is none is left out. */
  text(property: string): string | null {
    const given = this.raw(property);
    if (given === undefined || given === null) return null;
    if (typeof given === 'string') {
      const text = cleaned(given).trim();
      return text === '' ? null : text;
    }
    leave(this.row, property, 'is no text');
    return null;
  }

  /** An id, which may be a number, or an object that has it; null where there is none. */
  id(property: string): string | null {
    return idOf(this.raw(property));
  }

  date(property: string): string | null {
    const text = this.text(property);
    if (text === null || /^0000/.test(text)) return null;
    const date = readDate(text);
    if (date === null) leave(this.row, property, 'is no date');
    return date;
  }

  /** The objects of a list. */
  objects(property: string): readonly Readonly<Record<string, unknown>>[] {
    const all = listOf(this.raw(property));
    if (all.some((each) => !isObject(each))) leave(this.row, property, 'holds what is no object');
    return all.filter(isObject);
  }

  /** A name, without which nothing can be recorded; refuses the row where what is given is no text. */
  name(...properties: readonly string[]): string | null {
    for (const property of properties) {
      const given = this.raw(property);
      if (given === undefined || given === null) continue;
      if (typeof given !== 'string') {
        refuse(
          this.row,
          property,
          'INVALID_VALUE',
          `${property} must be a text; it is ${JSON.stringify(given).slice(0, 80)}.`,
        );
        return null;
      }
      const text = cleaned(given).trim();
      if (text !== '') return text;
    }
    return null;
  }

  leaveRest(): void {
    for (const [property, given] of Object.entries(this.value))
      if (!this.#read.has(property) && given !== null && given !== '' && listOf(given).length > 0)
        leave(this.row, property);
  }
}

export function idOf(given: unknown): string | null {
  if (typeof given === 'string') return given.trim() === '' ? null : given.trim();
  if (typeof given === 'number') return String(given);
  return isObject(given) ? idOf(given['id']) : null;
}
