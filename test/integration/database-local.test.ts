import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import neo4j from 'neo4j-driver';
import { afterAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { localMeans } from '../../src/database/local-means.ts';
import { startLocalNeo4j } from '../../src/database/local-neo4j.ts';
import { tryLock } from '../../src/database/lock.ts';
import { freePort } from '../../src/database/neo4j-child.ts';
import { readRun } from '../../src/database/neo4j-run.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { isRunning } from '../../src/database/processes.ts';
import { StartError } from '../../src/errors.ts';
import { databaseHome, databaseProcess, until } from '../support/database-home.ts';

type Access = Pick<Database, 'uri' | 'username' | 'password'>;

async function query(at: Access, statement: string): Promise<unknown[]> {
  const driver = neo4j.driver(at.uri, neo4j.auth.basic(at.username, at.password), { disableLosslessIntegers: true });
  try {
    const { records } = await driver.executeQuery(statement);
    return records.map((record) => record.get(0));
  } finally {
    await driver.close();
  }
}

function lastRun(folder: string) {
  const run = readRun(folder);
  if (run === undefined) throw new Error(`No Neo4j was run on ${folder}`);
  return run;
}

/** Where the run uses a container, this file is the first to resolve jars. */
const firstResolveMs = 240_000;

const home = databaseHome('shared');
const other = databaseHome('shared');
afterAll(() => {
  home.remove();
  other.remove();
});
const means = localMeans(home.config, home.env);

if ('missing' in means) {
  // A machine for containers only. What is left to hold here is that it says so.
  test('without a JDK and Maven the local default says what is missing', async () => {
    await expect(openDatabase({ config: home.config, say: () => {}, env: home.env })).rejects.toThrow(/Ways out/);
  });
} else {
  // The two have a home each, and go side by side; within each, a test goes on where the one before it ended.
  describe.concurrent('the local default, from the first start to the next day', () => {
    const { config, env } = home;
    const folder = join(config.folders.data, 'neo4j', '5');
    let owner: ReturnType<typeof databaseProcess>;
    let adopted: Database;

    test.sequential(
      'starts for the first time, from another folder, in a path with spaces',
      async () => {
        owner = databaseProcess(env);
        const opened = (await owner.line((line) => line.uri !== undefined)) as Access & { origin: string };
        expect(opened.uri).toMatch(/^bolt:\/\/127\.0\.0\.1:\d+$/);
        expect(opened.origin).toContain(folder);
        expect(opened.origin).not.toContain(opened.password);
        await query(opened, "CREATE (:Town {name: 'Ilopango'})");
      },
      firstResolveMs,
    );

    test.sequential('keeps the password and the data for the owner only', () => {
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(statSync(join(folder, 'password')).mode & 0o777).toBe(0o600);
      expect(existsSync(join(folder, 'password.new'))).toBe(false);
      const log = readFileSync(join(folder, 'logs', 'console.log'), 'utf8');
      expect(log).toContain('Started.');
      expect(log).not.toContain(readFileSync(join(folder, 'password'), 'utf8'));
    });

    test.sequential('is out of reach of a terminal that sends Ctrl-C to its process group', () => {
      const { pid } = lastRun(folder);
      expect(spawnSync('ps', ['-o', 'pgid=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()).toBe(String(pid));
    });

    test.sequential('refuses a second start on the same folder, and says who has it and what to do', async () => {
      const second = openDatabase({ config, say: () => {}, env });
      await expect(second).rejects.toThrow(StartError);
      const message = await second.catch((error: Error) => error.message);
      for (const part of [
        `process ${owner.child.pid}`,
        `bolt://127.0.0.1:${lastRun(folder).boltPort}`,
        folder,
        'NEO4J_URI',
        'CONCORDAT_HOME',
      ]) {
        expect(message).toContain(part);
      }
    });

    test.sequential('is shared with whoever asks for that, and goes on when they are done', async () => {
      const shared = await openDatabase({ config, say: () => {}, env, shared: true });
      expect(shared).toMatchObject({ started: false, uri: `bolt://127.0.0.1:${lastRun(folder).boltPort}` });
      expect(shared.origin).toContain('which another process runs');
      expect(shared.origin).not.toContain(shared.password);
      expect(await query(shared, 'MATCH (t:Town) RETURN t.name')).toEqual(['Ilopango']);
      await shared[Symbol.asyncDispose]();
      expect(isRunning(lastRun(folder))).toBe(true);
    });

    test.sequential('uses the Neo4j again that a killed owner left behind', async () => {
      owner.child.kill('SIGKILL');
      await owner.gone;
      const orphan = lastRun(folder);
      expect(isRunning(orphan)).toBe(true);
      const said: string[] = [];
      adopted = await openDatabase({ config, say: (line) => said.push(line), env });
      expect(said.join('\n')).toContain(`process ${orphan.pid}`);
      expect(said.join('\n')).toContain('used again');
      expect(await query(adopted, 'MATCH (t:Town) RETURN t.name')).toEqual(['Ilopango']);
    });

    test.sequential('leaves no process behind when it is disposed, twice as well', async () => {
      const run = lastRun(folder);
      await Promise.all([adopted[Symbol.asyncDispose](), adopted[Symbol.asyncDispose]()]);
      expect(isRunning(run)).toBe(false);
    });

    test.sequential('starts again with its data, on another port when the chosen one is taken meanwhile', async () => {
      const squatter = createServer();
      const taken = await freePort();
      await new Promise<void>((resolve) => squatter.listen(taken, '127.0.0.1', resolve));
      const ports = [taken, await freePort()];
      const said: string[] = [];
      await using database = await startLocalNeo4j(
        means,
        { config, say: (line) => said.push(line), env },
        async () => ports.shift() ?? 0,
      );
      squatter.close();
      expect(said.join('\n')).toContain(`Port ${taken} was taken`);
      expect(database.started).toBe(true);
      expect(await query(database, 'MATCH (t:Town) RETURN t.name')).toEqual(['Ilopango']);
      const bounds = ['db.transaction.timeout', 'db.lock.acquisition.timeout', 'db.memory.transaction.max'];
      const show = `SHOW SETTINGS YIELD name, value WHERE name IN ${JSON.stringify(bounds)} RETURN value`;
      const values = await query(database, show);
      expect(values).toHaveLength(3);
      for (const value of values) expect(value).toMatch(/^[1-9]/);
    });

    test.sequential('does not open data with an older Neo4j than the last', async () => {
      const file = join(folder, 'neo4j.json');
      const before = readFileSync(file, 'utf8');
      writeFileSync(file, JSON.stringify({ ...JSON.parse(before), version: '5.99.0' }));
      await expect(openDatabase({ config, say: () => {}, env })).rejects.toThrow(/NEO4J_VERSION=5\.99\.0/);
      writeFileSync(file, before);
    });

    test.sequential('says so when the password file is gone', async () => {
      const file = join(folder, 'password');
      const before = readFileSync(file);
      rmSync(file);
      await expect(openDatabase({ config, say: () => {}, env })).rejects.toThrow(/password file .* is gone/);
      writeFileSync(file, before, { mode: 0o600 });
    });

    test.sequential('shows the end of the log when Neo4j cannot start', async () => {
      const lock = join(folder, 'data', 'databases', 'store_lock');
      rmSync(lock, { force: true });
      mkdirSync(lock);
      const error = await openDatabase({ config, say: () => {}, env }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(StartError);
      expect((error as Error).message).toMatch(/did not start \(exit code \d+\)[\s\S]*store_lock[\s\S]*Ways out/);
      expect(isRunning(lastRun(folder))).toBe(false);
    });
  });

  describe.concurrent('the local default, cut off in the middle', () => {
    const { config, env } = other;
    const folder = join(config.folders.data, 'neo4j', '5');

    test.sequential('signs in after first starts that were killed while setting the password and while starting', async () => {
      const first = databaseProcess(env);
      await until(() => existsSync(join(folder, 'password.new')));
      first.child.kill('SIGKILL');
      await first.gone;
      expect(existsSync(join(folder, 'password'))).toBe(false);

      const second = databaseProcess(env);
      await until(() => readRun(folder) !== undefined);
      second.child.kill('SIGKILL');
      await second.gone;
      const orphan = lastRun(folder);

      const said: string[] = [];
      await using database = await openDatabase({ config, say: (line) => said.push(line), env });
      expect(said.join('\n')).toContain(`process ${orphan.pid}) behind; it does not answer and is stopped`);
      expect(isRunning(orphan)).toBe(false);
      expect(await query(database, 'RETURN 1')).toEqual([1]);
    });

    test.sequential('begins anew, losing nothing, where the first start was cut off before the password was the database’s', async () => {
      // As a cut off first start leaves it: data whose password no file holds, and nobody ever signed in.
      rmSync(join(folder, 'signed-in'));
      writeFileSync(join(folder, 'password'), 'another-password', { mode: 0o600 });
      const said: string[] = [];
      await using database = await openDatabase({ config, say: (line) => said.push(line), env });
      expect(said.join('\n')).toContain('beginning anew');
      expect(await query(database, 'RETURN 1')).toEqual([1]);
      expect(readdirSync(folder).filter((name) => name.startsWith('data.set-aside-'))).toHaveLength(1);
    });

    test.sequential('stops Neo4j and frees the folder when the start is aborted', async () => {
      const before = lastRun(folder);
      const abort = new AbortController();
      const opening = openDatabase({ config, say: () => {}, env, signal: abort.signal });
      const outcome = opening.catch((error: unknown) => error);
      await until(() => lastRun(folder).pid !== before.pid);
      abort.abort(new Error('changed my mind'));
      expect(await outcome).toEqual(new Error('changed my mind'));
      expect(isRunning(lastRun(folder))).toBe(false);
      expect(tryLock(folder, 'lock').taken).toBe(true);
    });
  });
}
