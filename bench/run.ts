import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { MIGRATIONS, projectPath } from '../src/cli/project.ts';
import { loadConfig } from '../src/config.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { buildSchema } from '../src/graphql/schema.ts';
import { ontology } from '../src/ontology/ontology.ts';
import { createApp } from '../src/server/app.ts';
import { type Connection, openConnection } from '../src/store/connection.ts';
import { migrate } from '../src/store/migrations.ts';
import { seedFolder } from '../src/transfer/seed.ts';
import { type Question, questions } from './questions.ts';

/**
 * Measures the API against the floor, in one run: the same questions, answers compared before anything is timed, rounds
 * interleaved and shuffled, warm. What counts is the ratio of the medians; times are this machine's.
 */

const ROUNDS = 200;
const WARM_UP = 50;

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'concordat bench '));
// After the database is closed, which happens when this file ends.
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const settings = loadConfig(process.env);
// The data are the run's own; the jars are those that are resolved already.
const config = { ...settings, folders: { ...settings.folders, data: folder } };
await using database = await openDatabase({ config, say });
await using connection = openConnection({ ...database, timeout: 30_000 });
if ((await rows(connection, 'RETURN EXISTS { MATCH (:Entity) }'))[0]?.[0])
  throw new Error('The bench wants an empty store: unset NEO4J_URI.');
await migrate(connection, { model: ontology, folder: MIGRATIONS, say });
await seedFolder(connection, ontology, projectPath('seeds/el-salvador-2025'), 'bench');

const app = createApp({
  schema: buildSchema(ontology),
  context: (request) => ({ model: ontology, reader: connection, signal: request.signal, today: '2025-02-03' }),
  documents: {},
  ready: async () => ({ ready: true, checks: {} }),
  examples: [],
  config,
  log: pino({ level: 'silent' }),
});

async function rows(from: Connection, text: string, parameters: Record<string, unknown> = {}): Promise<unknown[][]> {
  return from.read({ text: `CYPHER 5 ${text}`, parameters }, { operation: 'bench' });
}

const floor = async (question: Question, id: string | undefined) =>
  JSON.stringify({ data: question.answer(await rows(connection, question.cypher, id ? { id } : {})) });
const api = async (question: Question, id: string | undefined) => {
  const body = JSON.stringify({ query: question.graphql, variables: id ? { id } : {} });
  const request = new Request('http://bench/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return (await app.fetch(request)).text();
};

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

console.log(
  '| question | floor, ms (median, range) | concordat, ms (median, range) | concordat ÷ floor |\n|---|---|---|---|',
);
for (const question of questions) {
  const ids = question.idsOf
    ? (await rows(connection, `MATCH (n:${question.idsOf}) RETURN n.id ORDER BY n.id`)).map(([id]) => String(id))
    : [undefined];
  for (const id of ids) {
    const [expected, got] = [await floor(question, id), await api(question, id)];
    if (expected !== got) throw new Error(`${question.name}: the arms differ\n${expected}\n${got}`);
  }
  const arms = { floor, api };
  const times: Record<keyof typeof arms, number[]> = { floor: [], api: [] };
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const id = ids[round % ids.length];
    const order: (keyof typeof arms)[] = Math.random() < 0.5 ? ['floor', 'api'] : ['api', 'floor'];
    for (const arm of order) {
      const start = performance.now();
      await arms[arm](question, id);
      if (round >= WARM_UP) times[arm].push(performance.now() - start);
    }
  }
  const shown = (of: readonly number[]) =>
    `${median(of).toFixed(2)} (${Math.min(...of).toFixed(2)}–${Math.max(...of).toFixed(2)})`;
  console.log(
    `| ${question.name} | ${shown(times.floor)} | ${shown(times.api)} | ${(median(times.api) / median(times.floor)).toFixed(2)} |`,
  );
}
