import { type GraphQLSchema, parse } from 'graphql';
import { execute } from '../graphql/execute.ts';
import type { Example } from './graphiql.ts';
import type { Logger } from './log.ts';

/**
 * Asks the worked examples once, one after the other, so that the database has planned their statements by the time that
 * somebody asks them. It is nobody's request: what fails is noted and goes no further.
 */
export async function warmUp(
  examples: readonly Example[],
  asking: {
    readonly schema: GraphQLSchema;
    readonly context: object;
    readonly signal: AbortSignal;
    readonly log: Logger;
  },
): Promise<void> {
  const { schema, context, signal, log } = asking;
  const start = performance.now();
  for (const { title, query } of examples) {
    if (signal.aborted) return;
    const { errors } = await execute({ schema, document: parse(query), contextValue: { ...context, signal } });
    if (errors && !signal.aborted) log.debug({ title, err: errors[0] }, 'a worked example could not be asked');
  }
  log.debug(
    { examples: examples.length, ms: Math.round(performance.now() - start) },
    'the worked examples are planned',
  );
}
