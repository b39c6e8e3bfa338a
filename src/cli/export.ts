import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { badInput } from '../errors.ts';
import { nearest } from '../model/nearest.ts';
import { GRADES } from '../model/vocabulary.ts';
import type { ExportRequest } from '../transfer/export/export-request.ts';
import type { ExportFormat } from '../transfer/export/format.ts';
import { EXPORT_FORMATS, exportFormatOf } from '../transfer/export/formats.ts';
import { type AskingOptions, checkedUrl, keyOf, withAsking } from './ask/open-asker.ts';
import { createEvents } from './events.ts';
import { exportFromServer } from './export-from-server.ts';
import { exportFromStore } from './export-from-store.ts';
import { bytesText, counted, secondsText, wholeNumber } from './numbers.ts';
import type { Run } from './run.ts';
import { createTerminal } from './terminal.ts';
import { examples } from './usage.ts';
import { type Chunks, writeWhole } from './whole-file.ts';

/** `concordat export`: the graph, or a part of it, as a file for another program. */

interface ExportOptions extends AskingOptions, Omit<ExportRequest, 'name'> {
  readonly format?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What is being exported, wherever it comes from. */
export interface Exporting extends AsyncDisposable {
  readonly chunks: Chunks;
  readonly counts: { readonly nodes: number; readonly edges: number } | null;
  /** In words, what was left out by a limit. */
  readonly truncated: string | null;
}

export function exportCommand(run: Run): Command {
  const command = new Command('export')
    .summary('write the graph, or a part of it, as a file for other programs')
    .description('write the graph, or a part of it, in the format that the file’s name ends in; - is standard output')
    .argument('<file>', 'such as graph.gexf; - for standard output')
    .addOption(
      new Option('--format <format>', 'instead of what the file’s name ends in').choices(
        EXPORT_FORMATS.map(({ extension }) => extension),
      ),
    )
    .option('--ids <id...>', 'begin with these entities, rather than with the whole graph')
    .option('--query <words>', 'begin with what goes by these words')
    .option('--depth <steps>', 'steps by which what was begun with is grown, 0 to 4', wholeNumber(0, 4))
    .option('--types <type...>', 'only these relationships and types of entities: HOLDS_POSITION, PERSON')
    .option('--as-of <day>', 'what may have been true on that day')
    .addOption(
      new Option('--min-commitment <grade>', 'what is said with this commitment or a stronger one').choices(GRADES),
    )
    .addOption(
      new Option('--view <view>', 'claims as properties of relationships, or as nodes of their own')
        .choices(['contracted', 'full'])
        .default('contracted'),
    )
    .option('--limit <number>', 'entities, at most', wholeNumber(1, 100_000));
  return withAsking(command)
    .option('--json', 'events on standard output, a JSON object a line')
    .option('--quiet', 'say nothing but errors')
    .addHelpText(
      'after',
      `\nFormats:\n${EXPORT_FORMATS.map(({ extension, title }) => `  ${extension.padEnd(18)}${title}`).join('\n')}\n${examples(
        ['The whole graph, for Gephi:', 'concordat export graph.gexf'],
        [
          'What is around two people:',
          'concordat export around.graphml --ids person:marco-rubio person:nayib-bukele --depth 2',
        ],
        [
          'Everything, into another program:',
          'concordat export - --format records.jsonl | gzip > all.records.jsonl.gz',
        ],
      )}`,
    )
    .action((file: string, options: ExportOptions) =>
      run(async ({ config, signal, whenStopped }) => {
        const terminal = createTerminal({ quiet: options.quiet || options.json || false });
        if (options.json && file === '-')
          throw badInput('--json tells of events on standard output, where the export goes.', {
            path: ['json'],
            suggestion: 'Name a file, or leave --json out.',
          });
        const format = formatFor(file, options.format);
        const request = requestOf(file, format, options);
        const begun = Date.now();
        whenStopped(() => 'Stopped; no file was written.');
        const events = createEvents(options, terminal);
        const url = options.url ?? config.CONCORDAT_URL;
        await using exporting = await (url === undefined
          ? exportFromStore(request, format, { config, signal, terminal, events })
          : exportFromServer(request, format, { url: checkedUrl(url), key: keyOf(options, config), signal }));
        const { counts, truncated } = exporting;
        events.tell('start', { file, format: format.extension, counts });
        try {
          const bytes = await writeWhole(file, exporting.chunks, signal);
          const seconds = (Date.now() - begun) / 1_000;
          events.end();
          events.tell('done', { file, format: format.extension, counts, bytes, seconds, truncated });
          const what = counts ? `${counted(counts.nodes, 'node')}, ${counted(counts.edges, 'edge')}, ` : '';
          terminal.say(
            `${file === '-' ? 'Standard output' : file}: ${what}${bytesText(bytes)} in ${secondsText(seconds)}.`,
          );
          if (truncated) terminal.say(`Not all of it: ${truncated}`);
        } finally {
          events.end();
        }
      }),
    );
}

/** @throws BAD_USER_INPUT where no format ends so */
function formatFor(file: string, named: string | undefined): ExportFormat {
  const format = named === undefined ? exportFormatOf(file) : EXPORT_FORMATS.find((each) => each.extension === named);
  if (format) return format;
  const endings = EXPORT_FORMATS.map(({ extension }) => extension);
  const ending = basename(file).split('.').slice(1).join('.');
  const near = ending === '' ? undefined : nearest(ending, endings);
  throw badInput(file === '-' ? 'Standard output needs a format.' : `No format ends like ${file}.`, {
    path: [file === '-' ? 'format' : 'file'],
    value: file,
    suggestion: `${near ? `Did you mean .${near}? ` : ''}There is: ${endings.join(', ')}.`,
  });
}

function requestOf(file: string, { extension }: ExportFormat, options: ExportOptions): ExportRequest {
  const { ids, query, depth, types, asOf, minCommitment, view, limit } = options;
  const base = file === '-' ? 'graph' : basename(file);
  return {
    name: base.toLowerCase().endsWith(`.${extension}`) ? base.slice(0, -extension.length - 1) : base,
    view,
    ...(ids === undefined ? {} : { ids }),
    ...(query === undefined ? {} : { query }),
    ...(depth === undefined ? {} : { depth }),
    ...(types === undefined ? {} : { types }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(minCommitment === undefined ? {} : { minCommitment }),
    ...(limit === undefined ? {} : { limit }),
  };
}
