import { beforeAll, describe, expect, test } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { seedFolder } from '../../src/transfer/seed.ts';
import { exported } from '../support/exported.ts';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';

/** What an export is of: the sets, counted before they are read. On the article. */

const graph = testGraph();
const { connection } = graph;
const AGREEMENT = 'agreement:el-salvador-united-states';

beforeAll(async () => {
  await seedFolder(connection, ontology, projectFile('seeds/el-salvador-2025'), 'test');
  // A merge has left an old id behind.
  await connection.write('test', (tx) =>
    tx.run('CREATE (:Removed {id: $old, kind: "ENTITY", type: "Agreement", survivor: $new})', {
      old: 'agreement:by-its-old-id',
      new: AGREEMENT,
    }),
  );
  await connection.write('test', (tx) => tx.run('CALL db.awaitIndexes(60)'));
});

const count = async (text: string): Promise<number> => Number((await graph.rows(text))[0]?.[0]);
const ids = (things: readonly { readonly id: string }[]) => things.map(({ id }) => id).sort();

describe('the whole graph', () => {
  test('is every entity, every relationship and every claim, counted before it is read', async () => {
    const { about, nodes, edges, claims } = await exported(connection);
    expect(about.counts).toEqual({ nodes: nodes.length, edges: edges.length, claims: claims.length });
    expect(about.truncated).toBeNull();
    expect(about.parameters).toEqual({});
    expect(nodes).toHaveLength(await count('MATCH (n:Entity) RETURN count(n)'));
    expect(claims).toHaveLength(await count('MATCH (n:Claim) RETURN count(n)'));
    expect(edges).toHaveLength(await count('MATCH (:Entity)-[r]->(:Entity) RETURN count(r)'));
    expect(new Set(ids(nodes)).size).toBe(nodes.length);
    expect(new Set(ids(edges)).size).toBe(edges.length);
  });

  test('has fields in the shape of records, dates as they are known, and what follows apart', async () => {
    const { nodes, edges, claims } = await exported(connection);
    const term = nodes.find(({ fields }) => String(fields['name']).startsWith('Term 3'));
    expect(term).toMatchObject({ derived: { status: 'OFFERED' }, fields: { name: expect.any(String) } });
    expect(term?.fields).not.toHaveProperty('status');
    const party = edges.find(({ type, to }) => type === 'PARTY_TO' && to === AGREEMENT);
    expect(party?.standing).toMatchObject({ status: expect.any(String), claimCount: expect.any(Number) });
    expect(party?.standing?.claims.length).toBeGreaterThan(0);
    const known = new Set(ids(claims));
    for (const edge of edges) for (const claim of edge.standing?.claims ?? []) expect(known).toContain(claim);
    const quoted = claims.find(({ fields }) => fields['quote']);
    expect(quoted?.fields['quote']).toMatchObject({ text: expect.any(String) });
    for (const claim of claims)
      expect(claim).toMatchObject({ subject: expect.any(String), source: expect.any(String) });
  });

  test('has claims as nodes, and their ties as edges, where that is asked for', async () => {
    const contracted = await exported(connection);
    const full = await exported(connection, { view: 'full' });
    expect(full.about.counts).toEqual({
      nodes: full.nodes.length,
      edges: full.edges.length,
      claims: contracted.claims.length,
    });
    expect(full.nodes).toHaveLength(contracted.nodes.length + contracted.claims.length);
    expect(full.edges.filter(({ type }) => type === 'STATED_IN')).toHaveLength(contracted.claims.length);
    const known = new Set(ids(full.nodes));
    for (const { from, to } of full.edges) expect([known.has(from), known.has(to)]).toEqual([true, true]);
    expect(new Set(ids(full.edges)).size).toBe(full.edges.length);
  });

  test('may be cut, and says so', async () => {
    const { about, nodes, edges } = await exported(connection, { limit: 10 });
    expect(nodes).toHaveLength(10);
    expect(about.counts).toMatchObject({ nodes: 10, edges: edges.length });
    expect(about.truncated).toMatch(/^limit: 10 of \d+ entities/);
    const known = new Set(ids(nodes));
    for (const { from, to } of edges) expect(known.has(from) && known.has(to)).toBe(true);
  });

  test('is narrowed by types, a day and a commitment as everywhere', async () => {
    const people = await exported(connection, {
      types: ['PERSON', 'GOVERNMENT'],
    });
    expect(new Set(people.nodes.map(({ type }) => type?.name))).toEqual(new Set(['Person', 'Government']));
    expect(people.about.counts).toMatchObject({ nodes: people.nodes.length, edges: people.edges.length });
    expect(people.about.counts.claims).toBe(people.claims.length);
    const parties = await exported(connection, { types: ['PARTY_TO'] });
    expect(new Set(parties.edges.map(({ type }) => type))).toEqual(new Set(['PARTY_TO']));
    const facts = await exported(connection, { minCommitment: 'FACT' });
    expect(facts.about.counts.edges).toBe(facts.edges.length);
    for (const { type, standing } of facts.edges)
      expect(standing?.status === 'FACT' || type === 'STANCE_ON' || type === 'SPOKE_OF').toBe(true);
    const early = await exported(connection, { asOf: '2020-01-01' });
    const everything = await exported(connection);
    expect(early.edges.length).toBeLessThan(everything.edges.length);
    expect(early.about.counts.edges).toBe(early.edges.length);
  });
});

