import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../errors.ts';
import { askDatabase } from './answers.ts';
import { takeDataFolder } from './data-folder.ts';
import type { Database, DatabaseOptions } from './database.ts';
import type { LocalMeans } from './local-means.ts';
import {
  consoleLog,
  freePort,
  type Neo4jCommand,
  neo4jArguments,
  neo4jEnv,
  PortTaken,
  startNeo4j,
  stopGraceMs,
} from './neo4j-child.ts';
import { type Neo4jJars, resolveJars } from './neo4j-jars.ts';
import { type Neo4jRun, readRun, writeRun } from './neo4j-run.ts';
import { availableMemory, javaOptions, mainClass, memorySizes, neo4jConf } from './neo4j-settings.ts';
import { establishPassword, passwordFile } from './password.ts';
import { isRunning, sendSignal, stopProcess } from './processes.ts';
import { runCommand } from './run-command.ts';

/**
 * Runs Neo4j Community as a child process on loopback, on its own data folder, with a generated password.
 *
 * When an earlier owner was killed, its Neo4j may live on: it is used again if it was started the same way and
 * answers, else stopped. Either is said aloud.
 * @param choosePort for tests; when the port is taken by the time Neo4j binds it, it is asked again.
 * @throws StartError with what went wrong and the ways out.
 */
export async function startLocalNeo4j(
  means: LocalMeans,
  options: DatabaseOptions,
  choosePort: () => Promise<number> = freePort,
): Promise<Database> {
  const { config, say, signal } = options;
  const jars = await jarsFor(means, options);
  const { folder, release } = takeDataFolder(config.folders.data, 'neo4j', jars.version, say);
  try {
    const sizes = memorySizes(availableMemory());
    const command: Neo4jCommand = {
      java: means.java.program,
      options: javaOptions(means.java.version, sizes),
      lib: jars.lib,
      main: mainClass(jars.version),
      folder,
      env: options.env ?? process.env,
    };
    const conf = (port: number) => neo4jConf(jars.version, port, sizes);
    const settings = createHash('sha256')
      .update(JSON.stringify([command.java, neo4jArguments(command), conf(0)]))
      .digest('hex');

    const password = await localPassword(command, conf(0), signal);
    const orphan = await adoptOrStop(folder, settings, password, say);
    if (orphan !== undefined) return hold(orphan, 'of an earlier run', folder, password, say, release);

    say(`Starting Neo4j ${jars.version} on Java ${means.java.version} (${means.java.home}), heap ${sizes.heap} MB.`);
    const began = Date.now();
    for (let attempt = 1; ; attempt++) {
      const boltPort = await choosePort();
      writeConf(folder, conf(boltPort));
      try {
        const { identity, reaped } = await startNeo4j(command, {
          say,
          signal,
          spawned: (spawned) => writeRun(folder, { ...spawned, version: jars.version, boltPort, settings }),
        });
        const run = { ...identity, version: jars.version, boltPort, settings };
        await signIn(run, password, folder);
        say(`Neo4j is ready on ${uriOf(run)} after ${((Date.now() - began) / 1000).toFixed(1)} s.`);
        return hold(run, 'started by this process', folder, password, say, async () => {
          await reaped();
          release();
        });
      } catch (error) {
        if (error instanceof PasswordRefused && !hasSignedIn(folder) && attempt < 3) {
          beginAnew(folder, say);
          await setInitialPassword(command, conf(boltPort), passwordFile(folder), signal);
          continue;
        }
        if (!(error instanceof PortTaken) || attempt === 3) throw error;
        say(`Port ${boltPort} was taken meanwhile; trying another.`);
      }
    }
  } catch (error) {
    release();
    throw error;
  }
}

async function jarsFor(means: LocalMeans, { config, say, signal, env }: DatabaseOptions): Promise<Neo4jJars> {
  if ('lib' in means.jars) return means.jars;
  return resolveJars({
    cache: config.folders.cache,
    version: means.version,
    maven: means.jars.maven,
    javaHome: means.java.home,
    say,
    signal,
    env: env ?? process.env,
  });
}

function writeConf(folder: string, text: string): void {
  mkdirSync(join(folder, 'conf'), { recursive: true });
  writeFileSync(join(folder, 'conf', 'neo4j.conf'), text);
}

async function localPassword(command: Neo4jCommand, conf: string, signal: AbortSignal | undefined): Promise<string> {
  const { folder } = command;
  if (!existsSync(passwordFile(folder)) && existsSync(join(folder, 'data', 'databases'))) {
    throw new StartError(
      `${folder} holds a database, but its password file (${passwordFile(folder)}) is gone.\n` +
        'Ways out: put the password back there, remove the folder to begin anew, set CONCORDAT_HOME to another folder, ' +
        'or set NEO4J_URI.',
    );
  }
  return establishPassword(folder, (file) => setInitialPassword(command, conf, file, signal));
}

