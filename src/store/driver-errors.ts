import { Neo4jError } from 'neo4j-driver';
import { ConcordatError } from '../errors.ts';
import { luceneSyntaxError } from './lucene-errors.ts';

const NARROW = 'Narrow it: a smaller first, fewer levels, a more selective where.';

/** What the driver's errors mean to a user; anything that is none of their making stays as it is, to be masked and logged. */
export function toConcordatError(error: unknown, timeout: number): unknown {
  if (!(error instanceof Neo4jError)) return error;
  const cause = { cause: error };
  if (error.code.includes('TransactionTimedOut')) return tookTooLong(timeout, cause);
  if (
    error.code === 'Neo.TransientError.General.MemoryPoolOutOfMemoryError' ||
    error.code.includes('TransactionOutOfMemory')
  )
    return new ConcordatError(
      'QUERY_TOO_COSTLY',
      'The query needed more memory than one may use and was stopped.',
      { suggestion: NARROW },
      cause,
    );
  if (
    error.code === 'ServiceUnavailable' ||
    error.code === 'SessionExpired' ||
    error.code.startsWith('Neo.TransientError') ||
    error.code.includes('Security') ||
    error.code.includes('DatabaseUnavailable')
  )
    return new ConcordatError(
      'DATABASE_UNAVAILABLE',
      'The database does not answer at the moment.',
      { suggestion: 'Try again shortly.' },
      cause,
    );
  if (error.code === 'Neo.ClientError.Procedure.ProcedureCallFailed') return luceneSyntaxError(error.message) ?? error;
  return error;
}

/** @param timeout milliseconds that it had */
export const tookTooLong = (timeout: number, cause?: ErrorOptions): ConcordatError =>
  new ConcordatError(
    'TIMEOUT',
    `The query took longer than ${timeout} ms and was stopped.`,
    { suggestion: NARROW },
    cause,
  );
