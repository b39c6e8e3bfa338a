import { GraphQLError, Kind, parse, visit } from 'graphql';
import { ConcordatError } from '../errors.ts';

/** The one function by which errors become answers. Whatever is not meant for users is masked; the caller logs it. */

/** An error as the answer shows it, and the one behind it when that must not be shown. */
export interface MappedError {
  readonly shown: GraphQLError;
  readonly hidden: unknown;
}

export function mapError(error: unknown, requestId: string): MappedError {
  const given = error instanceof GraphQLError ? error : undefined;
  const original = unwrap(error);
  if (original instanceof ConcordatError) return { shown: ours(original, given), hidden: null };
  if (original instanceof GraphQLError) return { shown: graphqls(original), hidden: null };
  return { shown: masked(given, requestId), hidden: original };
}

/** The error that a resolver threw, under the ones that GraphQL wraps around it; GraphQL's own stay as they are. */
function unwrap(error: unknown): unknown {
  let current = error;
  while (current instanceof GraphQLError && current.originalError) current = current.originalError;
  return current instanceof GraphQLError ? error : current;
}

const placed = (error: GraphQLError | undefined) => ({
  ...(error?.nodes ? { nodes: error.nodes } : {}),
  ...(error?.path ? { path: error.path } : {}),
});

function ours(error: ConcordatError, given: GraphQLError | undefined): GraphQLError {
  const path = error.details.path ?? given?.path;
  return new GraphQLError(error.message, {
    ...placed(given),
    extensions: { code: error.code, ...error.details, ...(path ? { path } : {}) },
  });
}

/** GraphQL's own errors: of syntax, of validation, of values that do not fit their types. */
function graphqls(error: GraphQLError): GraphQLError {
  const { http, code, path, ...rest } = error.extensions;
  const suggestion = /Did you mean (.+)\?/.exec(error.message)?.[1];
  const variable = /^Variable "\$(\w+)"/.exec(error.message)?.[1];
  const inside = variable ? (/ at "\w+\.([^"]+)"/.exec(error.message)?.[1]?.split('.') ?? []) : [];
  const value = /(?:got invalid value|cannot represent [^:]*:) ([^;]+)|"([^"]+)"/.exec(error.message);
  const place = path ?? error.path ?? (variable ? ['variables', variable, ...inside] : pathInDocument(error));
  return new GraphQLError(error.message, {
    ...(error.nodes ? { nodes: error.nodes } : {}),
    ...(error.source ? { source: error.source } : {}),
    ...(error.positions ? { positions: error.positions } : {}),
    ...(error.path ? { path: error.path } : {}),
    extensions: {
      code: CODES.has(String(code)) ? code : 'BAD_USER_INPUT',
      ...(place ? { path: place } : {}),
      ...(value ? { value: (value[1] ?? value[2])?.replace(/\.$/, '') } : {}),
      ...(suggestion ? { suggestion: `Did you mean ${suggestion}?` } : {}),
      ...rest,
      ...(http ? { http } : {}),
    },
  });
}

const CODES = new Set(['LIMIT_EXCEEDED', 'QUERY_TOO_COSTLY', 'RATE_LIMITED', 'UNAUTHENTICATED', 'FORBIDDEN']);

/** The keys of the answer that lead to where an error stands in its document. */
function pathInDocument(error: GraphQLError): string[] | undefined {
  const at = error.positions?.[0];
  if (!error.source || at === undefined) return undefined;
  const path: string[] = [];
  try {
    visit(parse(error.source.body), {
      enter(node) {
        if (!node.loc || at < node.loc.start || at >= node.loc.end)
          return node.kind === Kind.DOCUMENT ? undefined : false;
        if (node.kind === Kind.FIELD) path.push(node.alias?.value ?? node.name.value);
        if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) path.push(node.name.value);
        return undefined;
      },
    });
  } catch {
    return undefined;
  }
  return path.length > 0 ? path : undefined;
}

function masked(given: GraphQLError | undefined, requestId: string): GraphQLError {
  return new GraphQLError('Something went wrong on our side. It has been written to the log.', {
    ...placed(given),
    extensions: {
      code: 'INTERNAL_SERVER_ERROR',
      requestId,
      suggestion: 'Try again; if it stays, report the request id.',
    },
  });
}
