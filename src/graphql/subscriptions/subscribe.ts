import {
  type ExecutionResult,
  GraphQLError,
  locatedError,
  type SubscriptionArgs,
  subscribe as subscribeOrdinarily,
} from 'graphql';

/**
 * Subscribes as graphql-js does, but for what goes wrong on the way: that ends the stream by an answer with an error in it,
 * rather than by breaking it off.
 */
export async function subscribe(
  args: SubscriptionArgs,
): Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>> {
  const result = await subscribeOrdinarily(args);
  return Symbol.asyncIterator in result ? endingInAnswers(result) : result;
}

function endingInAnswers(events: AsyncGenerator<ExecutionResult, void, void>): AsyncIterableIterator<ExecutionResult> {
  const over = { done: true, value: undefined } as const;
  let isOver = false;
  return {
    async next() {
      if (isOver) return over;
      try {
        const event = await events.next();
        isOver = event.done === true;
        return isOver ? over : (event as IteratorYieldResult<ExecutionResult>);
      } catch (error) {
        isOver = true;
        const shown = error instanceof GraphQLError ? error : locatedError(error, undefined);
        return { done: false, value: { errors: [shown] } };
      }
    },
    async return() {
      isOver = true;
      await events.return();
      return over;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
