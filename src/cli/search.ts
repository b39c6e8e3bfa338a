import { Command, Option } from 'commander';
import { enumName } from '../model/model.ts';
import { ontology } from '../ontology/ontology.ts';
import { answerOf } from './ask/asker.ts';
import { type AskingOptions, openAsker, withAsking } from './ask/open-asker.ts';
import { wholeNumber } from './numbers.ts';
import type { Run } from './run.ts';
import { tableLines } from './table.ts';
import { createTerminal } from './terminal.ts';
import { examples } from './usage.ts';

/** `concordat search`: what goes by some words, the best first. */

interface SearchOptions extends AskingOptions {
  readonly type?: readonly string[];
  readonly limit?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface Found {
  readonly search: {
    readonly totalCount: number;
    readonly edges: readonly {
      readonly score: number;
      readonly matchedOn: string;
      readonly highlight: string | null;
      readonly node: {
        readonly id: string;
        readonly name: string;
        readonly type: string;
        readonly description: string | null;
      };
    }[];
    readonly facets: readonly { readonly type: string; readonly count: number }[];
  };
}

const QUERY = `query Search($query: String!, $types: [EntityType!], $first: Int) {
  search(query: $query, types: $types, first: $first) {
    totalCount
    facets { type count }
    edges { score matchedOn highlight node { id name type description } }
  }
}`;

export const ENTITY_TYPES = ontology.entities.map(enumName);

/** Types of entities, however they are written: `Person`, `person`, `POLITICAL_PARTY`, `political-party`. */
export const typeOption = (flags: string, description: string): Option =>
  new Option(flags, description).choices(ENTITY_TYPES);

export function searchCommand(run: Run): Command {
  const command = new Command('search')
    .summary('find things by words: names in any script, aliases, texts')
    .description('find what goes by some words: names in any script, aliases, descriptions; typos are forgiven')
    .argument('<words...>', 'what to look for')
    .addOption(typeOption('--type <type...>', 'only of these types'))
    .option('--limit <number>', 'how many, 1 to 200', wholeNumber(1, 200), 10);
  return withAsking(command)
    .option('--json', 'a JSON object a line')
    .option('--quiet', 'say nothing but the answer and errors')
    .addHelpText(
      'after',
      examples(
        ['By name, however it is spelled:', 'concordat search nayib bukel'],
        ['Only prisons and agreements:', 'concordat search cecot --type PRISON AGREEMENT'],
        ['Ids alone, for other commands:', 'concordat search gellman --json | jq -r .id'],
      ),
    )
    .action((words: string[], options: SearchOptions) =>
      run(async ({ config, signal }) => {
        const terminal = createTerminal(options);
        await using asker = await openAsker(options, { config, signal, terminal });
        const { search } = await answerOf<Found>(asker, {
          query: QUERY,
          variables: { query: words.join(' '), types: options.type ?? null, first: options.limit ?? 10 },
        });
        if (options.json) {
          for (const { node, score, matchedOn, highlight } of search.edges)
            terminal.print(JSON.stringify({ score, matchedOn, ...node, highlight }));
          return;
        }
        if (search.edges.length === 0) {
          terminal.print(`Nothing goes by "${words.join(' ')}".`);
          return;
        }
        const rows = search.edges.map(({ score, matchedOn, node }) => [
          ...[score.toFixed(2), node.type, node.name, node.id, matchedOn],
        ]);
        terminal.print(
          tableLines(['score', 'type', 'name', 'id', 'found by'], rows, {
            ...terminal,
            numeric: new Set(['score']),
            whole: new Set(['id', 'type', 'score']),
            minor: new Set(['found by']),
          }).join('\n'),
        );
        if (search.totalCount > rows.length)
          terminal.say(
            `\n${rows.length} of ${search.totalCount}: ${search.facets.map(({ type, count }) => `${count} ${type}`).join(', ')}. More with --limit.`,
          );
      }),
    );
}
