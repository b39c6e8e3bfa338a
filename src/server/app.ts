import { randomUUID } from 'node:crypto';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import type { Config } from '../config.ts';
import { createDocumentCache } from './document-cache.ts';
import { endingWith } from './event-stream.ts';
import { type Example, graphiqlPage } from './graphiql.ts';
import { DOCUMENT_LIMITS } from './limits.ts';
import type { Logger } from './log.ts';
import { json, refusal } from './refusal.ts';
import { servedText } from './served-text.ts';
import {
  type Trace,
  useCostGate,
  useLimits,
  useMappedErrors,
  useNoForeignPages,
  useOperationName,
  useStatements,
} from './yoga-plugins.ts';

/** The server as a fetch handler: no port is opened here. */

export interface AppOptions {
  readonly schema: GraphQLSchema;
  /** What resolvers are handed, for one request. */
  readonly context: (request: Request) => object | Promise<object>;
  /** Fixed texts by path, such as `/schema.graphql`; `body` is called when one is first asked for. */
  readonly documents: Readonly<Record<string, { readonly contentType: string; readonly body: () => string }>>;
  readonly ready: () => Promise<{ readonly ready: boolean; readonly checks: object }>;
  readonly examples: readonly Example[];
  readonly config: Pick<
    Config,
    | 'CONCORDAT_MAX_DEPTH'
    | 'CONCORDAT_COST_LIMIT'
    | 'CONCORDAT_BODY_LIMIT'
    | 'CONCORDAT_GRAPHIQL'
    | 'CONCORDAT_CORS_ORIGINS'
  >;
  readonly log: Logger;
}

export interface App {
  fetch(request: Request): Promise<Response>;
}

/** Headers of every answer. */
const GUARDS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
};

export function createApp(options: AppOptions): App {
  const { config, log } = options;
  const yoga = createYoga<{ readonly trace: Trace }>({
    schema: options.schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: false,
    multipart: false,
    batching: false,
    cors: (request) => crossOrigin(request, config.CONCORDAT_CORS_ORIGINS),
    maskedErrors: false,
    maxRequestBodySize: config.CONCORDAT_BODY_LIMIT,
    // Yoga would answer any address that ends like this, whatever stands before it; none ends in a space.
    healthCheckEndpoint: ' ',
    parserAndValidationCache: {
      documentCache: createDocumentCache<DocumentNode>(),
      errorCache: createDocumentCache<unknown>(),
    },
    logging: false,
    context: ({ request }) => options.context(request),
    plugins: [
      useNoForeignPages(),
      useOperationName(),
      useLimits({ depth: config.CONCORDAT_MAX_DEPTH, ...DOCUMENT_LIMITS }),
      useCostGate(config.CONCORDAT_COST_LIMIT),
      useStatements(),
      useMappedErrors(log, config.CONCORDAT_BODY_LIMIT),
    ],
  });
  const documents = new Map(
    Object.entries(options.documents).map(([path, { contentType, body }]) => [
      path,
      servedText(() => ({ body: body(), headers: { 'content-type': contentType } })),
    ]),
  );
  const graphiql = servedText(async () => {
    const { html, contentSecurityPolicy } = await graphiqlPage(options.examples);
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentSecurityPolicy };
    return { body: html, headers: { ...headers, vary: 'accept' } };
  });

  const route = async (request: Request, pathname: string, trace: Trace): Promise<Response> => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (pathname === '/live' && reads) return json(200, { live: true });
    if (pathname === '/ready' && reads) {
      const state = await options.ready();
      return json(state.ready ? 200 : 503, state);
    }
    if (pathname === '/' && reads) return new Response(null, { status: 302, headers: { location: '/graphql' } });
    const document = documents.get(pathname);
    if (document && reads) return document(request);
    if (pathname === '/graphql') {
      if (config.CONCORDAT_GRAPHIQL && reads && request.headers.get('accept')?.includes('text/html'))
        return graphiql(request);
      if (!reads && !['POST', 'OPTIONS'].includes(request.method))
        return refusal(405, `${request.method} is not allowed here.`, 'Use POST.', { allow: 'GET, HEAD, POST' });
      if (request.method === 'POST' && !JSON_BODY.test(request.headers.get('content-type') ?? ''))
        return refusal(415, 'The query must be sent as JSON.', 'Set content-type: application/json.');
      const response = await yoga.fetch(request, { trace });
      if (response.status === 406) return notAcceptable(trace);
      return response.headers.get('content-type')?.startsWith('text/event-stream')
        ? endingWith(request.signal, response)
        : response;
    }
    const paths = ['/graphql', '/live', '/ready', ...documents.keys()];
    return pathname === '/' || paths.includes(pathname)
      ? refusal(405, `${request.method} is not allowed here.`, 'Use GET.', { allow: 'GET, HEAD' })
      : refusal(404, `There is nothing at ${pathname}.`, `There is: ${paths.join(', ')}.`, {}, { value: pathname });
  };

  return {
    async fetch(request) {
      const trace: Trace = { requestId: randomUUID() };
      const start = performance.now();
      const path = pathOf(request);
      const gone = () => request.signal.aborted;
      const response = await (path === null
        ? refusal(400, 'The address or the host header of the request cannot be read.', 'Send a valid URL.')
        : route(request, path, trace).catch((error: unknown) => {
            // Whoever went away is not answered; what that interrupted is no failure of ours.
            if (!gone()) log.error({ err: error, requestId: trace.requestId }, 'a request failed');
            return refusal(500, 'Something went wrong on our side. It has been written to the log.', 'Try again.', {
              // The same as of errors that GraphQL masks.
              'x-request-id': trace.requestId,
            });
          }));
      log.info(
        {
          requestId: trace.requestId,
          method: request.method,
          path,
          status: response.status,
          ms: Math.round(performance.now() - start),
          operation: trace.operation,
          cost: trace.cost,
          ...(gone() ? { clientGone: true } : {}),
        },
        'request',
      );
      return guarded(request.method === 'HEAD' ? new Response(null, response) : response, trace);
    },
  };
}

const notAcceptable = ({ isSubscription }: Trace): Response =>
  isSubscription
    ? refusal(
        406,
        'What a subscription tells is a stream of events, which the accept header of the request leaves out.',
        'Set accept: text/event-stream.',
      )
    : refusal(
        406,
        'The answer is JSON, which the accept header of the request leaves out.',
        'Set accept: application/graphql-response+json, or application/json.',
      );

/** What Yoga reads as JSON; of a list, it reads the first. */
const JSON_BODY = /^application\/(graphql\+)?json(;|,|$)/;

/** Whose pages may read the answers. Others get no header at all: even `null` is an origin, that of sandboxed frames. */
function crossOrigin(request: Request, origins: readonly string[]) {
  const origin = request.headers.get('origin');
  if (origin === null || !origins.includes(origin)) return false;
  // Two of them, so that Yoga knows that the answer varies with who asks.
  return { origin: [origin, origin], credentials: false, methods: ['GET', 'POST', 'OPTIONS'], maxAge: 600 };
}

function pathOf(request: Request): string | null {
  try {
    return new URL(request.url).pathname;
  } catch {
    return null;
  }
}

function guarded(response: Response, { requestId, cost }: Trace): Response {
  for (const [name, value] of Object.entries({ ...GUARDS, 'x-request-id': requestId }))
    response.headers.set(name, value);
  if (cost !== undefined) response.headers.set('x-concordat-cost', String(cost));
  return response;
}
