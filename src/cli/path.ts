import { Command } from 'commander';
import { StartError } from '../errors.ts';
import { relationshipNamed, typeOfId } from '../model/model.ts';
import { ontology } from '../ontology/ontology.ts';
import { type Asker, answerOf } from './ask/asker.ts';
import { type AskingOptions, openAsker, withAsking } from './ask/open-asker.ts';
import { counted, wholeNumber } from './numbers.ts';
import type { Run } from './run.ts';
import { typeOption } from './search.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { examples } from './usage.ts';
import { inOneLine, widthOf, wrapped } from './width.ts';

/** `concordat path`: how two things are tied, step by step, with the sentence and the source of each. */

interface PathOptions extends AskingOptions {
  readonly maxLength: number;
  readonly limit: number;
  readonly asOf?: string;
  readonly avoidType?: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Path {
  readonly length: number;
  readonly explanation: readonly string[];
  readonly nodes: readonly Named[];
  readonly relationships: readonly { readonly type: string; readonly from: Named; readonly to: Named }[];
}

const LOOK_UP = `query Ends($from: ID, $fromName: String, $to: ID, $toName: String) {
  from: entity(id: $from, name: $fromName) { id name }
  to: entity(id: $to, name: $toName) { id name }
}`;

const PATHS = `query Paths($from: ID!, $to: ID!, $maxLength: Int, $first: Int, $asOf: Date, $avoidTypes: [EntityType!]) {
  paths(from: $from, to: $to, maxLength: $maxLength, first: $first, asOf: $asOf, avoidTypes: $avoidTypes) {
    nodes { length explanation nodes { id name } relationships { type from { id name } to { id name } } }
    pageInfo { hasNextPage }
  }
}`;

export function pathCommand(run: Run): Command {
  const command = new Command('path')
    .summary('show how two things are tied, a sentence a step')
    .description('show how two things are tied: the shortest ways first, a sentence a step')
    .argument('<from>', 'a name, or an id such as person:nayib-bukele')
    .argument('<to>', 'likewise')
    .option('--max-length <steps>', 'relationships that a way has at most, 1 to 8', wholeNumber(1, 8), 4)
    .option('--limit <number>', 'how many ways, 1 to 200', wholeNumber(1, 200), 5)
    .option('--as-of <day>', 'only by what may have been true on that day')
    .addOption(typeOption('--avoid-type <type...>', 'types that are not passed through; SOURCE unless said'));
  return withAsking(command)
    .option('--json', 'a JSON object a line')
    .option('--quiet', 'say nothing but the answer and errors')
    .addHelpText(
      'after',
      examples(
        ['By names:', 'concordat path "FMLN" "Marco Rubio"'],
        ['By ids, and longer ways:', 'concordat path prison:cecot person:marco-rubio --max-length 6'],
      ),
    )
    .action((from: string, to: string, options: PathOptions) =>
      run(async ({ config, signal }) => {
        const terminal = createTerminal(options);
        await using asker = await openAsker(options, { config, signal, terminal });
        const ends = await endsOf(asker, from, to);
        const { paths } = await answerOf<{ paths: { nodes: Path[]; pageInfo: { hasNextPage: boolean } } }>(asker, {
          query: PATHS,
          variables: {
            ...{ from: ends.from.id, to: ends.to.id, maxLength: options.maxLength, first: options.limit },
            ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
            ...(options.avoidType === undefined ? {} : { avoidTypes: options.avoidType }),
          },
        });
        if (options.json) {
          for (const path of paths.nodes) terminal.print(JSON.stringify(path));
          return;
        }
        terminal.print(pathsText(ends.from, ends.to, paths.nodes, options, terminal));
        if (paths.pageInfo.hasNextPage) terminal.say('\nThere are more ways: --limit shows them.');
      }),
    );
}

/** Both ends. @throws AnswerRefused for a name that several go by; StartError for one that nobody does */
async function endsOf(asker: Asker, from: string, to: string): Promise<{ from: Named; to: Named }> {
  const byId = (given: string) => typeOfId(ontology, given)?.is === 'entity';
  const found = await answerOf<{ from: Named | null; to: Named | null }>(asker, {
    query: LOOK_UP,
    variables: {
      ...(byId(from) ? { from } : { fromName: from }),
      ...(byId(to) ? { to } : { toName: to }),
    },
  });
  return { from: found.from ?? (await unknown(asker, from)), to: found.to ?? (await unknown(asker, to)) };
}

async function unknown(asker: Asker, given: string): Promise<never> {
  const { search } = await answerOf<{ search: { nodes: Named[] } }>(asker, {
    query: 'query Nearest($given: String!) { search(query: $given, first: 3) { nodes { id name } } }',
    variables: { given: given.replace(/^[a-z-]+:/, '').replaceAll('-', ' ') },
  });
  const near = search.nodes.map(({ id, name }) => `\n  - ${name}: ${id}`).join('');
  throw new StartError(
    `Nothing goes by "${given}".${near ? ` Did you mean:${near}` : ' Try: concordat search <words>'}`,
  );
}

function pathsText(
  from: Named,
  to: Named,
  paths: readonly Path[],
  { maxLength }: PathOptions,
  terminal: Terminal,
): string {
  if (paths.length === 0)
    return `There is no way from ${from.name} to ${to.name} of ${counted(maxLength, 'step')} or fewer${maxLength < 8 ? '; --max-length allows for longer ones' : ''}.`;
  return paths
    .map((path, nth) =>
      [
        terminal.style('bold', `${nth + 1}  ${counted(path.length, 'step')}`),
        ...drawn(path, terminal).map((line) => `   ${line}`),
        ...path.explanation.flatMap((sentence) =>
          wrapped(inOneLine(sentence), terminal.columns, '   · ', '     ').map((line) => terminal.style('dim', line)),
        ),
      ].join('\n'),
    )
    .join('\n\n');
}

/** `FMLN —takes a stance on→ the agreement ←negotiated— Marco Rubio`, in one line where that has room, else a line a step. */
function drawn({ nodes, relationships }: Path, { style, columns }: Terminal): string[] {
  const steps = relationships.map(({ type, from }, nth) => {
    const phrase = relationshipNamed(ontology, type)?.phrase.forward ?? type.toLowerCase().replaceAll('_', ' ');
    const arrow = from.id === nodes[nth]?.id ? `—${phrase}→` : `←${phrase}—`;
    const name = inOneLine(nodes[nth + 1]?.name ?? '');
    return { width: widthOf(`${arrow} ${name}`), text: `${style('cyan', arrow)} ${name}` };
  });
  const start = inOneLine(nodes[0]?.name ?? '');
  const width = steps.reduce((sum, step) => sum + 1 + step.width, widthOf(start));
  return width <= columns - 3
    ? [[start, ...steps.map(({ text }) => text)].join(' ')]
    : [start, ...steps.map(({ text }) => `  ${text}`)];
}
