import { slug } from '../../../model/folding.ts';
import { dateBy } from './dates.ts';
import type { Condition, ConditionRule, Expression, Take, Taken } from './language.ts';
import { degreesIn, plainText } from './plain.ts';
import { type Scope, valueAt } from './scope.ts';

/** Expressions of a mapping, worked out for a row. An empty value is null: what it would fill is left out. */

/** A value that cannot be what it must. */
export class Unfit extends Error {
  constructor(
    message: string,
    readonly suggestion?: string,
  ) {
    super(message);
  }
}

export type Tables = Readonly<Record<string, Readonly<Record<string, Take>>>>;

const FILTERS: Readonly<Record<string, (text: string) => string>> = {
  slug,
  plain: plainText,
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
};
export const FILTER_NAMES = Object.keys(FILTERS);

const PLACE = /\{([^{}|]+)(?:\|([^{}]+))?\}/g;

export const isTemplate = (text: string): boolean => !text.startsWith('=') && /\{[^{}]+\}/.test(text);

/** The columns that something names, and the filters. */
export function named(take: Take): { readonly columns: readonly string[]; readonly filters: readonly string[] } {
  if (typeof take !== 'string' || take.startsWith('=')) return { columns: [], filters: [] };
  if (!isTemplate(take)) return { columns: [take], filters: [] };
  const matches = [...take.matchAll(PLACE)];
  return { columns: matches.map((match) => match[1] ?? ''), filters: matches.flatMap((match) => match[2] ?? []) };
}

/** What stands at a place: a text, number, boolean or list; null where it is empty. */
export function takeOf(take: Take, scope: Scope): unknown {
  if (typeof take !== 'string') return take;
  if (take.startsWith('=')) return take.slice(1);
  if (!isTemplate(take)) return filled(valueAt(scope, take));
  let isWhole = true;
  const text = take.replace(PLACE, (_, path: string, filter?: string) => {
    const value = filled(valueAt(scope, path));
    if (value === null || typeof value === 'object') isWhole = false;
    return filter ? (FILTERS[filter]?.(String(value)) ?? '') : String(value);
  });
  return isWhole ? filled(text) : null;
}

function filled(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  if (Array.isArray(value) && value.length === 0) return null;
  return value;
}

/** @throws Unfit where a value is in no table, or follows no format, that it must */
export function evaluate(expression: Expression, scope: Scope, tables: Tables): unknown {
  if (typeof expression !== 'object') return takeOf(expression, scope);
  if (expression.when !== undefined && !holds(expression.when, scope)) return null;
  const value = worked(expression, scope, tables);
  return value ?? (expression.default === undefined ? null : takeOf(expression.default, scope));
}

function worked(taken: Taken, scope: Scope, tables: Tables): unknown {
  let value: unknown = null;
  if (taken.value !== undefined) value = takeOf(taken.value, scope);
  for (const each of taken.first ?? []) value ??= evaluate(each, scope, tables);
  if (value === null) return null;
  const { split } = taken;
  if (taken.plain && typeof value === 'string') value = plainText(value);
  if (split !== undefined && typeof value === 'string') value = value.split(split);
  const all = (Array.isArray(value) ? value : [value]).flatMap((each) => one(taken, each, scope, tables) ?? []);
  if (Array.isArray(value)) return all.length > 0 ? all : null;
  return all[0] ?? null;
}

/** One value, or one of a list of them, through pattern, table and date. */
function one(
  { pattern, degrees, values, otherwise, date, into }: Taken,
  given: unknown,
  scope: Scope,
  tables: Tables,
): unknown {
  let value = filled(given);
  if (value === null) return null;
  if (pattern !== undefined) {
    const match = new RegExp(pattern, 'u').exec(String(value));
    value = filled(match?.[1] ?? match?.[0]);
    if (value === null) return null;
  }
  if (degrees !== undefined) {
    const found = degreesIn(String(value), degrees);
    if (found === null) throw new Unfit(`"${String(value)}" is no ${degrees} in degrees.`, 'Such as 13 50 N, 88 55 W.');
    value = found;
  }
  if (values !== undefined) {
    const table = typeof values === 'string' ? (tables[values] ?? {}) : values;
    const found = Object.hasOwn(table, String(value)) ? table[String(value)] : otherwise;
    if (found === undefined)
      throw new Unfit(
        `"${String(value)}" is not in the table of values.`,
        'Add it there, or say what is meant otherwise.',
      );
    value = typeof found === 'string' && !isTemplate(found) ? filled(found.replace(/^=/, '')) : takeOf(found, scope);
  }
  if (date !== undefined && value !== null) {
    const formats = typeof date === 'string' ? [date] : date;
    const text = String(value);
    const found = formats.map((format) => dateBy(format, text)).find((each) => each !== null);
    if (found === undefined || found === null) throw new Unfit(`"${text}" is no date as ${formats.join(' or ')}.`);
    value = found;
  }
  if (into !== undefined && value !== null) value = takeOf(into, { value, parent: scope, variables: scope.variables });
  return value;
}

export function holds(condition: Condition, scope: Scope): boolean {
  if (typeof condition === 'string') return takeOf(condition, scope) !== null;
  if (Array.isArray(condition)) return condition.every((each: Condition) => holds(each, scope));
  const rule = condition as ConditionRule;
  const value = takeOf(rule.value, scope);
  const text = value === null ? null : String(value);
  const same = (other: Take) => text === String(other);
  return (
    (rule.empty === undefined || rule.empty === (text === null)) &&
    (rule.is === undefined || same(rule.is)) &&
    (rule.isNot === undefined || !same(rule.isNot)) &&
    (rule.in === undefined || rule.in.some(same)) &&
    (rule.notIn === undefined || !rule.notIn.some(same)) &&
    (rule.matches === undefined || (text !== null && new RegExp(rule.matches, 'u').test(text)))
  );
}
