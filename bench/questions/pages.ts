import { ASKED_BLOCKS } from '../world-shape.ts';
import { inAnyOrder, type Question, type Sampling, some } from './question.ts';

/** Look-ups and pages. */

interface Named {
  readonly id: string;
  readonly name: string;
}
interface Holding {
  readonly relationship: { readonly role: string };
  readonly node: { readonly name: string };
}
type Nodes<T> = { readonly nodes: readonly T[] };

/** People of the blocks that are the same in every world, who hold posts, each post once. */
export async function askedPeople(from: Sampling, count: number): Promise<string[]> {
  const rows = await from.rows(
    `UNWIND $blocks AS block UNWIND range(0, 599) AS nth
     MATCH (n:Entity {id: 'person:' + toString(toInteger(block)) + '-' + toString(nth)})-[:HOLDS_POSITION]->(p)
     WITH n, count(p) AS held, count(DISTINCT p) AS posts WHERE held = posts RETURN n.id ORDER BY n.id`,
    { blocks: ASKED_BLOCKS },
  );
  return some(
    from.draw,
    rows.map(([id]) => String(id)),
    count,
  );
}

export const lookUp: Question = {
  key: 'look-up',
  title: 'key look-up with one nested list',
  goal: 1.5,
  floor: {
    cypher:
      'MATCH (n:Person {id: $id}) RETURN n.name, COLLECT { MATCH (n)-[r:HOLDS_POSITION]->(p) WITH r, p ORDER BY r.id LIMIT 25 RETURN p.name }',
    read: ([row]) => [row?.[0], inAnyOrder(row?.[1])],
  },
  concordat: {
    query: 'query Q($id: ID!) { person(id: $id) { name positionsHeld { nodes { name } } } }',
    read: ({ person }: { person: Named & { positionsHeld: Nodes<Named> } }) => [
      person.name,
      inAnyOrder(person.positionsHeld.nodes.map(({ name }) => name)),
    ],
  },
  peer: {
    query: 'query Q($id: ID!) { people(where: { id: { eq: $id } }) { name positionsHeld { name } } }',
    read: ({ people: [person] }: { people: (Named & { positionsHeld: Named[] })[] }) => [
      person?.name,
      inAnyOrder(person?.positionsHeld.map(({ name }) => name)),
    ],
  },
  samples: async (from) => (await askedPeople(from, 200)).map((id) => ({ id })),
};

const holdings = (rows: unknown): unknown => inAnyOrder(rows);
const readPage = {
  floor: (rows: readonly unknown[][]) => rows.map(([id, name, held]) => [id, name, holdings(held)]),
  concordat: ({ people }: { people: Nodes<Named & { positionsHeld: { edges: Holding[] } }> }) =>
    people.nodes.map(({ id, name, positionsHeld }) => [
      id,
      name,
      holdings(positionsHeld.edges.map(({ relationship, node }) => [relationship.role, node.name])),
    ]),
  peer: ({
    people,
  }: {
    people: (Named & {
      positionsHeldConnection: { edges: { properties: { role: string }; node: { name: string } }[] };
    })[];
  }) =>
    people.map(({ id, name, positionsHeldConnection }) => [
      id,
      name,
      holdings(positionsHeldConnection.edges.map(({ properties, node }) => [properties.role, node.name])),
    ]),
};
const HELD = 'COLLECT { MATCH (n)-[r:HOLDS_POSITION]->(p) WITH r, p ORDER BY r.id LIMIT 25 RETURN [r.role, p.name] }';
const BODY = '{ nodes { id name positionsHeld { edges { relationship { role } node { name } } } } }';
const PEER_BODY = '{ id name positionsHeldConnection { edges { properties { role } node { name } } } }';

export const firstPage: Question = {
  key: 'first-page',
  title: 'first page, ordered, nested connection',
  goal: 1.5,
  floor: {
    cypher: `MATCH (n:Person) WHERE n.name IS NOT NULL WITH n ORDER BY n.name, n.id LIMIT 25 RETURN n.id, n.name, ${HELD}`,
    read: readPage.floor,
  },
  concordat: { query: `query Q { people(first: 25, orderBy: [{ name: ASC }]) ${BODY} }`, read: readPage.concordat },
  peer: {
    query: `query Q { people(limit: 25, sort: [{ name: ASC }, { id: ASC }]) ${PEER_BODY} }`,
    read: readPage.peer,
  },
  samples: async () => [{}],
};

/** Places in the list of all people, with the person who stands there and the cursor of that place. */
async function places(
  from: Sampling,
  around: number,
  count: number,
): Promise<{ at: number; name: string; id: string; after: string }[]> {
  const first = Math.max(0, around - 1000);
  const rows = await from.rows(
    `MATCH (n:Person) WHERE n.name IS NOT NULL WITH n ORDER BY n.name, n.id SKIP toInteger($first) LIMIT 1000 RETURN n.name, n.id`,
    { first },
  );
  const drawn = some(
    from.draw,
    rows.map(([name, id], nth) => ({ at: first + nth + 1, name: String(name), id: String(id) })),
    count,
  );
  return Promise.all(
    drawn.map(async (place) => {
      const data = await from.ask<{ people: { pageInfo: { endCursor: string } } }>(
        'query C($id: ID!) { people(first: 1, where: { id: { eq: $id } }, orderBy: [{ name: ASC }]) { pageInfo { endCursor } } }',
        { id: place.id },
      );
      return { ...place, after: data.people.pageInfo.endCursor };
    }),
  );
}