describe('a part of the graph', () => {
  test('is what lies a step from what is named, with all that is among it', async () => {
    const { about, nodes, edges, claims } = await exported(connection, { ids: [AGREEMENT] });
    const near = await graph.rows('MATCH ({id: $id})--(n:Entity) RETURN DISTINCT n.id', { id: AGREEMENT });
    expect(ids(nodes)).toEqual([AGREEMENT, ...near.map(([id]) => String(id))].sort());
    const among = await graph.rows('MATCH (a:Entity)-[r]->(b:Entity) WHERE a.id IN $ids AND b.id IN $ids RETURN r.id', {
      ids: ids(nodes),
    });
    expect(ids(edges)).toEqual(among.map(([id]) => String(id)).sort());
    expect(about.counts).toEqual({ nodes: nodes.length, edges: edges.length, claims: claims.length });
    expect(about.parameters).toEqual({ ids: AGREEMENT });
    expect(new Set(ids(claims)).size).toBe(claims.length);
  });

  test('counts ties among what is in it', async () => {
    const full = await exported(connection, { ids: [AGREEMENT], depth: 1, view: 'full' });
    expect(full.about.counts).toMatchObject({ nodes: full.nodes.length, edges: full.edges.length });
    const people = await exported(connection, { types: ['PERSON'], view: 'full' });
    expect(people.about.counts).toMatchObject({ nodes: people.nodes.length, edges: people.edges.length });
  });

  test('is found by an id that a merge retired, and names ids that there are not', async () => {
    const { nodes } = await exported(connection, { ids: ['agreement:by-its-old-id'], depth: 0 });
    expect(ids(nodes)).toEqual([AGREEMENT]);
    await expect(exported(connection, { ids: [AGREEMENT, 'person:nobody', 'x'] })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'There are no entities person:nobody, x.',
      details: { path: ['ids'] },
    });
  });

  test('is found by words, as search finds them', async () => {
    const { nodes } = await exported(connection, { query: 'bukele', types: ['PERSON'] });
    expect(ids(nodes)).toContain('person:nayib-bukele');
    const found = await graph.ask('{ search(query: "bukele", types: [PERSON], first: 200) { nodes { id } } }');
    const said = found.data as { search: { nodes: { id: string }[] } };
    expect(ids(nodes)).toEqual(ids(said.search.nodes));
    const none = await exported(connection, { query: 'qqqqxyzzy' });
    expect(none.about.counts).toEqual({ nodes: 0, edges: 0, claims: 0 });
  });

  test('keeps what is nearest within its limit, and says what is left out', async () => {
    const { about, nodes } = await exported(connection, { ids: [AGREEMENT], depth: 3, limit: 5 });
    expect(nodes).toHaveLength(5);
    expect(about.truncated).toMatch(/more than 5 entities/);
    const far = await exported(connection, { ids: [AGREEMENT], depth: 4 });
    expect(far.about.truncated).toBeNull();
  });

  test.each([
    [{ depth: 2 }, 'depth'],
    [{ ids: [AGREEMENT], depth: 5 }, 'depth'],
    [{ types: ['HOLDS_POSITON'] }, 'types'],
    [{ asOf: '2024' }, 'asOf'],
    [{ minCommitment: 'QUESTION' }, 'minCommitment'],
    [{ limit: 0 }, 'limit'],
    [{ limit: 1e9 }, 'limit'],
  ])('refuses %j, and names what is wrong', async (request, path) => {
    await expect(exported(connection, request)).rejects.toMatchObject({ details: { path: [path] } });
  });
});
