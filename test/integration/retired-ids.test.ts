import { beforeAll, describe, expect, it } from 'vitest';
import { cityGraph } from '../support/city-graph.ts';

/** Ids that a merge has retired answer the survivor, wherever an id is asked for. */

const graph = cityGraph();
const OLD = 'person:ana-of-old';
const ANA = 'person:ana-ferro';
let edge = '';
let other = '';

beforeAll(async () => {
  [[edge, other]] = (await graph.rows(
    'MATCH (:Person {id: $id})-[r]-(m:Entity) WHERE NOT m:Source RETURN r.id, m.id ORDER BY r.id LIMIT 1',
    { id: ANA },
  )) as [[string, string]];
  await graph.connection.write('merge', (tx) =>
    tx.run(`UNWIND $rows AS row CREATE (t:Removed) SET t = row`, {
      rows: [
        { id: OLD, kind: 'ENTITY', type: 'Person', survivor: ANA },
        { id: `${edge}-of-old`, kind: 'RELATIONSHIP', survivor: edge },
        { id: 'person:removed', kind: 'ENTITY', type: 'Person' },
      ],
    }),
  );
});

/** The answer to a query about an id, as text in which the old id stands for the new one. */
async function answer(query: string, id: string): Promise<unknown> {
  const { data, errors, statements } = await graph.ask(query, { id, other });
  expect(errors).toBeUndefined();
  expect(statements.length).toBeLessThanOrEqual(1);
  return data;
}

describe('a retired id', () => {
  it.each([
    'query ($id: ID!) { person(id: $id) { id name relationships { totalCount } } }',
    'query ($id: ID!) { entity(id: $id) { id } }',
    'query ($id: ID!) { node(id: $id) { id } }',
    'query ($id: ID!) { nodes(ids: [$id]) { id ... on Entity { name } } }',
    'query ($id: ID!, $other: ID!) { paths(from: $id, to: $other) { nodes { explanation } } }',
    'query ($id: ID!, $other: ID!) { paths(from: $other, to: $id) { nodes { explanation } } }',
    'query ($id: ID!) { neighborhood(ids: [$id]) { nodes { id } relationships { id } } }',
    'query ($id: ID!, $other: ID!) { graph(ids: [$id, $other]) { nodes { id } relationships { id } } }',
    'query ($id: ID!, $other: ID!) { commonConnections(ids: [$id, $other]) { entity { id } count } }',
    'query ($id: ID!) { stances(on: $id) { nodes { stance } } }',
    'query ($id: ID!) { timeline(about: [$id]) { nodes { date field entity { id } } } }',
  ])('answers the survivor: %s', async (query) => {
    const expected = await answer(query, ANA);
    expect(await answer(query, OLD)).toEqual(expected);
    expect(JSON.stringify(expected)).toMatch(query.includes('stances') ? /stances/ : /[a-z]+:[a-z]|FACT|20/);
  });

  it('of a relationship does so too', async () => {
    const query = 'query ($id: ID!) { node(id: $id) { id ... on Relationship { from { id } } } }';
    expect(await answer(query, `${edge}-of-old`)).toEqual(await answer(query, edge));
    const several = 'query ($id: ID!) { nodes(ids: [$id, "person:ana-of-old"]) { id } }';
    expect(await answer(several, `${edge}-of-old`)).toEqual({ nodes: [{ id: edge }, { id: ANA }] });
  });

  it('is avoided in paths as its survivor is', async () => {
    const query =
      'query ($id: ID!, $other: ID!) { paths(from: "agreement:transfer", to: $other, avoid: [$id]) { nodes { relationships { id } } } }';
    expect(await answer(query, OLD)).toEqual(await answer(query, ANA));
  });

  it('that nothing took the place of leads nowhere', async () => {
    const query = 'query ($id: ID!) { person(id: $id) { id } }';
    expect(await answer(query, 'person:removed')).toEqual({ person: null });
    expect(await answer('query ($id: ID!) { nodes(ids: [$id]) { id } }', 'person:removed')).toEqual({ nodes: [null] });
  });
});
