import { Command } from 'commander';
import { ontology } from '../ontology/ontology.ts';
import { dumpStore, restoreStore } from '../transfer/dump-store.ts';
import { createEvents } from './events.ts';
import { counted, secondsText } from './numbers.ts';
import type { Run } from './run.ts';
import { openStore } from './start.ts';
import { createTerminal } from './terminal.ts';
import { examples } from './usage.ts';

/** `concordat dump` and `concordat restore`: the whole store in one file, and back into an empty one. */

interface Options {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface Work {
  readonly name: 'dump' | 'restore';
  readonly does: typeof dumpStore;
  /** What is told when it is stopped. */
  readonly stopped: string;
  readonly counts: string;
}

const DUMP: Work = { name: 'dump', does: dumpStore, stopped: 'Stopped; no file was written.', counts: 'line' };
const RESTORE: Work = {
  name: 'restore',
  does: restoreStore,
  stopped: 'Stopped: the store holds a part of it, and is not ready. Run the same command again: it begins anew.',
  counts: 'piece',
};

const withOutput = (command: Command): Command =>
  command
    .option('--json', 'events on standard output, a JSON object a line')
    .option('--quiet', 'say nothing but errors');

export function dumpCommand(run: Run): Command {
  return withOutput(
    new Command('dump')
      .summary('write the whole store into one file, history included')
      .description(
        'write the whole store into one file: the graph with its claims, its history, and what was removed, merged and judged; keys and the audit log are not in it',
      )
      .argument('<file>', 'such as store.records.jsonl.gz; .gz packs it'),
  )
    .addHelpText('after', examples(['Every night:', 'concordat dump store-$(date +%F).records.jsonl.gz --quiet']))
    .action(action(run, DUMP));
}

export function restoreCommand(run: Run): Command {
  return withOutput(
    new Command('restore')
      .summary('fill an empty store from a file that dump wrote')
      .description('fill an empty store from a file that dump wrote: the same graph, the same history, the same ids')
      .argument('<file>', 'what dump wrote'),
  )
    .addHelpText(
      'after',
      examples([
        'Into a Neo4j of your own:',
        'NEO4J_URI=neo4j://db.example NEO4J_PASSWORD=… concordat restore store.records.jsonl.gz',
      ]),
    )
    .action(action(run, RESTORE));
}

const action =
  (run: Run, { name, does, stopped, counts }: Work) =>
  (file: string, options: Options) =>
    run(async ({ config, signal, whenStopped }) => {
      const terminal = createTerminal({ quiet: options.quiet || options.json || false });
      await using store = await openStore({ config, say: terminal.say, signal, shared: true });
      whenStopped(() => stopped);
      const events = createEvents(options, terminal);
      const begun = Date.now();
      events.tell('start', { file });
      try {
        const { lines, sequence } = await does({
          connection: store.connection,
          model: ontology,
          path: file,
          signal,
          onProgress: (done) => events.at({ what: name, done, total: null, unit: 'records' }),
        });
        events.end();
        const seconds = (Date.now() - begun) / 1_000;
        events.tell('done', { file, lines, sequence, seconds });
        terminal.say(`${file}: ${counted(lines, counts)}, up to change ${sequence}, in ${secondsText(seconds)}.`);
      } finally {
        events.end();
      }
    });
