import { type ExecutionResult, parse, validate } from 'graphql';
import type { GraphContext } from '../../src/graphql/context.ts';
import { execute } from '../../src/graphql/execute.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { createWriter } from '../../src/store/writer.ts';
import type { TestGraph } from './graph.ts';

/** Executes one operation as somebody who may write, by the store's own writer, without a server. */
export async function mutate(
  graph: TestGraph,
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
    writer: createWriter(graph.connection, more.model ?? ontology),
    caller: { name: 'ana', role: 'curator' },
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
