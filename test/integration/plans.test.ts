import { readdirSync, readFileSync } from 'node:fs';
import neo4j, { type Plan, type ProfiledPlan } from 'neo4j-driver';
import { beforeAll, describe, expect, it } from 'vitest';
import { world } from '../../bench/world.ts';
import { HUBS } from '../../bench/world-edges.ts';
import { loadWorld } from '../../bench/world-load.ts';
import type { Statement } from '../../src/compile/plan.ts';
import { WholeNumber } from '../../src/compile/values.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { testDatabase } from '../support/database.ts';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';

/**
 * How the database goes about the statements, in a world that is large enough for it to mind: nothing is looked for by
 * looking at everything, and an entity with very many relationships costs no more than one with few.
 */

const graph = testGraph();
const { driver, database } = testDatabase();

/** Whoever looks at everything where an index would serve. */
const FORBIDDEN = [
  'AllNodesScan',
  'NodeByLabelScan',
  'CartesianProduct',
  'UndirectedAllRelationshipsScan',
  'DirectedAllRelationshipsScan',
];

/** Numbers about everything look at what they count, unless the store has counted it already. */
const counts = (file: string): boolean => file.startsWith('stats') && !file.startsWith('stats-years');
const forbiddenIn = (file: string): string[] =>
  FORBIDDEN.filter((operator) => !(counts(file) && operator === 'NodeByLabelScan'));

const NODES = 9_000;

beforeAll(async () => {
  await loadWorld({ driver, database }, ontology, () => world({ nodes: NODES, seed: 1 }));
  await graph.rows('CALL db.awaitIndexes(60)');
  await graph.rows('CALL db.resampleOutdatedIndexes()');
}, 120_000);

type Step = Plan | ProfiledPlan;
const steps = (plan: Step): Step[] => [plan, ...plan.children.flatMap((child) => steps(child as Step))];
const operators = (plan: Step): string[] => steps(plan).map(({ operatorType }) => operatorType.replace(/@.*/, ''));

async function run(text: string, parameters: object, how: 'EXPLAIN' | 'PROFILE') {
  const session = driver.session({ database, defaultAccessMode: 'READ' });
  try {
    const { summary } = await session.run(`CYPHER 5 ${how} ${text.replace(/^CYPHER 5 /, '')}`, parameters);
    const plan = how === 'EXPLAIN' ? summary.plan : summary.profile;
    if (!plan) throw new Error('the database tells no plan');
    return plan;
  } finally {
    await session.close();
  }
}

const folder = (path: string, ending: string) =>
  readdirSync(projectFile(path))
    .filter((file) => file.endsWith(ending))
    .sort();

async function statementsOf(query: string, variables: Record<string, unknown> = {}): Promise<Statement[]> {
  return (await graph.ask(query, variables)).statements;
}

/** What a statement reads, in the database's own unit. */
async function hits(query: string, variables: Record<string, unknown>): Promise<number> {
  let sum = 0;
  for (const { text, parameters } of await statementsOf(query, variables)) {
    const plan = (await run(text, withIntegers(parameters), 'PROFILE')) as ProfiledPlan;
    sum += steps(plan).reduce((all, step) => all + Number((step as ProfiledPlan).dbHits), 0);
  }
  return sum;
}

const withIntegers = (parameters: Statement['parameters']): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      value instanceof WholeNumber ? neo4j.int(value.value) : value,
    ]),
  );

describe.concurrent('no scan of everything', () => {
  it.each(folder('cypher/queries', '.cypher'))('in cypher/queries/%s', async (file) => {
    const text = readFileSync(projectFile(`cypher/queries/${file}`), 'utf8').replace(/;\s*$/, '');
    const uncommented = text.replace(/^\/\/.*$/gm, '').trim();
    const found = operators(await run(uncommented, {}, 'EXPLAIN'));
    expect(found.filter((operator) => forbiddenIn(file).includes(operator))).toEqual([]);
  });

  it('in what several entities share, as of a day', async () => {
    const query = `query ($ids: [ID!]!) {
      commonConnections(ids: $ids, asOf: "2021-05-05") { entity { name } relationships { type claims { totalCount } } } }`;
    const [statement] = await statementsOf(query, { ids: [HUBS.employer, HUBS.party] });
    const found = operators(await run(statement?.text ?? '', withIntegers(statement?.parameters ?? {}), 'EXPLAIN'));
    expect(found.filter((operator) => FORBIDDEN.includes(operator))).toEqual([]);
  });

  it.each(folder('test/cases', '.graphql'))('in test/cases/%s', async (file) => {
    for (const { text, parameters } of await statementsOf(readFileSync(projectFile(`test/cases/${file}`), 'utf8'))) {
      const found = operators(await run(text, withIntegers(parameters), 'EXPLAIN'));
      expect(
        found.filter((operator) => forbiddenIn(file).includes(operator)),
        text,
      ).toEqual([]);
    }
  });
});

