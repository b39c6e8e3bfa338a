import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { ConcordatError } from '../../errors.ts';
import { beforeRunning, type Traced } from '../yoga-plugins.ts';
import type { Access, Asker } from './access.ts';

/** How GraphQL asks who may what: once for the request, before its body is read, and once for the operation. */

/** Finds out who asks, and refuses operations that they may not run. */
export function useAccess(access: Access): Plugin<object, Traced> {
  return {
    async onRequestParse({ request, serverContext: { trace } }) {
      trace.asker = await access.admit(request, trace.socket);
    },
    ...beforeRunning(async ({ schema, document, operationName, contextValue }) => {
      const error = await access.refusal(askerOf(contextValue), schema, document, operationName);
      return error ? [wrapped(error)] : [];
    }),
  };
}

/** Takes what an operation costs off what its sender may ask for; that has been found out by then. */
export const useRateLimit = (access: Access): Plugin =>
  beforeRunning(({ contextValue }) =>
    refusing(() => access.charge(askerOf(contextValue), (contextValue as Traced).trace.cost ?? 0)),
  );

/** Notes that a subscription begins, unless its sender has too many; whoever sends its events says when it is over. */
export function useStreamLimit(access: Access): Plugin {
  const { onSubscribe } = beforeRunning(({ contextValue }) =>
    refusing(() => {
      (contextValue as Traced).trace.endStream = access.beginStream(askerOf(contextValue));
    }),
  );
  return { onSubscribe };
}

/** What is refused while something is done, as errors of the answer. */
async function refusing(work: () => void | Promise<void>): Promise<readonly GraphQLError[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (error instanceof ConcordatError) return [wrapped(error)];
    throw error;
  }
}

function askerOf(contextValue: unknown): Asker {
  const { asker } = (contextValue as Traced).trace;
  if (!asker) throw new Error('an operation is to run of which nobody asked who sends it');
  return asker;
}

const wrapped = (error: ConcordatError): GraphQLError => new GraphQLError(error.message, { originalError: error });
