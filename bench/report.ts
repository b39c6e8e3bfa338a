import type { ArmName } from './arms.ts';
import type { Row } from './comparison.ts';
import { isTimed, median, type Outcome, quantile, type Timed } from './measure.ts';
import { sizeName } from './options.ts';

/** What was measured, as Markdown. */

export interface Compared {
  readonly nodes: number;
  readonly rows: readonly Row[];
}

/** The same questions in worlds of several sizes, smallest first. */
export type Grown = readonly Compared[];

export interface Circumstances {
  readonly date: string;
  readonly machine: string;
  readonly versions: readonly string[];
  readonly rounds: number;
  readonly seed: number;
}

/** Rows with their cells padded, as Markdown. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const ms = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
export const times = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
const grouped = (value: number): string => Math.round(value).toLocaleString('en-US');

function took(outcome: Outcome | undefined): string {
  if (!outcome) return '–';
  if (!isTimed(outcome)) return 'fails';
  return `${ms(median(outcome.times))} (${ms(quantile(outcome.times, 0.05))}–${ms(quantile(outcome.times, 0.95))})`;
}

/** The ratio of two arms' medians; null where one has none. */
export function ratio(row: Row, above: ArmName, below: ArmName): number | null {
  const [a, b] = [row.outcomes.get(above), row.outcomes.get(below)];
  return isTimed(a) && isTimed(b) ? median(a.times) / median(b.times) : null;
}

const shown = (value: number | null): string => (value === null ? '–' : times(value));

export function timesTable(rows: readonly Row[]): string {
  return table(
    [
      'question',
      'floor, ms',
      'concordat, ms',
      '…over HTTP, ms',
      'peer, ms',
      'concordat ÷ floor',
      'goal',
      'peer ÷ floor',
      'peer ÷ concordat',
    ],
    rows
      .filter(({ missing }) => missing === null)
      .map((row) => {
        const ours = ratio(row, 'concordat', 'floor');
        const { goal } = row.question;
        return [
          row.question.title,
          ...(['floor', 'concordat', 'http', 'peer'] as const).map((arm) => took(row.outcomes.get(arm))),
          ours === null || goal === null || ours <= goal ? shown(ours) : `**${shown(ours)}**`,
          goal === null ? '–' : `≤ ${goal}`,
          shown(ratio(row, 'peer', 'floor')),
          shown(ratio(row, 'peer', 'concordat')),
        ];
      }),
  );
}

export function countsTable(rows: readonly Row[]): string {
  const arms = ['floor', 'concordat', 'peer'] as const;
  return table(
    [
      'question',
      'arm',
      'statements',
      'database hits',
      'Bolt, bytes',
      'answer, bytes',
      'CPU of Node, ms',
      'heap of Node, KiB',
    ],
    rows.flatMap((row) =>
      arms.flatMap((arm) => {
        const [outcome, counted] = [row.outcomes.get(arm), row.counted.get(arm)];
        if (!isTimed(outcome) || !counted) return [];
        return [
          [
            arm === 'floor' ? row.question.title : '',
            arm,
            counted.statements.toFixed(0),
            counted.hits === null ? 'fails' : grouped(counted.hits),
            grouped(counted.bolt),
            grouped(outcome.bytes),
            outcome.cpu.toFixed(2),
            grouped(counted.heap / 1024),
          ],
        ];
      }),
    ),
  );
}

export function failures(rows: readonly Row[]): string[] {
  return rows.flatMap((row) =>
    [...row.outcomes].flatMap(([arm, outcome]) =>
      isTimed(outcome) ? [] : [`- ${row.question.title}: ${arm} fails: ${outcome.failed.split('\n')[0]}`],
    ),
  );
}

export const missing = (rows: readonly Row[]): string[] =>
  rows.flatMap((row) =>
    row.missing === null ? [] : [`- ${row.question.title} (${row.question.key}): ${row.missing}`],
  );

export function growthTable(grown: Grown): string {
  const [first] = grown;
  if (!first) return '';
  const at = (world: Compared, key: string, arm: ArmName): Timed | null => {
    const outcome = world.rows.find((row) => row.question.key === key)?.outcomes.get(arm);
    return isTimed(outcome) ? outcome : null;
  };
  const hits = (world: Compared, key: string, arm: ArmName): number | null =>
    world.rows.find((row) => row.question.key === key)?.counted.get(arm)?.hits ?? null;
  const last = grown.at(-1) ?? first;
  return table(
    [
      'question',
      'arm',
      ...grown.map(({ nodes }) => `${sizeName(nodes)}, ms`),
      `${sizeName(last.nodes)} ÷ ${sizeName(first.nodes)}`,
      ...grown.map(({ nodes }) => `${sizeName(nodes)}, hits`),
    ],
    first.rows
      .filter((row) => row.missing === null)
      .flatMap((row) =>
        (['floor', 'concordat'] as const).flatMap((arm) => {
          const medians = grown
            .map((world) => at(world, row.question.key, arm))
            .map((one) => (one ? median(one.times) : null));
          if (medians.every((one) => one === null)) return [];
          const [small, large] = [medians[0] ?? Number.NaN, medians.at(-1) ?? Number.NaN];
          return [
            [
              row.question.title,
              arm,
              ...medians.map((one) => (one === null ? '–' : ms(one))),
              times(large / small),
              ...grown
                .map((world) => hits(world, row.question.key, arm))
                .map((one) => (one === null ? '–' : grouped(one))),
            ],
          ];
        }),
      ),
  );
}
