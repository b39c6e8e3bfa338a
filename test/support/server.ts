import { buildSchema, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import type { Role } from '../../src/model/roles.ts';
import { type AccessOptions, createAccess } from '../../src/server/access/access.ts';
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
  /** What it is sent with, as the value of the authorization header. */
  readonly authorization?: string;
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

/** Anybody may read, and as much as they like. */
const OPEN: Omit<AccessOptions, 'log'> = { anonymousReading: true, credentials: { keys: null, tokens: null } };

/** A server at which `KEY` is a key of this role. */
export const holding = (role: Role): Partial<AccessOptions> => ({
  credentials: {
    keys: {
      check: async (id) =>
        id === KEY_ID ? { holder: { id, name: 'Ana', role } } : { refused: `there is no key ${id}` },
    },
    tokens: null,
  },
});
const KEY_ID = 'abcdefghijkl';
export const KEY = `Bearer concordat_${KEY_ID}_${'A'.repeat(43)}`;

export type TestServerOptions = Partial<Omit<AppOptions, 'config' | 'log' | 'access'>> & {
  /** Who may what, where it is not that anybody may read. */
  readonly who?: Partial<AccessOptions>;
  readonly config?: Partial<AppOptions['config']>;
  /** What the resolvers of `TOWNS` answer, by field. */
  readonly root?: object;
};

export function testServer({ config, root, who, ...options }: TestServerOptions = {}): TestServer {
  const logged: Record<string, unknown>[] = [];
  const log = createLog({ LOG_LEVEL: 'debug' }, { write: (line) => logged.push(JSON.parse(line)) });
  const app = createApp({
    schema: options.schema ?? townsSchema(root ?? {}),
    context: () => ({}),
    documents: {},
    ready: async () => ({ ready: true, checks: {} }),
    examples: [],
    access: createAccess({ ...OPEN, log, ...who }),
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
    ask: (query, variables, { accept = 'application/graphql-response+json', operationName, authorization } = {}) =>
      send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept, ...(authorization ? { authorization } : {}) },
        body: JSON.stringify({ query, variables, operationName }),
      }),
  };
}

/** Says of a schema that is written as text who may what: readers all, where `access` does not name a field or a type. */
export function decided(schema: GraphQLSchema, access: Readonly<Record<string, Role>> = {}): GraphQLSchema {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(isObjectType(type) || isInterfaceType(type)) || type.name.startsWith('__')) continue;
    type.extensions = { access: access[type.name] ?? 'reader' };
    for (const field of Object.values(type.getFields())) {
      const said = access[`${type.name}.${field.name}`] ?? (roots.includes(type as never) ? 'reader' : undefined);
      if (said) field.extensions = { ...field.extensions, access: said };
    }
  }
  return schema;
}

/** The schema of `TOWNS`, with resolvers by root field; below them, properties and functions of what they answer. */
function townsSchema(root: object): GraphQLSchema {
  const schema = decided(buildSchema(TOWNS));
  for (const type of [schema.getQueryType(), schema.getMutationType()])
    for (const field of Object.values(type?.getFields() ?? {})) {
      const value = (root as Record<string, unknown>)[field.name];
      field.resolve = (_, args, context, info) =>
        typeof value === 'function' ? value(args, context, info) : (value ?? null);
    }
  return schema;
}
