import { type Options, SingleBar } from 'cli-progress';
import { bytesText, grouped, secondsText } from './numbers.ts';
import { widthOf } from './width.ts';

/** How far long work has come, on standard error, where a person looks at it; nothing elsewhere and in CI. */

export interface Step {
  /** What is being done: `people.csv`, `relationships`. */
  readonly what: string;
  readonly done: number;
  /** How much there is in all; null where nobody knows. */
  readonly total: number | null;
  readonly unit: 'bytes' | 'rows' | 'things' | 'records';
  /** What else is worth knowing: `3 refused`. */
  readonly beside?: string;
}

export interface Progress {
  at(step: Step): void;
  /** Takes the line away: what was done is told by the command itself. */
  end(): void;
}

const SILENT: Progress = { at: () => {}, end: () => {} };

export interface ProgressOptions {
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export function createProgress({ quiet, json }: ProgressOptions): Progress {
  if (quiet || json || !process.stderr.isTTY || process.env['CI']) return SILENT;
  let bar: SingleBar | null = null;
  let begun = { what: '', at: 0, done: 0 };
  return {
    at(step) {
      if (step.what !== begun.what) {
        begun = { what: step.what, at: Date.now(), done: step.done };
      }
      bar ??= start();
      const seconds = (Date.now() - begun.at) / 1_000;
      bar.setTotal(step.total ?? Math.max(1, step.done));
      bar.update(step.done, { line: line(step, begun.done, seconds, process.stderr.columns || 80) });
    },
    end() {
      bar?.stop();
      bar = null;
    },
  };
}

function start(): SingleBar {
  const options: Options = {
    stream: process.stderr,
    format: (_, __, payload: { line?: string }) => payload.line ?? '',
    clearOnComplete: true,
    hideCursor: true,
    fps: 5,
    // Signals are the command's own affair.
    gracefulExit: false,
  };
  const bar = new SingleBar(options);
  bar.start(1, 0, { line: '' });
  return bar;
}

/** `people.csv  ███████░░░░░░░  48 %  12,000 rows  3,100/s  8 s left`, within the columns of the terminal. */
export function line(
  { what, done, total, unit, beside }: Step,
  from: number,
  seconds: number,
  columns: number,
): string {
  const rate = seconds > 0.5 ? (done - from) / seconds : 0;
  const amount = (value: number) => (unit === 'bytes' ? bytesText(value) : grouped(Math.round(value)));
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  const left = share === null || rate <= 0 || total === null ? null : (total - done) / rate;
  const facts = [
    ...(share === null ? [] : [`${Math.floor(share * 100)} %`]),
    unit === 'bytes' ? amount(done) : `${amount(done)} ${unit}`,
    ...(rate > 0 ? [`${amount(rate)}/s`] : []),
    ...(left === null ? [] : [`${secondsText(left)} left`]),
    ...(beside ? [beside] : []),
  ].join('  ');
  const room = columns - widthOf(what) - widthOf(facts) - 5;
  const width = Math.min(30, room);
  if (share === null || width < 5) return `${what}  ${facts}`.slice(0, columns - 1);
  const full = Math.round(share * width);
  return `${what}  ${'█'.repeat(full)}${'░'.repeat(width - full)}  ${facts}`;
}
