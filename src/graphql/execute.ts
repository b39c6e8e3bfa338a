import {
  type ExecutionArgs,
  type ExecutionResult,
  execute as executeOrdinarily,
  type FragmentDefinitionNode,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { meaningOf } from '../compile/meaning.ts';
import { type Selected, selectedFields } from '../compile/selection.ts';
import { answerRoot } from './answer-root.ts';
import type { Answered, GraphContext } from './context.ts';

/**
 * Executes an operation by its statements alone: what they bring is decoded into the answer's own shape, so that nothing
 * is left to resolve. Whatever is out of the ordinary, from a wrong variable to a value that is missing, is left to
 * graphql-js, which finds what has been read already and says what is wrong. Both give the same answer, to the byte.
 */
export async function execute(args: ExecutionArgs): Promise<ExecutionResult> {
  const operation = operationOf(args);
  const roots = operation ? rootsOf(args, operation) : null;
  if (!operation || !roots) return executeOrdinarily(args);
  const context = args.contextValue as GraphContext;
  const answered = new Map(
    roots.selected.map((each) => [
      each.key,
      // What is thrown while a field is bound is that field's error, like what is thrown while it is read.
      Promise.resolve().then(() => ask(context, args, operation, roots, each)),
    ]),
  );
  const settled = await Promise.allSettled(answered.values());
  if (settled.some((one) => one.status === 'rejected' || !one.value.isPlain))
    return executeOrdinarily({ ...args, contextValue: { ...context, answered } });
  const data: Record<string, unknown> = {};
  for (const [key, value] of answered) data[key] = (await value).value;
  return { data };
}

interface Roots {
  readonly selected: readonly Selected[];
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly variables: Record<string, unknown>;
}

const ask = (
  context: GraphContext,
  { schema }: ExecutionArgs,
  operation: OperationDefinitionNode,
  { fragments, variables }: Roots,
  { key, field, nodes }: Selected,
): Promise<Answered> => {
  const parentType = schema.getQueryType();
  if (!parentType || !field) throw new Error('a root field has a type');
  return answerRoot(context, {
    fieldName: field.name,
    fieldNodes: nodes,
    parentType,
    schema,
    fragments,
    operation,
    variableValues: variables,
    path: { key },
  });
};

/** The query that is asked for; null for anything else, and where it is not clear which. */
function operationOf({ document, operationName }: ExecutionArgs): OperationDefinitionNode | null {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const named = operationName ? operations.filter((node) => node.name?.value === operationName) : operations;
  const [only] = named;
  return only && named.length === 1 && only.operation === OperationTypeNode.QUERY ? only : null;
}

/** The root fields; null where one of them is no question to the store, or a variable is wrong. */
function rootsOf(args: ExecutionArgs, operation: OperationDefinitionNode): Roots | null {
  const { schema, document, variableValues } = args;
  const query = schema.getQueryType();
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {});
  if (!query || !coerced) return null;
  const fragments = Object.fromEntries(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const around = { schema, fragments, variables: coerced };
  const selected = selectedFields(query, [operation.selectionSet], around);
  return selected.every(({ field }) => field && meaningOf(field)) ? { selected, fragments, variables: coerced } : null;
}
