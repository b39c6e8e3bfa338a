import { createProgress, type Progress, type ProgressOptions, type Step } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** What long work tells while it runs: a bar on a terminal, or with `--json` an event a line on standard output. */

export interface Events extends Progress {
  /** An event with what is known of it; nothing where a person reads. */
  tell(event: 'start' | 'refusal' | 'notice' | 'done', facts: object): void;
}

/** Milliseconds between two events of progress. */
const BETWEEN = 1_000;

export function createEvents(options: ProgressOptions, terminal: Pick<Terminal, 'print'>): Events {
  const bar = createProgress(options);
  let last = Date.now();
  return {
    at(step: Step) {
      bar.at(step);
      if (!options.json || Date.now() - last < BETWEEN) return;
      last = Date.now();
      const { what, done, total, unit, beside } = step;
      terminal.print(JSON.stringify({ event: 'progress', what, done, total, unit, ...(beside ? { beside } : {}) }));
    },
    end: () => bar.end(),
    tell(event, facts) {
      if (options.json) terminal.print(JSON.stringify({ event, ...facts }));
    },
  };
}
