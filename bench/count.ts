import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Driver } from 'neo4j-driver';
import type { Arm } from './arms.ts';
import type { BoltMeter } from './bolt-meter.ts';
import { median } from './measure.ts';
import type { Question, Sample } from './questions/question.ts';
import { profile, type Ran, type Step } from './statements.ts';

/** What an arm uses for a question, as far as it can be counted: figures that noise does not touch, or hardly. */
export interface Counted {
  /** Statements a request. */
  readonly statements: number;
  /** Database hits of its statements, by `PROFILE`; null where that fails. */
  readonly hits: number | null;
  /** The dearest steps of the plan. */
  readonly steps: readonly Step[];
  readonly text: string;
  /** Bytes that pass between this process and the database, both ways. */
  readonly bolt: number;
  /** Bytes by which the heap of this process grows in a request. */
  readonly heap: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options?: { type: 'minor' }) => void;

const SAMPLES = 5;
const HEAPS = 9;
/** Milliseconds from which on an arm is slow, and counted with one sample and three requests. */
const SLOW = 500;

export interface Metered {
  readonly driver: Driver;
  readonly database: string;
  readonly meter: BoltMeter;
  /** What passes the arm's driver, from the watch. */
  readonly ran: Ran[];
  /** For `PROFILE`: not the driver that is watched. */
  readonly plain: Driver;
}

/** Asks an arm whose driver is metered and watched. @param usual milliseconds that it takes */
export async function count(
  question: Question,
  samples: readonly Sample[],
  arm: Arm,
  on: Metered,
  usual: number,
): Promise<Counted> {
  const isSlow = usual > SLOW;
  const few = samples.slice(0, isSlow ? 1 : SAMPLES);
  // Connections are made, and statements planned, before anything counts.
  for (const sample of few) await arm.ask(question, sample);
  on.ran.length = 0;
  const before = on.meter.bytes();
  for (const sample of few) await arm.ask(question, sample);
  const bolt = (on.meter.bytes() - before) / few.length;
  const ran = [...on.ran];
  const profiles: Step[][] = [];
  try {
    for (const each of ran) profiles.push(await profile(on.plain, on.database, each));
  } catch {
    profiles.length = 0;
  }
  const hits = profiles.flat().reduce((sum, step) => sum + step.hits, 0) / few.length;
  const heaps: number[] = [];
  for (let nth = 0; nth < (isSlow ? 3 : HEAPS); nth++) {
    collect({ type: 'minor' });
    const start = process.memoryUsage().heapUsed;
    await arm.ask(question, samples[nth % samples.length] ?? {});
    heaps.push(process.memoryUsage().heapUsed - start);
  }
  return {
    statements: ran.length / few.length,
    hits: profiles.length > 0 ? hits : null,
    steps: profiles[0] ?? [],
    text: ran[0]?.text ?? '',
    bolt,
    heap: median(heaps),
  };
}
