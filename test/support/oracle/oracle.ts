import { type ExecutionResult, execute, type GraphQLObjectType, isInterfaceType, isObjectType, parse } from 'graphql';
import { buildSchema } from '../../../src/graphql/schema.ts';
import type { Model } from '../../../src/model/model.ts';
import type { PlainGraph } from './plain-graph.ts';
import { resolvers } from './resolvers.ts';

/**
 * The same schema answered by graphql-js over plain objects: each field looks up what it means, one by one, and nothing
 * of the compiler takes part.
 */
export interface Oracle {
  answer(query: string, variables?: Readonly<Record<string, unknown>>): Promise<ExecutionResult>;
}

/** An oracle over a graph. `today` is the day that `state` is seen from where nobody names one. */
export function oracleOf(model: Model, graph: PlainGraph, today: string): Oracle {
  const schema = buildSchema(model);
  const resolve = resolvers(model, graph, today);
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) type.resolveType = (value) => resolve.typeOf(value);
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const [name, field] of Object.entries((type as GraphQLObjectType).getFields()))
      field.resolve = (parent, args) => resolve.field(type.name, name, parent, args as Record<string, unknown>);
  }
  return {
    answer: async (query, variables = {}) =>
      execute({ schema, document: parse(query), variableValues: { ...variables }, rootValue: null }),
  };
}
