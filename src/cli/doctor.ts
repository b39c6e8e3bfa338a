import { Command } from 'commander';
import { ontology } from '../ontology/ontology.ts';
import { type Diagnosis, examine, type Result } from '../store/doctor/examine.ts';
import { EXIT } from './exit-codes.ts';
import { counted, grouped } from './numbers.ts';
import { createProgress } from './progress.ts';
import { MIGRATIONS } from './project.ts';
import type { Run } from './run.ts';
import { openStore } from './start.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { examples } from './usage.ts';
import { inOneLine, wrapped } from './width.ts';

/** `concordat doctor`: what must hold of a store, whoever has written to it; and what does not. */

interface DoctorOptions {
  readonly fix?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function doctorCommand(run: Run): Command {
  return new Command('doctor')
    .summary('look for what must not be in a store, and mend it')
    .description(
      'look at everything in the store that others may have written to, tell what must not be, and, with --fix, mend what follows from the rest; ends with 1 while something is left',
    )
    .option('--fix', 'mend what can be, with its history; without it nothing is changed')
    .option('--json', 'a JSON object a check, with a line at the end')
    .option('--quiet', 'tell only what is wrong')
    .addHelpText(
      'after',
      examples(
        ['Only look:', 'concordat doctor'],
        ['Mend what follows from the rest, and tell what is left:', 'concordat doctor --fix'],
        ['Names of the checks that fail:', "concordat doctor --json | jq -r 'select(.left > 0) | .check'"],
      ),
    )
    .action((options: DoctorOptions) =>
      run(async ({ config, signal, whenStopped }) => {
        const terminal = createTerminal(options);
        // Its constraints are looked at as they are, and so not made on the way in.
        await using store = await openStore({
          config: { ...config, CONCORDAT_EXPORT_TIMEOUT: LONGEST },
          ...{ say: terminal.say, signal, shared: true, migrates: false },
        });
        whenStopped(() => 'Stopped before everything was looked at; what was mended stays mended.');
        const progress = createProgress(options);
        let diagnosis: Diagnosis;
        try {
          diagnosis = await examine({
            connection: store.connection,
            model: ontology,
            migrations: MIGRATIONS,
            signal,
            fix: options.fix ?? false,
            progress: (round, looked) => progress.at({ what: round, done: looked, total: null, unit: 'things' }),
          });
        } finally {
          progress.end();
        }
        report(diagnosis, options, terminal);
        if (diagnosis.results.some(isWrong)) process.exitCode = EXIT.FAILED;
      }),
    );
}

/** Milliseconds for one look at all of one sort of things, mending included: a day. */
const LONGEST = 86_400_000;

const left = ({ count, mended }: Result): number => count - mended;
const isWrong = (result: Result): boolean => left(result) > 0 && !result.check.isNotice;

function report({ results, looked }: Diagnosis, options: DoctorOptions, terminal: Terminal): void {
  if (options.json) {
    for (const result of results) {
      const { name, meaning, mends, wayOut } = result.check;
      const { count, mended, examples: some } = result;
      terminal.print(
        JSON.stringify({ check: name, count, mended, left: left(result), meaning, mends, wayOut, examples: some }),
      );
    }
    terminal.print(JSON.stringify({ event: 'done', looked, left: sum(results.filter(isWrong), left) }));
    return;
  }
  for (const result of results)
    if (result.count > 0) for (const line of resultLines(result, options, terminal)) terminal.print(line);
  terminal.print(closing(results, looked, terminal));
}

const sum = (results: readonly Result[], of: (result: Result) => number): number =>
  results.reduce((total, result) => total + of(result), 0);

function resultLines(result: Result, { fix }: DoctorOptions, { style, columns }: Terminal): string[] {
  const { check, count, mended, examples: some } = result;
  const mark = isWrong(result)
    ? style('red', '✗')
    : check.isNotice && left(result) > 0
      ? style('yellow', '!')
      : style('green', '✓');
  const how =
    mended > 0
      ? left(result) > 0
        ? `${grouped(mended)} of ${grouped(count)} mended`
        : `${grouped(mended)} mended`
      : grouped(count);
  const way = left(result) === 0 ? null : !fix && check.mends ? `concordat doctor --fix ${check.mends}.` : check.wayOut;
  return [
    `${mark} ${style('bold', check.name)}  ${how}`,
    ...wrapped(check.meaning, columns, '  '),
    ...some.flatMap(({ id, what }) =>
      wrapped(inOneLine(`${id} ${what}`), columns, '  - ', '    ').map((line) => style('dim', line)),
    ),
    ...(count > some.length && some.length > 0 ? [style('dim', `    and ${grouped(count - some.length)} more`)] : []),
    ...(way ? wrapped(way, columns, '  → ', '    ') : []),
    '',
  ];
}

function closing(results: readonly Result[], looked: number, { style }: Terminal): string {
  const wrong = results.filter(isWrong);
  const mended = sum(results, (each) => each.mended);
  const words = [
    `${counted(results.length, 'check')}, ${counted(looked, 'thing')} looked at`,
    ...(mended > 0 ? [`${grouped(mended)} mended`] : []),
    wrong.length > 0
      ? style('red', `${counted(sum(wrong, left), 'violation')} of ${counted(wrong.length, 'check')} left`)
      : style('green', 'nothing is wrong'),
  ];
  return `${words.join('; ')}.`;
}
