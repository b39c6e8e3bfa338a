import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findJava } from '../../src/database/java-runtime.ts';
import { cachedJars, findMaven, installedJars, resolveJars } from '../../src/database/neo4j-jars.ts';
import { databaseHome, databaseProcess, until } from '../support/database-home.ts';

const home = databaseHome('none');
afterAll(() => home.remove());
const cache = home.config.folders.cache;
const version = home.config.NEO4J_VERSION;
const java = findJava(17, home.env).java;
const maven = findMaven(home.env);

const drafts = () => (existsSync(cache) ? readdirSync(cache).filter((name) => name.includes('.resolving-')) : []);

if (java !== undefined && maven !== undefined) {
  const resolve = (wanted: string, said: string[] = [], signal?: AbortSignal) =>
    resolveJars({
      cache,
      version: wanted,
      maven,
      javaHome: java.home,
      say: (line) => said.push(line),
      env: home.env,
      signal,
    });

  test('a resolve whose process was killed is not taken as complete', async () => {
    const killed = databaseProcess(home.env);
    await until(() => drafts().length > 0);
    killed.child.kill('SIGKILL');
    await killed.gone;
    expect(cachedJars(cache, version)).toBeUndefined();
  });

  test('an aborted resolve leaves nothing', async () => {
    const leftover = drafts();
    const abort = new AbortController();
    const outcome = resolve(version, [], abort.signal).catch((error: unknown) => error);
    await until(() => drafts().some((name) => !leftover.includes(name)));
    abort.abort(new Error('changed my mind'));
    expect(await outcome).toEqual(new Error('changed my mind'));
    expect(cachedJars(cache, version)).toBeUndefined();
  });

  test('two that want the same jars resolve them once, and both get all of them', async () => {
    const said: string[] = [];
    const both = await Promise.all([resolve(version, said), resolve(version, said)]);
    expect(both[0]).toEqual(both[1]);
    expect(readdirSync(both[0].lib)).toContain(`neo4j-${version}.jar`);
    expect(readdirSync(both[0].lib).length).toBeGreaterThan(150);
    expect(said.filter((line) => line.startsWith('Resolving'))).toHaveLength(1);
    expect(said.filter((line) => line.startsWith('Waiting for process'))).toHaveLength(1);
  }, 240_000);

  test('a version that does not exist is named, with the ways out', async () => {
    await expect(resolve('5.26.999')).rejects.toThrow(/Maven could not resolve Neo4j 5\.26\.999[\s\S]*NEO4J_VERSION/);
    expect(cachedJars(cache, '5.26.999')).toBeUndefined();
  });
} else {
  test('Maven or a JDK is not here, and that is told apart from jars that are', () => {
    expect(cachedJars(cache, version)).toBeUndefined();
  });
}

test('an installed Neo4j serves by its lib folder, and another folder is refused', () => {
  const installed = join(home.config.folders.data, 'installed');
  mkdirSync(join(installed, 'lib'), { recursive: true });
  expect(() => installedJars(installed)).toThrow(/NEO4J_HOME=.* is no installed Neo4j/);
  for (const jar of ['neo4j-bolt-5.26.31.jar', 'neo4j-5.26.31.jar']) writeFileSync(join(installed, 'lib', jar), '');
  expect(installedJars(installed)).toEqual({ lib: join(installed, 'lib'), version: '5.26.31' });
});
