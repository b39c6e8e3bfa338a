import { type ExecutionResult, parse } from 'graphql';
import neo4j from 'neo4j-driver';
import { beforeAll, describe, expect, it } from 'vitest';
import { WholeNumber } from '../../src/compile/values.ts';
import type { Reader } from '../../src/graphql/context.ts';
import { execute } from '../../src/graphql/execute.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { testGraph } from '../support/graph.ts';

/** Look-ups of what was recorded at another time: who is asked for what. */

const graph = testGraph();
const ID = 'person:mayor';
const asked: { at: string; ids: readonly string[] }[] = [];

/** Sees the graph as if everybody had had another name then, and leaves it as it is. */
const recordedAsOf = (at: string, ids: readonly string[]): Reader => {
  asked.push({ at, ids });
  return {
    async read({ text, parameters }) {
      const { driver, database } = graph.connection;
      const session = driver.session({ database });
      const tx = session.beginTransaction();
      try {
        await tx.run('MATCH (n:Entity) WHERE n.id IN $ids SET n.name = $at', { ids, at });
        const values = Object.entries(parameters).map(([name, value]) => [
          name,
          value instanceof WholeNumber ? neo4j.int(value.value) : value,
        ]);
        const { records } = await tx.run(text, Object.fromEntries(values));
        return records.map((record) => record.keys.map((key) => record.get(key) as unknown));
      } finally {
        await tx.rollback();
        await session.close();
      }
    },
  };
};

async function ask(query: string, context: object = { recordedAsOf }): Promise<ExecutionResult> {
  const reader = graph.connection;
  const contextValue = { model: ontology, reader, today: graph.today, ...context };
  return execute({ schema: graph.schema, document: parse(query), contextValue });
}

beforeAll(async () => {
  const { problems } = await graph.record([
    { person: { id: ID, name: 'Ana Ferro' } },
    { government: { id: 'government:town', name: 'The Town' } },
  ]);
  expect(problems).toEqual([]);
});

describe('a look-up of what was recorded then', () => {
  it('is asked of whoever knows, beside one of what is recorded now', async () => {
    asked.length = 0;
    const { data, errors } = await ask(`{
      before: person(id: "${ID}", recordedAsOf: "2024-03-01T13:00:00+01:00", asOf: "2024-01-01") { name relationships { totalCount } }
      now: person(id: "${ID}") { name }
      node(id: "${ID}", recordedAsOf: "2024-03-02T00:00:00.5Z") { ... on Person { name } }
      entity(id: "government:town", recordedAsOf: null) { name }
    }`);
    expect(errors).toBeUndefined();
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      before: { name: '2024-03-01T12:00:00Z', relationships: { totalCount: 0 } },
      now: { name: 'Ana Ferro' },
      node: { name: '2024-03-02T00:00:00.5Z' },
      entity: { name: 'The Town' },
    });
    expect(asked).toEqual([
      { at: '2024-03-01T12:00:00Z', ids: [ID] },
      { at: '2024-03-02T00:00:00.5Z', ids: [ID] },
    ]);
  });

  it.each([
    ['a name', `person(name: "Ana Ferro", recordedAsOf: "2024-03-01T00:00:00Z")`, /needs id/],
    ['an instant to come', `person(id: "${ID}", recordedAsOf: "2999-01-01T00:00:00Z")`, /still to come/],
    ['a day that is none', `person(id: "${ID}", recordedAsOf: "2024-02-30T00:00:00Z")`, /there is no 2024-02-30/],
  ])('refuses %s', async (_, field, message) => {
    const { errors } = await ask(`{ ${field} { name } }`);
    expect(errors?.[0]?.message).toMatch(message);
    expect(errors?.[0]?.originalError).toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { path: ['person', 'recordedAsOf'] },
    });
  });

  it('says so where nobody knows', async () => {
    const { errors } = await ask(`{ person(id: "${ID}", recordedAsOf: "2024-03-01T00:00:00Z") { name } }`, {});
    expect(errors?.[0]?.message).toMatch(/cannot be read here/);
  });
});
