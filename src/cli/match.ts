import { Command } from 'commander';
import { badInput } from '../errors.ts';
import { type Candidate, externalId, type PlacedCandidate, readCandidates } from '../transfer/candidates.ts';
import { type Asker, answerOf } from './ask/asker.ts';
import { type AskingOptions, openAsker, withAsking } from './ask/open-asker.ts';
import { share, wholeNumber } from './numbers.ts';
import type { Run } from './run.ts';
import { typeOption } from './search.ts';
import { tableLines } from './table.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { examples } from './usage.ts';
import { inOneLine } from './width.ts';

/** `concordat match`: which entities of the graph are those of another list, how likely, and why. */

interface MatchOptions extends AskingOptions {
  readonly file?: string;
  readonly type?: string;
  readonly alias?: readonly string[];
  readonly country?: string;
  readonly birthDate?: string;
  readonly externalId?: readonly string[];
  readonly threshold: number;
  readonly limit: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface Matched {
  readonly match: readonly {
    readonly matches: readonly {
      readonly score: number;
      readonly entity: { readonly id: string; readonly name: string; readonly type: string };
      readonly reasons: readonly { readonly feature: string; readonly score: number; readonly text: string }[];
    }[];
  }[];
}

const QUERY = `query Match($candidates: [MatchCandidate!]!, $threshold: Float, $first: Int) {
  match(candidates: $candidates, threshold: $threshold, first: $first) {
    matches { score entity { id name type } reasons { feature score text } }
  }
}`;

/** Candidates of one question: few enough for the limits of a server, many enough for the way there to count little. */
const BATCH = 50;

export function matchCommand(run: Run): Command {
  const command = new Command('match')
    .summary('tell which things are those of another list, and why')
    .description('tell which things of the graph are those of another list: how likely, and why')
    .argument('[name]', 'what it is called there')
    .option('--file <file>', 'a list instead: .csv with a line of names, JSON lines otherwise, - for standard input')
    .addOption(typeOption('--type <type>', 'what it is'))
    .option('--alias <name...>', 'what else it is called')
    .option('--country <country>', 'the country that it belongs to: a name, or an ISO 3166 code')
    .option('--birth-date <date>', 'when it was born, as precisely as is known: 1970, 1970-05, 1970-05-17')
    .option('--external-id <id...>', 'what it is called in other data sets, such as WIKIDATA:Q1')
    .option('--threshold <share>', 'the least score that is told, from 0 to 1', share, 0.7)
    .option('--limit <number>', 'how many for each, 1 to 20', wholeNumber(1, 20), 3);
  return withAsking(command)
    .option('--json', 'a JSON object a line, one for each that was looked for')
    .option('--quiet', 'say nothing but the answer and errors')
    .addHelpText(
      'after',
      examples(
        ['One person:', 'concordat match "Nayib Bukele Ortez" --type PERSON --country SV'],
        [
          'A list (name, type, aliases, country, birthDate, externalIds):',
          'concordat match --file people.csv --json > matched.jsonl',
        ],
      ),
    )
    .action((name: string | undefined, options: MatchOptions) =>
      run(async ({ config, signal }) => {
        if ((name === undefined) === (options.file === undefined))
          throw badInput(name === undefined ? 'There is nothing to look for.' : 'Give a name or a file, not both.', {
            path: ['match'],
            suggestion: 'concordat match "Nayib Bukele", or concordat match --file people.csv',
          });
        const terminal = createTerminal(options);
        await using asker = await openAsker(options, { config, signal, terminal });
        let isFirst = true;
        for await (const batch of batches(
          name === undefined ? readCandidates(options.file ?? '-') : one(name, options),
        )) {
          signal.throwIfAborted();
          await answerBatch(asker, batch, options, terminal, isFirst);
          isFirst = false;
        }
      }),
    );
}

async function* one(name: string, { type, alias, country, birthDate, externalId: ids }: MatchOptions) {
  const candidate: Candidate = {
    name,
    ...(type === undefined ? {} : { type }),
    ...(alias === undefined ? {} : { aliases: alias }),
    ...(country === undefined ? {} : { country }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(ids === undefined ? {} : { externalIds: ids.map(externalId) }),
  };
  yield { line: 1, candidate };
}

async function* batches(all: AsyncIterable<PlacedCandidate>): AsyncIterable<PlacedCandidate[]> {
  let batch: PlacedCandidate[] = [];
  for await (const each of all) {
    batch.push(each);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function answerBatch(
  asker: Asker,
  batch: readonly PlacedCandidate[],
  { threshold, limit, json, file }: MatchOptions,
  terminal: Terminal,
  isFirst: boolean,
): Promise<void> {
  const { match } = await answerOf<Matched>(asker, {
    query: QUERY,
    variables: { candidates: batch.map(({ candidate }) => candidate), threshold, first: limit },
  });
  if (json) {
    batch.forEach(({ line, candidate }, nth) => {
      const matches = (match[nth]?.matches ?? []).map(({ entity, score, reasons }) => ({ ...entity, score, reasons }));
      terminal.print(JSON.stringify({ line, name: candidate.name, matches }));
    });
    return;
  }
  const rows = batch.flatMap(({ candidate }, nth) => {
    const matches = match[nth]?.matches ?? [];
    return matches.length === 0
      ? [[candidate.name, '–', '', 'nothing', '']]
      : matches.map(({ score, entity, reasons }, place) => [
          ...[place === 0 ? candidate.name : '', score.toFixed(2), entity.name, entity.id],
          reasons.map(({ text }) => text).join('; '),
        ]);
  });
  if (file === undefined) {
    for (const line of single(match[0]?.matches ?? [], terminal)) terminal.print(line);
    return;
  }
  const lines = tableLines(['looked for', 'score', 'found', 'id', 'because'], rows, {
    ...terminal,
    numeric: new Set(['score']),
    whole: new Set(['score', 'id']),
  });
  terminal.print((isFirst ? lines : lines.slice(1)).join('\n'));
}

/** What one thing may be, with each reason in a line of its own. */
function single(matches: Matched['match'][number]['matches'], { style }: Terminal): string[] {
  if (matches.length === 0) return ['Nothing reaches the threshold; a lower --threshold shows what is less likely.'];
  return matches.flatMap(({ score, entity, reasons }) => [
    `${style('bold', score.toFixed(2))}  ${inOneLine(entity.name)}  ${style('dim', `${entity.type}  ${entity.id}`)}`,
    ...reasons.map(({ feature, score: part, text }) => `      ${part.toFixed(2)}  ${feature}: ${inOneLine(text)}`),
  ]);
}
