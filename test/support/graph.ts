import { type ExecutionResult, type GraphQLSchema, graphql } from 'graphql';
import { afterAll, beforeAll } from 'vitest';
import type { Statement } from '../../src/compile/plan.ts';
import { buildSchema } from '../../src/graphql/schema.ts';
import type { Model } from '../../src/model/model.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { type Connection, openConnection } from '../../src/store/connection.ts';
import { migrate } from '../../src/store/migrations.ts';
import { readRecords } from '../../src/store/records.ts';
import { type Written, writeRecords } from '../../src/store/write.ts';
import { cleanGraph, testDatabase } from './database.ts';
import { projectFile } from './project.ts';

/** The graph for a test file: emptied and migrated once, written to by records, asked in GraphQL. */
export interface TestGraph {
  readonly connection: Connection;
  readonly schema: GraphQLSchema;
  /** The day that `state` is seen from. */
  readonly today: string;
  /** Answers an operation; `statements` are those that it became, in the order in which they were run. */
  ask(query: string, variables?: Record<string, unknown>): Promise<ExecutionResult & { statements: Statement[] }>;
  /** Writes records as one call does; problems of shape come with those of the graph. */
  record(inputs: readonly unknown[]): Promise<Written>;
  /** Rows of a plain Cypher statement. */
  rows(text: string, parameters?: Record<string, unknown>): Promise<unknown[][]>;
}

export function testGraph(model: Model = ontology): TestGraph {
  const database = testDatabase();
  const connection = openConnection({ ...database, timeout: 30_000 });
  const schema = buildSchema(model);
  const today = '2025-02-04';
  beforeAll(async () => {
    await cleanGraph(database);
    await migrate(connection, { model, folder: projectFile('cypher/migrations'), say: () => {} });
  });
  afterAll(() => connection[Symbol.asyncDispose]());
  const write = (inputs: readonly unknown[]) => {
    const { records, problems } = readRecords(model, inputs);
    return connection.write('test', async (tx): Promise<Written> => {
      const written = await writeRecords(tx, records, { model, at: new Date('2025-02-05T12:00:00Z'), by: 'test' });
      if (problems.length === 0 && written.complete) return written;
      throw new Refused({ ...written, complete: false, problems: [...problems, ...written.problems] });
    });
  };
  return {
    connection,
    schema,
    today,
    async ask(query, variables) {
      const statements: Statement[] = [];
      const reader: Connection['read'] = (statement, options) => {
        statements.push(statement);
        return connection.read(statement, options);
      };
      const contextValue = { model, reader: { read: reader }, today };
      const result = await graphql({
        schema,
        source: query,
        contextValue,
        ...(variables ? { variableValues: variables } : {}),
      });
      return { ...result, statements };
    },
    async record(inputs) {
      try {
        return await write(inputs);
      } catch (error) {
        if (error instanceof Refused) return error.written;
        throw error;
      }
    },
    rows: (text, parameters = {}) => connection.read({ text, parameters }, { operation: 'test' }),
  };
}

/** Rolls a refused call back. */
class Refused extends Error {
  constructor(readonly written: Written) {
    super('refused');
  }
}
