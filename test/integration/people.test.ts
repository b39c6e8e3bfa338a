import { describe, expect, it } from 'vitest';
import { relationshipNamed } from '../../src/model/model.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { cityGraph } from '../support/city-graph.ts';
import type { PlainEdge, PlainEntity } from '../support/oracle/plain-graph.ts';
import { stateOf } from '../support/oracle/temporal.ts';

/** `Organization.people`, held to what is read off the plain graph. */

const graph = cityGraph();

/** Who belongs to an organization on a day, or ever, by the ids of the relationships that say so. */
function belonging(
  organization: PlainEntity,
  day: string | null,
): Map<PlainEntity, { edges: string[]; posts: string[] }> {
  const holds = (edge: PlainEdge): boolean => {
    const type = relationshipNamed(ontology, edge.type);
    if (day === null || !type || type.time.class === 'timeless') return true;
    return ['CURRENT', 'UNKNOWN'].includes(stateOf(type, edge.properties, day));
  };
  const found = new Map<PlainEntity, { edges: string[]; posts: string[] }>();
  const add = (edge: PlainEdge, post?: PlainEntity): void => {
    if (edge.from.type !== 'Person' || !holds(edge)) return;
    const one = found.get(edge.from) ?? { edges: [], posts: [] };
    one.edges.push(edge.id);
    if (post && !one.posts.includes(post.id)) one.posts.push(post.id);
    found.set(edge.from, one);
  };
  for (const edge of new Set(organization.edges)) {
    if (edge.to !== organization) continue;
    if (['MEMBER_OF', 'EMPLOYED_BY', 'LEADS'].includes(edge.type)) add(edge);
    if (edge.type !== 'POSITION_IN') continue;
    for (const held of edge.from.edges) if (held.type === 'HOLDS_POSITION') add(held, edge.from);
  }
  return found;
}

interface People {
  readonly totalCount: number;
  readonly edges: readonly {
    readonly node: { readonly id: string; readonly name: string };
    readonly relationships: readonly { readonly id: string }[];
    readonly positions: readonly { readonly id: string }[];
  }[];
}

const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id).sort();

describe('the people of an organization', () => {
  it.each([null, '2000-01-01', '2019-06-01', '2024-02-03'])(
    'are all who belong to it, each once; as of %s',
    async (day) => {
      const { data, errors } = await graph.ask(
        `query ($day: Date) { organizations(first: 200, asOf: $day) { nodes { id people(first: 200) {
        totalCount edges { node { id name } relationships { id } positions { id } } } } } }`,
        { day },
      );
      expect(errors).toBeUndefined();
      const { nodes } = (data as { organizations: { nodes: { id: string; people: People }[] } }).organizations;
      let people = 0;
      for (const { id, people: got } of nodes) {
        const expected = belonging(graph.plain.entities.get(id) as PlainEntity, day);
        expect(
          Object.fromEntries(
            got.edges.map(({ node, relationships, positions }) => [node.id, [ids(relationships), ids(positions)]]),
          ),
          id,
        ).toEqual(
          Object.fromEntries(
            [...expected].map(([person, { edges, posts }]) => [person.id, [edges.sort(), posts.sort()]]),
          ),
        );
        expect(got.totalCount).toBe(expected.size);
        people += expected.size;
      }
      expect(people).toBeGreaterThan(2);
    },
  );

  it('come by name, page by page, and by what a filter says of them', async () => {
    const busiest = [...graph.plain.entities.values()]
      .map((entity) => [entity, belonging(entity, null).size] as const)
      .sort((a, b) => b[1] - a[1])[0]?.[0] as PlainEntity;
    const page = async (after: string | null) => {
      const { data } = await graph.ask(
        `query ($id: ID!, $after: String) { entity(id: $id) { ... on Organization { people(first: 1, after: $after) {
          nodes { id } pageInfo { hasNextPage endCursor } } } } }`,
        { id: busiest.id, after },
      );
      return (
        data as {
          entity: { people: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
        }
      ).entity.people;
    };
    const met: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { nodes, pageInfo } = await page(after);
      met.push(...nodes.map(({ id }) => id));
      [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    expect(met.length).toBeGreaterThan(1);
    expect([...met].sort()).toEqual([...belonging(busiest, null).keys()].map(({ id }) => id).sort());
    const { data } = await graph.ask(
      `query ($id: ID!, $one: ID!) { entity(id: $id) { ... on Organization { people(where: { id: { eq: $one } }) { totalCount } } } }`,
      { id: busiest.id, one: met[0] },
    );
    expect(data).toEqual({ entity: { people: { totalCount: 1 } } });
  });
});
