import { type ExecutionResult, parse, validate } from 'graphql';
import type { Answer, GraphContext, Writer } from '../../src/graphql/context.ts';
import { execute } from '../../src/graphql/execute.ts';
import type { Model } from '../../src/model/model.ts';
import type { Call, WriteReport } from '../../src/model/reports.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { createWriter } from '../../src/store/writer.ts';
import type { TestGraph } from './graph.ts';

/** Mutations in tests, as the server executes them; reports that are prepared, where those are what a test is about. */

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

/** The store's own writer, save that what is no recording is answered with prepared reports, by operation. */
export function preparedWriter(
  { connection }: Pick<TestGraph, 'connection'>,
  reports: Readonly<Record<string, Partial<WriteReport>>> = {},
  model: Model = ontology,
): Writer & { readonly calls: { readonly call: Call; readonly input: unknown }[] } {
  const calls: { call: Call; input: unknown }[] = [];
  const prepared = <T>(input: unknown, call: Call, answer: Answer<T>): Promise<T> => {
    calls.push({ call, input });
    return answer({ ...NOTHING, ...reports[call.operation] }, connection);
  };
  const { record } = createWriter(connection, model);
  return {
    calls,
    record,
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
