import { Command, Option } from 'commander';
import { answerLines, rowsOf } from './answer-table.ts';
import type { Answer } from './ask/asker.ts';
import { type AskingOptions, openAsker, withAsking } from './ask/open-asker.ts';
import { AnswerRefused } from './error-text.ts';
import { readOperation, readVariables } from './read-input.ts';
import type { Run } from './run.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { examples } from './usage.ts';

/** `concordat query`: an operation in GraphQL, and its answer as a table or as JSON. */

const FORMATS = ['table', 'json', 'ndjson'] as const;
type Format = (typeof FORMATS)[number];

interface QueryOptions extends AskingOptions {
  readonly variables?: string;
  readonly operation?: string;
  readonly format?: Format;
  readonly quiet?: boolean;
}

export function queryCommand(run: Run): Command {
  const command = new Command('query')
    .summary('ask in GraphQL: a table on a terminal, JSON elsewhere')
    .description('ask in GraphQL; the answer is a table on a terminal, and JSON elsewhere')
    .argument('[file|text|-]', 'a file, the operation itself, or - for standard input')
    .option('--variables <json>', 'values of its variables: a JSON object, or @file')
    .option('--operation <name>', 'which operation of the document, where it has several')
    .addOption(new Option('--format <format>', 'how the answer is printed').choices(FORMATS));
  return withAsking(command)
    .option('--quiet', 'say nothing but the answer and errors')
    .addHelpText(
      'after',
      examples(
        [
          'A table of people and their posts:',
          "concordat query '{ people(first: 5) { nodes { name positionsHeld { nodes { name } } } } }'",
        ],
        [
          'A file, with variables, from a server:',
          'concordat query terms.graphql --variables \'{"id": "agreement:…"}\' --url http://127.0.0.1:4000',
        ],
        [
          'A line for each row, for other programs:',
          "concordat query '{ sources { nodes { id url } } }' --format ndjson | jq -r .url",
        ],
      ),
    )
    .action((given: string | undefined, options: QueryOptions) =>
      run(async ({ config, signal }) => {
        const terminal = createTerminal(options);
        const variables = readVariables(options.variables);
        const query = await readOperation(given);
        await using asker = await openAsker(options, { config, signal, terminal });
        const answer = await asker.ask({
          query,
          ...(variables ? { variables } : {}),
          ...(options.operation === undefined ? {} : { operation: options.operation }),
        });
        printAnswer(answer, options.format ?? (terminal.isTerminal ? 'table' : 'json'), terminal);
        if (answer.errors && answer.errors.length > 0) throw new AnswerRefused(answer.errors);
      }),
    );
}

function printAnswer({ data }: Answer, format: Format, terminal: Terminal): void {
  if (!data) return;
  if (format === 'json') terminal.print(JSON.stringify({ data }, null, 2));
  else if (format === 'table') terminal.print(answerLines(data, terminal).join('\n'));
  else for (const value of Object.values(data)) for (const row of rowsOf(value)) terminal.print(JSON.stringify(row));
}
