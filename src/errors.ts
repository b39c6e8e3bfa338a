/**
 * Every error that a user may read. Each has a code that machines branch on, a message that names the place, the value
 * and the way out, and nothing of the driver, of Cypher or of the machine in it.
 */

/** The codes that reach clients, in GraphQL as `extensions.code`, on the command line beside the message. */
export type ErrorCode =
  | 'BAD_USER_INPUT'
  | 'AMBIGUOUS_NAME'
  | 'LIMIT_EXCEEDED'
  | 'QUERY_TOO_COSTLY'
  | 'CONFLICT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'TIMEOUT'
  | 'DATABASE_UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR';

/** What an error says beside its message; all of it is safe to show. */
export interface ErrorDetails {
  /** Where in the input: argument names and indices, outermost first. */
  readonly path?: readonly (string | number)[];
  /** The offending value, as given. */
  readonly value?: unknown;
  /** The nearest valid value, or the way out. */
  readonly suggestion?: string;
  /** Further facts that a client may want, e.g. the candidates of an ambiguous name. */
  readonly [fact: string]: unknown;
}

/** An error whose message is written for the person who caused it or can mend it. */
export class ConcordatError extends Error {
  override readonly name = 'ConcordatError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Bad input: names the place, the value and the way out. */
export function badInput(message: string, details: ErrorDetails = {}): ConcordatError {
  return new ConcordatError('BAD_USER_INPUT', message, details);
}

/** The program cannot start or go on as asked; the message holds the ways out. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The model contradicts itself. Apart from bad data: only whoever edits `src/ontology/` can mend it. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}
