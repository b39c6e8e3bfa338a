import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { loadConfig, printConfig } from '../config.ts';
import { completionCommand } from './completion.ts';
import { doctorCommand } from './doctor.ts';
import { dumpCommand, restoreCommand } from './dump.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { keyCommand } from './key.ts';
import { matchCommand } from './match.ts';
import { migrateCommand } from './migrate.ts';
import { pathCommand } from './path.ts';
import { projectPath } from './project.ts';
import { queryCommand } from './query.ts';
import { fail, run } from './run.ts';
import { searchCommand } from './search.ts';
import { seedCommand } from './seed.ts';
import { serveCommand } from './serve.ts';
import { createTerminal } from './terminal.ts';
import { explained } from './usage.ts';

/** The tree of commands: one command a file, in the order in which help lists them. */
export function createProgram(): Command {
  const { version } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as { version: string };
  const program = new Command('concordat')
    .description('A knowledge graph of actors, institutions and policies, with the source of everything it says.')
    .version(version)
    .option('--print-config', 'print the settings as they are read from the environment, secrets hidden, and end')
    .on('option:print-config', () => {
      try {
        createTerminal().print(printConfig(loadConfig(process.env)));
        process.exit(0);
      } catch (error) {
        fail(error);
      }
    });
  for (const command of [
    ...[serveCommand(run), migrateCommand(run), keyCommand(run), doctorCommand(run)],
    ...[queryCommand(run), searchCommand(run), pathCommand(run), matchCommand(run)],
    ...[seedCommand(run), importCommand(run), restoreCommand(run), exportCommand(run), dumpCommand(run)],
    completionCommand(),
  ])
    program.addCommand(command);
  return explained(program);
}
