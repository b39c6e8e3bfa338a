import type { RowProblem } from '../format.ts';
import type { CompiledMapping, Plan } from './compile.ts';
import type { Expression } from './language.ts';
import { type Filling, fieldValue } from './parts.ts';
import { itemsOf, type Scope, scopesAt } from './scope.ts';
import { evaluate, holds, type Tables, takeOf, Unfit } from './values.ts';

/** One row, by a mapping, as records. */

export interface MappedRow {
  readonly records: readonly unknown[];
  readonly problems: readonly RowProblem[];
  readonly locator: string | null;
  readonly claim: { readonly text: string; readonly commitment?: string; readonly hedged?: boolean } | null;
}

export function mapRow({ mapping, plans }: CompiledMapping, row: Scope): MappedRow {
  const problems: RowProblem[] = [];
  const tables: Tables = mapping.values ?? {};
  const lists = new Map(
    Object.entries(mapping.lists ?? {}).map(([name, from]) => [
      name,
      itemsOf(row, [evaluate(from, row, tables) ?? []].flat()),
    ]),
  );
  const records = plans.flatMap((plan) =>
    (lists.get(plan.each ?? '') ?? scopesAt(row, plan.each)).flatMap((scope) => {
      if (plan.when !== undefined && !holds(plan.when, scope)) return [];
      return [{ [plan.key]: recordOf(plan, scope, tables, problems) }];
    }),
  );
  const { claim, file } = mapping;
  const locator = claim?.locator ?? file?.locator;
  const text = claim?.text === undefined ? null : takeOf(claim.text, row);
  return {
    records: unrepeated(records),
    problems,
    locator: locator === undefined ? null : (takeOf(locator, row) as string | null),
    claim:
      claim && text !== null
        ? {
            text: String(text),
            ...(claim.commitment === undefined ? {} : { commitment: claim.commitment }),
            ...(claim.hedged === undefined ? {} : { hedged: claim.hedged }),
          }
        : null,
  };
}

/** The same thing named many times in one row is recorded once: a party in each of thirty terms. */
function unrepeated(records: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  const known = new Set<string>();
  return records.filter((record) => {
    const key = JSON.stringify(record);
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
}

function recordOf(plan: Plan, scope: Scope, tables: Tables, problems: RowProblem[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  const attempt = (path: string, from: unknown, work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      problems.push({
        path: `${plan.key}.${path}`,
        code: 'INVALID_VALUE',
        message: `${columnOf(from)}: ${error.message}`,
        ...(error.suggestion ? { suggestion: error.suggestion } : {}),
      });
      return undefined;
    }
  };
  const needed = (path: string, from: Expression): unknown => {
    const value = attempt(path, from, () => evaluate(from, scope, tables));
    if (value === null)
      problems.push({
        path: `${plan.key}.${path}`,
        code: 'MISSING_FIELD',
        message: `${columnOf(from)} is empty, so that there is no ${path} for the ${plan.key}.`,
        suggestion: `Fill it in; or, where it may be empty, say so in the mapping: when: the column, on the ${plan.key}.`,
      });
    return value ?? undefined;
  };
  for (const [end, from] of Object.entries(plan.ids)) {
    const value = needed(end, from);
    if (value !== undefined) record[end] = end === 'id' ? String(value) : { id: String(value) };
  }
  for (const [end, [scheme, from]] of Object.entries(plan.externally)) {
    const value = needed(end, from);
    if (value !== undefined) record[end] = { externalId: { scheme, value: String(value) } };
  }
  for (const [field, filling] of plan.fields) {
    const value = attempt(field.name, filling.from, () => fieldValue(field, filling, scope, tables));
    if (value !== undefined) record[field.name] = field.kind === 'reference' ? { id: value } : value;
  }
  const externalIds = plan.externalIds.flatMap(([scheme, filling]) =>
    all(attempt('externalIds', filling.from, () => listOf(filling, scope, tables))).map((value) => ({ scheme, value })),
  );
  if (externalIds.length > 0) record['externalIds'] = externalIds;
  const names = plan.names.flatMap((parts) => {
    const name = Object.fromEntries(
      parts.flatMap(([field, filling]) => {
        const value = attempt('names', filling.from, () => fieldValue(field, filling, scope, tables));
        return value === undefined ? [] : [[field.name, value]];
      }),
    );
    return 'value' in name ? [name] : [];
  });
  if (names.length > 0) record['names'] = names;
  return record;
}

const all = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : []);

function listOf(filling: Filling, scope: Scope, tables: Tables): string[] {
  const from = filling.is === 'parts' ? [] : [filling.from].flat();
  return from.flatMap((each) => evaluate(each as Expression, scope, tables) ?? []).map(String);
}

/** What an expression takes its value from, in words. */
function columnOf(from: unknown): string {
  if (typeof from !== 'object' || from === null) return String(from);
  if (Array.isArray(from)) return from.map(columnOf).join(', ');
  const { value, first } = from as { value?: unknown; first?: unknown };
  return value === undefined
    ? first === undefined
      ? Object.values(from).map(columnOf).join(', ')
      : columnOf(first)
    : String(value);
}