describe('an entity with very many relationships', () => {
  const degree = async () =>
    Number((await graph.rows('MATCH (n:Agency {id: $id}) RETURN COUNT { (n)--() }', { id: HUBS.employer }))[0]?.[0]);

  it.each([
    ['by id', 'employees(first: 5) { nodes { id } }'],
    ['by the far end’s name', 'employees(first: 5, orderBy: [{ node: { name: ASC } }]) { nodes { id } }'],
    ['backward by name', 'employees(first: 5, orderBy: [{ node: { name: DESC } }]) { nodes { id } totalCount }'],
  ])('gives a page of them %s without looking at them all', async (_, list) => {
    const read = await hits(`query ($id: ID!) { agency(id: $id) { ${list} } }`, { id: HUBS.employer });
    expect(read).toBeLessThan((await degree()) / 4);
  });

  it('leaves those with few as cheap as they are', async () => {
    const [[few] = []] = await graph.rows(
      'MATCH (n:Person) WITH n, COUNT { (n)-[:EMPLOYED_BY]->() } AS held WHERE held > 0 AND held < 4 RETURN n.id ORDER BY n.id LIMIT 1',
    );
    const person = (list: string) => hits(`query ($id: ID!) { person(id: $id) { ${list} } }`, { id: few });
    expect(await person('employers { nodes { id } }')).toBeLessThan(100);
    expect(await person('employers(orderBy: [{ node: { name: ASC } }]) { nodes { id } }')).toBeLessThan(100);
  });

  it('stands in a path without being left in all directions', async () => {
    const [[from, to] = []] = await graph.rows(
      'MATCH (n:Agency {id: $id})<-[:EMPLOYED_BY]-(p) WITH p ORDER BY p.id LIMIT 2 RETURN collect(p.id)[0], collect(p.id)[1]',
      { id: HUBS.employer },
    );
    const path =
      'query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, maxLength: 2, avoidTypes: [SOURCE, COUNTRY]) { nodes { length } } }';
    expect(await hits(path, { from, to })).toBeLessThan((await degree()) / 4);
  });

  it('is where a filter that names it begins, or is come upon along the order', async () => {
    const people =
      'query ($where: PersonFilter) { people(where: $where, first: 5, orderBy: [{ name: ASC }]) { nodes { id } } }';
    const employedBy = (id: string) => ({ where: { employers: { some: { node: { id: { eq: id } } } } } });
    const [[few] = []] = await graph.rows(
      'MATCH (n:Company) WITH n, COUNT { (n)<-[:EMPLOYED_BY]-() } AS held WHERE held > 0 AND held < 5 RETURN n.id ORDER BY n.id LIMIT 1',
    );
    expect(await hits(people, employedBy(String(few)))).toBeLessThan(200);
    expect(await hits(people, employedBy(HUBS.employer))).toBeLessThan((await degree()) / 4);
  });
});

describe('the log of changes', () => {
  const REVISIONS = 3_000;

  beforeAll(async () => {
    await graph.connection.write('revise', (tx) =>
      tx.run(
        `UNWIND range(1, $count) AS nth
         CREATE (:Revision {id: 'revision:' + toString(nth), sequence: nth, kind: 'RELATIONSHIP', type: 'EMPLOYED_BY', at: datetime(),
           of: CASE nth % 3 WHEN 0 THEN $id ELSE 'employed-by:' + toString(nth) END,
           from: CASE nth % 3 WHEN 1 THEN $id END, to: CASE nth % 3 WHEN 2 THEN $id END})`,
        { count: neo4j.int(REVISIONS), id: HUBS.employer },
      ),
    );
    await graph.rows('CALL db.resampleOutdatedIndexes()');
  });

  it.each([
    ['a history', 'history(first: 5) { nodes { sequence } pageInfo { hasNextPage } }'],
    [
      'that of what is tied to it',
      'history(first: 5, connected: true) { nodes { sequence } pageInfo { hasNextPage } }',
    ],
  ])('gives a page of %s without looking at all of it', async (_, list) => {
    expect(await hits(`query ($id: ID!) { agency(id: $id) { ${list} } }`, { id: HUBS.employer })).toBeLessThan(100);
    const cursor = Buffer.from(JSON.stringify(['v.sequence-', REVISIONS / 2])).toString('base64url');
    const next = list.replace('first: 5', `first: 5, after: "${cursor}"`);
    expect(await hits(`query ($id: ID!) { agency(id: $id) { ${next} } }`, { id: HUBS.employer })).toBeLessThan(100);
  });

  it('gives a page of all changes, from wherever, without looking at the others', async () => {
    const since = Buffer.from(JSON.stringify(['v.sequence+', REVISIONS / 2])).toString('base64url');
    for (const given of [{}, { since }])
      expect(
        await hits(
          'query ($since: String) { changes(since: $since, first: 5) { nodes { sequence } totalCount } }',
          given,
        ),
      ).toBeLessThan(100);
  });

  it('does not make a look-up by id look twice where the id is one', async () => {
    expect(await hits('query ($id: ID!) { agency(id: $id) { name } }', { id: HUBS.employer })).toBe(3);
    await graph.connection.write('merge', (tx) =>
      tx.run("CREATE (:Removed {id: 'agency:of-old', survivor: $id})", { id: HUBS.employer }),
    );
    expect(await hits('query ($id: ID!) { agency(id: $id) { name } }', { id: 'agency:of-old' })).toBeLessThan(10);
  });
});
