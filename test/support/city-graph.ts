import { beforeAll } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { city } from './city.ts';
import { type TestGraph, testGraph } from './graph.ts';
import { type Oracle, oracleOf } from './oracle/oracle.ts';
import { type PlainGraph, readPlainGraph } from './oracle/plain-graph.ts';
import { type Pool, poolOf } from './oracle/pool.ts';

/** The city in the database, and the oracle over what the database holds of it. Filled before the first test. */
export interface CityGraph extends TestGraph {
  plain: PlainGraph;
  oracle: Oracle;
  pool: Pool;
}

/** A claim that was taken back, as whoever takes claims back leaves it. */
const RETRACTED = `MATCH (c:Claim {id: 'claim:withdrawn'})
  SET c.retractedAt = datetime('2024-06-07T08:09:10Z'), c.retractedBy = 'town clerk', c.retractionReason = 'The paper withdrew it.'`;

export function cityGraph(): CityGraph {
  const graph = testGraph();
  const filled = graph as CityGraph;
  beforeAll(async () => {
    const written = await graph.record(city(ontology));
    if (written.problems.length > 0)
      throw new Error(`the city is not well-formed: ${JSON.stringify(written.problems, null, 2)}`);
    await graph.connection.write('retract', (tx) => tx.run(RETRACTED));
    await graph.connection.write('index', (tx) =>
      tx.run('CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()'),
    );
    filled.plain = await readPlainGraph(ontology, (text) => graph.rows(text));
    filled.oracle = oracleOf(ontology, filled.plain, graph.today);
    filled.pool = poolOf(ontology, filled.plain);
  });
  return filled;
}
