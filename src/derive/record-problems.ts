import type { z } from 'zod';
import { nearest } from '../model/nearest.ts';
import type { Problem } from '../model/records.ts';

/** What is wrong with the shape of a record, in words: zod's issues are never shown raw. */

/** What a record, or a claim inside one, may say. */
export interface Expected {
  readonly fields: readonly string[];
  /** Those of them that may be taken away again, by name in `clear`. */
  readonly clears: readonly string[];
}

export function refuse(
  record: number,
  path: (string | number)[],
  code: Problem['code'],
  message: string,
  suggestion?: string,
): { problems: Problem[] } {
  return { problems: [{ record, path, code, message, ...(suggestion ? { suggestion } : {}) }] };
}

/** Zod's issue in words: where, what was given, and the nearest valid key. */
export function problemsOf(
  issue: z.core.$ZodIssue,
  record: number,
  key: string,
  input: unknown,
  expected: { readonly ofRecord: Expected; readonly ofClaims: Expected },
): Problem[] {
  const inner = issue.path.filter((step) => typeof step !== 'symbol') as (string | number)[];
  const path = [key, ...inner];
  if (issue.code === 'unrecognized_keys') {
    const known =
      inner.length === 0 ? expected.ofRecord.fields : inner.at(-2) === 'claims' ? expected.ofClaims.fields : [];
    return issue.keys.map((name) => {
      const near = nearest(name, known);
      const suggestion = near
        ? `Did you mean ${near}?`
        : known.length > 0
          ? `Known fields: ${known.join(', ')}.`
          : undefined;
      return {
        record,
        path: [...path, name],
        code: 'UNKNOWN_FIELD',
        message: `"${name}" is no field of ${path.join('.')}.`,
        ...(suggestion ? { suggestion } : {}),
      };
    });
  }
  const given = inner.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | undefined)?.[step],
    input,
  );
  if (given === null && inner.length > 0) {
    const { clears } =
      inner.length === 1
        ? expected.ofRecord
        : inner.length === 3 && inner[0] === 'claims'
          ? expected.ofClaims
          : { clears: [] };
    return [nullProblem(record, path, clears)];
  }
  return [
    { record, path, code: 'INVALID_VALUE', message: `${path.join('.')} ${issue.message}; it is ${shown(given)}.` },
  ];
}

/** Null could mean unknown, or that a value is to go: a record says the latter by name, so that neither happens unnoticed. */
function nullProblem(record: number, path: (string | number)[], clears: readonly string[]): Problem {
  const name = String(path.at(-1));
  return {
    record,
    path,
    code: 'INVALID_VALUE',
    message: `${path.join('.')} is null, which says neither that it is unknown nor that it is to be taken away.`,
    suggestion: clears.includes(name)
      ? `Leave it out to keep what is there; to take that away, name it in clear: ["${name}"].`
      : 'Leave it out.',
  };
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
