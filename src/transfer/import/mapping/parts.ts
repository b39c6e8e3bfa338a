import { upperSnakeCase } from '../../../model/casing.ts';
import { type Field, PARTS } from '../../../model/kinds.ts';
import type { Expression } from './language.ts';
import type { Scope } from './scope.ts';
import { evaluate, type Tables, Unfit } from './values.ts';

/** Values of a row in the shape that a field of the ontology takes. */

/** What a field is filled from: one expression, several for a list, or one for each of its parts. */
export type Filling =
  | { readonly is: 'one'; readonly from: Expression }
  | { readonly is: 'many'; readonly from: readonly Expression[] }
  | { readonly is: 'parts'; readonly from: Readonly<Record<string, Expression>> };

/** The parts of which a kind of field is an object; none for others. */
export const partsOf = (field: Field): readonly string[] =>
  field.kind === 'amount' || field.kind === 'count' || field.kind === 'quote' ? Object.values(PARTS[field.kind]) : [];

/** @returns undefined where there is nothing to say */
export function fieldValue(field: Field, filling: Filling, scope: Scope, tables: Tables): unknown {
  if (filling.is === 'parts') {
    const parts = Object.entries(filling.from).flatMap(([part, from]) => {
      const value = evaluate(from, scope, tables);
      return value === null
        ? []
        : [[part, part === 'elided' ? flag(value) : isText(part) ? String(value) : number(value)]];
    });
    return parts.length > 0 ? Object.fromEntries(parts) : undefined;
  }
  const values = (filling.is === 'many' ? filling.from : [filling.from]).flatMap(
    (from) => evaluate(from, scope, tables) ?? [],
  );
  const flat = values.flat();
  if (flat.length === 0) return undefined;
  if (field.kind === 'textList') return [...new Set(flat.map(String))];
  if (flat.length > 1 || (typeof flat[0] === 'object' && flat[0] !== null))
    throw new Unfit(
      'Several values, where one is wanted.',
      'Take one of them by its number, such as codes.0, or by a pattern.',
    );
  return fitting(field, flat[0]);
}

const isText = (part: string): boolean => ['text', 'currency', 'language', 'translation'].includes(part);

function fitting(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case 'integer':
    case 'float':
      return number(value);
    case 'count':
      return { exact: number(value) };
    case 'amount':
      return { value: number(value) };
    case 'boolean':
      return flag(value);
    case 'openList':
    case 'closedList':
      return /^[\x20-\x7e]+$/.test(String(value)) ? upperSnakeCase(String(value)) : String(value);
    case 'quote':
      return { text: String(value) };
    default:
      return String(value);
  }
}

function number(value: unknown): number {
  const text = String(value).replace(/(?<=\d),(?=\d{3}(\D|$))/g, '');
  if (!/^[-+]?\d*\.?\d+(e[-+]?\d+)?$/i.test(text))
    throw new Unfit(`"${String(value)}" is no number.`, 'A pattern may take the number out of a text.');
  return Number(text);
}

const FLAGS: Readonly<Record<string, boolean>> = { true: true, yes: true, 1: true, false: false, no: false, 0: false };

function flag(value: unknown): boolean {
  const found = FLAGS[String(value).toLowerCase()];
  if (found === undefined)
    throw new Unfit(`"${String(value)}" is neither true nor false.`, 'A table of values may say which it is.');
  return found;
}
