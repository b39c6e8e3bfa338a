import { randomUUID } from 'node:crypto';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import type { Config } from '../config.ts';
import type { GraphContext } from '../graphql/context.ts';
import type { Access } from './access/access.ts';
import { OWN_ROUTES, type RouteAccess, refusedRoute } from './access/routes.ts';
import { useAccess, useRateLimit, useStreamLimit } from './access/use-access.ts';
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
  /** What resolvers are handed, for one request, beside who sends it. */
  readonly context: (request: Request) => object | Promise<object>;
  /** Fixed texts by path, such as `/schema.graphql`. */
  readonly documents: Readonly<Record<string, ServedDocument>>;
  readonly ready: () => Promise<{ readonly ready: boolean; readonly checks: object }>;
  readonly examples: readonly Example[];
  /** By path; see `Handler`. */
  readonly handlers?: Readonly<Record<string, Handler>>;
  readonly access: Access;
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

/** What answers at an address, or where its path ends in a slash, at every address below it. */
export interface Handler {
  /** Who may have it; `by field` leaves it to the handler. */
  readonly access: RouteAccess;
  readonly methods: readonly string[];
  readonly handle: (request: Request, asked: Asked) => Promise<Response>;
}

/** What a handler may know of whoever asks. */
export interface Asked {
  readonly pathname: string;
  readonly trace: Trace;
}

export interface ServedDocument {
  readonly contentType: string;
  /** Who may have it. */
  readonly access: RouteAccess;
  /** Called when it is first asked for. */
  readonly body: () => string;
}

export interface App {
  /** @param from the address at the other end of the connection, where there is one */
  fetch(request: Request, from?: { readonly address?: string | undefined }): Promise<Response>;
}

/** Headers of every answer. */
const GUARDS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
};

export function createApp(options: AppOptions): App {
  const { config, log, access, handlers = {} } = options;
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
    context: async ({ request, trace }) => ({ ...(await options.context(request)), ...whoAsks(trace) }),
    plugins: [
      useNoForeignPages(),
      useAccess(access),
      useOperationName(),
      useLimits({ depth: config.CONCORDAT_MAX_DEPTH, ...DOCUMENT_LIMITS }),
      useCostGate(config.CONCORDAT_COST_LIMIT),
      useRateLimit(access),
      useStreamLimit(access),
      useStatements(),
      useMappedErrors(log, config.CONCORDAT_BODY_LIMIT),
    ],
  });
  const routes: Readonly<Record<string, RouteAccess>> = {
    ...OWN_ROUTES,
    ...Object.fromEntries(Object.entries(handlers).map(([path, each]) => [path, each.access])),
    ...Object.fromEntries(Object.entries(options.documents).map(([path, each]) => [path, each.access])),
  };
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

  const below = (pathname: string) =>
    Object.keys(handlers).find((path) => path.endsWith('/') && pathname.startsWith(path));
  const route = async (request: Request, pathname: string, trace: Trace): Promise<Response> => {
    const at = Object.hasOwn(routes, pathname) ? pathname : below(pathname);
    const needed = at === undefined ? undefined : routes[at];
    // What nobody decided about is not there.
    if (needed === undefined || at === undefined) {
      const there = Object.keys(routes).filter((path) => path !== '/');
      const way = `There is: ${there.join(', ')}.`;
      return refusal(404, `There is nothing at ${pathname}.`, way, {}, { value: pathname });
    }
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const handler = Object.hasOwn(handlers, at) ? handlers[at] : undefined;
    if (handler && !handler.methods.includes(request.method)) {
      const allow = handler.methods.join(', ');
      return refusal(405, `${request.method} is not allowed here.`, `Use ${allow}.`, { allow });
    }
    const refused = reads || handler ? await refusedRoute(access, request, pathname, needed, trace) : null;
    if (refused) return refused;
    if (handler) return handler.handle(request, { pathname, trace });
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
      const over = () => trace.endStream?.();
      const response = await Promise.resolve(yoga.fetch(request, { trace })).catch((error: unknown) => {
        over();
        throw error;
      });
      if (response.headers.get('content-type')?.startsWith('text/event-stream') && response.body)
        return endingWith(request.signal, response, over);
      over();
      return response.status === 406 ? notAcceptable(trace) : response;
    }
    return refusal(405, `${request.method} is not allowed here.`, 'Use GET.', { allow: 'GET, HEAD' });
  };

  return {
    async fetch(request, { address } = {}) {
      const trace: Trace = { requestId: randomUUID(), ...(address === undefined ? {} : { socket: address }) };
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
          by: trace.asker?.caller?.name,
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

/** What resolvers are told of whoever sends a request. */
function whoAsks({ asker }: Trace): Partial<GraphContext> {
  if (!asker?.caller) return {};
  return { caller: { ...asker.caller, address: asker.address }, stillMay: asker.stillMay };
}

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

function guarded(response: Response, { requestId, cost, asker }: Trace): Response {
  // What is meant for others to show or to read says so itself.
  for (const [name, value] of Object.entries(GUARDS))
    if (!response.headers.has(name)) response.headers.set(name, value);
  response.headers.set('x-request-id', requestId);
  if (cost !== undefined) response.headers.set('x-concordat-cost', String(cost));
  // What is answered to somebody is for nobody else, whatever keeps answers on the way.
  if (asker && !asker.isAnonymous)
    response.headers.set('cache-control', response.headers.has('etag') ? 'private, no-cache' : 'no-store');
  return response;
}
