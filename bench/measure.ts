import type { Arm, ArmName } from './arms.ts';
import type { Question, Sample, Sampling } from './questions/question.ts';
import type { Random } from './random.ts';

/** Times of arms, in one run: answers compared first, rounds interleaved and shuffled, warm. */

/** What one arm took for one question. */
export interface Timed {
  /** Milliseconds, one a round. */
  readonly times: readonly number[];
  /** Milliseconds of this process's CPU a round, on average. */
  readonly cpu: number;
  /** Bytes of an answer, on average. */
  readonly bytes: number;
}

export type Outcome = Timed | { readonly failed: string };

export const isTimed = (outcome: Outcome | undefined): outcome is Timed => outcome !== undefined && 'times' in outcome;

/** An arm that takes this long in all, in milliseconds, is asked no more: what it took by then is told. */
const BUDGET = 15_000;
const WARM_UP = 30;
const COMPARED = 20;

export class Disagreement extends Error {}

/**
 * Compares what the arms answer. An arm that fails is left out, with what it said.
 * @throws Disagreement when two arms give different answers
 */
export async function compare(
  question: Question,
  samples: readonly Sample[],
  arms: readonly Arm[],
  from: Sampling,
): Promise<Map<ArmName, string>> {
  const failed = new Map<ArmName, string>();
  for (const sample of samples.slice(0, COMPARED)) {
    const answers: { arm: Arm; answer: string }[] = [];
    for (const arm of arms.filter((one) => !failed.has(one.name))) {
      try {
        const text = await arm.ask(question, sample);
        if (text === null) continue;
        const answer = arm.read(question, text);
        if (question.isRight && !(await question.isRight(answer, sample, from)))
          throw new Disagreement(
            `${question.key}: ${arm.name} is wrong with ${JSON.stringify(sample)}: ${text.slice(0, 500)}`,
          );
        answers.push({ arm, answer: JSON.stringify(answer) });
      } catch (error) {
        if (error instanceof Disagreement) throw error;
        failed.set(arm.name, (error as Error).message);
      }
    }
    const [first, ...others] = answers;
    const other = question.isRight ? undefined : others.find(({ answer }) => answer !== first?.answer);
    if (first && other)
      throw new Disagreement(
        `${question.key}: ${first.arm.name} and ${other.arm.name} differ with ${JSON.stringify(sample)}:\n${first.answer.slice(0, 2000)}\n${other.answer.slice(0, 2000)}`,
      );
  }
  return failed;
}

/** Times the arms. Every arm has had each sample's turn in a warm-up before anything counts. */
export async function time(
  question: Question,
  samples: readonly Sample[],
  arms: readonly Arm[],
  { rounds, draw }: { rounds: number; draw: Random },
): Promise<Map<ArmName, Timed>> {
  const taken = new Map(arms.map((arm) => [arm.name, { times: [] as number[], cpu: 0, bytes: 0, spent: 0 }]));
  for (let round = -WARM_UP; round < rounds; round++) {
    const sample = samples[(round + WARM_UP) % samples.length] ?? {};
    for (const arm of shuffled(draw, arms)) {
      const of = taken.get(arm.name);
      if (!of || (of.spent > BUDGET && (round < 0 || of.times.length >= 5))) continue;
      const [cpu, began] = [process.cpuUsage(), performance.now()];
      const text = await arm.ask(question, sample);
      const took = performance.now() - began;
      of.spent += took;
      if (round < 0 || text === null) continue;
      const used = process.cpuUsage(cpu);
      of.cpu += (used.user + used.system) / 1000;
      of.bytes += Buffer.byteLength(text);
      of.times.push(took);
    }
  }
  return new Map(
    [...taken]
      .filter(([, { times }]) => times.length > 0)
      .map(([name, { times, cpu, bytes }]) => [name, { times, cpu: cpu / times.length, bytes: bytes / times.length }]),
  );
}

function shuffled<T>(draw: Random, list: readonly T[]): T[] {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last--) {
    const other = draw.below(last + 1);
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

/** The value that half of them are below. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The value below which a share of them lies, 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
