import { ASKED_BLOCKS } from '../world-shape.ts';
import { askedPeople, lookUp } from './pages.ts';
import { inAnyOrder, type Question, some } from './question.ts';

/** Questions with arguments and roots of this API's own; another library has no word for them, a statement may. */

interface Named {
  readonly id: string;
  readonly name: string;
}
type Nodes<T> = { readonly nodes: readonly T[] };

export const onADay: Question = {
  key: 'as-of',
  title: 'key look-up with one nested list, as of a day',
  goal: 1.5,
  floor: {
    cypher:
      'MATCH (n:Person {id: $id}) RETURN n.name, COLLECT { MATCH (n)-[r:HOLDS_POSITION]->(p) WHERE (r.validToLatest IS NULL OR r.validToLatest > date($day)) AND (r.validFromEarliest IS NULL OR r.validFromEarliest <= date($day)) WITH r, p ORDER BY r.id LIMIT 25 RETURN p.name }',
    read: ([row]) => [row?.[0], inAnyOrder(row?.[1])],
  },
  concordat: {
    query: 'query Q($id: ID!, $day: Date!) { person(id: $id, asOf: $day) { name positionsHeld { nodes { name } } } }',
    read: lookUp.concordat.read,
  },
  peer: null,
  samples: async (from) =>
    (await askedPeople(from, 200)).map((id) => ({ id, day: `${1975 + from.draw.below(48)}-06-30` })),
};

/** A page after a name drawn from the whole list. */
export const page: Question = {
  key: 'page',
  title: 'page of 25 after a drawn name',
  goal: 1.5,
  floor: {
    cypher: 'MATCH (n:Person) WHERE n.name > $name RETURN n.id, n.name ORDER BY n.name, n.id LIMIT 25',
    read: (rows) => rows,
  },
  concordat: {
    query:
      'query Q($name: String!) { people(first: 25, where: { name: { gt: $name } }, orderBy: [{ name: ASC }]) { nodes { id name } } }',
    read: ({ people }: { people: Nodes<Named> }) => people.nodes.map(({ id, name }) => [id, name]),
  },
  peer: null,
  samples: async (from) => {
    const ids = ASKED_BLOCKS.flatMap((block) => Array.from({ length: 600 }, (_, nth) => `person:${block}-${nth}`));
    const rows = await from.rows('MATCH (n:Person) WHERE n.id IN $ids RETURN n.name ORDER BY n.id', { ids });
    return some(
      from.draw,
      rows.map(([name]) => ({ name })),
      100,
    );
  },
};

const twoHops = {
  floor: `MATCH (n:Person {id: $id}) RETURN n.name,
    COLLECT { MATCH (n)-[r:HOLDS_POSITION]->(p) WITH r, p ORDER BY r.id LIMIT 25 RETURN [p.name,
      COLLECT { MATCH (p)<-[s:HOLDS_POSITION]-(m) WITH s, m ORDER BY s.id LIMIT 25 RETURN m.name }] },
    COLLECT { MATCH (n)-[r:EMPLOYED_BY]->(p) WITH r, p ORDER BY r.id LIMIT 25 RETURN [p.name,
      COLLECT { MATCH (p)<-[s:EMPLOYED_BY]-(m) WITH s, m ORDER BY s.id LIMIT 25 RETURN m.name }] }`,
};
interface Around {
  readonly person: {
    readonly name: string;
    readonly positionsHeld: Nodes<Named & { readonly holders: Nodes<Named> }>;
    readonly employers: Nodes<Named & { readonly employees: Nodes<Named> }>;
  };
}
const namesOf = (list: Nodes<Named>): string[] => list.nodes.map(({ name }) => name);

export const twoHop: Question = {
  key: 'two-hop',
  title: 'two-hop neighbourhood, by nested lists',
  goal: 1.5,
  floor: { cypher: twoHops.floor, read: ([row]) => row },
  concordat: {
    query:
      'query Q($id: ID!) { person(id: $id) { name positionsHeld { nodes { name holders { nodes { name } } } } employers { nodes { name employees { nodes { name } } } } } }',
    read: ({ person }: Around) => [
      person.name,
      person.positionsHeld.nodes.map((post) => [post.name, namesOf(post.holders)]),
      person.employers.nodes.map((body) => [body.name, namesOf(body.employees)]),
    ],
  },
  peer: null,
  samples: async (from) => (await askedPeople(from, 200)).map((id) => ({ id })),
};

export const neighborhood: Question = {
  key: 'neighborhood',
  title: 'two-hop neighbourhood, by `neighborhood`',
  goal: null,
  floor: null,
  concordat: {
    query:
      'query Q($ids: [ID!]!) { neighborhood(ids: $ids, depth: 2, perNode: 10, limit: 200) { nodes { id name } relationships { id type } truncated } }',
    read: (data) => data,
  },
  peer: null,
  samples: async (from) => (await askedPeople(from, 100)).map((id) => ({ ids: [id] })),
};

export const path: Question = {
  key: 'path',
  title: 'paths of at most four steps between two people',
  goal: null,
  floor: null,
  concordat: {
    query: 'query Q($from: ID!, $to: ID!) { paths(from: $from, to: $to, maxLength: 4, first: 5) { nodes { length } } }',
    read: (data) => data,
  },
  peer: null,
  samples: async (from) => {
    const people = await askedPeople(from, 100);
    return people.slice(1).map((to, nth) => ({ from: people[nth], to }));
  },
};

export const search: Question = {
  key: 'search',
  title: 'search by a name',
  goal: null,
  floor: null,
  concordat: {
    query: 'query Q($name: String!) { search(query: $name, first: 10) { edges { node { id name } } } }',
    read: (data) => data,
  },
  peer: null,
  samples: page.samples,
};
