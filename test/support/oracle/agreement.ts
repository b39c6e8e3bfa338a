import type { ExecutionResult } from 'graphql';
import { OracleError } from './by-name.ts';

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
