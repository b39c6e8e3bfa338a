import { type GraphQLSchema, parse, validate } from 'graphql';
import { type Arm, type ArmName, concordatApp, concordatArm, floorArm, httpArm, peerArm } from './arms.ts';
import { openBoltMeter } from './bolt-meter.ts';
import { type Counted, count, type Metered } from './count.ts';
import { compare, median, type Outcome, time } from './measure.ts';
import type { Question, Sample, Sampling } from './questions/question.ts';
import { type Random, random } from './random.ts';
import { watchStatements } from './statements.ts';
import { rowsOf, type WorldHome } from './world-home.ts';

/** All arms, in one world. */

/** Milliseconds for which a database is asked before it is measured. */
const WARM_UP = 10_000;

export interface Row {
  readonly question: Question;
  /** Why the question cannot be asked of this schema; null where it can. */
  readonly missing: string | null;
  readonly outcomes: ReadonlyMap<ArmName, Outcome>;
  readonly counted: ReadonlyMap<ArmName, Counted>;
}

export interface RowsWanted {
  readonly questions: readonly Question[];
  readonly rounds: number;
  readonly seed: number;
  readonly schema: GraphQLSchema;
  /** Null where only ourselves and the floor are asked, and nothing is metered. */
  readonly peer: GraphQLSchema | null;
  readonly say: (line: string) => void;
}

/** What the schema says against a question; null where it has all the words. */
export function missingFrom(schema: GraphQLSchema, question: Question): string | null {
  const [error] = validate(schema, parse(question.concordat.query));
  return error?.message ?? null;
}

/** Asks every question of every arm. @throws Disagreement when two arms answer differently */
export async function measureWorld(home: WorldHome, wanted: RowsWanted): Promise<Row[]> {
  const { connection } = home;
  const app = concordatApp(connection, wanted.schema);
  const ours = concordatArm(app);
  await using http = await httpArm(app);
  const { peer } = wanted;
  const arms: Arm[] = [floorArm(connection), ours, ...(peer ? [http, peerArm(connection, peer)] : [])];
  await using meter = await openBoltMeter(home.uri);
  await using through = home.connect(meter.uri);
  const on: Metered = {
    driver: through.driver,
    database: through.database,
    meter,
    ran: watchStatements(through.driver),
    plain: connection.driver,
  };
  const metered: Arm[] = [
    floorArm(through),
    concordatArm(concordatApp(through, wanted.schema)),
    ...(peer ? [peerArm(through, peer)] : []),
  ];
  await warmUp(home, wanted, arms);
  const rows: Row[] = [];
  for (const question of wanted.questions) {
    const missing = missingFrom(wanted.schema, question);
    if (missing !== null) {
      wanted.say(`${question.key}: this schema does not have it yet: ${missing}`);
      rows.push({ question, missing, outcomes: new Map(), counted: new Map() });
      continue;
    }
    const draw = random(wanted.seed);
    const from = sampling(home, ours, draw);
    const samples = await question.samples(from);
    if (samples.length === 0) throw new Error(`${question.key}: this world has nothing to ask for`);
    const failed = await compare(question, samples, arms, from);
    const able = arms.filter(({ name }) => !failed.has(name) && speaks(name, question));
    const timed = await time(question, samples, able, { rounds: wanted.rounds, draw });
    const counted = new Map<ArmName, Counted>();
    for (const arm of metered) {
      const taken = timed.get(arm.name);
      if (taken) counted.set(arm.name, await count(question, samples, arm, on, median(taken.times)));
    }
    const outcomes = new Map<ArmName, Outcome>([
      ...timed,
      ...[...failed].map(([name, message]) => [name, { failed: message }] as const),
    ]);
    rows.push({ question, missing, outcomes, counted });
    const shown = [...timed].map(([name, { times }]) => `${name} ${median(times).toFixed(2)} ms`);
    wanted.say(
      `${question.key}: ${[...shown, ...[...failed].map(([name, why]) => `${name} fails: ${why}`)].join(', ')}`,
    );
  }
  return rows;
}

/** A database that has just started is slow at everything, and the first question would pay for all. */
async function warmUp(home: WorldHome, wanted: RowsWanted, arms: readonly Arm[]): Promise<void> {
  const [floor, ours] = arms;
  const able = wanted.questions.filter((question) => missingFrom(wanted.schema, question) === null);
  if (!floor || !ours) return;
  const from = sampling(home, ours, random(wanted.seed));
  const samples = await Promise.all(able.map((question) => question.samples(from)));
  const end = performance.now() + WARM_UP;
  for (let round = 0; performance.now() < end; round++)
    for (const [nth, question] of able.entries()) {
      const sample = samples[nth]?.[round % (samples[nth]?.length ?? 1)] ?? {};
      for (const arm of [floor, ours]) if (performance.now() < end) await arm.ask(question, sample);
    }
}

const speaks = (name: ArmName, question: Question): boolean =>
  name === 'floor' ? question.floor !== null : name === 'peer' ? question.peer !== null : true;

function sampling({ connection }: WorldHome, ours: Arm, draw: Random): Sampling {
  return {
    draw,
    rows: (cypher, parameters) => rowsOf(connection, cypher, parameters),
    async ask<T>(query: string, variables: Sample = {}): Promise<T> {
      const question = { concordat: { query, read: (data: T) => data } } as unknown as Question;
      return ours.read(question, (await ours.ask(question, variables)) ?? '') as T;
    },
  };
}
