import type { ConcordatError } from '../errors.ts';
import { httpOfRefusal } from './map-error.ts';

/** Answers beside GraphQL, refusals in the same form as GraphQL's. */

export const json = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  });

/** @param more further extensions, such as the offending value */
export function refusal(
  status: number,
  message: string,
  suggestion: string,
  headers: Readonly<Record<string, string>> = {},
  more: object = {},
): Response {
  const code = status >= 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_USER_INPUT';
  return json(status, { errors: [{ message, extensions: { code, ...more, suggestion } }] }, headers);
}

/** An error of ours as the answer to a request that is none of GraphQL's. */
export function refusalOfError(error: ConcordatError): Response {
  const { status, headers } = httpOfRefusal(error) ?? { status: 400, headers: {} };
  return json(
    status,
    { errors: [{ message: error.message, extensions: { code: error.code, ...error.details } }] },
    headers,
  );
}
