import { HUBS } from '../world-edges.ts';
import type { Question } from './question.ts';

/** Questions that meet an entity with thousands of relationships. */

interface Named {
  readonly id: string;
  readonly name: string;
}
type Nodes<T> = { readonly nodes: readonly T[] };
const pair = ({ id, name }: Named): unknown[] => [id, name];

/** The largest hub of all, and a few companies with thousands of employees. */
const largest = async () => [{ id: HUBS.employer }];

export const hubUnordered: Question = {
  key: 'hub-unordered',
  title: 'hub: first 10 of 20k, any 10 for the floor and the peer; concordat orders by id even so',
  goal: 1.5,
  floor: {
    cypher:
      'MATCH (n:Agency {id: $id}) RETURN COLLECT { MATCH (n)<-[:EMPLOYED_BY]-(p) RETURN [p.id, p.name] LIMIT 10 }',
    read: ([row]) => row?.[0],
  },
  concordat: {
    query: 'query Q($id: ID!) { agency(id: $id) { employees(first: 10) { nodes { id name } } } }',
    read: ({ agency }: { agency: { employees: Nodes<Named> } }) => agency.employees.nodes.map(pair),
  },
  peer: {
    query: 'query Q($id: ID!) { agencies(where: { id: { eq: $id } }) { employees(limit: 10) { id name } } }',
    read: ({ agencies }: { agencies: { employees: Named[] }[] }) => agencies[0]?.employees.map(pair),
  },
  samples: largest,
  isRight: async (answer, { id }, from) => {
    const [[found] = []] = await from.rows(
      'UNWIND $pairs AS pair MATCH (p:Person {id: pair[0], name: pair[1]})-[:EMPLOYED_BY]->(:Agency {id: $id}) RETURN count(DISTINCT p)',
      { pairs: answer, id },
    );
    return found === 10;
  },
};

export const hubById: Question = {
  ...hubUnordered,
  key: 'hub-by-id',
  title: 'hub: first 10 of 20k by the id of the relationship, all arms',
  floor: {
    cypher:
      'MATCH (n:Agency {id: $id}) RETURN COLLECT { MATCH (n)<-[r:EMPLOYED_BY]-(p) WITH r, p ORDER BY r.id LIMIT 10 RETURN [p.id, p.name] }',
    read: ([row]) => row?.[0],
  },
  peer: {
    query:
      'query Q($id: ID!) { agencies(where: { id: { eq: $id } }) { employeesConnection(first: 10, sort: [{ edge: { id: ASC } }]) { edges { node { id name } } } } }',
    read: ({ agencies }: { agencies: { employeesConnection: { edges: { node: Named }[] } }[] }) =>
      agencies[0]?.employeesConnection.edges.map(({ node }) => pair(node)),
  },
};

export const hubByName: Question = {
  key: 'hub-by-name',
  title: "hub: first 10 of 20k, ordered by the far end's name, with totalCount",
  goal: 1.2,
  floor: {
    cypher:
      'MATCH (n:Agency {id: $id}) RETURN COUNT { (n)<-[:EMPLOYED_BY]-() }, COLLECT { MATCH (n)<-[r:EMPLOYED_BY]-(p) WITH r, p ORDER BY p.name, r.id LIMIT 10 RETURN [p.id, p.name] }',
    read: ([row]) => row,
  },
  concordat: {
    query:
      'query Q($id: ID!) { agency(id: $id) { employees(first: 10, orderBy: [{ node: { name: ASC } }]) { totalCount nodes { id name } } } }',
    read: ({ agency }: { agency: { employees: Nodes<Named> & { totalCount: number } } }) => [
      agency.employees.totalCount,
      agency.employees.nodes.map(pair),
    ],
  },
  peer: {
    query:
      'query Q($id: ID!) { agencies(where: { id: { eq: $id } }) { employeesConnection(first: 10, sort: [{ node: { name: ASC } }, { edge: { id: ASC } }]) { totalCount edges { node { id name } } } } }',
    read: ({
      agencies: [agency],
    }: {
      agencies: { employeesConnection: { totalCount: number; edges: { node: Named }[] } }[];
    }) => [agency?.employeesConnection.totalCount, agency?.employeesConnection.edges.map(({ node }) => pair(node))],
  },
  samples: largest,
};

/** The filter of a nested list: on the edge and on the far end, over thousands of edges. */
export const hubFiltered: Question = {
  key: 'hub-filtered',
  title: 'nested list of thousands: filter on an edge property and a far property, ordered page',
  goal: 1.2,
  floor: {
    cypher:
      "MATCH (n:Company {id: $id}) RETURN COLLECT { MATCH (n)<-[r:EMPLOYED_BY]-(p) WHERE r.role = $role AND p.gender = 'female' WITH r, p ORDER BY p.name, r.id LIMIT 10 RETURN [p.id, p.name] }",
    read: ([row]) => row?.[0],
  },
  concordat: {
    query:
      'query Q($id: ID!, $role: String!) { company(id: $id) { employees(first: 10, where: { relationship: { role: { eq: $role } }, node: { gender: { eq: "female" } } }, orderBy: [{ node: { name: ASC } }]) { nodes { id name } } } }',
    read: ({ company }: { company: { employees: Nodes<Named> } }) => company.employees.nodes.map(pair),
  },
  peer: {
    query:
      'query Q($id: ID!, $role: String!) { companies(where: { id: { eq: $id } }) { employeesConnection(first: 10, where: { edge: { role: { eq: $role } }, node: { gender: { eq: "female" } } }, sort: [{ node: { name: ASC } }, { edge: { id: ASC } }]) { edges { node { id name } } } } }',
    read: ({ companies }: { companies: { employeesConnection: { edges: { node: Named }[] } }[] }) =>
      companies[0]?.employeesConnection.edges.map(({ node }) => pair(node)),
  },
  samples: async (from) => {
    const rows = await from.rows(
      'MATCH (n:Company) WITH n, COUNT { (n)<-[:EMPLOYED_BY]-() } AS degree ORDER BY degree DESC, n.id LIMIT 4 RETURN n.id',
    );
    return rows.flatMap(([id]) => ['CHAIR', 'MEMBER', 'ADVISER'].map((role) => ({ id, role })));
  },
};
