import type { Driver, Session } from 'neo4j-driver';
import { identifier } from '../src/compile/identifier.ts';
import type { Model } from '../src/model/model.ts';
import type { Properties } from '../src/store/graph/properties.ts';
import type { WorldPart } from './world-shape.ts';
import { claimEnds, claimProperties, edgeProperties, labelsOf, nodeProperties } from './world-store.ts';

/**
 * Loads a world into an empty store by plain batches. Ends of edges are found by Neo4j's own numbers of nodes, which are kept
 * here, so that no index is needed yet: indexes that are made afterwards, over everything at once, cost a fraction.
 */

const BATCH = 5_000;
/** Sessions that write at once. More than one contends for hubs' locks, but the database has time to plan and log meanwhile. */
const WRITERS = 3;

export interface Loaded {
  readonly nodes: number;
  readonly edges: number;
  readonly claims: number;
}

/** @param parts makes the world; called twice, once for the nodes and once for what ties them */
export async function loadWorld(
  { driver, database }: { driver: Driver; database: string },
  model: Model,
  parts: () => Iterable<WorldPart>,
): Promise<Loaded> {
  const numbers = new Map<string, number>();
  const at = (id: string): number => {
    const number = numbers.get(id);
    if (number === undefined) throw new Error(`${id} is not there`);
    return number;
  };
  const counts = { nodes: 0, edges: 0, claims: 0 };
  const sessions = Array.from({ length: WRITERS }, () => driver.session({ database }));
  try {
    const nodes = new Batches();
    const made = (rows: readonly unknown[][]): void => {
      for (const [id, number] of rows) numbers.set(String(id), Number(number));
    };
    for (const part of parts()) {
      for (const node of part.nodes) nodes.add(nodeText(model, node.type), nodeProperties(model, node));
      counts.nodes += part.nodes.length;
      await runAll(sessions, nodes.take(BATCH), made);
    }
    await runAll(sessions, nodes.take(1), made);
    const ties = new Batches();
    for (const part of parts()) {
      for (const claim of part.claims) {
        const { subject, object, source } = claimEnds(claim);
        ties.add(CLAIM, [claimProperties(claim), at(subject), at(object), at(source)]);
        for (const edge of claim.asserts)
          ties.add(edgeText(edge.type), [at(edge.from), at(edge.to), edgeProperties(model, edge, claim)]);
        counts.edges += claim.asserts.length;
      }
      counts.claims += part.claims.length;
      await runAll(sessions, ties.take(BATCH));
    }
    await runAll(sessions, ties.take(1));
    return counts;
  } finally {
    await Promise.all(sessions.map((session) => session.close()));
  }
}

const nodeText = (model: Model, type: string): string =>
  `UNWIND $rows AS row CREATE (n:${labelsOf(model, type)}) SET n = row RETURN n.id, id(n)`;
const edgeText = (type: string): string =>
  `UNWIND $rows AS row MATCH (a) WHERE id(a) = row[0] MATCH (b) WHERE id(b) = row[1] CREATE (a)-[r:${identifier(type)}]->(b) SET r = row[2]`;
const CLAIM =
  'UNWIND $rows AS row MATCH (s) WHERE id(s) = row[1] MATCH (o) WHERE id(o) = row[2] MATCH (x) WHERE id(x) = row[3] CREATE (c:Claim) SET c = row[0] CREATE (c)-[:SUBJECT]->(s) CREATE (c)-[:OBJECT]->(o) CREATE (c)-[:STATED_IN]->(x)';

interface Job {
  readonly text: string;
  readonly rows: readonly unknown[];
}

/** Rows that wait, by the statement that takes them. */
class Batches {
  readonly #rows = new Map<string, unknown[]>();

  add(text: string, row: Properties | readonly unknown[]): void {
    const rows = this.#rows.get(text) ?? [];
    this.#rows.set(text, rows);
    rows.push(row);
  }

  /** Takes what has at least so many rows, in batches. */
  take(least: number): Job[] {
    return [...this.#rows].flatMap(([text, rows]) => {
      const jobs: Job[] = [];
      while (rows.length >= least) jobs.push({ text, rows: rows.splice(0, BATCH) });
      return jobs;
    });
  }
}

/** Runs jobs on all sessions at once; one that ran into another's lock is run again by the driver. */
async function runAll(
  sessions: readonly Session[],
  jobs: readonly Job[],
  made?: (rows: readonly unknown[][]) => void,
): Promise<void> {
  const left = [...jobs];
  await Promise.all(
    sessions.map(async (session) => {
      for (let job = left.shift(); job; job = left.shift()) {
        const { text, rows } = job;
        const result = await session.executeWrite((tx) => tx.run(`CYPHER 5 ${text}`, { rows }));
        made?.(result.records.map((record) => record.keys.map((key) => record.get(key) as unknown)));
      }
    }),
  );
}
