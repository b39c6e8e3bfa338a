import { GraphQLError } from 'graphql';
import { ConcordatError, type ErrorCode } from '../errors.ts';
import { explain } from './explain-graphql-error.ts';

/** The one function by which errors become answers. Whatever is not meant for users is masked; the caller logs it. */

/** An error as the answer shows it, and the one behind it when that must not be shown. */
export interface MappedError {
  readonly shown: GraphQLError;
  readonly hidden: unknown;
}

/** What is known of the request that an error answers. */
export interface Asked {
  readonly requestId: string;
  /** Bytes that its body may have. */
  readonly bodyLimit: number;
  readonly variables: unknown;
}

export function mapError(error: unknown, asked: Asked): MappedError {
  const given = error instanceof GraphQLError ? error : undefined;
  const original = unwrap(error);
  if (original instanceof ConcordatError) return { shown: ours(original, given), hidden: null };
  if (original instanceof GraphQLError) return { shown: graphqls(original, asked), hidden: null };
  // A GET request whose variables are no JSON: Yoga lets the parser's error through.
  if (original instanceof SyntaxError && /JSON/.test(original.message) && !given?.path)
    return { shown: badJson(), hidden: null };
  return { shown: masked(given, asked.requestId), hidden: original };
}

/** The error that a resolver threw, under the ones that GraphQL wraps around it; GraphQL's own stay as they are. */
function unwrap(error: unknown): unknown {
  let current = error;
  while (current instanceof GraphQLError && current.originalError) current = current.originalError;
  return current instanceof GraphQLError ? error : current;
}

const placed = (error: GraphQLError | undefined) => ({
  ...(error?.nodes ? { nodes: error.nodes } : {}),
  ...(error?.source ? { source: error.source } : {}),
  ...(error?.positions ? { positions: error.positions } : {}),
  ...(error?.path ? { path: error.path } : {}),
});

/** What a refusal is in HTTP, where nothing was executed; null where its code does not say. */
export function httpOfRefusal({ code, details }: ConcordatError) {
  const status = STATUS[code];
  if (status === undefined) return null;
  const headers: Record<string, string> = {
    // https://www.rfc-editor.org/rfc/rfc6750#section-3
    ...(code === 'UNAUTHENTICATED' ? { 'www-authenticate': 'Bearer' } : {}),
    ...('retryAfter' in details ? { 'retry-after': String(details['retryAfter']) } : {}),
  };
  return { status, headers };
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  QUERY_TOO_COSTLY: 400,
  DATABASE_UNAVAILABLE: 503,
  TIMEOUT: 503,
};

function ours(error: ConcordatError, given: GraphQLError | undefined): GraphQLError {
  const { value, ...details } = error.details;
  // With a path it belongs to one field, beside which others may have been answered.
  const http = given?.path ? null : httpOfRefusal(error);
  const path = error.details.path ?? given?.path;
  return new GraphQLError(short(error.message), {
    ...placed(given),
    extensions: {
      code: error.code,
      ...details,
      ...(path ? { path } : {}),
      ...(value === undefined ? {} : { value: shortValue(value) }),
      ...(http ? { http } : {}),
    },
  });
}

/** GraphQL's own errors, and Yoga's: of syntax, of validation, of values that do not fit their types, of the request. */
function graphqls(error: GraphQLError, asked: Asked): GraphQLError {
  const { message, code, path, value, suggestion, limit } = explain(error, asked);
  const { http } = error.extensions as { http?: { status?: number; spec?: boolean } };
  return new GraphQLError(short(message), {
    ...placed(error),
    extensions: {
      code,
      ...(path ? { path: path.map(shortKey) } : {}),
      ...(value === undefined ? {} : { value: shortValue(value) }),
      ...(limit === undefined ? {} : { limit }),
      ...(suggestion ? { suggestion } : {}),
      // Without a path it answers the request as a whole: nothing was executed.
      ...(http || !error.path ? { http: httpOf(error, http ?? { status: 400, spec: true }) } : {}),
    },
  });
}

/** `spec` makes Yoga answer 200 to those who accept `application/json`: right for GraphQL's errors, not for HTTP's. */
function httpOf({ extensions }: GraphQLError, { spec, ...http }: { status?: number; spec?: boolean }) {
  return http.status === 400 && !OF_HTTP.has(String(extensions['code'])) ? { ...http, spec: true } : http;
}

/** Yoga's codes of requests in which no operation could be found to be right or wrong. */
const OF_HTTP = new Set(['BAD_REQUEST', 'OPERATION_RESOLUTION_FAILURE']);

const badJson = (): GraphQLError =>
  new GraphQLError('The variables, or extensions, of the request are not valid JSON.', {
    extensions: {
      code: 'BAD_USER_INPUT',
      path: ['variables'],
      suggestion: 'Send a JSON object, encoded for URLs.',
      http: { status: 400 },
    },
  });

function masked(given: GraphQLError | undefined, requestId: string): GraphQLError {
  return new GraphQLError('Something went wrong on our side. It has been written to the log.', {
    ...placed(given),
    extensions: {
      code: 'INTERNAL_SERVER_ERROR',
      ...(given?.path ? { path: given.path } : {}),
      requestId,
      suggestion: 'Try again; if it stays, report the request id.',
      // With a path it belongs to one field, beside which others may have been answered.
      ...(given?.path ? {} : { http: { status: 500 } }),
    },
  });
}

/** Characters of a message, and of a value. Both quote what was sent, which may be a megabyte. */
const LONGEST = { message: 600, value: 200 };

const shorten = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest / 2)} … ${text.slice(-longest / 2)}`;
const short = (message: string): string => shorten(message, LONGEST.message);
const shortKey = (key: string | number): string | number =>
  typeof key === 'string' ? shorten(key, LONGEST.value) : key;

function shortValue(value: unknown): unknown {
  if (typeof value === 'string') return shorten(value, LONGEST.value);
  if (typeof value !== 'object' || value === null) return value;
  const text = JSON.stringify(value);
  return text.length <= 5 * LONGEST.value ? value : shorten(text, LONGEST.value);
}
