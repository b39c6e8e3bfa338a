import { type ExecutionResult, parse } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Reader } from '../../src/graphql/context.ts';
import { execute } from '../../src/graphql/execute.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { asRecorded } from '../../src/store/log/as-recorded.ts';
import { readRecords } from '../../src/store/records/records.ts';
import { recordAll } from '../../src/store/writer.ts';
import { testGraph } from '../support/graph.ts';

/** Look-ups of what was recorded at another time: who is asked for what. */

const graph = testGraph();
const ID = 'person:mayor';
const asked: { at: string; ids: readonly string[] }[] = [];

const recordedAsOf = (at: string, ids: readonly string[]): Reader => {
  asked.push({ at, ids });
  return asRecorded(graph.connection, ontology, new Date(at), ids);
};

/** Records as if it were done at an instant. */
async function record(at: string, inputs: readonly unknown[]): Promise<void> {
  const { records, problems } = readRecords(ontology, inputs);
  const call = { by: 'test', role: 'editor', operation: 'test' } as const;
  const options = { connection: graph.connection, model: ontology, call, at: new Date(at) };
  const report = await recordAll(options, { records, problems }, async (one) => one);
  expect(report.problems).toEqual([]);
}

async function ask(query: string, context: object = { recordedAsOf }): Promise<ExecutionResult> {
  const reader = graph.connection;
  const contextValue = { model: ontology, reader, today: graph.today, ...context };
  return execute({ schema: graph.schema, document: parse(query), contextValue });
}

const leads = (validTo: object) => ({
  leads: {
    from: { id: ID },
    to: { id: 'government:town' },
    validFrom: '2020',
    ...validTo,
    claims: [{ text: 'She leads it.', source: { id: 'source:paper' }, commitment: 'FACT', attribution: 'NARRATED' }],
  },
});

beforeAll(async () => {
  await record('2024-02-01T00:00:00Z', [
    { person: { id: ID, name: 'Ana Fero' } },
    { government: { id: 'government:town', name: 'The Town' } },
    { source: { id: 'source:paper', name: 'The Paper' } },
    leads({}),
  ]);
  await record('2024-04-01T00:00:00Z', [{ person: { id: ID, name: 'Ana Ferro' } }, leads({ validTo: '2023' })]);
});

describe('a look-up of what was recorded then', () => {
  it('is asked of whoever knows, beside one of what is recorded now', async () => {
    asked.length = 0;
    const { data, errors } = await ask(`{
      before: person(id: "${ID}", recordedAsOf: "2024-03-01T13:00:00+01:00", asOf: "2024-01-01") { name governmentsLed: relationships(types: [LEADS]) { nodes { state } } }
      now: person(id: "${ID}", asOf: "2024-01-01") { name governmentsLed: relationships(types: [LEADS]) { nodes { state } } }
      node(id: "${ID}", recordedAsOf: "2024-03-02T00:00:00.5Z") { ... on Person { name } }
      nobody: entity(id: "${ID}", recordedAsOf: "2024-01-01T00:00:00Z") { name }
      entity(id: "government:town", recordedAsOf: null) { name }
    }`);
    expect(errors).toBeUndefined();
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      before: { name: 'Ana Fero', governmentsLed: { nodes: [{ state: 'UNKNOWN' }] } },
      now: { name: 'Ana Ferro', governmentsLed: { nodes: [] } },
      node: { name: 'Ana Fero' },
      nobody: null,
      entity: { name: 'The Town' },
    });
    expect(asked).toEqual([
      { at: '2024-03-01T12:00:00Z', ids: [ID] },
      { at: '2024-03-02T00:00:00.5Z', ids: [ID] },
      { at: '2024-01-01T00:00:00Z', ids: [ID] },
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
