import type { ExecutionResult } from 'graphql';
import { expect } from 'vitest';
import { OracleError } from './by-name.ts';
import type { Choices } from './choices.ts';
import { textsOf } from './compiled.ts';
import type { Generated } from './generate.ts';
import { otherValues } from './generate-again.ts';
import type { Oracle } from './oracle.ts';
import type { Pool } from './pool.ts';

/** What is asked: the compiled statements on the database, and the evaluator over what the database holds. */
interface Both {
  ask(query: string, variables?: Record<string, unknown>): Promise<ExecutionResult>;
  readonly oracle: Oracle;
}

export type Agree = (
  query: string,
  variables?: Record<string, unknown>,
  theirs?: Record<string, unknown>,
) => Promise<{ readonly ours: unknown; readonly theirs: unknown }>;

/** Answers both ways and compares to the letter; cursors are each side's own, so that variables may differ. */
export const agreeing =
  (graph: Both): Agree =>
  async (query, variables = {}, theirs = variables) => {
    const compiled = await graph.ask(query, variables);
    const expected = await graph.oracle.answer(query, theirs);
    expect(comparable(compiled), `${query}\n${JSON.stringify(variables)}`).toBe(comparable(expected));
    return { ours: compiled.data, theirs: expected.data };
  };

/** Has one drawn operation agree: as it is, with other values in its variables, and on the pages that follow. */
export async function agreeOnDrawn(
  agree: Agree,
  { query, variables, cursors }: Generated,
  choices: Choices,
  pool: Pool,
): Promise<{ readonly followed: boolean }> {
  const answers = await agree(query, variables);
  let followed = false;
  for (const { variable, path } of cursors) {
    const ours = cursorsAt(answers.ours, path, 'followed');
    const theirs = cursorsAt(answers.theirs, path, 'followed');
    if (ours.length === 0) continue;
    const nth = choices.below(ours.length);
    const turned = (some: readonly string[]) => ({ ...variables, [variable]: some[nth] });
    await agree(query, turned(ours), turned(theirs));
    followed = true;
  }
  for (let times = 0; times < AGAIN && Object.keys(variables).length > cursors.length; times++)
    await agree(query, otherValues(variables, choices, pool));
  return { followed };
}

/** How often an operation is asked with other values. */
const AGAIN = 2;

/** Whether the database plans all statements of an operation in good time; it takes seconds over the longest. */
export const isShort = async ({ query, variables }: Generated, most: number): Promise<boolean> =>
  (await textsOf(query, variables)).every((text) => text.length <= most);

/** Two answers to one operation, made comparable: cursors are opaque, errors are told apart by place and code. */
export function comparable(result: ExecutionResult): string {
  // Root fields are answered at once, so that their errors come in any order.
  const errors = result.errors
    ?.map((error) => ({ path: error.path, code: codeOf(error.originalError ?? error) }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return JSON.stringify({ data: result.data, ...(errors ? { errors } : {}) }, (key, value) =>
    /cursor/i.test(key) && typeof value === 'string' ? 'cursor' : value,
  );
}

function codeOf(error: Error): string {
  if (error instanceof OracleError) return error.message;
  const { code, details } = error as { code?: string; details?: { candidates?: { id: string }[] } };
  const candidates = details?.candidates?.map(({ id }) => ` ${id}`).sort() ?? [];
  return code === undefined ? String(error) : `${code}${candidates.join('')}`;
}

/** Every cursor of the lists at a path, in the answer's order, null and absent lists left out. */
export function cursorsAt(data: unknown, path: readonly string[], under: string): string[] {
  let found: unknown[] = [data];
  for (const key of path)
    found = found
      .flatMap((value) => (value as Record<string, unknown> | null)?.[key] ?? [])
      .filter((value) => value !== null);
  return found.flatMap((list) =>
    ((list as Record<string, { cursor: string }[]>)[under] ?? []).map(({ cursor }) => cursor),
  );
}
