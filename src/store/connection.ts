import { setTimeout as delay } from 'node:timers/promises';
import neo4j, { type Driver, Neo4jError, type Session } from 'neo4j-driver';
import type { Statement } from '../compile/plan.ts';
import { WholeNumber } from '../compile/values.ts';
import { ConcordatError } from '../errors.ts';
import { toConcordatError, tookTooLong } from './driver-errors.ts';
import { ending, heldBy, letGo } from './ending.ts';
import { Overtaken } from './graph/commit.ts';
import type { Tx } from './graph/graph-state.ts';
import { streamRows } from './streaming.ts';
import { Turnstile } from './turnstile.ts';

/** The driver, opened once; reads in one round trip; writes in one transaction that is repeated when the database says so. */

export interface ConnectionOptions {
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly database: string;
  /** Milliseconds that one statement may run. */
  readonly timeout: number;
  /** Milliseconds that a statement may run whose rows are read as they are needed; ten minutes unless said. */
  readonly streamTimeout?: number;
  /** Milliseconds that the database has, beyond those, to end a statement, before that is done without it. */
  readonly patience?: number;
}

/** Transactions of this process that write at once; and attempts after which one goes alone. */
const AT_ONCE = 6;
const PATIENT = 4;

/** Runs work in one transaction, and commits it. */
async function once<T>(
  session: Session,
  config: { timeout: number; metadata: object },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const tx = await session.beginTransaction(config);
  try {
    const result = await work(tx);
    await tx.commit();
    return result;
  } catch (error) {
    if (tx.isOpen()) await tx.rollback().catch(() => {});
    throw error;
  }
}

/** Milliseconds for which a call that others keep overtaking is tried again; and one whose database is away. */
const PERSISTENCE = { overtaken: 30_000, away: 15_000 };

/**
 * For how long a transaction that ended so is tried again, from its beginning; 0 for not at all. Others may have changed
 * the graph meanwhile, or hold what it waits for: then it finds there what it was about to make, or does not find what
 * it had read. What breaks a constraint by itself would do so for ever.
 */
function persistence(error: unknown, attempt: number): number {
  if (error instanceof Overtaken) return PERSISTENCE.overtaken;
  if (!(error instanceof Neo4jError) || error.code.includes('OutOfMemory')) return 0;
  if (error.code === 'Neo.ClientError.Schema.ConstraintValidationFailed')
    return attempt < 10 ? PERSISTENCE.overtaken : 0;
  if (error.code === 'Neo.ClientError.Statement.EntityNotFound') return PERSISTENCE.overtaken;
  if (!neo4j.isRetryableError(error)) return 0;
  return error.code.startsWith('Neo.') ? PERSISTENCE.overtaken : PERSISTENCE.away;
}

const tooBusy = (cause: unknown): ConcordatError =>
  new ConcordatError(
    'DATABASE_UNAVAILABLE',
    'Too many others are writing to the same things at the moment; nothing was changed.',
    { suggestion: 'Try again shortly.' },
    { cause },
  );

/** The database looks every other second for statements whose time is over. */
const PATIENCE = 3_000;
const STREAM_TIMEOUT = 600_000;

/** An open connection to the graph. Disposing it closes the driver. */
export interface Connection extends AsyncDisposable {
  readonly driver: Driver;
  readonly database: string;
  read(statement: Statement, options: { operation: string; signal?: AbortSignal }): Promise<unknown[][]>;
  /**
   * A statement's rows, some at a time, read as they are taken: what is not taken yet is not read. Whoever stops taking,
   * or goes away, stops the database.
   */
  stream(statement: Statement, options: { operation: string; signal?: AbortSignal }): AsyncIterable<unknown[][]>;
  /** Runs work in one write transaction; repeated on deadlocks and where others have overtaken it. */
  write<T>(operation: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Throws DATABASE_UNAVAILABLE unless the database answers. */
  verify(): Promise<void>;
}

export function openConnection(options: ConnectionOptions): Connection {
  const driver = neo4j.driver(options.uri, neo4j.auth.basic(options.username, options.password), {
    disableLosslessIntegers: true,
    connectionAcquisitionTimeout: 5_000,
    connectionTimeout: 5_000,
    userAgent: 'concordat',
  });
  const { database, patience = PATIENCE, streamTimeout = STREAM_TIMEOUT } = options;
  const turnstile = new Turnstile(AT_ONCE);
  const transaction = (operation: string) => ({ timeout: options.timeout, metadata: { app: 'concordat', operation } });

  return {
    driver,
    database,
    async read(statement, { operation, signal }) {
      using end = ending(options.timeout + patience, signal, () => tookTooLong(options.timeout));
      if (signal?.aborted) return end.ended;
      const session = driver.session({ database, defaultAccessMode: neo4j.session.READ, fetchSize: 2_000 });
      const running = session.run(statement.text, driverValues(statement.parameters), transaction(operation));
      const held = heldBy(session);
      let isOver = false;
      try {
        const result = await Promise.race([running, end.ended]);
        isOver = true;
        return result.records.map((record) => record.keys.map((key) => record.get(key) as unknown));
      } catch (error) {
        isOver = error instanceof Neo4jError;
        throw toConcordatError(error, options.timeout);
      } finally {
        if (isOver) await session.close();
        else void letGo(session, held, patience);
      }
    },
    stream: ({ text, parameters }, { operation, signal }) =>
      streamRows(
        (fetchSize) => driver.session({ database, defaultAccessMode: neo4j.session.READ, fetchSize }),
        { text, parameters: driverValues(parameters) },
        { timeout: streamTimeout, patience, signal, metadata: { app: 'concordat', operation } },
      ),
    async write(operation, work) {
      const config = { ...transaction(operation), timeout: Math.max(options.timeout, 300_000) };
      let begun: number | undefined;
      for (let attempt = 1; ; attempt++) {
        {
          // Whoever was overtaken again and again goes through alone.
          using _ = await turnstile.enter(attempt > PATIENT);
          begun ??= Date.now();
          const session = driver.session({ database, defaultAccessMode: neo4j.session.WRITE });
          try {
            return await once(session, config, work);
          } catch (error) {
            const again = persistence(error, attempt);
            if (again === 0) throw toConcordatError(error, options.timeout);
            if (Date.now() - begun > again)
              throw error instanceof Overtaken ? tooBusy(error) : toConcordatError(error, options.timeout);
          } finally {
            await session.close();
          }
        }
        // A moment of its own for each, so that those who met do not meet again.
        await delay(Math.random() * Math.min(20 * 2 ** Math.min(attempt, 6), 1_000));
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
export function driverValues(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, driverValue(inner)]));
}

function driverValue(value: unknown): unknown {
  if (value instanceof WholeNumber) return neo4j.int(value.value);
  if (Array.isArray(value)) return value.map(driverValue);
  return value;
}
