import { type ExecutionResult, parse, validate } from 'graphql';
import neo4j from 'neo4j-driver';
import { WholeNumber } from '../../src/compile/values.ts';
import type { Answer, GraphContext, Reader, Writer } from '../../src/graphql/context.ts';
import { execute } from '../../src/graphql/execute.ts';
import type { Model } from '../../src/model/model.ts';
import type { Call, WriteReport } from '../../src/model/reports.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { readRecords } from '../../src/store/records.ts';
import { writeRecords } from '../../src/store/write.ts';
import type { TestGraph } from './graph.ts';

/** Mutations in tests: a writer over the store, and operations as the server executes them. */

type Tx = Parameters<Parameters<TestGraph['connection']['write']>[1]>[0];

/** Ends a transaction that is to leave nothing behind, with what it would have answered. */
class Undone extends Error {
  constructor(readonly answer: unknown) {
    super('undone');
  }
}

const NOTHING: WriteReport = {
  call: 'call:test',
  ids: [],
  outcomes: new Map(),
  problems: [],
  notices: [],
  dangling: [],
  conflicts: [],
  merges: [],
};

const sent = (value: unknown): unknown =>
  value instanceof WholeNumber ? neo4j.int(value.value) : Array.isArray(value) ? value.map(sent) : value;

/** Reads within a transaction. */
const within = (tx: Tx): Reader => ({
  async read({ text, parameters }) {
    const values = Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, sent(value)]));
    const { records } = await tx.run(text, values);
    return records.map((row) => row.keys.map((key) => row.get(key)));
  },
});

/** Writes records; whatever else is asked for is answered with prepared reports, by operation. */
export function testWriter(
  { connection }: Pick<TestGraph, 'connection'>,
  reports: Readonly<Record<string, Partial<WriteReport>>> = {},
  model: Model = ontology,
): Writer & { readonly calls: { readonly call: Call; readonly input: unknown }[] } {
  const calls: { call: Call; input: unknown }[] = [];
  const transaction = async <T>(isKept: boolean, work: (tx: Tx) => Promise<[WriteReport, Answer<T>]>): Promise<T> => {
    try {
      return await connection.write('test', async (tx) => {
        const [report, answer] = await work(tx);
        const answered = await answer(report, within(tx));
        if (!isKept || report.problems.length > 0) throw new Undone(answered);
        return answered;
      });
    } catch (error) {
      if (error instanceof Undone) return error.answer as T;
      throw error;
    }
  };
  const prepared = <T>(input: unknown, call: Call, answer: Answer<T>): Promise<T> => {
    calls.push({ call, input });
    return transaction(true, async () => [{ ...NOTHING, ...reports[call.operation] }, answer]);
  };
  return {
    calls,
    record: (inputs, { dryRun }, call, answer) => {
      calls.push({ call, input: inputs });
      return transaction(!dryRun, async (tx) => {
        const { records, problems } = readRecords(model, inputs);
        const written = await writeRecords(tx, records, { model, at: new Date(), by: call.by });
        const all = [...problems, ...written.problems];
        const outcomes: WriteReport['outcomes'] = all.length > 0 ? new Map() : written.outcomes;
        const ids = inputs.map((input) => Object.values(input as Record<string, { id?: string }>)[0]?.id ?? null);
        return [{ ...NOTHING, ids, outcomes, problems: all, notices: written.notices }, answer];
      });
    },
    retract: (claims, reason, call, answer) => prepared({ claims, reason }, call, answer),
    remove: (ids, options, call, answer) => prepared({ ids, ...options }, call, answer),
    restore: (ids, call, answer) => prepared({ ids }, call, answer),
    merge: (input, options, call, answer) => prepared({ ...input, ...options }, call, answer),
    unmerge: (merge, call, answer) => prepared({ merge }, call, answer),
    judge: (input, call, answer) => prepared(input, call, answer),
  };
}

/** Executes one operation as an editor, without a server. */
export async function mutate(
  graph: TestGraph,
  writer: Writer,
  source: string,
  variableValues: Record<string, unknown> = {},
  more: Partial<GraphContext> = {},
): Promise<ExecutionResult> {
  const document = parse(source);
  const invalid = validate(graph.schema, document);
  if (invalid.length > 0) return { errors: invalid };
  const contextValue: GraphContext = {
    model: ontology,
    reader: graph.connection,
    writer,
    caller: { name: 'ana', role: 'editor' },
    today: graph.today,
    ...more,
  };
  const result = await execute({ schema: graph.schema, document, variableValues, contextValue });
  // As it is sent: without what decoding leaves on objects to tell their types.
  return {
    ...(JSON.parse(JSON.stringify(result)) as ExecutionResult),
    ...(result.errors ? { errors: result.errors } : {}),
  };
}
