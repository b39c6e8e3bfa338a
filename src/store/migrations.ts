import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Neo4jError } from 'neo4j-driver';
import { createStatement, databaseSchema, type SchemaItem } from '../derive/database-schema.ts';
import { StartError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import type { Connection } from './connection.ts';
import { deriveFindingKeys } from './finding-keys.ts';
import { enterFirstRevisions } from './log/first-revisions.ts';

/**
 * What the store must be before it serves: constraints and indexes as the ontology asks for, and data changes, once each,
 * checksummed, in order. One process at a time, under a lock that a dead holder does not keep.
 */

/** A data change: `V001__what_it_does.cypher`, statements separated by a semicolon at the end of a line. */
interface Migration {
  readonly version: string;
  readonly file: string;
  readonly checksum: string;
  readonly statements: readonly string[];
}

export interface MigrateOptions {
  readonly model: Model;
  /** Folder of `V…__….cypher` files. */
  readonly folder: string;
  readonly say: (line: string) => void;
  /** How long a holder that no longer renews keeps the lock, in milliseconds. */
  readonly lease?: number;
}

const NAME = /^(V\d{3,})__[a-z0-9_]+\.cypher$/;

/**
 * Brings the store up to date.
 * @throws StartError when an applied file was changed or is gone, when versions repeat, or when another process holds the lock
 */
export async function migrate(connection: Connection, options: MigrateOptions): Promise<void> {
  const migrations = await readMigrations(options.folder);
  await makeLock(connection);
  const lease = options.lease ?? 30_000;
  const holder = `${process.pid} ${randomUUID()}`;
  await takeLock(connection, holder, lease);
  const renewal = setInterval(() => void renewLock(connection, holder, lease).catch(() => {}), lease / 3);
  try {
    await applySchema(connection, options.model, options.say);
    await applyMigrations(connection, migrations, options.say);
    await deriveFindingKeys(connection, options.model, options.say);
    await enterFirstRevisions(connection, options.model, options.say);
  } finally {
    clearInterval(renewal);
    await releaseLock(connection, holder);
  }
}

/** What is still missing; empty when the store is as it must be. */
export async function missingSchema(connection: Connection, model: Model): Promise<string[]> {
  const found = await existing(connection);
  return databaseSchema(model).flatMap((item) => {
    const there = found.get(item.name);
    if (!there) return [`${item.name} is missing`];
    if (!sameDefinition(item, there)) return [`${item.name} is defined otherwise`];
    return there.state === 'ONLINE' ? [] : [`${item.name} is ${there.state.toLowerCase()}`];
  });
}

/** The files that are not applied yet, by name. */
export async function pendingMigrations(connection: Connection, folder: string): Promise<string[]> {
  const [migrations, applied] = [await readMigrations(folder), await appliedMigrations(connection)];
  return migrations.filter((one) => !applied.has(one.version)).map((one) => one.file);
}

/**
 * Makes those constraints and indexes, by name, that are missing or defined otherwise, each by itself.
 * @returns names of those that could not be made, since things break them
 */
export async function mendSchema(connection: Connection, model: Model, names: readonly string[]): Promise<string[]> {
  const found = await existing(connection);
  const failed: string[] = [];
  for (const item of databaseSchema(model).filter(({ name }) => names.includes(name))) {
    const there = found.get(item.name);
    if (there && sameDefinition(item, there)) continue;
    try {
      if (there) await rows(connection, `DROP ${there.constraint ? 'CONSTRAINT' : 'INDEX'} \`${item.name}\``);
      await rows(connection, createStatement(item));
    } catch (error) {
      if (!(error instanceof Neo4jError && error.code.includes('.Schema.'))) throw error;
      failed.push(item.name);
    }
  }
  await rows(connection, 'CALL db.awaitIndexes(300)');
  return failed;
}

interface Existing {
  readonly type: string;
  readonly labels: readonly string[];
  readonly properties: readonly string[];
  readonly analyzer: string | null;
  readonly state: string;
  readonly constraint: string | null;
}

const rows = async (
  connection: Connection,
  text: string,
  parameters: Record<string, unknown> = {},
): Promise<unknown[][]> =>
  connection.write('migrate', async (tx) => {
    const result = await tx.run(`CYPHER 5 ${text}`, parameters);
    return result.records.map((record) => record.keys.map((key) => record.get(key) as unknown));
  });

async function existing(connection: Connection): Promise<Map<string, Existing>> {
  const found = await rows(
    connection,
    'SHOW INDEXES YIELD name, type, labelsOrTypes, properties, options, state, owningConstraint RETURN name, type, labelsOrTypes, properties, options, state, owningConstraint',
  );
  return new Map(
    found.map(([name, type, labels, properties, options, state, constraint]) => [
      name as string,
      {
        type: type as string,
        labels: (labels ?? []) as string[],
        properties: (properties ?? []) as string[],
        analyzer: ((options as { indexConfig?: Record<string, unknown> })?.indexConfig?.['fulltext.analyzer'] ??
          null) as string | null,
        state: state as string,
        constraint: constraint as string | null,
      },
    ]),
  );
}

const sorted = (list: readonly string[]): string => [...list].sort().join(' ');

/** `IF NOT EXISTS` keeps an index of the same name whatever it is over; so that definitions are compared. */
function sameDefinition(item: SchemaItem, there: Existing): boolean {
  const type = item.is === 'fulltext' ? 'FULLTEXT' : 'RANGE';
  return (
    there.type === type &&
    sorted(there.labels) === sorted(item.labels) &&
    sorted(there.properties) === sorted(item.properties) &&
    (item.analyzer === null || there.analyzer === item.analyzer) &&
    (item.is === 'uniqueness') === (there.constraint !== null)
  );
}

async function applySchema(connection: Connection, model: Model, say: (line: string) => void): Promise<void> {
  const found = await existing(connection);
  const wanted = databaseSchema(model);
  const changed = wanted.filter(
    (item) => found.has(item.name) && !sameDefinition(item, found.get(item.name) as Existing),
  );
  const missing = wanted.filter((item) => !found.has(item.name));
  if (changed.length + missing.length === 0) return;
  say(`Making ${missing.length + changed.length} constraints and indexes.`);
  await connection.write('migrate', async (tx) => {
    for (const item of changed)
      await tx.run(`DROP ${found.get(item.name)?.constraint ? 'CONSTRAINT' : 'INDEX'} \`${item.name}\``);
  });
  await connection.write('migrate', async (tx) => {
    for (const item of [...changed, ...missing]) await tx.run(`CYPHER 5 ${createStatement(item)}`);
  });
  await rows(connection, 'CALL db.awaitIndexes(300)');
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.cypher')).sort();
  const seen = new Map<string, string>();
  const migrations: Migration[] = [];
  for (const file of files) {
    const version = NAME.exec(file)?.[1];
    if (!version) throw new StartError(`The migration ${file} must be named like V001__what_it_does.cypher.`);
    const other = seen.get(version);
    if (other)
      throw new StartError(`The migrations ${other} and ${file} have the same version. Give one the next number.`);
    seen.set(version, file);
    const text = await readFile(join(folder, file), 'utf8');
    migrations.push({
      version,
      file,
      checksum: createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex'),
      statements: statementsOf(text),
    });
  }
  return migrations;
}

/** Statements end with a semicolon at a line's end; lines that begin with `//` are left out. */
function statementsOf(text: string): string[] {
  const code = text
    .split(/\r?\n/)
    .filter((line) => !line.trimStart().startsWith('//'))
    .join('\n');
  return code
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

async function appliedMigrations(connection: Connection): Promise<Map<string, { file: string; checksum: string }>> {
  const found = await rows(connection, 'MATCH (m:ConcordatMigration) RETURN m.version, m.file, m.checksum');
  return new Map(
    (found as [string, string, string][]).map(([version, file, checksum]) => [version, { file, checksum }]),
  );
}

async function applyMigrations(
  connection: Connection,
  migrations: readonly Migration[],
  say: (line: string) => void,
): Promise<void> {
  const applied = await appliedMigrations(connection);
  for (const [version, { file, checksum }] of applied) {
    const here = migrations.find((one) => one.version === version);
    if (!here)
      throw new StartError(
        `The migration ${file} was applied to this store, but the file is gone. Put it back; a store never forgets what was done to it.`,
      );
    if (here.checksum !== checksum)
      throw new StartError(
        `The migration ${here.file} was changed after it was applied to this store (checksum ${here.checksum.slice(0, 12)}, applied ${checksum.slice(0, 12)}). Restore the file, and put the change into a new migration.`,
      );
  }
  let before = [...applied.keys()].sort().at(-1) ?? null;
  for (const one of migrations.filter((each) => !applied.has(each.version))) {
    if (before !== null && one.version < before)
      throw new StartError(
        `The migration ${one.file} comes before ${before}, which is applied already. Give it the next number.`,
      );
    say(`Applying ${one.file}.`);
    const previous = before;
    await connection.write('migrate', async (tx) => {
      for (const statement of one.statements) await tx.run(`CYPHER 5 ${statement}`);
      await tx.run(
        `CYPHER 5 CREATE (m:ConcordatMigration {version: $version, file: $file, checksum: $checksum, appliedAt: datetime()})
         WITH m MATCH (p:ConcordatMigration {version: $previous}) CREATE (p)-[:THEN]->(m)`,
        { version: one.version, file: one.file, checksum: one.checksum, previous },
      );
    });
    before = one.version;
  }
}

/** The lock's own constraint comes first: two processes that make the lock at once must meet. */
const makeLock = (connection: Connection): Promise<unknown> =>
  rows(
    connection,
    'CREATE CONSTRAINT concordat_lock_name IF NOT EXISTS FOR (n:ConcordatLock) REQUIRE n.name IS UNIQUE',
  );

/** Takes the lock, waiting for its holder as long as a lease; whoever no longer renews has lost it by then. */
async function takeLock(connection: Connection, holder: string, lease: number): Promise<void> {
  const deadline = Date.now() + 2 * lease;
  for (;;) {
    const [row] = await rows(
      connection,
      `MERGE (l:ConcordatLock {name: 'migrate'}) ON CREATE SET l.until = datetime() - duration('PT1S')
       SET l.touched = datetime()
       WITH l, l.until < datetime() AS free
       SET l.holder = CASE WHEN free THEN $holder ELSE l.holder END, l.until = CASE WHEN free THEN datetime() + duration({milliseconds: $lease}) ELSE l.until END
       RETURN free, l.holder, toString(l.until)`,
      { holder, lease },
    );
    const [free, other, until] = row as [boolean, string, string];
    if (free) return;
    if (Date.now() > deadline)
      throw new StartError(
        `Another process (${String(other).split(' ')[0]}) is migrating this store and holds the lock until ${until}. Wait for it; a lock whose holder is dead ends by itself.`,
      );
    await new Promise((resolve) => setTimeout(resolve, Math.min(500, lease / 4)));
  }
}

const renewLock = (connection: Connection, holder: string, lease: number): Promise<unknown> =>
  rows(
    connection,
    "MATCH (l:ConcordatLock {name: 'migrate', holder: $holder}) SET l.until = datetime() + duration({milliseconds: $lease})",
    { holder, lease },
  );

const releaseLock = (connection: Connection, holder: string): Promise<unknown> =>
  rows(
    connection,
    "MATCH (l:ConcordatLock {name: 'migrate', holder: $holder}) SET l.until = datetime() - duration('PT1S')",
    { holder },
  );
