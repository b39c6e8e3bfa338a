import { Command } from 'commander';
import type { Run } from './run.ts';
import { openStore } from './start.ts';
import { createTerminal } from './terminal.ts';
import { examples } from './usage.ts';

/** `concordat migrate`. */

export function migrateCommand(run: Run): Command {
  const { say } = createTerminal();
  return new Command('migrate')
    .description('bring the store up to date and end')
    .addHelpText(
      'after',
      examples([
        'Before a new version is let at it:',
        'NEO4J_URI=neo4j://db.example NEO4J_PASSWORD=… concordat migrate',
      ]),
    )
    .action(() =>
      run(async ({ config, signal }) => {
        await using _ = await openStore({ config, say, signal, shared: true });
        say('The store is up to date.');
      }),
    );
}
