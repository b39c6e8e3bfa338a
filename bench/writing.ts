import { ontology } from '../src/ontology/ontology.ts';
import type { Connection } from '../src/store/connection.ts';
import { createWriter } from '../src/store/writer.ts';
import { median } from './measure.ts';
import { openEmpty, rowsOf } from './world-home.ts';

/**
 * `npm run bench:writing`: records through the one door, validation, claims, revisions and change events included,
 * against a plain `UNWIND … MERGE` of the same entities and edges; in stored elements (nodes and relationships) a second.
 */

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const PEOPLE = 450;
const ROUNDS = Number(process.argv[2] ?? 12);

interface Batch {
  readonly people: readonly { readonly id: string; readonly name: string; readonly birthDate: string }[];
  readonly ties: readonly { readonly from: string; readonly to: string }[];
}

/** People, and for each a membership in one of a few parties: what a page of an import looks like. */
const batch = (of: string, round: number): Batch => {
  const people = Array.from({ length: PEOPLE }, (_, nth) => ({
    id: `person:${of}-${round}-${nth}`,
    name: `Person ${nth} of ${of} ${round}`,
    birthDate: `19${10 + (nth % 80)}-0${1 + (nth % 9)}-1${nth % 10}`,
  }));
  return { people, ties: people.map(({ id }, nth) => ({ from: id, to: `political-party:${of}-${nth % 20}` })) };
};

const parties = (of: string) =>
  Array.from({ length: 20 }, (_, nth) => ({ id: `political-party:${of}-${nth}`, name: `Party ${nth}` }));

async function plainly(connection: Connection, { people, ties }: Batch): Promise<void> {
  await connection.write('floor', async (tx) => {
    await tx.run('CYPHER 5 UNWIND $rows AS row MERGE (n:Entity:Actor:Person {id: row.id}) SET n += row', {
      rows: people,
    });
    await tx.run(
      `CYPHER 5 UNWIND $rows AS row MATCH (a:Entity {id: row.from}) MATCH (b:Entity {id: row.to})
       MERGE (a)-[r:MEMBER_OF {id: row.id}]->(b) SET r += row`,
      { rows: ties.map((each) => ({ ...each, id: `member-of:${each.from}`, status: 'FACT' })) },
    );
  });
}

async function through(connection: Connection, { people, ties }: Batch): Promise<void> {
  const writer = createWriter(connection, ontology);
  const records = [
    ...people.map((person) => ({ person })),
    ...ties.map(({ from, to }) => ({
      memberOf: {
        ...{ from, to, role: 'MEMBER' },
        claims: [
          { text: `${from} is a member.`, commitment: 'FACT', attribution: 'DOCUMENT', source: 'source:register' },
        ],
      },
    })),
  ];
  const problems = await writer.record(
    records,
    {},
    { by: 'bench', role: 'editor', operation: 'bench' },
    async (report) => report.problems,
  );
  if (problems.length > 0) throw new Error(JSON.stringify(problems.slice(0, 3)));
}

const stored = async (connection: Connection): Promise<number> => {
  const [[nodes, edges] = []] = await rowsOf(connection, 'RETURN COUNT { () } AS nodes, COUNT { ()-->() } AS edges');
  return Number(nodes) + Number(edges);
};

await using home = await openEmpty(say);
const { connection } = home;
const writer = createWriter(connection, ontology);
const seed = [
  { source: { id: 'source:register', name: 'The register', kind: 'DATA_SET' } },
  ...parties('door').map((politicalParty) => ({ politicalParty })),
];
await writer.record(seed, {}, { by: 'bench', role: 'editor', operation: 'bench' }, async () => null);
await connection.write('floor', (tx) =>
  tx.run('CYPHER 5 UNWIND $rows AS row MERGE (n:Entity:PoliticalParty {id: row.id}) SET n += row', {
    rows: parties('floor'),
  }),
);
const rates = { floor: [] as number[], door: [] as number[] };
const times = { floor: [] as number[], door: [] as number[] };
for (let round = -3; round < ROUNDS; round++)
  for (const arm of round % 2 === 0 ? (['floor', 'door'] as const) : (['door', 'floor'] as const)) {
    const made = batch(arm, round);
    const before = await stored(connection);
    const began = performance.now();
    await (arm === 'floor' ? plainly : through)(connection, made);
    const took = performance.now() - began;
    if (round < 0) continue;
    rates[arm].push(((await stored(connection)) - before) / (took / 1000));
    times[arm].push(took);
  }
const shown = (arm: 'floor' | 'door') =>
  `${arm}: ${Math.round(median(rates[arm]))} elements a second (${Math.round(Math.min(...rates[arm]))} to ${Math.round(Math.max(...rates[arm]))}), ${Math.round(median(times[arm]))} ms a batch of ${2 * PEOPLE} records`;
console.log(`${shown('floor')}\n${shown('door')}`);
console.log(
  `door ÷ floor: ${(median(rates.door) / median(rates.floor)).toFixed(2)} in elements a second, ${(median(times.door) / median(times.floor)).toFixed(2)} in time for the same records; heap ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`,
);
