import { ConcordatError } from '../../errors.ts';
import type { Call, WriteReport } from '../../model/reports.ts';
import type { Role } from '../../model/roles.ts';
import type { Answer, Reader, Writer } from '../context.ts';
import type { FieldSpec, InputSpec, Registry } from '../registry.ts';

/** What a mutation is made of: its arguments, what of the store it calls, and what its payload shows of the report. */

/** Arguments as GraphQL has read them. */
export type Given = Readonly<Record<string, unknown>>;

/** What a payload is made from. */
export interface Done {
  readonly report: WriteReport;
  readonly given: Given;
  /** What the payload has looked up beside the report. */
  readonly looked: Given;
}

/** A field of a payload: things that are read again, or a value of the report. */
export type PayloadField = FieldSpec &
  ({ readonly ids: (done: Done) => readonly string[] } | { readonly value: (done: Done, name: string) => unknown });

export interface Payload {
  readonly name: string;
  readonly description: string;
  readonly fields: (registry: Registry) => Readonly<Record<string, PayloadField>>;
  /** Looks up, within the call, what is neither in the report nor a thing that is read again. */
  readonly look?: (report: WriteReport, reader: Reader, operation: string) => Promise<Given>;
}

export interface MutationSpec {
  readonly description: string;
  readonly args: (registry: Registry) => Readonly<Record<string, InputSpec>>;
  /** The role that it takes. */
  readonly access: Role;
  /** How many things it is expected to write; arguments as they were sent, unchecked. */
  readonly cost: (given: Given) => number;
  readonly payload: Payload;
  /** Lists among the arguments, and how many items they may have. */
  readonly lists: Readonly<Record<string, number>>;
  run<T>(writer: Writer, given: Given, call: Call, answer: Answer<T>): Promise<T>;
}

/** How many records, or ids, one call takes. */
export const MOST = 1_000;

/** Things that one of these is tied to, and that change with it: a guess, since only the graph knows. */
export const TIED = 5;

const REASON = 2_000;

/** @throws LIMIT_EXCEEDED when a list, or the reason, is too long; BAD_USER_INPUT when there is nothing in it */
export function checkGiven(given: Given, lists: MutationSpec['lists'], path: readonly (string | number)[]): void {
  for (const [name, most] of Object.entries(lists)) {
    const { length } = given[name] as readonly unknown[];
    if (length > most)
      throw new ConcordatError('LIMIT_EXCEEDED', `${name} takes at most ${most} items a call; ${length} are given.`, {
        path: [...path, name],
        value: length,
        suggestion: 'Write in several calls: later ones may refer to what earlier ones wrote, by id.',
      });
    if (length === 0)
      throw new ConcordatError('BAD_USER_INPUT', `${name} is empty.`, {
        path: [...path, name],
        value: [],
        suggestion: 'Name at least one.',
      });
  }
  const { reason } = given;
  if (typeof reason !== 'string') return;
  if (reason.trim() === '')
    throw new ConcordatError('BAD_USER_INPUT', 'The reason is blank.', {
      path: [...path, 'reason'],
      value: reason,
      suggestion: 'Say in a sentence why: it stays in the history.',
    });
  if (reason.length > REASON)
    throw new ConcordatError(
      'LIMIT_EXCEEDED',
      `The reason has ${reason.length} characters; at most ${REASON} are allowed.`,
      {
        path: [...path, 'reason'],
        value: reason.length,
        suggestion: 'Say it in a sentence; record a source for more.',
      },
    );
}
