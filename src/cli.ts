#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { completionCommand } from './cli/completion.ts';
import { doctorCommand } from './cli/doctor.ts';
import { exportCommand } from './cli/export.ts';
import { hideKey } from './cli/hide-key.ts';
import { importCommand } from './cli/import.ts';
import { keyCommand } from './cli/key.ts';
import { matchCommand } from './cli/match.ts';
import { migrateCommand } from './cli/migrate.ts';
import { overview } from './cli/overview.ts';
import { pathCommand } from './cli/path.ts';
import { projectPath } from './cli/project.ts';
import { queryCommand } from './cli/query.ts';
import { fail, run } from './cli/run.ts';
import { searchCommand } from './cli/search.ts';
import { seedCommand } from './cli/seed.ts';
import { serveCommand } from './cli/serve.ts';
import { createTerminal } from './cli/terminal.ts';
import { explained } from './cli/usage.ts';
import { loadConfig, printConfig } from './config.ts';

/** The command line: one command a file in `cli/`, put together. */

hideKey(process.argv);
const { version } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as { version: string };
const terminal = createTerminal();

const program = new Command('concordat')
  .description('A knowledge graph of actors, institutions and policies, with the source of everything it says.')
  .version(version)
  .option('--print-config', 'print the settings as they are read from the environment, secrets hidden, and end')
  .on('option:print-config', () => {
    try {
      terminal.print(printConfig(loadConfig(process.env)));
      process.exit(0);
    } catch (error) {
      fail(error);
    }
  });

for (const command of [
  serveCommand(run),
  migrateCommand(run),
  keyCommand(run),
  doctorCommand(run),
  queryCommand(run),
  searchCommand(run),
  pathCommand(run),
  matchCommand(run),
  seedCommand(run),
  importCommand(run),
  exportCommand(run),
  completionCommand(),
])
  program.addCommand(command);

explained(program);
if (process.argv.length <= 2) terminal.print(overview(program, terminal));
else await program.parseAsync();
