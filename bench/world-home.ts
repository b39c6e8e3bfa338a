import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIGRATIONS } from '../src/cli/project.ts';
import { loadConfig } from '../src/config.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { ontology } from '../src/ontology/ontology.ts';
import { type Connection, openConnection } from '../src/store/connection.ts';
import { migrate } from '../src/store/migrations.ts';
import { isEmpty } from '../src/store/readiness.ts';
import { sizeName } from './options.ts';
import { world } from './world.ts';
import { loadWorld } from './world-load.ts';

/** A database that holds a made-up world, with its constraints and indexes. */
export interface WorldHome extends AsyncDisposable {
  readonly connection: Connection;
  readonly uri: string;
  /** Another connection to the same store, at an address that leads there. */
  connect(uri: string): Connection;
  /** Name and version of the database. */
  readonly version: string;
}

export interface WorldWanted {
  readonly nodes: number;
  readonly seed: number;
  /** A folder in which it is kept, or null for one that is removed afterwards. */
  readonly keep: string | null;
  readonly say: (line: string) => void;
}

/** Statements of the bench may run longer than a client's: the peer's take what they take. */
const TIMEOUT = 300_000;

/** Opens a database of the run's own, or the one of `NEO4J_URI`, and fills it, unless the world is kept there already. */
export async function openWorld({ nodes, seed, keep, say }: WorldWanted): Promise<WorldHome> {
  const name = `${sizeName(nodes)}-${seed}`;
  const folder = keep === null ? mkdtempSync(join(tmpdir(), 'concordat-bench-')) : join(keep, name);
  mkdirSync(folder, { recursive: true });
  const loaded = join(folder, 'loaded.json');
  const settings = loadConfig(process.env);
  // The data are the run's own; the jars are those that are resolved already.
  const config = { ...settings, folders: { ...settings.folders, data: folder } };
  const database = await openDatabase({ config, say });
  const access = { ...database, timeout: TIMEOUT };
  const connection = openConnection(access);
  const close = async (): Promise<void> => {
    await connection[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
    if (keep === null) rmSync(folder, { recursive: true, force: true });
  };
  try {
    if (!existsSync(loaded)) {
      if (!(await isEmpty(connection)))
        throw new Error(
          'The bench fills an empty store, and this one holds something. Unset NEO4J_URI, or remove the folder.',
        );
      await fill(connection, { nodes, seed, say });
      if (keep !== null) writeFileSync(loaded, JSON.stringify({ nodes, seed }));
    } else await migrate(connection, { model: ontology, folder: MIGRATIONS, say });
    const [[version] = []] = await rowsOf(
      connection,
      "CALL dbms.components() YIELD name, versions, edition RETURN name + ' ' + versions[0] + ' ' + edition",
    );
    return {
      connection,
      uri: database.uri,
      connect: (uri) => openConnection({ ...access, uri }),
      version: String(version),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens a store of the run's own that holds nothing, with its constraints and indexes. */
export async function openEmpty(say: (line: string) => void): Promise<AsyncDisposable & { connection: Connection }> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-'));
  const settings = loadConfig(process.env);
  const config = { ...settings, folders: { ...settings.folders, data: folder } };
  const database = await openDatabase({ config, say });
  const connection = openConnection({ ...database, timeout: TIMEOUT });
  if (!(await isEmpty(connection))) throw new Error('The bench writes into an empty store. Unset NEO4J_URI.');
  await migrate(connection, { model: ontology, folder: MIGRATIONS, say });
  return {
    connection,
    [Symbol.asyncDispose]: async () => {
      await connection[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function fill(connection: Connection, { nodes, seed, say }: Omit<WorldWanted, 'keep'>): Promise<void> {
  const began = performance.now();
  const seconds = (): string => `${Math.round((performance.now() - began) / 1000)} s`;
  say(`Drawing and loading a world of ${nodes} entities.`);
  const made = await loadWorld(connection, ontology, () => world({ nodes, seed }));
  say(`${made.nodes} entities, ${made.edges} relationships and ${made.claims} claims are there after ${seconds()}.`);
  // What is asked here has no history: entering a million things into the log would take longer than all the rest.
  await connection.write('bench', (tx) =>
    tx.run("CREATE (:ConcordatDerivation {name: 'first revisions', done: true})"),
  );
  await migrate(connection, { model: ontology, folder: MIGRATIONS, say });
  await rowsOf(connection, 'CALL db.awaitIndexes(600)');
  say(`Constraints and indexes are there after ${seconds()}.`);
}

/** Rows of a statement, with the planner's statistics as they are. */
export const rowsOf = (
  connection: Connection,
  text: string,
  parameters: Readonly<Record<string, unknown>> = {},
): Promise<unknown[][]> => connection.read({ text: `CYPHER 5 ${text}`, parameters }, { operation: 'bench' });
