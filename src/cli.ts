#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { keyCommand } from './cli/key.ts';
import { projectPath } from './cli/project.ts';
import { reportText } from './cli/report.ts';
import { openStore, startServer } from './cli/start.ts';
import { type Config, loadConfig, printConfig } from './config.ts';
import { ConcordatError, ModelError, StartError } from './errors.ts';
import { ontology } from './ontology/ontology.ts';
import { createLog } from './server/log.ts';
import { seedFolder } from './transfer/seed.ts';

/** The command line: reads the configuration once, and turns signals into an orderly end. */

const { version } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as { version: string };

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Runs a command until it is done or told to stop; a second signal ends it at once. */
async function run(command: (config: Config, signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(130);
      say(`${signal}: stopping.`);
      stop.abort(new StartError(`Stopped by ${signal}.`));
    });
  whenLeftBehind(() => {
    say('npm is gone: stopping.');
    stop.abort(new StartError('Stopped, since npm is gone.'));
  });
  try {
    await command(loadConfig(process.env), stop.signal);
    process.exit(0);
  } catch (error) {
    if (stop.signal.aborted) process.exit(0);
    fail(error);
  }
}

/** npm does not hand every signal on: when it is ended, what it ran is left to init, and is meant to end too. */
function whenLeftBehind(stop: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 250);
  timer.unref();
}

/** Says what went wrong, and ends. A stack is shown only where nobody foresaw the error. */
function fail(error: unknown): never {
  if (error instanceof StartError || error instanceof ConcordatError || error instanceof ModelError) {
    say(error.message);
    if (error instanceof ConcordatError && error.details.suggestion) say(`→ ${error.details.suggestion}`);
  } else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

const program = new Command('concordat')
  .description('A GraphQL knowledge graph of actors, institutions and policies, with the source of everything it says.')
  .version(version)
  .option('--print-config', 'print the settings as they are read from the environment, secrets hidden, and end')
  .on('option:print-config', () => {
    try {
      process.stdout.write(`${printConfig(loadConfig(process.env))}\n`);
      process.exit(0);
    } catch (error) {
      fail(error);
    }
  });

program
  .command('serve')
  .description('start the database if none is given, bring the store up to date, and serve GraphQL')
  .option('--seed <folder>', 'load this folder of records when the store is empty')
  .action(({ seed }: { seed?: string }) =>
    run(async (config, signal) => {
      const log = createLog(config);
      await using server = await startServer({ config, say, log, signal }, seed ?? null);
      say(`Serving on ${server.url}/graphql. Stop with Ctrl-C.`);
      await untilAborted(signal);
    }),
  );

program
  .command('seed')
  .description('load a folder of records (.yaml, .jsonl) into the store; nothing when there is a problem')
  .argument('<folder>', 'such as seeds/el-salvador-2025')
  .action((folder: string) =>
    run(async (config, signal) => {
      await using store = await openStore({ config, say, signal });
      const report = await seedFolder(store.connection, ontology, folder, 'seed');
      if (report.problems.length > 0) throw new StartError(reportText(report, folder));
      process.stdout.write(`${reportText(report, folder)}\n`);
    }),
  );

program
  .command('migrate')
  .description('bring the store up to date and end')
  .action(() =>
    run(async (config, signal) => {
      await using _ = await openStore({ config, say, signal });
      say('The store is up to date.');
    }),
  );

program.addCommand(keyCommand({ say, run }));

await program.parseAsync();
