import { createHash, randomUUID } from 'node:crypto';
import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention';
import { type GraphQLSchema, parse } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Config } from '../config.ts';
import { type Example, graphiqlPage } from './graphiql.ts';
import { DOCUMENT_LIMITS, type Limits, limitsRule } from './limits.ts';
import type { Logger } from './log.ts';
import { mapError } from './map-error.ts';

/** The server as a fetch handler: no port is opened here. */

export interface AppOptions {
  readonly schema: GraphQLSchema;
  /** What resolvers are handed, for one request. */
  readonly context: (request: Request) => object | Promise<object>;
  /** Fixed texts by path, such as `/schema.graphql`. */
  readonly documents: Readonly<Record<string, { readonly contentType: string; readonly body: string }>>;
  readonly ready: () => Promise<{ readonly ready: boolean; readonly checks: object }>;
  readonly examples: readonly Example[];
  readonly config: Pick<
    Config,
    'CONCORDAT_MAX_DEPTH' | 'CONCORDAT_BODY_LIMIT' | 'CONCORDAT_GRAPHIQL' | 'CONCORDAT_CORS_ORIGINS'
  >;
  readonly log: Logger;
}

export interface App {
  fetch(request: Request): Promise<Response>;
}

/** What a request carries through the handlers, for its log line. */
interface Trace {
  readonly requestId: string;
  operation?: string;
}

/** Headers of every answer. */
const GUARDS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
};

/** Whoever sends one of these cannot be a form or a link on somebody else's page. */
const NO_SIMPLE_REQUEST = [
  'x-graphql-yoga-csrf',
  'graphql-require-preflight',
  'apollo-require-preflight',
  'x-requested-with',
];

export function createApp(options: AppOptions): App {
  const { config, log } = options;
  const yoga = createYoga<Trace>({
    schema: options.schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: false,
    multipart: false,
    batching: false,
    cors:
      config.CONCORDAT_CORS_ORIGINS.length > 0
        ? { origin: [...config.CONCORDAT_CORS_ORIGINS], credentials: false, methods: ['GET', 'POST', 'OPTIONS'] }
        : false,
    maskedErrors: false,
    maxRequestBodySize: config.CONCORDAT_BODY_LIMIT,
    logging: false,
    context: ({ request }) => options.context(request),
    plugins: [
      useCSRFPrevention({ requestHeaders: NO_SIMPLE_REQUEST }),
      useLimits({ depth: config.CONCORDAT_MAX_DEPTH, ...DOCUMENT_LIMITS }),
      useMappedErrors(log),
    ],
  });
  const documents = new Map(
    Object.entries(options.documents).map(([path, document]) => [path, { ...document, etag: etagOf(document.body) }]),
  );
  const page = config.CONCORDAT_GRAPHIQL ? withEtag(graphiqlPage(options.examples)) : null;

  const route = async (request: Request, trace: Trace): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (pathname === '/live' && reads) return json(200, { live: true });
    if (pathname === '/ready' && reads) {
      const state = await options.ready();
      return json(state.ready ? 200 : 503, state);
    }
    if (pathname === '/' && reads) return new Response(null, { status: 302, headers: { location: '/graphql' } });
    const document = documents.get(pathname);
    if (document && reads)
      return cached(request, document.body, document.etag, { 'content-type': document.contentType });
    if (pathname === '/graphql') {
      if (page && reads && request.headers.get('accept')?.includes('text/html'))
        return cached(request, page.html, page.etag, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': page.contentSecurityPolicy,
        });
      if (/^(application\/x-www-form-urlencoded|multipart\/)/i.test(request.headers.get('content-type') ?? ''))
        return refusal(415, 'Send the query as JSON.', 'Set content-type: application/json.');
      return yoga.fetch(request, trace);
    }
    const paths = ['/graphql', '/live', '/ready', ...documents.keys()];
    return paths.includes(pathname)
      ? refusal(405, `${request.method} is not allowed here.`, 'Use GET.')
      : refusal(404, `There is nothing at ${pathname}.`, `There is: ${paths.join(', ')}.`);
  };

  return {
    async fetch(request) {
      const trace: Trace = { requestId: randomUUID() };
      const start = performance.now();
      const response = await route(request, trace).catch((error: unknown) => {
        log.error({ err: error, requestId: trace.requestId }, 'a request failed');
        return refusal(500, 'Something went wrong on our side. It has been written to the log.', 'Try again.');
      });
      const guarded = new Response(request.method === 'HEAD' ? null : response.body, response);
      for (const [name, value] of Object.entries({ ...GUARDS, 'x-request-id': trace.requestId }))
        guarded.headers.set(name, value);
      log.info(
        {
          requestId: trace.requestId,
          method: request.method,
          path: new URL(request.url).pathname,
          status: response.status,
          ms: Math.round(performance.now() - start),
          operation: trace.operation,
        },
        'request',
      );
      return guarded;
    },
  };
}

const etagOf = (body: string): string => `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
const withEtag = <T extends { readonly html: string }>(page: T): T & { etag: string } => ({
  ...page,
  etag: etagOf(page.html),
});

function cached(request: Request, body: string, etag: string, headers: Record<string, string>): Response {
  const known = request.headers
    .get('if-none-match')
    ?.split(',')
    .some((tag) => tag.trim().replace(/^W\//, '') === etag);
  const all = { ...headers, etag, 'cache-control': 'no-cache' };
  return known ? new Response(null, { status: 304, headers: all }) : new Response(body, { headers: all });
}

const json = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  });

/** A refusal beside GraphQL, in the same form as GraphQL's. */
const refusal = (status: number, message: string, suggestion: string): Response =>
  json(status, {
    errors: [{ message, extensions: { code: status >= 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_USER_INPUT', suggestion } }],
  });

/** Limits on documents: tokens while they are parsed, the rest as a validation rule. */
function useLimits(limits: Limits): Plugin {
  const rule = limitsRule(limits);
  return {
    onParse({ setParseFn }) {
      setParseFn((source, parseOptions) => parse(source, { ...parseOptions, maxTokens: limits.tokens }));
    },
    onValidate({ addValidationRule }) {
      addValidationRule(rule);
    },
  };
}

/** Maps every error of every answer, whichever stage it comes from. */
function useMappedErrors(log: Logger): Plugin<object, Trace> {
  return {
    onParams({ params, context }) {
      if (params.operationName) (context as unknown as Trace).operation = params.operationName;
    },
    onResultProcess({ result, setResult, serverContext }) {
      if (!('errors' in result) || !result.errors) return;
      const { requestId } = serverContext as Trace;
      const errors = result.errors.map((error) => {
        const { shown, hidden } = mapError(error, requestId);
        if (hidden) log.error({ err: hidden, requestId }, 'an unexpected error was masked');
        return shown;
      });
      setResult({ ...result, errors });
    },
  };
}
