import { expect, test } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { enterFirstRevisions } from '../../src/store/log/first-revisions.ts';
import { testGraph } from '../support/graph.ts';
import { violations } from '../support/invariants.ts';
import { fact, tie } from '../support/told.ts';

/** A store from before there was a log. */

const graph = testGraph();

test('what a store held before it kept a log is entered once, as it stands', async () => {
  const { problems } = await graph.record([
    { source: { id: 'source:herald', name: 'The Herald', kind: 'ARTICLE' } },
    { person: { id: 'person:ana', name: 'Ana', names: [{ value: 'Ana Lima', kind: 'LEGAL', validFrom: '1990' }] } },
    { politicalParty: { id: 'political-party:bread', name: 'Bread' } },
    tie('memberOf', 'person:ana', 'political-party:bread'),
    { claim: fact('Born in 1970.', { subject: 'person:ana', predicate: 'birthDate', value: { date: '1970' } }) },
  ]);
  expect(problems).toEqual([]);
  await graph.connection.write('forget', async (tx) => {
    await tx.run('MATCH (n) WHERE n:Revision OR n:ConcordatFeed DETACH DELETE n');
    await tx.run("MATCH (d:ConcordatDerivation {name: 'first revisions'}) SET d.done = false");
  });
  const said: string[] = [];
  for (let twice = 0; twice < 2; twice++)
    await enterFirstRevisions(graph.connection, ontology, (line) => said.push(line));
  expect(said).toHaveLength(1);
  expect(await violations(graph.connection)).toEqual([]);
  expect(await graph.rows('MATCH (v:Revision) RETURN DISTINCT v.action, v.by, toString(v.at)')).toEqual([
    ['CREATED', 'test', '2025-02-05T12:00:00Z'],
  ]);
  // What comes after goes on from there.
  await graph.record([{ person: { id: 'person:ana', description: 'A mayor.' } }]);
  expect(await violations(graph.connection)).toEqual([]);
});
