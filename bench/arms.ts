import { createRequire } from 'node:module';
import type { GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { pino } from 'pino';
import { loadConfig } from '../src/config.ts';
import { buildSchema } from '../src/graphql/schema.ts';
import { ontology } from '../src/ontology/ontology.ts';
import { createAccess } from '../src/server/access/access.ts';
import { type App, createApp } from '../src/server/app.ts';
import { serve } from '../src/server/serve.ts';
import type { Connection } from '../src/store/connection.ts';
import { PEER_FEATURES, PEER_TYPES } from './peer-schema.ts';
import type { Question, Sample } from './questions/question.ts';

/** Who is asked. Each takes a question with its values and gives the text of the answer. */
export interface Arm {
  readonly name: ArmName;
  /** Null where the arm has no words for the question. */
  ask(question: Question, sample: Sample): Promise<string> | null;
  /** What the text says, in the one form that all arms' answers are compared in. @throws what the arm says against the question */
  read(question: Question, text: string): unknown;
}

export type ArmName = 'floor' | 'concordat' | 'http' | 'peer';

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
}

function dataOf(text: string): never {
  const { data, errors } = JSON.parse(text) as Answer;
  if (errors && errors.length > 0) throw new Error(errors.map(({ message }) => message).join(' '));
  return data as never;
}

const post = (url: string, query: string, variables: Sample): Request =>
  new Request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });

/** A statement written by hand: one auto-commit read, rows as lists, `JSON.stringify`. */
export const floorArm = ({ driver, database }: Connection): Arm => ({
  name: 'floor',
  ask: ({ floor }, sample) => {
    if (!floor) return null;
    return (async () => {
      const session = driver.session({ database, defaultAccessMode: 'READ', fetchSize: 2_000 });
      try {
        const { records } = await session.run(`CYPHER 5 ${floor.cypher}`, sample);
        return JSON.stringify(records.map((record) => [...record.values()]));
      } finally {
        await session.close();
      }
    })();
  },
  read: ({ floor }, text) => floor?.read(JSON.parse(text)),
});

export const concordatSchema = (): GraphQLSchema => buildSchema(ontology);

export function concordatApp(connection: Connection, schema: GraphQLSchema): App {
  const log = pino({ level: 'silent' });
  return createApp({
    schema,
    context: (request) => ({ model: ontology, reader: connection, signal: request.signal, today: '2025-02-05' }),
    documents: {},
    ready: async () => ({ ready: true, checks: {} }),
    examples: [],
    // Anybody may read, as much as they like.
    access: createAccess({ anonymousReading: true, credentials: { keys: null, tokens: null }, log }),
    config: loadConfig({}),
    log,
  });
}

/** The API as it is, by its fetch handler. */
export const concordatArm = (app: App): Arm => ({
  name: 'concordat',
  ask: async ({ concordat }, sample) => (await app.fetch(post('http://bench/graphql', concordat.query, sample))).text(),
  read: ({ concordat }, text) => concordat.read(dataOf(text)),
});

/** The same over HTTP on loopback, this process being the client too. */
export async function httpArm(app: App): Promise<Arm & AsyncDisposable> {
  const log = pino({ level: 'silent' });
  const served = await serve({ fetch: app.fetch, host: '127.0.0.1', port: 0, graceMs: 0, log });
  return {
    name: 'http',
    ask: async ({ concordat }, sample) => (await fetch(post(`${served.url}/graphql`, concordat.query, sample))).text(),
    read: ({ concordat }, text) => concordat.read(dataOf(text)),
    [Symbol.asyncDispose]: () => served.close(),
  };
}

interface PeerLibrary {
  readonly Neo4jGraphQL: new (options: object) => { getSchema(): Promise<GraphQLSchema> };
}

/** The peer's schema; its library is installed beside the bench only. */
export async function peerSchema(): Promise<GraphQLSchema> {
  const library = createRequire(import.meta.url)('@neo4j/graphql') as PeerLibrary;
  return new library.Neo4jGraphQL({ typeDefs: PEER_TYPES, features: PEER_FEATURES }).getSchema();
}

/**
 * The peer on the same Yoga, driver and store. It would open a transaction of its own for each request; handed something that
 * runs statements, it runs them in one auto-commit read as we do, which is the faster of the two.
 */
export function peerArm({ driver, database }: Connection, schema: GraphQLSchema): Arm {
  const executionContext = {
    async run(text: string, parameters: Sample) {
      const session = driver.session({ database, defaultAccessMode: 'READ', fetchSize: 2_000 });
      try {
        return await session.run(text, parameters);
      } finally {
        await session.close();
      }
    },
  };
  const yoga = createYoga({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: false,
    logging: false,
    maskedErrors: false,
    context: () => ({ executionContext }),
  });
  return {
    name: 'peer',
    ask: ({ peer }, sample) => {
      if (!peer) return null;
      return (async () => (await yoga.fetch(post('http://bench/graphql', peer.query, sample))).text())();
    },
    read: ({ peer }, text) => peer?.read(dataOf(text)),
  };
}