const KEYSET =
  'MATCH (n:Person) WHERE n.name >= $name AND (n.name <> $name OR n.id > $id) WITH n ORDER BY n.name, n.id LIMIT 25';

/** A page far down: the peer counts its way there, since it has no other. */
export const deepPage: Question = {
  key: 'deep-page',
  title: 'page at 50,000, ordered (or at five sixths of a shorter list)',
  goal: 1.5,
  floor: { cypher: `${KEYSET} RETURN n.id, n.name, ${HELD}`, read: readPage.floor },
  concordat: {
    query: `query Q($after: String!) { people(first: 25, after: $after, orderBy: [{ name: ASC }]) ${BODY} }`,
    read: readPage.concordat,
  },
  peer: {
    query: `query Q($at: Int!) { people(limit: 25, offset: $at, sort: [{ name: ASC }, { id: ASC }]) ${PEER_BODY} }`,
    read: readPage.peer,
  },
  samples: async (from) => {
    const [[people = 0] = []] = await from.rows('MATCH (n:Person) RETURN count(n)');
    return places(from, Math.min(50_000, Math.floor((Number(people) * 5) / 6)), 30);
  },
};

/** The same page as a peer's user would ask for it who writes the cursor's comparison into `where`. */
export const deepPageByName: Question = {
  ...deepPage,
  key: 'deep-page-by-name',
  title: 'the same page, the peer by a comparison in `where`',
  peer: {
    query: `query Q($name: String!, $id: ID!) { people(limit: 25, where: { OR: [{ name: { gt: $name } }, { name: { eq: $name }, id: { gt: $id } }] }, sort: [{ name: ASC }, { id: ASC }]) ${PEER_BODY} }`,
    read: readPage.peer,
  },
};

interface PeerActor extends Named {
  readonly __typename: string;
  readonly positionsHeld?: Named[];
  readonly employees?: Named[];
}
interface ActorNode extends Named {
  readonly __typename: string;
  readonly positionsHeld?: Nodes<Named>;
  readonly employees?: Nodes<Named>;
}
const ORGANIZATIONS = [
  'Agency',
  'Company',
  'Government',
  'PoliticalParty',
  'CivilSocietyOrganization',
  'MediaOrganization',
  'University',
  'Gang',
];

export const interfaceRoot: Question = {
  key: 'interface',
  title: 'interface root, ordered, two kinds of children',
  goal: 1.5,
  floor: {
    cypher: `MATCH (n:Actor) WHERE n.name IS NOT NULL WITH n ORDER BY n.name, n.id LIMIT 25
      RETURN head([label IN labels(n) WHERE NOT label IN ['Entity', 'Actor', 'Organization', 'Institution']]), n.id, n.name,
      CASE WHEN n:Person
        THEN COLLECT { MATCH (n)-[r:HOLDS_POSITION]->(p) WITH r, p ORDER BY p.name, p.id, r.id LIMIT 5 RETURN p.name }
        ELSE COLLECT { MATCH (n)<-[r:EMPLOYED_BY]-(p) WITH r, p ORDER BY p.name, p.id, r.id LIMIT 5 RETURN p.name } END`,
    read: (rows) => rows,
  },
  concordat: {
    query: `query Q { actors(first: 25, orderBy: [{ name: ASC }]) { nodes { __typename id name
      ... on Person { positionsHeld(first: 5, orderBy: [{ node: { name: ASC } }, { node: { id: ASC } }]) { nodes { name } } }
      ... on Organization { employees(first: 5, orderBy: [{ node: { name: ASC } }, { node: { id: ASC } }]) { nodes { name } } } } } }`,
    read: ({ actors }: { actors: Nodes<ActorNode> }) =>
      actors.nodes.map((actor) => [
        actor.__typename,
        actor.id,
        actor.name,
        (actor.positionsHeld ?? actor.employees)?.nodes.map(({ name }) => name),
      ]),
  },
  peer: {
    query: `query Q { actors(limit: 25, sort: [{ name: ASC }, { id: ASC }]) { __typename id name
      ... on Person { positionsHeld(limit: 5, sort: [{ name: ASC }, { id: ASC }]) { name } }
      ${ORGANIZATIONS.map((type) => `... on ${type} { employees(limit: 5, sort: [{ name: ASC }, { id: ASC }]) { name } }`).join(' ')} } }`,
    read: ({ actors }: { actors: PeerActor[] }) =>
      actors.map((actor) => [
        actor.__typename,
        actor.id,
        actor.name,
        (actor.positionsHeld ?? actor.employees)?.map(({ name }) => name),
      ]),
  },
  samples: async () => [{}],
};
