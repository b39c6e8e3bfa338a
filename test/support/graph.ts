import { isDeepStrictEqual } from 'node:util';
import { type ExecutionResult, execute as executeOrdinarily, type GraphQLSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll } from 'vitest';
import type { Statement } from '../../src/compile/plan.ts';
import { execute } from '../../src/graphql/execute.ts';
import { buildSchema } from '../../src/graphql/schema.ts';
import type { Model } from '../../src/model/model.ts';
import type { WriteReport } from '../../src/model/reports.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { type Connection, openConnection } from '../../src/store/connection.ts';
import { migrate } from '../../src/store/migrations.ts';
import { readRecords } from '../../src/store/records/records.ts';
import { recordAll } from '../../src/store/writer.ts';
import { cleanGraph, testDatabase } from './database.ts';
import { projectFile } from './project.ts';

/** The graph for a test file: emptied and migrated once, written to by records, asked in GraphQL. */
export interface TestGraph {
  readonly connection: Connection;
  readonly schema: GraphQLSchema;
  /** The day that `state` is seen from. */
  readonly today: string;
  /**
   * Answers an operation; `statements` are those that it became, in the order in which they were run. Throws when the
   * ordinary executor would answer otherwise, to the byte.
   */
  ask(query: string, variables?: Record<string, unknown>): Promise<ExecutionResult & { statements: Statement[] }>;
  /** Writes records as one call does; problems of shape come with those of the graph. */
  record(inputs: readonly unknown[]): Promise<WriteReport>;
  /** Rows of a plain Cypher statement. */
  rows(text: string, parameters?: Record<string, unknown>): Promise<unknown[][]>;
}

/** When everything in a test was recorded, unless it says otherwise. */
export const RECORDED_AT = new Date('2025-02-05T12:00:00Z');

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
    return recordAll(
      { connection, model, call: { by: 'test', role: 'editor', operation: 'test' }, at: RECORDED_AT },
      { records, problems },
      async (report) => report,
    );
  };
  return {
    connection,
    schema,
    today,
    async ask(query, variables) {
      const document = parse(query);
      const invalid = validate(schema, document);
      if (invalid.length > 0) return { errors: invalid, statements: [] };
      const read: { readonly statement: Statement; readonly rows: Promise<unknown[][]> }[] = [];
      const reading: Connection['read'] = (statement, options) => {
        const rows = connection.read(statement, options);
        read.push({ statement, rows });
        return rows;
      };
      // The ordinary executor is asked for the same, and finds in the same rows what it must answer.
      const replaying: Connection['read'] = async (statement) => {
        const same = read.find((one) => isDeepStrictEqual(one.statement, statement));
        if (!same) throw new Error(`a statement that was not run before: ${statement.text}`);
        return same.rows;
      };
      const args = { schema, document, ...(variables ? { variableValues: variables } : {}) };
      const result = await execute({ ...args, contextValue: { model, reader: { read: reading }, today } });
      const ordinary = await executeOrdinarily({
        ...args,
        contextValue: { model, reader: { read: replaying }, today },
      });
      if (JSON.stringify(result) !== JSON.stringify(ordinary))
        throw new Error(
          `the ordinary executor answers otherwise\n${JSON.stringify(result)}\n${JSON.stringify(ordinary)}`,
        );
      // The same, without what decoding leaves on objects to tell their types.
      return { ...ordinary, statements: read.map(({ statement }) => statement) };
    },
    record: write,
    rows: (text, parameters = {}) => connection.read({ text, parameters }, { operation: 'test' }),
  };
}
