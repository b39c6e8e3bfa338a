import { buildSchema, type GraphQLSchema } from 'graphql';
import { type App, type AppOptions, createApp } from '../../src/server/app.ts';
import { createLog } from '../../src/server/log.ts';

/** The server as a fetch handler, over a schema small enough to hold in the head. No port, no database. */

export const ORIGIN = 'http://server.test';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

export interface TestServer {
  readonly app: App;
  /** The log, a line an object. */
  readonly logged: readonly Record<string, unknown>[];
  /** A request as it stands. */
  send(path: string, init?: RequestInit): Promise<Answer>;
  /** A query in the usual way. */
  ask(query: string, variables?: Record<string, unknown>, more?: AskOptions): Promise<Answer>;
}

export interface AskOptions {
  readonly accept?: string;
  readonly operationName?: string;
}

/** Towns, each with its neighbours. `mood`s are the errors that a resolver may end in. */
export const TOWNS = /* GraphQL */ `
  type Query {
    town(name: String!, size: Int): Town
    towns(first: Int, where: TownFilter): [Town!]!
    broken(how: Mood!): Town
  }
  type Mutation {
    rename(name: String!): Town
  }
  type Town {
    name: String!
    neighbours(first: Int): [Town!]!
    broken(how: Mood!): String
  }
  input TownFilter {
    name: String
    names: [String!]
    size: Int
    and: [TownFilter!]
  }
  enum Mood {
    EXPECTED
    UNEXPECTED
    NOT_AN_ERROR
  }
`;

const DEFAULTS = {
  CONCORDAT_MAX_DEPTH: 12,
  CONCORDAT_COST_LIMIT: 60_000,
  CONCORDAT_BODY_LIMIT: 20_000,
  CONCORDAT_GRAPHIQL: true,
  CONCORDAT_CORS_ORIGINS: [] as string[],
};

export type TestServerOptions = Partial<Omit<AppOptions, 'config' | 'log'>> & {
  readonly config?: Partial<AppOptions['config']>;
  /** What the resolvers of `TOWNS` answer, by field. */
  readonly root?: object;
};

export function testServer({ config, root, ...options }: TestServerOptions = {}): TestServer {
  const logged: Record<string, unknown>[] = [];
  const log = createLog({ LOG_LEVEL: 'debug' }, { write: (line) => logged.push(JSON.parse(line)) });
  const app = createApp({
    schema: options.schema ?? townsSchema(root ?? {}),
    context: () => ({}),
    documents: {},
    ready: async () => ({ ready: true, checks: {} }),
    examples: [],
    log,
    ...options,
    config: { ...DEFAULTS, ...config },
  });
  const send = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await app.fetch(new Request(`${ORIGIN}${path}`, { redirect: 'manual', ...init }));
    const text = await response.text();
    const body = response.headers.get('content-type')?.includes('json') && text ? JSON.parse(text) : {};
    return { status: response.status, headers: response.headers, text, data: body.data, errors: body.errors ?? [] };
  };
  return {
    app,
    logged,
    send,
    ask: (query, variables, { accept = 'application/graphql-response+json', operationName } = {}) =>
      send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: JSON.stringify({ query, variables, operationName }),
      }),
  };
}

/** The schema of `TOWNS`, with resolvers by root field; below them, properties and functions of what they answer. */
function townsSchema(root: object): GraphQLSchema {
  const schema = buildSchema(TOWNS);
  for (const type of [schema.getQueryType(), schema.getMutationType()])
    for (const field of Object.values(type?.getFields() ?? {})) {
      const value = (root as Record<string, unknown>)[field.name];
      field.resolve = (_, args, context, info) =>
        typeof value === 'function' ? value(args, context, info) : (value ?? null);
    }
  return schema;
}
