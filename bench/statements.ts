import type { Driver, ProfiledPlan, Session, Transaction } from 'neo4j-driver';

/** Statements as they pass a driver, and what they cost the database. */

export interface Ran {
  readonly text: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

type Runs = Pick<Session | Transaction, 'run'>;

/** Notes every statement that the driver is given from now on. The driver is changed in place. */
export function watchStatements(driver: Driver): Ran[] {
  const ran: Ran[] = [];
  const note = <T extends Runs>(runs: T): T => {
    const run = runs.run.bind(runs) as (...given: unknown[]) => unknown;
    runs.run = ((text: string, parameters: Ran['parameters'] = {}, ...more: unknown[]) => {
      ran.push({ text, parameters });
      return run(text, parameters, ...more);
    }) as T['run'];
    return runs;
  };
  const open = driver.session.bind(driver);
  driver.session = (config) => note(open(config));
  return ran;
}

/** A step of a plan that the database has run, with what it read there. */
export interface Step {
  readonly operator: string;
  readonly hits: number;
  readonly rows: number;
}

/** Runs a statement with `PROFILE` and tells what each step of its plan read, the dearest first. */
export async function profile(driver: Driver, database: string, { text, parameters }: Ran): Promise<Step[]> {
  const session = driver.session({ database, defaultAccessMode: 'READ' });
  try {
    const profiled = text.replace(
      /^(\s*CYPHER(?:\s+\d+)?(?:\s+\w+=\w+)*)?\s*/,
      (options) => `${options.trim()} PROFILE `,
    );
    const { summary } = await session.run(profiled.trim(), parameters);
    const steps: Step[] = [];
    const visit = (plan: ProfiledPlan): void => {
      steps.push({
        operator: plan.operatorType.replace(/@.*/, ''),
        hits: Number(plan.dbHits),
        rows: Number(plan.rows),
      });
      plan.children.forEach(visit);
    };
    if (summary.profile) visit(summary.profile);
    return steps.sort((a, b) => b.hits - a.hits);
  } finally {
    await session.close();
  }
}
