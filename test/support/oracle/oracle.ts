import {
  type ExecutionResult,
  execute,
  type GraphQLObjectType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  parse,
} from 'graphql';
import { buildSchema } from '../../../src/graphql/schema.ts';
import type { Model } from '../../../src/model/model.ts';
import type { PlainGraph } from './plain-graph.ts';
import { resolvers } from './resolvers.ts';
import { ANY_TIME, type Scope, under } from './scope.ts';

/**
 * The same schema answered by graphql-js over plain objects: each field looks up what it means, one by one, and nothing
 * of the compiler takes part.
 */
export interface Oracle {
  answer(query: string, variables?: Readonly<Record<string, unknown>>): Promise<ExecutionResult>;
}

/** What a field answers, with the scope that is in force below it. */
interface Scoped {
  readonly value: unknown;
  readonly scope: Scope;
}

const handDown = (value: unknown, scope: Scope): unknown =>
  Array.isArray(value)
    ? value.map((each) => handDown(each, scope))
    : value === null || value === undefined
      ? null
      : ({ value, scope } satisfies Scoped);

/** An oracle over a graph. `today` is the day that `state` is seen from where nobody names one. */
export function oracleOf(model: Model, graph: PlainGraph, today: string): Oracle {
  const schema = buildSchema(model);
  const resolve = resolvers(model, graph, today);
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) type.resolveType = (value) => resolve.typeOf((value as Scoped).value);
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const [name, field] of Object.entries((type as GraphQLObjectType).getFields()))
      field.resolve = (parent: Scoped | null, args: Readonly<Record<string, unknown>>) => {
        const inherited = parent?.scope ?? ANY_TIME;
        const scope = field.args.some((each) => each.name === 'certain') ? under(inherited, args) : inherited;
        const value = resolve.field(type.name, name, parent?.value, args, scope);
        return isLeafType(getNamedType(field.type)) ? value : handDown(value, scope);
      };
  }
  return {
    answer: async (query, variables = {}) =>
      execute({ schema, document: parse(query), variableValues: { ...variables }, rootValue: null }),
  };
}
