/** The questions that the arms are asked. The floor's rows and the API's answer are brought to one form and compared. */

export interface Question {
  readonly name: string;
  /** The statement somebody would write by hand: rows are lists. */
  readonly cypher: string;
  readonly graphql: string;
  /** Ids of a type to draw the parameter `id` from; null where the question takes none. */
  readonly idsOf: string | null;
  /** The floor's rows as the API's `data`. */
  answer(rows: readonly unknown[][]): unknown;
}

const list = (value: unknown): unknown[][] => (value ?? []) as unknown[][];

export const questions: readonly Question[] = [
  {
    name: 'look-up with one nested list',
    cypher:
      'MATCH (n:Person {id: $id}) RETURN n.name, COLLECT { MATCH (n)-[r:HOLDS_POSITION]->(m) WITH r, m ORDER BY r.id LIMIT 25 RETURN [m.name] }',
    graphql: 'query Q($id: ID!) { person(id: $id) { name positionsHeld { nodes { name } } } }',
    idsOf: 'Person',
    answer: ([row]) => ({
      person: { name: row?.[0], positionsHeld: { nodes: list(row?.[1]).map(([name]) => ({ name })) } },
    }),
  },
  {
    name: 'first page of a family, ordered by name',
    cypher: 'MATCH (n:Actor) WHERE n.name IS NOT NULL RETURN n.id, n.name ORDER BY n.name, n.id LIMIT 10',
    graphql: 'query Q { actors(first: 10, orderBy: [{ name: ASC }]) { nodes { id name } } }',
    idsOf: null,
    answer: (rows) => ({ actors: { nodes: rows.map(([id, name]) => ({ id, name })) } }),
  },
  {
    name: 'terms of an agreement with whom each covers',
    cypher:
      'MATCH (n:Agreement {id: $id}) RETURN COLLECT { MATCH (n)<-[r:TERM_OF]-(t) WITH r, t ORDER BY r.ordinal, r.id LIMIT 25 RETURN [r.status, t.name, COLLECT { MATCH (t)-[c:COVERS]->(m) WITH c, m ORDER BY c.id LIMIT 25 RETURN [m.name] }] }',
    graphql:
      'query Q($id: ID!) { agreement(id: $id) { terms { edges { relationship { status } node { name covers { nodes { name } } } } } } }',
    idsOf: 'Agreement',
    answer: ([row]) => ({
      agreement: {
        terms: {
          edges: list(row?.[0]).map(([status, name, covers]) => ({
            relationship: { status },
            node: { name, covers: { nodes: list(covers).map(([each]) => ({ name: each })) } },
          })),
        },
      },
    }),
  },
  {
    name: 'a page of claims with speaker and source',
    cypher:
      "MATCH (c:Claim) WHERE c.id IS NOT NULL AND c.retractedAt IS NULL AND c.rank <> 'DEPRECATED' WITH c ORDER BY c.id LIMIT 25 RETURN c.text, head(COLLECT { MATCH (c)-[:SPEAKER]->(x) RETURN x.name }), head(COLLECT { MATCH (c)-[:STATED_IN]->(x) RETURN x.name })",
    graphql: 'query Q { claims { nodes { text speaker { name } source { name } } } }',
    idsOf: null,
    answer: (rows) => ({
      claims: {
        nodes: rows.map(([text, speaker, source]) => ({
          text,
          speaker: speaker === null ? null : { name: speaker },
          source: { name: source },
        })),
      },
    }),
  },
];
