import { askedPeople } from './pages.ts';
import { inAnyOrder, type Question, some } from './question.ts';

/** Questions that go several levels down, or filter by what lies there. */

interface Named {
  readonly id: string;
  readonly name: string;
}
type Nodes<T> = { readonly nodes: readonly T[] };
const pair = ({ id, name }: Named): unknown[] => [id, name];
const nameOf = ({ name }: Named): string => name;

export const wide: Question = {
  key: '100x10',
  title: '100 × 10 nested, about 70 KB',
  goal: 1.3,
  floor: {
    cypher:
      'MATCH (n:Position) WHERE n.id IN $ids WITH n ORDER BY n.id RETURN n.id, n.name, COLLECT { MATCH (n)<-[r:HOLDS_POSITION]-(p) WITH r, p ORDER BY p.name, p.id, r.id LIMIT 10 RETURN [p.id, p.name] }',
    read: (rows) => rows,
  },
  concordat: {
    query:
      'query Q($ids: [ID!]!) { positions(first: 100, where: { id: { in: $ids } }) { nodes { id name holders(first: 10, orderBy: [{ node: { name: ASC } }, { node: { id: ASC } }]) { nodes { id name } } } } }',
    read: ({ positions }: { positions: Nodes<Named & { holders: Nodes<Named> }> }) =>
      positions.nodes.map((one) => [...pair(one), one.holders.nodes.map(pair)]),
  },
  peer: {
    query:
      'query Q($ids: [ID!]!) { positions(where: { id: { in: $ids } }, sort: [{ id: ASC }]) { id name holders(limit: 10, sort: [{ name: ASC }, { id: ASC }]) { id name } } }',
    read: ({ positions }: { positions: (Named & { holders: Named[] })[] }) =>
      positions.map((one) => [...pair(one), one.holders.map(pair)]),
  },
  samples: async (from) => {
    const rows = await from.rows(
      'MATCH (n:Position)<-[:HOLDS_POSITION]-(p) WITH n, count(p) AS held, count(DISTINCT p) AS people WHERE held >= 10 AND held = people RETURN n.id ORDER BY n.id',
    );
    const ids = rows.map(([id]) => id);
    return Array.from({ length: 20 }, () => ({ ids: some(from.draw, ids, 100) }));
  },
};

interface Body extends Named {
  readonly __typename: string;
}

export const union: Question = {
  key: 'union',
  title: 'three hops over a union',
  goal: 1.3,
  floor: {
    cypher: `MATCH (n:Person {id: $id}) RETURN n.name, COLLECT { MATCH (n)-[r:HOLDS_POSITION]->(p) WITH r, p ORDER BY r.id LIMIT 25 RETURN [p.name,
      COLLECT { MATCH (p)-[s:POSITION_IN]->(b) WITH s, b ORDER BY s.id LIMIT 25 RETURN [labels(b), b.name, CASE
        WHEN b:Agency OR b:Company THEN COLLECT { MATCH (b)-[t:LOCATED_IN]->(a) WITH t, a ORDER BY t.id LIMIT 25 RETURN a.name }
        WHEN b:Prison THEN COLLECT { MATCH (b)<-[t:OPERATES]-(a) WITH t, a ORDER BY t.id LIMIT 25 RETURN a.name } END] }] }`,
    read: ([row]) => [
      row?.[0],
      inAnyOrder(
        ((row?.[1] ?? []) as [string, [string[], string, string[] | null][]][]).map(([name, bodies]) => [
          name,
          inAnyOrder(
            bodies.map(([labels, body, far]) => [
              ['Agency', 'Government', 'Company', 'PoliticalParty', 'Prison'].find((type) => labels.includes(type)),
              body,
              far === null ? null : inAnyOrder(far),
            ]),
          ),
        ]),
      ),
    ],
  },
  concordat: {
    query: `query Q($id: ID!) { person(id: $id) { name positionsHeld { nodes { name positionIn { nodes { __typename name
      ... on Agency { locatedIn { nodes { name } } } ... on Company { locatedIn { nodes { name } } } ... on Prison { operatedBy { nodes { name } } } } } } } } }`,
    read: ({
      person,
    }: {
      person: Named & {
        positionsHeld: Nodes<
          Named & { positionIn: Nodes<Body & { locatedIn?: Nodes<Named>; operatedBy?: Nodes<Named> }> }
        >;
      };
    }) => [
      person.name,
      inAnyOrder(
        person.positionsHeld.nodes.map(({ name, positionIn }) => [
          name,
          inAnyOrder(
            positionIn.nodes.map((body) => {
              const far = body.locatedIn ?? body.operatedBy;
              return [body.__typename, body.name, far ? inAnyOrder(far.nodes.map(nameOf)) : null];
            }),
          ),
        ]),
      ),
    ],
  },
  peer: {
    query: `query Q($id: ID!) { people(where: { id: { eq: $id } }) { name positionsHeld { name positionIn { __typename
      ... on Agency { name locatedIn { name } } ... on Company { name locatedIn { name } } ... on Prison { name operatedBy { name } } ... on Government { name } ... on PoliticalParty { name } } } } }`,
    read: ({
      people: [person],
    }: {
      people: (Named & {
        positionsHeld: (Named & { positionIn: (Body & { locatedIn?: Named[]; operatedBy?: Named[] })[] })[];
      })[];
    }) => [
      person?.name,
      inAnyOrder(
        person?.positionsHeld.map(({ name, positionIn }) => [
          name,
          inAnyOrder(
            positionIn.map((body) => {
              const far = body.locatedIn ?? body.operatedBy;
              return [body.__typename, body.name, far ? inAnyOrder(far.map(nameOf)) : null];
            }),
          ),
        ]),
      ),
    ],
  },
  samples: async (from) => (await askedPeople(from, 200)).map((id) => ({ id })),
};

export const filtered: Question = {
  key: 'filtered',
  title: 'filter on an edge property and a far property, ordered page',
  goal: 1.2,
  floor: {
    cypher:
      'MATCH (n:Person) WHERE n.name IS NOT NULL AND EXISTS { (n)-[:HOLDS_POSITION {role: $role}]->(:Position {kind: $kind}) } RETURN n.id, n.name ORDER BY n.name, n.id LIMIT 10',
    read: (rows) => rows,
  },
  concordat: {
    query:
      'query Q($role: String!, $kind: String!) { people(first: 10, where: { positionsHeld: { some: { relationship: { role: { eq: $role } }, node: { kind: { eq: $kind } } } } }, orderBy: [{ name: ASC }]) { nodes { id name } } }',
    read: ({ people }: { people: Nodes<Named> }) => people.nodes.map(pair),
  },
  peer: {
    query:
      'query Q($role: String!, $kind: String!) { people(limit: 10, where: { positionsHeldConnection: { some: { edge: { role: { eq: $role } }, node: { kind: { eq: $kind } } } } }, sort: [{ name: ASC }, { id: ASC }]) { id name } }',
    read: ({ people }: { people: Named[] }) => people.map(pair),
  },
  samples: async () =>
    ['CHAIR', 'MEMBER', 'SPOKESPERSON', 'ADVISER'].flatMap((role) =>
      ['MINISTER', 'JUDGE', 'LEGISLATOR', 'AMBASSADOR'].map((kind) => ({ role, kind })),
    ),
};
