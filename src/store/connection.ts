import neo4j, { type Driver, Neo4jError } from 'neo4j-driver';
import type { Statement } from '../compile/plan.ts';
import { WholeNumber } from '../compile/values.ts';
import { ConcordatError } from '../errors.ts';
import type { Tx } from './graph-state.ts';
import { luceneSyntaxError } from './lucene-errors.ts';

/** The driver, opened once; reads in one round trip; writes in one transaction that is repeated when the database says so. */

export interface ConnectionOptions {
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly database: string;
  /** Milliseconds that one statement may run. */
  readonly timeout: number;
}

/** An open connection to the graph. Disposing it closes the driver. */
export interface Connection extends AsyncDisposable {
  readonly driver: Driver;
  readonly database: string;
  read(statement: Statement, options: { operation: string; signal?: AbortSignal }): Promise<unknown[][]>;
  /** Runs work in one write transaction; repeated on deadlocks and on two writers making the same thing. */
  write<T>(operation: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Throws DATABASE_UNAVAILABLE unless the database answers. */
  verify(): Promise<void>;
}

export function openConnection(options: ConnectionOptions): Connection {
  const driver = neo4j.driver(options.uri, neo4j.auth.basic(options.username, options.password), {
    disableLosslessIntegers: true,
    connectionAcquisitionTimeout: 5_000,
    connectionTimeout: 5_000,
    maxTransactionRetryTime: 15_000,
    userAgent: 'concordat',
  });
  const { database } = options;
  const transaction = (operation: string) => ({ timeout: options.timeout, metadata: { app: 'concordat', operation } });

  return {
    driver,
    database,
    async read(statement, { operation, signal }) {
      const session = driver.session({ database, defaultAccessMode: neo4j.session.READ, fetchSize: 2_000 });
      const stop = () => void session.close().catch(() => {});
      signal?.addEventListener('abort', stop, { once: true });
      try {
        if (signal?.aborted) throw new ConcordatError('TIMEOUT', 'The client went away before its query ran.');
        const result = await session.run(statement.text, driverValues(statement.parameters), transaction(operation));
        return result.records.map((record) => record.keys.map((key) => record.get(key) as unknown));
      } catch (error) {
        throw toConcordatError(error, options.timeout);
      } finally {
        signal?.removeEventListener('abort', stop);
        await session.close();
      }
    },
    async write(operation, work) {
      for (let attempt = 1; ; attempt++) {
        const session = driver.session({ database, defaultAccessMode: neo4j.session.WRITE });
        try {
          return await session.executeWrite(work, {
            ...transaction(operation),
            timeout: Math.max(options.timeout, 300_000),
          });
        } catch (error) {
          // Two writers that make the same thing: the one that comes second finds it there when it tries again.
          if (
            attempt < 5 &&
            error instanceof Neo4jError &&
            error.code === 'Neo.ClientError.Schema.ConstraintValidationFailed'
          )
            continue;
          throw toConcordatError(error, options.timeout);
        } finally {
          await session.close();
        }
      }
    },
    async verify() {
      try {
        await driver.verifyConnectivity({ database });
      } catch (error) {
        throw toConcordatError(error, options.timeout);
      }
    },
    async [Symbol.asyncDispose]() {
      await driver.close();
    },
  };
}

/** Parameters as the driver takes them: whole numbers as its own integers, since plain numbers go out as floats. */
function driverValues(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, driverValue(inner)]));
}

function driverValue(value: unknown): unknown {
  if (value instanceof WholeNumber) return neo4j.int(value.value);
  if (Array.isArray(value)) return value.map(driverValue);
  return value;
}

/** What the driver's errors mean to a user; anything that is none of their making stays as it is, to be masked and logged. */
export function toConcordatError(error: unknown, timeout: number): unknown {
  if (!(error instanceof Neo4jError)) return error;
  const cause = { cause: error };
  if (error.code.includes('TransactionTimedOut'))
    return new ConcordatError(
      'TIMEOUT',
      `The query took longer than ${timeout} ms and was stopped.`,
      { suggestion: 'Narrow it: a smaller first, fewer levels, a more selective where.' },
      cause,
    );
  if (
    error.code === 'Neo.TransientError.General.MemoryPoolOutOfMemoryError' ||
    error.code.includes('TransactionOutOfMemory')
  )
    return new ConcordatError(
      'QUERY_TOO_COSTLY',
      'The query needed more memory than one may use and was stopped.',
      { suggestion: 'Narrow it: a smaller first, fewer levels, a more selective where.' },
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
