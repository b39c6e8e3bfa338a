import { Command } from 'commander';
import { StartError } from '../errors.ts';
import { ontology } from '../ontology/ontology.ts';
import { seedFolder } from '../transfer/seed.ts';
import { reportText } from './report.ts';
import type { Run } from './run.ts';
import { openStore } from './start.ts';
import { createTerminal } from './terminal.ts';
import { examples } from './usage.ts';

/** `concordat seed`: a folder of records, all of it or nothing. Works beside a server on the same local database. */

interface SeedOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function seedCommand(run: Run): Command {
  return new Command('seed')
    .summary('load a folder of records (.yaml, .jsonl)')
    .description('load a folder of records (.yaml, .jsonl) into the store; nothing when there is a problem')
    .argument('<folder>', 'such as seeds/el-salvador-2025')
    .option('--json', 'report as JSON')
    .option('--quiet', 'say nothing but the report and errors')
    .addHelpText(
      'after',
      examples(['The first data set; a second time changes nothing:', 'concordat seed seeds/el-salvador-2025']),
    )
    .action((folder: string, options: SeedOptions) =>
      run(async ({ config, signal }) => {
        const terminal = createTerminal(options);
        await using store = await openStore({ config, say: terminal.say, signal, shared: true });
        const report = await seedFolder(store.connection, ontology, folder, 'seed');
        if (options.json) {
          terminal.print(JSON.stringify({ folder, ...report }));
          if (report.problems.length > 0) process.exitCode = 1;
          return;
        }
        if (report.problems.length > 0) throw new StartError(reportText(report, folder));
        terminal.print(reportText(report, folder));
      }),
    );
}
