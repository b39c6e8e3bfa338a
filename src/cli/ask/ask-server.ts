import { StartError } from '../../errors.ts';
import type { Answer, Asker } from './asker.ts';

/** A server that answers in GraphQL over HTTP. */

export interface ServerOptions {
  /** Where it is: `http://127.0.0.1:4000`, with or without `/graphql`. */
  readonly url: string;
  readonly key: string | undefined;
  readonly signal: AbortSignal;
}

export const serverBase = (url: string): string => url.replace(/\/+$/, '').replace(/\/graphql$/, '');

export const authorization = (key: string | undefined): Record<string, string> =>
  key === undefined ? {} : { authorization: `Bearer ${key}` };

export function askServer({ url, key, signal }: ServerOptions): Asker {
  const endpoint = `${serverBase(url)}/graphql`;
  return {
    async ask({ query, variables, operation }) {
      const response = await fetchFrom(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json',
          ...authorization(key),
        },
        body: JSON.stringify({ query, variables, operationName: operation }),
        signal,
      });
      const text = await response.text();
      try {
        return JSON.parse(text) as Answer;
      } catch (cause) {
        throw new StartError(
          `What answers at ${endpoint} is no GraphQL server: it sent ${response.status} ${response.headers.get('content-type') ?? 'without a type'}.\n` +
            'Way out: give --url the address that `concordat serve` prints.',
          { cause },
        );
      }
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

/** @throws StartError where nobody answers */
export async function fetchFrom(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    init.signal?.throwIfAborted();
    const why = (cause as { cause?: { code?: string; message?: string } }).cause;
    throw new StartError(
      `There is no answer at ${url}${why?.code || why?.message ? ` (${why.code ?? why.message})` : ''}.\n` +
        'Ways out: start it with `concordat serve`, give --url another address, or leave --url out to read the local database.',
      { cause },
    );
  }
}
