import type { Extent } from '../src/compile/extent.ts';
import { alikeTypes, edgeRows, entityRows } from '../src/compile/extent-rows.ts';
import { ontology } from '../src/ontology/ontology.ts';
import type { Connection } from '../src/store/connection.ts';
import { exportFormatOf } from '../src/transfer/export/formats.ts';
import { exportGraph } from '../src/transfer/export/read-graph.ts';
import { openEmpty } from './world-home.ts';

/**
 * `npm run bench:export -- 1000000`: so many relationships written by plain UNWIND, then exported in several formats by a
 * process that has 256 MB of heap: the first byte, the time, the heap, against reading the same rows by the driver alone.
 */

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const EDGES = Number(process.argv[2] ?? 1_000_000);
const NODES = Math.ceil(EDGES / 10);
const FORMATS = ['gexf', 'json', 'csv.zip'];
const BATCH = 10_000;

async function fill(connection: Connection): Promise<void> {
  const batches = (count: number) => Array.from({ length: Math.ceil(count / BATCH) }, (_, nth) => nth * BATCH);
  for (const first of batches(NODES))
    await connection.write('bench', (tx) =>
      tx.run(
        `CYPHER 5 UNWIND range($first, $last) AS n
         CREATE (p:Entity:Actor:Person {id: 'person:n' + toString(toInteger(n)), name: 'Person number ' + toString(toInteger(n))})
         SET p.birthDate = '1970', p.aliases = ['Somebody', 'N. ' + toString(toInteger(n))], p.createdAt = datetime()`,
        { first, last: Math.min(first + BATCH, NODES) - 1 },
      ),
    );
  for (const first of batches(EDGES))
    await connection.write('bench', (tx) =>
      tx.run(
        `CYPHER 5 UNWIND range($first, $last) AS n WITH toInteger(n) AS n
         MATCH (a:Entity {id: 'person:n' + toString(n % $nodes)})
         MATCH (b:Entity {id: 'person:n' + toString((n * 7919 + 13) % $nodes)})
         CREATE (a)-[r:ALLIED_WITH {id: 'allied-with:n' + toString(n), validFrom: '2001-02', status: 'FACT', weakestStatus: 'ALLEGED'}]->(b)
         SET r.hedged = false, r.disputed = false, r.claimCount = 1, r.sourceCount = 1, r.claims = ['claim:n' + toString(n)]`,
        { first, last: Math.min(first + BATCH, EDGES) - 1, nodes: NODES },
      ),
    );
}

/** The rows that an export reads, read by the driver's own iterator and thrown away. */
async function floor({ driver, database }: Connection): Promise<number> {
  const { entities: entityTypes, relationships: relationshipTypes } = ontology;
  const extent: Extent = {
    model: ontology,
    chosen: null,
    entityTypes,
    relationshipTypes,
    asOf: null,
    minCommitment: null,
  };
  const person = entityTypes.filter(({ name }) => name === 'Person');
  const allied = alikeTypes(relationshipTypes.filter(({ name }) => name === 'ALLIED_WITH'));
  const statements = [
    ...person.map((type) => entityRows(extent, type).statement),
    ...allied.map((types) => edgeRows(extent, types).statement),
  ];
  const began = performance.now();
  let rows = 0;
  for (const { text } of statements) {
    const session = driver.session({ database, defaultAccessMode: 'READ', fetchSize: 1_000 });
    for await (const record of session.run(text)) rows += record.length > 0 ? 1 : 0;
    await session.close();
  }
  if (rows !== NODES + EDGES) throw new Error(`${rows} rows were read`);
  return (performance.now() - began) / 1_000;
}

async function write(connection: Connection, extension: string) {
  const format = exportFormatOf(`graph.${extension}`);
  if (!format) throw new Error(`there is no format ${extension}`);
  const { signal } = new AbortController();
  const began = performance.now();
  const graph = await exportGraph(connection, ontology, { name: 'graph', view: 'contracted' });
  let [first, bytes, heap] = [0, 0, 0];
  for await (const piece of format.write(graph, { connection, model: ontology, signal })) {
    first ||= performance.now() - began;
    bytes += typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length;
    heap = Math.max(heap, process.memoryUsage().heapUsed);
  }
  return { first, bytes, heap, seconds: (performance.now() - began) / 1_000, counts: graph.about.counts };
}

const home = await openEmpty(say);
try {
  const { connection } = home;
  await fill(connection);
  say(`${NODES} entities and ${EDGES} relationships are there.`);
  await floor(connection);
  const least = await floor(connection);
  say(`driver alone: ${least.toFixed(1)} s`);
  for (const extension of FORMATS) {
    const { first, bytes, heap, seconds, counts } = await write(connection, extension);
    say(
      `${extension}: first byte ${first.toFixed(0)} ms, ${seconds.toFixed(1)} s (${(least / seconds).toFixed(2)} of the driver's speed), ` +
        `${(bytes / 1e6).toFixed(0)} MB, heap at most ${(heap / 1e6).toFixed(0)} MB, ${counts.nodes} nodes, ${counts.edges} edges`,
    );
  }
} finally {
  await home[Symbol.asyncDispose]();
}
