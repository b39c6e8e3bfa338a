import { describe, expect, it } from 'vitest';
import { world } from '../../bench/world.ts';
import { loadWorld } from '../../bench/world-load.ts';
import { SOURCE, type WorldPart } from '../../bench/world-shape.ts';
import { endNamed, isLegal, lookupName, recordName, relationshipNamed } from '../../src/model/model.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { fingerprint, type Properties } from '../../src/store/graph/properties.ts';
import { cleanGraph } from '../support/database.ts';
import { testGraph } from '../support/graph.ts';

/** The made-up world of the bench: the same for the same seed, sound, and in the store what the one door would write. */

const graph = testGraph();

const made = (nodes: number, seed: number): WorldPart[] => [...world({ nodes, seed })];
const small = made(500, 7);
/** Enough for the one door: at least one entity of every type. */
const smaller = made(150, 7);

/** The world as records. */
function* records(parts: readonly WorldPart[]): Generator<Record<string, unknown>> {
  for (const { nodes } of parts)
    for (const { type, id, fields } of nodes) {
      const end = endNamed(ontology, type);
      if (end) yield { [lookupName(end)]: { id, ...fields } };
    }
  for (const { claims } of parts)
    for (const { id, text, commitment, asserts } of claims) {
      for (const edge of asserts) {
        const type = relationshipNamed(ontology, edge.type);
        if (type) yield { [recordName(type)]: { from: edge.from, to: edge.to, ...edge.fields } };
      }
      const said = { id, text, commitment, attribution: 'DOCUMENT', source: SOURCE.id };
      yield { claim: { ...said, asserts: asserts.map((edge) => edge.id) } };
    }
}

/** Everything in the store as text, without who wrote it. */
async function stored(): Promise<string[]> {
  const by = new Set(['createdBy', 'recordedBy']);
  const nodes = await graph.rows('MATCH (n:Entity|Claim) RETURN labels(n), properties(n)');
  const edges = await graph.rows('MATCH (a:Entity|Claim)-[r]->(b) RETURN a.id, type(r), b.id, properties(r)');
  return [
    ...nodes.map(([labels, of]) => `${(labels as string[]).toSorted()} ${fingerprint(of as Properties, by)}`),
    ...edges.map(([from, type, to, of]) => `${from} ${type} ${to} ${fingerprint(of as Properties, by)}`),
  ].toSorted();
}

describe('a made-up world', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(made(500, 7)).toEqual(small);
    expect(made(500, 8)).not.toEqual(small);
  });

  it('has as many entities as it is asked for, each with an id of its own', () => {
    const ids = made(12_000, 1).flatMap(({ nodes }) => nodes.map(({ id }) => id));
    expect(ids).toHaveLength(12_001);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has legal ends only, hubs included, and each relationship once', () => {
    const parts = made(12_000, 1);
    const typeOf = new Map(parts.flatMap(({ nodes }) => nodes.map(({ id, type }) => [id, endNamed(ontology, type)])));
    const edges = parts.flatMap(({ claims }) => claims.flatMap(({ asserts }) => asserts));
    const illegal = edges.filter(({ type, from, to }) => {
      const [relationship, start, end] = [relationshipNamed(ontology, type), typeOf.get(from), typeOf.get(to)];
      return !(relationship && start?.is === 'entity' && end?.is === 'entity' && isLegal(relationship, start, end));
    });
    expect(illegal).toEqual([]);
    expect(new Set(edges.map(({ id }) => id)).size).toBe(edges.length);
  });

  it('is the same around the people who are asked for, whatever its size', () => {
    const around = (nodes: number): string[] =>
      made(nodes, 1).flatMap(({ claims }) =>
        claims
          .flatMap(({ asserts }) => asserts)
          .filter(({ from, to }) => [from, to].some((id) => /^[a-z-]+:[1-4]-/.test(id)))
          .map((edge) => JSON.stringify(edge)),
      );
    expect(around(20_000)).toEqual(around(10_000));
  });

  it('stands in the store as the one door would write it', async () => {
    await loadWorld(graph.connection, ontology, () => smaller);
    const loaded = await stored();
    await cleanGraph(graph.connection);
    const written = await graph.record([...records(smaller)]);
    expect(written.problems).toEqual([]);
    expect(written.notices).toEqual([]);
    expect(loaded).toEqual(await stored());
    // Every type has statements of its own to plan.
  }, 120_000);

  it('is read through the API', async () => {
    await cleanGraph(graph.connection);
    const loaded = await loadWorld(graph.connection, ontology, () => small);
    const [person] =
      small.flatMap(({ claims }) => claims).find(({ asserts }) => asserts[0]?.type === 'HOLDS_POSITION')?.asserts ?? [];
    const { data, errors } = await graph.ask(
      `query Q($id: ID!) {
        entities { totalCount }
        people(first: 1, orderBy: [{ name: ASC }]) { nodes { id } }
        person(id: $id) { positionsHeld { edges { relationship { status sourceCount validFrom } node { id } } } }
      }`,
      { id: person?.from },
    );
    expect(errors).toBeUndefined();
    expect(data?.['entities']).toEqual({ totalCount: loaded.nodes });
    expect(data?.['person']).toMatchObject({
      positionsHeld: {
        edges: expect.arrayContaining([
          expect.objectContaining({
            node: { id: person?.to },
            relationship: expect.objectContaining({ sourceCount: 1 }),
          }),
        ]),
      },
    });
  });
});
