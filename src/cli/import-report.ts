import type { ImportReport, OutcomeCounts, Refusal } from '../transfer/import/report.ts';
import { counted, grouped, secondsText } from './numbers.ts';
import { tableLines } from './table.ts';
import type { Terminal } from './terminal.ts';
import { inOneLine, wrapped } from './width.ts';

/** What an import did, as a person reads it. */

/** Refusals that are told; all of them are in the file of rejects. */
const TOLD = 10;

/** @param again options that the file of rejects is imported with, as the file itself was */
export function reportLines(
  report: ImportReport,
  terminal: Pick<Terminal, 'style' | 'columns'>,
  again: readonly string[] = [],
): string[] {
  const { file, rows, refusals, notices, noticeCount, rejects, dryRun, resumedAt, isRepeated } = report;
  const { style } = terminal;
  const refused = rows.refused > 0 ? style('red', `${grouped(rows.refused)} refused`) : 'none refused';
  return [
    `${style('bold', file)}  ${counted(rows.read, 'row')}, ${refused}, in ${secondsText(report.seconds)}${dryRun ? style('yellow', '  (dry run: nothing was written)') : ''}`,
    ...(resumedAt > 0 ? [`  went on after ${counted(resumedAt, 'row')} of an earlier run`] : []),
    ...(isRepeated ? ['  it had been imported before'] : []),
    ...outcomes(report, terminal).map((line) => `  ${line}`),
    `  source: ${report.source}`,
    ...told(refusals, rows.refused, '✗', 'red', terminal),
    ...told(notices, noticeCount, '!', 'yellow', terminal),
    ...(rejects ? [`  → Mend ${rejects}, and import it: ${['concordat import', rejects, ...again].join(' ')}`] : []),
  ];
}

function outcomes(
  { entities, relationships, claims }: ImportReport,
  terminal: Pick<Terminal, 'style' | 'columns'>,
): string[] {
  const row = (name: string, { created, updated, unchanged }: OutcomeCounts) => [
    ...[name, grouped(created), grouped(updated), grouped(unchanged)],
  ];
  const names = ['', 'created', 'updated', 'unchanged'];
  return tableLines(names, [row('entities', entities), row('relationships', relationships), row('claims', claims)], {
    ...terminal,
    numeric: new Set(names.slice(1)),
  });
}

function told(
  some: readonly Refusal[],
  all: number,
  mark: string,
  colour: 'red' | 'yellow',
  { style, columns }: Pick<Terminal, 'style' | 'columns'>,
): string[] {
  const lines = some.slice(0, TOLD).flatMap(({ file, line, path, code, message, suggestion }) => {
    const place = `${file ? `${file}:` : 'line '}${line}${path ? `  ${path}` : ''}  ${code}`;
    return [
      `  ${style(colour, mark)} ${place}`,
      ...wrapped(inOneLine(message), columns, '      '),
      ...(suggestion ? wrapped(inOneLine(suggestion), columns, '      → ', '        ') : []),
    ];
  });
  return all > Math.min(TOLD, some.length) && some.length > 0
    ? [...lines, `    and ${grouped(all - Math.min(TOLD, some.length))} more`]
    : lines;
}
