import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { checkAgent } from '../../src/database/answers.ts';
import { explainJava, findJava, minimumJava } from '../../src/database/java-runtime.ts';
import { localMeans } from '../../src/database/local-means.ts';
import { freePort, neo4jArguments, neo4jEnv } from '../../src/database/neo4j-child.ts';
import {
  javaOptions,
  mainClass,
  memorySizes,
  neo4jConf,
  neo4jContainerEnv,
} from '../../src/database/neo4j-settings.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { StartError } from '../../src/errors.ts';
import { databaseHome } from '../support/database-home.ts';

const home = databaseHome('none');
afterAll(() => home.remove());

async function refusal(settings: Record<string, string>, env: Record<string, string | undefined> = home.env) {
  const said: string[] = [];
  const config = loadConfig({ ...home.env, CONCORDAT_DATABASE: undefined, ...settings });
  const error = await openDatabase({ config, say: (line) => said.push(line), env }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StartError);
  return (error as StartError).message;
}

/** A Java as far as looking for one goes. */
function pretendJava(version: string): string {
  const folder = join(home.config.folders.data, `jdk-${version}`);
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'bin', 'java'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  writeFileSync(join(folder, 'release'), `IMPLEMENTOR="Nobody"\nJAVA_VERSION="${version}"\n`);
  return folder;
}

describe('without NEO4J_URI', () => {
  test('a machine with neither Maven nor Docker is told all ways out', async () => {
    const message = await refusal({}, { PATH: home.config.folders.data });
    for (const part of ['NEO4J_URI', 'JDK', 'Maven', 'NEO4J_HOME', 'Docker engine', 'docker compose up']) {
      expect(message).toContain(part);
    }
    expect(message).toContain('no Maven (mvn) was found');
    expect(message).toContain('No docker program');
  });

  test('CONCORDAT_DATABASE=docker without an engine says that it was asked for', async () => {
    const message = await refusal({ CONCORDAT_DATABASE: 'docker' }, { PATH: home.config.folders.data });
    expect(message).toContain('CONCORDAT_DATABASE=docker');
    expect(message).not.toContain('Maven (mvn)');
  });

  test('NEO4J_HOME that is no Neo4j is named', async () => {
    expect(await refusal({ NEO4J_HOME: home.config.folders.data })).toContain(home.config.folders.data);
  });

  test('a folder that cannot be made is named', async () => {
    const file = join(home.config.folders.data, 'file');
    mkdirSync(home.config.folders.data, { recursive: true });
    writeFileSync(file, '');
    const java = pretendJava('17.0.1');
    const installed = join(home.config.folders.data, 'neo4j');
    mkdirSync(join(installed, 'lib'), { recursive: true });
    writeFileSync(join(installed, 'lib', 'neo4j-5.26.31.jar'), '');
    const settings = { NEO4J_HOME: installed, CONCORDAT_HOME: file };
    expect(await refusal(settings, { ...home.env, JAVA_HOME: java })).toContain('CONCORDAT_HOME to another folder');
  });
});

describe('with NEO4J_URI', () => {
  test('a database that does not answer is named', async () => {
    const port = await freePort();
    expect(await refusal({ NEO4J_URI: `bolt://127.0.0.1:${port}` })).toMatch(
      new RegExp(`NEO4J_URI=bolt://127.0.0.1:${port} does not answer: .*ECONNREFUSED`),
    );
  });

  test('a server that is no Neo4j is given up', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    expect(await refusal({ NEO4J_URI: `bolt://127.0.0.1:${port}` })).toContain('does not answer');
    server.close();
  });

  test('a wrong password is named, but not shown', async () => {
    const { uri, password } = inject('database');
    const message = await refusal({ NEO4J_URI: uri, NEO4J_PASSWORD: `${password}-wrong`, NEO4J_USERNAME: 'nobody' });
    expect(message).toContain('refuses user "nobody"');
    expect(message).not.toContain(password);
  });

  test('a database that it does not have is named', async () => {
    const { uri, username, password } = inject('database');
    const settings = { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password };
    expect(await refusal({ ...settings, NEO4J_DATABASE: 'atlantis' })).toContain('has no database "atlantis"');
  });

  test('the database of this run is used as it is, and left alone', async () => {
    const { uri, username, password } = inject('database');
    const config = loadConfig({ NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password });
    for (let time = 0; time < 2; time++) {
      await using database = await openDatabase({ config, say: () => {} });
      expect(database).toMatchObject({ uri, username, password, database: 'neo4j', started: false });
    }
  });

  test('a Neo4j too old, or something else, is refused by what it calls itself', () => {
    for (const agent of ['Neo4j/5.26.31', 'Neo4j/5.27-aura', 'Neo4j/2026.09.0']) checkAgent(agent, 'It');
    for (const agent of ['Neo4j/4.4.12', 'Neo4j/5.9.0', 'Neo4j/v5.26.0 compatible graph database server']) {
      expect(() => checkAgent(agent, 'It')).toThrow(/5\.26 or newer is needed/);
    }
  });
});

