import { Command } from 'commander';
import { createLog } from '../server/log.ts';
import type { Run } from './run.ts';
import { startServer } from './start.ts';
import { createTerminal } from './terminal.ts';
import { examples } from './usage.ts';

/** `concordat serve`. */

export function serveCommand(run: Run): Command {
  const { say } = createTerminal();
  return new Command('serve')
    .summary('start the database if need be, and serve GraphQL')
    .description('start the database if none is given, bring the store up to date, and serve GraphQL')
    .option('--seed <folder>', 'load this folder of records when the store is empty')
    .addHelpText(
      'after',
      examples(
        ['With the first data set:', 'concordat serve --seed seeds/el-salvador-2025'],
        [
          'On another port, over a Neo4j of your own:',
          'PORT=8080 NEO4J_URI=neo4j://db.example NEO4J_PASSWORD=… concordat serve',
        ],
      ),
    )
    .action(({ seed }: { seed?: string }) =>
      run(
        async ({ config, signal }) => {
          const log = createLog(config);
          await using server = await startServer({ config, say, log, signal }, seed ?? null);
          say(`Serving on ${server.url}/graphql. Stop with Ctrl-C.`);
          await untilAborted(signal);
        },
        { servesUntilStopped: true },
      ),
    );
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