/** Makes a file's password that of a database which was never started. */
async function setInitialPassword(
  command: Neo4jCommand,
  conf: string,
  file: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { folder } = command;
  writeConf(folder, conf);
  // `@file` is read as arguments: on the command line itself every user of the machine could see the password.
  const args = ['-cp', join(command.lib, '*'), 'org.neo4j.cli.AdminTool', 'dbms', 'set-initial-password', `@${file}`];
  const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
  const env = neo4jEnv(command.env, folder);
  const { code, lines } = await runCommand(command.java, [...quick, ...args], { env, signal });
  if (code !== 0) {
    throw new StartError(
      [
        `Neo4j's AdminTool could not set the initial password (exit code ${code}):`,
        ...lines.slice(-6).map((line) => `  ${line}`),
        'Ways out: check JAVA_HOME and NEO4J_HOME if they are set, or set NEO4J_URI.',
      ].join('\n'),
    );
  }
}

/** This process holds the folder, so a Neo4j that still runs on it has lost its owner. */
async function adoptOrStop(
  folder: string,
  settings: string,
  password: string,
  say: (line: string) => void,
): Promise<Neo4jRun | undefined> {
  const run = readRun(folder);
  if (run === undefined || !isRunning(run)) return undefined;
  const found = `An earlier run was cut off and left its Neo4j ${run.version} (process ${run.pid}) behind`;
  if (run.settings === settings) {
    try {
      await askDatabase(access(run, password));
      writeFileSync(signedInFile(folder), '');
      say(`${found}; it answers and is used again.`);
      return run;
    } catch {
      say(`${found}; it does not answer and is stopped.`);
    }
  } else {
    say(`${found}, ${run.settings === 'stopping' ? 'already closing' : 'started with other settings'}; it is stopped.`);
  }
  await stopProcess(run, stopGraceMs);
  return undefined;
}

/** Neo4j does not take the password that its folder holds. */
class PasswordRefused extends StartError {}

/** Stands in a data folder once a start was seen through: from then on the password is the database's for good. */
const signedInFile = (folder: string): string => join(folder, 'signed-in');
const hasSignedIn = (folder: string): boolean => existsSync(signedInFile(folder));

/**
 * A first start that is cut off while Neo4j makes its system database can lose the initial password. Nobody ever signed in
 * to such a database, so that it is begun anew; what is there is set aside all the same.
 */
function beginAnew(folder: string, say: (line: string) => void): void {
  const aside = join(folder, `data.set-aside-${Date.now()}`);
  renameSync(join(folder, 'data'), aside);
  say(`An earlier first start was cut off before its password was set; beginning anew (what it left is in ${aside}).`);
}

/** The first statement of all is planned by code that is loaded for it; on a busy machine that takes its time. */
const FIRST_ANSWER = 60_000;

/** Neo4j says `Started.` before its default database is sure to be there, so one statement decides. */
async function signIn(run: Neo4jRun, password: string, folder: string): Promise<void> {
  try {
    await askDatabase(access(run, password), FIRST_ANSWER);
    writeFileSync(signedInFile(folder), '');
  } catch (error) {
    await stopProcess(run, stopGraceMs);
    const refused = (error as { code?: string }).code?.startsWith('Neo.ClientError.Security.');
    if (refused)
      throw new PasswordRefused(
        `Neo4j refuses the password in ${passwordFile(folder)}: it was changed in the database.\n` +
          'Ways out: write the new one there, set CONCORDAT_HOME to another folder, or set NEO4J_URI.',
        { cause: error },
      );
    throw new StartError(
      `Neo4j started, but does not answer on ${uriOf(run)}: ${(error as Error).message}\n` +
        `Ways out: see ${consoleLog(folder)}, set CONCORDAT_HOME to another folder, or set NEO4J_URI.`,
      { cause: error },
    );
  }
}

function uriOf(run: Neo4jRun): string {
  return `bolt://127.0.0.1:${run.boltPort}`;
}

function access(run: Neo4jRun, password: string) {
  return { uri: uriOf(run), username: 'neo4j', password, database: 'neo4j' };
}

/** From here on whoever disposes the database stops Neo4j and gives the folder back, in that order. */
function hold(
  run: Neo4jRun,
  whose: string,
  folder: string,
  password: string,
  say: (line: string) => void,
  release: () => void | Promise<void>,
): Database {
  // For ends that skip disposal, such as process.exit: on SIGTERM Neo4j closes its stores by itself. Nobody waits for
  // it then, and the next start should not take one that is closing for one to use again.
  const onExit = () => {
    sendSignal(run, 'SIGTERM');
    writeRun(folder, { ...run, settings: 'stopping' });
  };
  process.once('exit', onExit);
  const watch = setInterval(() => {
    if (isRunning(run)) return;
    clearInterval(watch);
    say(`Neo4j (process ${run.pid}) has ended unexpectedly; see ${consoleLog(folder)}.`);
  }, 2_000).unref();
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    clearInterval(watch);
    process.off('exit', onExit);
    const clean = await stopProcess(run, stopGraceMs);
    if (!clean) say(`Neo4j (process ${run.pid}) did not stop within ${stopGraceMs / 1000} s and was killed.`);
    await release();
  };
  return {
    ...access(run, password),
    origin: `Neo4j ${run.version} Community, a child process (${run.pid}) ${whose}, on ${uriOf(run)}; data and password in ${folder}`,
    started: true,
    [Symbol.asyncDispose]: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}
