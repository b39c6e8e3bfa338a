import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import { type Costly, costOf } from './cost.ts';
import type { Variables } from './selected.ts';

/** What an operation costs, and the refusal of one that costs too much, before anything of it runs. */

export interface Gate {
  readonly cost: number;
  /** Null where the operation may run. */
  readonly refusal: GraphQLError | null;
}

export function atTheGate(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Variables,
  limit: number,
): Gate {
  const { cost, costliest } = costOf(schema, document, operationName, variables);
  return { cost, refusal: cost > limit ? tooCostly(cost, limit, costliest) : null };
}

function tooCostly(cost: number, limit: number, costliest: Costly | null): GraphQLError {
  const where = costliest ? `, most of them at ${costliest.path.join('.')}` : '';
  return new GraphQLError(
    `The query may bring, or look at, ${amount(cost)} entities, relationships and claims${where}; at most ${limit} are allowed.`,
    {
      nodes: costliest ? [costliest.node] : [],
      extensions: {
        code: 'QUERY_TOO_COSTLY',
        path: [...(costliest?.path ?? ['query'])],
        value: cost,
        limit,
        suggestion: wayOut(cost, limit, costliest),
      },
    },
  );
}

/** How far the costliest list must be narrowed, where that alone is enough. */
function wayOut(cost: number, limit: number, costliest: Costly | null): string {
  if (costliest?.byFilter)
    return `Let the where and orderBy of ${costliest.path.at(-1)} follow fewer relationships, above all within each other.`;
  if (!costliest?.argument)
    return 'Ask for less in one query: by smaller arguments, with fewer levels, or one thing at a time, by id.';
  const { path, size, argument, given, share } = costliest;
  const name = path.at(-1);
  const enough = Math.floor((size * (limit - (cost - share))) / share);
  const now = given ? `it is ${size}` : `it is ${size} unless said`;
  return enough >= 1
    ? `Give ${name} a smaller ${argument}: ${enough} would do; ${now}.`
    : `Give ${name}, and the lists above it, a smaller ${argument} (${now}), or ask for fewer levels in one query.`;
}

const amount = (cost: number): string => (Number.isSafeInteger(cost) ? String(cost) : 'countless');
