import { Command, Option } from 'commander';
import { badInput } from '../errors.ts';
import { nearest } from '../model/nearest.ts';
import { ontology } from '../ontology/ontology.ts';
import type { ImportFormat } from '../transfer/import/format.ts';
import { IMPORT_FORMATS, importFormatOf } from '../transfer/import/formats.ts';
import { importFile } from '../transfer/import/import-file.ts';
import { readMapping } from '../transfer/import/mapping-file.ts';
import type { ImportReport } from '../transfer/import/report.ts';
import { createEvents } from './events.ts';
import { EXIT } from './exit-codes.ts';
import { reportLines } from './import-report.ts';
import { counted, wholeNumber } from './numbers.ts';
import type { Run } from './run.ts';
import { openStore } from './start.ts';
import { createTerminal } from './terminal.ts';
import { examples } from './usage.ts';

/** `concordat import`: files of other programs, batch by batch; one that was stopped goes on where it was. */

interface ImportCommandOptions {
  readonly format?: string;
  readonly mapping?: string;
  readonly source?: string;
  readonly dryRun?: boolean;
  readonly rejects?: string;
  readonly batch?: number;
  readonly fresh?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function importCommand(run: Run): Command {
  return new Command('import')
    .summary('bring in files of other programs, batch by batch')
    .description(
      'bring in files of other programs, batch by batch: what is wrong is refused row by row and told; run again after it was stopped, it goes on where it was',
    )
    .argument('<file...>', 'files or folders, .gz too; - for standard input')
    .addOption(
      new Option('--format <format>', 'instead of what the file’s name ends in').choices(
        IMPORT_FORMATS.map(({ name }) => name),
      ),
    )
    .option('--mapping <file>', 'which column or key becomes which field; see seeds/ for examples')
    .option('--source <name>', 'what the source of all its claims is called; the file’s name unless said')
    .option('--dry-run', 'check everything and tell what would become of it; nothing is written')
    .option('--rejects <file>', 'where refused rows go; beside the file unless said')
    .option('--batch <rows>', 'rows of one transaction', wholeNumber(1, 100_000))
    .option('--fresh', 'begin anew where an earlier run was stopped')
    .option('--json', 'events on standard output, a JSON object a line')
    .option('--quiet', 'say nothing but the report and errors')
    .addHelpText(
      'after',
      `\nFormats:\n${IMPORT_FORMATS.map(({ name, title, extensions }) => `  ${name.padEnd(10)}${title}${extensions.length > 0 ? `: ${extensions.map((each) => `.${each}`).join(', ')}` : ''}`).join('\n')}\n${examples(
        ['Look first, then do it:', 'concordat import people.ftm.jsonl --dry-run && concordat import people.ftm.jsonl'],
        ['A table, by a mapping of its columns:', 'concordat import members.csv --mapping members.mapping.yaml'],
        ['From another program:', 'curl -s https://data.example/all.jsonl | concordat import - --format ftm'],
      )}`,
    )
    .action((files: string[], options: ImportCommandOptions) =>
      run(async ({ config, signal, whenStopped }) => {
        const terminal = createTerminal({ quiet: options.quiet || options.json || false });
        const formats = files.map((file) => formatFor(file, options));
        if (options.rejects !== undefined && files.length > 1)
          throw badInput('One file of rejects cannot be that of several files.', {
            path: ['rejects'],
            value: options.rejects,
            suggestion: 'Leave it out: each file’s rejects are written beside it.',
          });
        const mapping = options.mapping === undefined ? undefined : await readMapping(options.mapping, ontology);
        await using store = await openStore({ config, say: terminal.say, signal, shared: true });
        const events = createEvents(options, terminal);
        let at = { file: '', rows: 0 };
        const again = `Run the same command again: it goes on where it was.`;
        whenStopped(() =>
          options.dryRun
            ? 'Stopped; nothing was written.'
            : `Stopped in ${at.file} after ${counted(at.rows, 'row')}; what was recorded stays. ${again}`,
        );
        try {
          for (const [nth, file] of files.entries()) {
            const format = formats[nth];
            if (!format) continue;
            at = { file, rows: 0 };
            events.tell('start', { file, format: format.name, dryRun: options.dryRun ?? false });
            const report = await importFile({
              connection: store.connection,
              model: ontology,
              format,
              by: 'import',
              signal,
              ...(file === '-' ? { input: { name: 'standard-input', bytes: process.stdin } } : { path: file }),
              ...(options.source === undefined ? {} : { source: { name: options.source } }),
              ...(mapping === undefined ? {} : { mapping }),
              ...(options.dryRun ? { dryRun: true } : {}),
              ...(options.rejects === undefined ? {} : { rejects: options.rejects }),
              ...(options.batch === undefined ? {} : { batch: options.batch }),
              ...(options.fresh ? { fresh: true } : {}),
              onProgress: ({ pass, rows, refused, bytes, total }) => {
                at = { file, rows };
                events.at({
                  what: `${file} (${pass})`,
                  done: bytes,
                  total,
                  unit: 'bytes',
                  beside: `${counted(rows, 'row')}${refused > 0 ? `, ${refused} refused` : ''}`,
                });
              },
            });
            events.end();
            tell(report, events);
            if (!options.json) terminal.print(reportLines(report, terminal, againBy(options)).join('\n'));
            if (report.rows.refused > 0) process.exitCode = EXIT.FAILED;
          }
        } finally {
          events.end();
        }
      }),
    );
}

const againBy = ({ format, mapping }: ImportCommandOptions): string[] => [
  ...(format === undefined ? [] : ['--format', format]),
  ...(mapping === undefined ? [] : ['--mapping', mapping]),
];

function tell(report: ImportReport, events: ReturnType<typeof createEvents>): void {
  const { refusals, notices, ...rest } = report;
  for (const each of refusals) events.tell('refusal', { file: report.file, ...each });
  for (const each of notices) events.tell('notice', { file: report.file, ...each });
  events.tell('done', rest);
}

/** @throws BAD_USER_INPUT where the format cannot be told */
function formatFor(file: string, { format, mapping }: ImportCommandOptions): ImportFormat {
  const name = format ?? (mapping === undefined ? undefined : 'mapping');
  const found =
    name === undefined ? importFormatOf(file.replace(/\.gz$/i, '')) : IMPORT_FORMATS.find((each) => each.name === name);
  if (found) return found;
  const endings = IMPORT_FORMATS.flatMap(({ extensions }) => extensions);
  const near = nearest(file.split('.').slice(1).join('.'), endings);
  throw badInput(
    file === '-' ? 'Standard input needs a format.' : `The format of ${file} cannot be told from its name.`,
    {
      path: ['format'],
      value: file,
      suggestion: `${near ? `Did you mean .${near}? ` : ''}Give --format: ${IMPORT_FORMATS.map((each) => each.name).join(', ')}; or --mapping for a table.`,
    },
  );
}
