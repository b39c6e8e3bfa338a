import { Neo4jError } from 'neo4j-driver';
import type { Check, Finding, Mender, Round, Ward } from './check.ts';
import { claims } from './claims.ts';
import { relationships } from './edges.ts';
import { entities } from './entities.ts';
import { leftovers } from './leftovers.ts';
import { feed, history } from './log.ts';
import { schema } from './schema.ts';

/**
 * Examining a store that others may have written to, and mending what follows from the rest of it. Nothing is held of
 * what is looked at but counts and a few examples, however much there is.
 */

/** In the order in which they are mended: what others are derived from comes first, and history last. */
const MENDED: readonly Round[] = [schema, entities, leftovers, claims, relationships, feed];
export const ROUNDS: readonly Round[] = [...MENDED, history];

/** What was found of one check. */
export interface Result {
  readonly check: Check;
  readonly count: number;
  /** How many of them were mended. */
  readonly mended: number;
  /** The first few that are left; of what was mended, where nothing is. */
  readonly examples: readonly Pick<Finding, 'id' | 'what'>[];
}

export interface Diagnosis {
  /** Of every check, in order. */
  readonly results: readonly Result[];
  /** Things that were looked at. */
  readonly looked: number;
}

/** Things that are mended in one transaction; and examples of each check. */
const BATCH = 500;
const EXAMPLES = 5;

export type Progress = (round: string, looked: number) => void;

export interface ExamineOptions extends Omit<Ward, 'looked'> {
  /** Whether to mend what can be. */
  readonly fix: boolean;
  readonly progress: Progress;
}

/**
 * Looks at everything. With `fix`, mends in a first pass and looks again at all of it in a second, in which history is
 * made to tell what there is; what is left then is what remains.
 */
export async function examine({ fix, progress, ...options }: ExamineOptions): Promise<Diagnosis> {
  const tally = new Tally();
  let looked = 0;
  let total = 0;
  const pass = async (rounds: readonly Round[], mends: (round: Round) => boolean, into: Tally) => {
    for (const round of rounds) {
      looked = 0;
      progress(round.name, 0);
      const ward: Ward = {
        ...options,
        looked: (things) => {
          looked += things;
          total += things;
          progress(round.name, looked);
        },
      };
      await make(ward, round, mends(round), into);
    }
  };
  if (!fix) {
    await pass(ROUNDS, () => false, tally);
    return { results: tally.results(), looked: total };
  }
  await pass(MENDED, () => true, tally);
  const after = new Tally();
  await pass(ROUNDS, (round) => round === history, after);
  return { results: afterwards(tally.results(), after.results()), looked: total };
}

/** What is left after the second pass, and what of the first is not there any more. */
const afterwards = (first: readonly Result[], second: readonly Result[]): Result[] =>
  second.map((left) => {
    const before = first.find(({ check }) => check === left.check);
    const remaining = left.count - left.mended;
    const mended = left.mended + Math.max(0, (before?.count ?? 0) - remaining);
    return {
      ...{ check: left.check, mended, count: remaining + mended },
      examples: remaining > 0 ? left.examples : before && before.count > 0 ? before.examples : left.examples,
    };
  });

async function make(ward: Ward, round: Round, mends: boolean, tally: Tally): Promise<void> {
  for (const check of round.checks) tally.begin(check);
  const waiting = new Map<Mender, Finding[]>();
  const mend = async (by: Mender) => {
    const some = waiting.get(by) ?? [];
    waiting.delete(by);
    for (const each of await mendedOf(ward, by, some)) tally.mended(each);
  };
  for await (const finding of round.findings(ward)) {
    ward.signal.throwIfAborted();
    tally.found(finding);
    if (!mends || !finding.mend) continue;
    const { by } = finding.mend;
    const some = [...(waiting.get(by) ?? []), finding];
    waiting.set(by, some);
    if (some.length >= BATCH) await mend(by);
  }
  for (const by of [...waiting.keys()]) await mend(by);
}

/**
 * Mends several things at once; where the database refuses that, since one of them breaks a constraint, one by one.
 * @returns those that were mended
 */
async function mendedOf(ward: Ward, by: Mender, some: readonly Finding[]): Promise<readonly Finding[]> {
  const rows = some.map(({ id, mend }) => ({ id, with: mend?.with }));
  try {
    await by(ward, rows);
    return some;
  } catch (error) {
    if (!(error instanceof Neo4jError && error.code.includes('ConstraintValidationFailed'))) throw error;
    if (some.length === 1) return [];
    const mended: Finding[] = [];
    for (const each of some) mended.push(...(await mendedOf(ward, by, [each])));
    return mended;
  }
}

class Tally {
  readonly #counts = new Map<Check, { count: number; mended: number; examples: Finding[] }>();

  begin(check: Check): void {
    if (!this.#counts.has(check)) this.#counts.set(check, { count: 0, mended: 0, examples: [] });
  }

  found(finding: Finding): void {
    this.begin(finding.check);
    const counts = this.#counts.get(finding.check);
    if (!counts) return;
    counts.count++;
    if (counts.examples.length < EXAMPLES) counts.examples.push(finding);
  }

  mended({ check }: Finding): void {
    const counts = this.#counts.get(check);
    if (counts) counts.mended++;
  }

  results(): Result[] {
    return [...this.#counts].map(([check, { count, mended, examples }]) => ({
      ...{ check, count, mended },
      examples: examples.map(({ id, what }) => ({ id, what })),
    }));
  }
}