describe('Neo4j 2026', () => {
  test('takes the first JDK that is new enough, wherever it is', () => {
    const [old, recent] = [pretendJava('17.0.15'), pretendJava('21.0.4')];
    const env = { PATH: '', JAVA_HOME: old };
    expect(findJava(17, env, []).java?.home).toBe(old);
    expect(findJava(minimumJava('2026.09.0'), env, [home.config.folders.data]).java).toMatchObject({
      home: recent,
      version: '21.0.4',
    });
  });

  test('names what was found when nothing is new enough', () => {
    const search = findJava(21, { PATH: '', JAVA_HOME: pretendJava('17.0.15') }, []);
    expect(search.java).toBeUndefined();
    expect(explainJava(search)).toMatch(/No Java 21 or newer was found, only 17\.0\.15 \(.*\)/);
  });

  test('is given a JDK of this machine, or it is said that there is none', () => {
    const config = loadConfig({ ...home.env, NEO4J_VERSION: '2026.09.0' });
    const means = localMeans(config, home.env);
    if ('missing' in means) expect(means.missing.join('\n')).toMatch(/Neo4j 2026\.09\.0 needs a JDK 21|no Maven/);
    else expect(Number.parseInt(means.java.version, 10)).toBeGreaterThanOrEqual(21);
  });

  test('is started by its own main class, with settings that it knows', () => {
    const sizes = memorySizes(8 * 1024 ** 3);
    const of = (version: string, java: string) => ({
      arguments: neo4jArguments({
        options: javaOptions(java, sizes),
        lib: '/l',
        main: mainClass(version),
        folder: '/f',
      }),
      conf: neo4jConf(version, 7777, sizes),
    });
    const [lts, newest] = [of('5.26.31', '17.0.15'), of('2026.09.0', '25.0.3')];
    expect(lts.arguments).toContain('org.neo4j.server.CommunityEntryPoint');
    expect(newest.arguments).toContain('org.neo4j.server.Neo4jCommunity');
    expect(newest.arguments).toContain('--enable-native-access=ALL-UNNAMED');
    expect(newest.conf).toContain('server.fleet_discovery.enabled=false');
    expect(lts.conf).not.toContain('fleet');
    for (const { conf } of [lts, newest]) expect(conf).toContain('server.bolt.listen_address=127.0.0.1:7777');
  });
});

test('a container is given the same settings in the spelling of its image', () => {
  expect(neo4jContainerEnv('5.26.31', memorySizes(8 * 1024 ** 3))).toMatchObject({
    NEO4J_db_transaction_timeout: '5m',
    NEO4J_dbms_usage__report_enabled: 'false',
    NEO4J_server_memory_heap_max__size: '2048m',
  });
});

test('memory is shared out within bounds', () => {
  const GiB = 1024 ** 3;
  expect(memorySizes(GiB)).toEqual({ heap: 384, pageCache: 128, transaction: 128 });
  expect(memorySizes(4 * GiB)).toEqual({ heap: 1024, pageCache: 512, transaction: 256 });
  expect(memorySizes(256 * GiB)).toEqual({ heap: 2048, pageCache: 1024, transaction: 512 });
});

test('the password for a given database does not reach the environment of a started one', () => {
  expect(neo4jEnv({ NEO4J_PASSWORD: 'x', LANG: 'C' }, '/f')).toEqual({
    LANG: 'C',
    NEO4J_HOME: '/f',
    NEO4J_CONF: '/f/conf',
  });
});
