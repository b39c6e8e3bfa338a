import type { Config } from '../config.ts';
import { openDatabase } from '../database/open-database.ts';
import { printLegend } from '../derive/legend.ts';
import { StartError } from '../errors.ts';
import { buildSchema, printGraphQL } from '../graphql/schema.ts';
import { ontology } from '../ontology/ontology.ts';
import type { Access } from '../server/access/access.ts';
import { createApp, type Handler } from '../server/app.ts';
import { explorerHandlers } from '../server/explorer.ts';
import { exportsHandler } from '../server/exports.ts';
import type { Logger } from '../server/log.ts';
import { serve } from '../server/serve.ts';
import { warmUp } from '../server/warm-up.ts';
import { type Connection, openConnection } from '../store/connection.ts';
import { asRecorded } from '../store/log/as-recorded.ts';
import { migrate } from '../store/migrations.ts';
import { isEmpty, readiness } from '../store/readiness.ts';
import { sharedSecret } from '../store/secrets.ts';
import { watchFeed } from '../store/watch-feed.ts';
import { createWriter } from '../store/writer.ts';
import { seedFolder } from '../transfer/seed.ts';
import { openAccess } from './access.ts';
import { opening } from './closing.ts';
import { EXPLORER, MIGRATIONS, readExamples, readVersion } from './project.ts';
import { reportText } from './report.ts';

/** Putting the rooms together: a database, a store that is up to date, a server. Each is closed in the reverse order. */

export interface StartOptions {
  readonly config: Config;
  readonly say: (line: string) => void;
  readonly log: Logger;
  /** Ends the start while it is under way. */
  readonly signal: AbortSignal;
}

/** A store that is open and migrated, with the database behind it. */
export interface OpenStore extends AsyncDisposable {
  readonly connection: Connection;
}

/**
 * Finds or starts the database and brings the store up to date.
 * @param options `shared`: the local database of a server that runs will do; `migrates: false` takes the store as it is
 */
export async function openStore({
  config,
  say,
  signal,
  shared,
  migrates = true,
}: Omit<StartOptions, 'log'> & { readonly shared?: boolean; readonly migrates?: boolean }): Promise<OpenStore> {
  const { value, closing } = await opening(async (open) => {
    const database = open.use(await openDatabase({ config, say, signal, shared }));
    say(database.origin);
    const { CONCORDAT_QUERY_TIMEOUT: timeout, CONCORDAT_EXPORT_TIMEOUT: streamTimeout } = config;
    const connection = open.use(openConnection({ ...database, timeout, streamTimeout }));
    await connection.verify();
    if (migrates) await migrate(connection, { model: ontology, folder: MIGRATIONS, say });
    signal.throwIfAborted();
    return connection;
  });
  return { connection: value, [Symbol.asyncDispose]: () => closing[Symbol.asyncDispose]() };
}

/** A server that answers. Disposing it lets requests in flight finish, then closes the store and the database. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string;
}

/**
 * Starts everything. `seed` is a folder of records that an empty store is filled with.
 * @throws StartError when something cannot be had or the first data set has problems
 */
export async function startServer(options: StartOptions, seed: string | null): Promise<RunningServer> {
  const { value, closing } = await opening(async (open) => {
    const { connection } = open.use(await openStore(options));
    if (seed !== null) await fillWhenEmpty(connection, seed, options.say);
    options.signal.throwIfAborted();
    const { access } = open.use(await openAccess(connection, options));
    const server = await serveStore(connection, access, options);
    open.defer(() => server.close());
    return server.url;
  });
  return { url: value, [Symbol.asyncDispose]: () => closing[Symbol.asyncDispose]() };
}

async function fillWhenEmpty(connection: Connection, folder: string, say: (line: string) => void): Promise<void> {
  if (!(await isEmpty(connection))) return;
  const report = await seedFolder(connection, ontology, folder, 'seed');
  if (report.problems.length > 0) throw new StartError(reportText(report, folder));
  say(reportText(report, folder));
}

/** Addresses are signed with the secret that is set, or with one that all processes on the store share. */
function exporting(connection: Connection, access: Access, config: Config, log: Logger): Handler {
  let secret: Promise<string> | null = null;
  const read = () => {
    secret ??= sharedSecret(connection, 'exports').catch((error: unknown) => {
      secret = null;
      throw error;
    });
    return secret;
  };
  const set = config.CONCORDAT_EXPORT_SECRET;
  return exportsHandler({
    ...{ connection, model: ontology, access, log, version: readVersion() },
    secret: set === undefined ? read : async () => set,
  });
}

async function serveStore(connection: Connection, access: Access, { config, log }: StartOptions) {
  const schema = buildSchema(ontology);
  const examples = await readExamples();
  const feed = watchFeed(connection, config.CONCORDAT_FEED_INTERVAL);
  // Whoever follows the changes is told of what is written here at once.
  const writer = createWriter(connection, ontology, { onCommit: () => feed.wake() });
  const context = () => ({
    model: ontology,
    reader: connection,
    writer,
    recordedAsOf: (at: string, ids: readonly string[]) => asRecorded(connection, ontology, new Date(at), ids),
    feed,
    today: new Date().toISOString().slice(0, 10),
  });
  const app = createApp({
    schema,
    context: (request) => ({ ...context(), signal: request.signal }),
    documents: {
      '/schema.graphql': {
        contentType: 'text/plain; charset=utf-8',
        access: 'reader',
        body: () => printGraphQL(schema),
      },
      '/ontology.json': {
        contentType: 'application/json; charset=utf-8',
        access: 'reader',
        body: () => printLegend(ontology),
      },
    },
    handlers: { '/export/': exporting(connection, access, config, log), ...explorerHandlers(EXPLORER) },
    ready: () => readiness(connection, ontology, MIGRATIONS),
    examples,
    access,
    config,
    log,
  });
  const server = await serve({
    fetch: app.fetch,
    host: config.HOST,
    port: config.PORT,
    graceMs: config.CONCORDAT_SHUTDOWN_GRACE,
    log,
  });
  const closing = new AbortController();
  const warm = warmUp(examples, { schema, context: context(), signal: closing.signal, log });
  return {
    url: server.url,
    async close() {
      closing.abort();
      // Whoever follows the changes would do so for ever.
      feed[Symbol.dispose]();
      await server.close();
      await warm;
    },
  };
}
