import { beforeAll, describe, expect, it } from 'vitest';
import { testGraph } from '../support/graph.ts';
import { type GivenRevision, revise } from '../support/revisions.ts';

/** What has happened to a thing, read from each place that it can be asked at. */

const graph = testGraph();

const MAYOR = 'person:mayor';
const TOWN = 'government:town';
const GONE = 'person:gone';
let edge = '';
let claim = '';
/** The number of the revision before the first that is made here. */
let start = 0;

const entity = (properties: object, more: object = {}) => ({
  type: 'Person',
  properties: { id: MAYOR, ...properties },
  names: [],
  externalIds: [],
  ...more,
});

async function history(query: string, variables?: Record<string, unknown>) {
  const { data, errors, statements } = await graph.ask(query, variables);
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  return data as Record<string, unknown>;
}

beforeAll(async () => {
  const written = await graph.record([
    { person: { id: MAYOR, name: 'Ana Ferro', birthDate: '1962' } },
    { government: { id: TOWN, name: 'The Town' } },
    { source: { id: 'source:paper', name: 'The Paper' } },
    {
      leads: {
        from: { id: MAYOR },
        to: { id: TOWN },
        validFrom: '2020',
        claims: [
          { text: 'She leads it.', source: { id: 'source:paper' }, commitment: 'FACT', attribution: 'NARRATED' },
        ],
      },
    },
  ]);
  expect(written.problems).toEqual([]);
  [[edge, claim]] = (await graph.rows('MATCH ()-[r:LEADS]->() MATCH (c:Claim) RETURN r.id, c.id')) as [
    [string, string],
  ];
  const ends = { from: MAYOR, to: TOWN };
  const person = { of: MAYOR, kind: 'ENTITY', type: 'Person' } as const;
  const leads = { of: edge, kind: 'RELATIONSHIP', type: 'LEADS', ...ends } as const;
  const given: GivenRevision[] = [
    { ...person, action: 'CREATED', version: 1, after: entity({ name: 'Ana Fero', version: 1 }) },
    {
      ...person,
      action: 'UPDATED',
      version: 2,
      by: 'clerk',
      reason: 'A typo.',
      before: entity({ name: 'Ana Fero', version: 1 }),
      after: entity(
        {
          name: 'Ana Ferro',
          version: 2,
          birthDate: '1962',
          birthDateEarliest: { $date: '1962-01-01' },
          birthDateLatest: { $date: '1962-12-31' },
          updatedAt: { $instant: '2025-02-05T12:00:00.000Z' },
        },
        { externalIds: ['WIKIDATA:Q1'] },
      ),
    },
    { ...leads, action: 'CREATED', version: 1, after: { type: 'LEADS', ...ends, properties: { validFrom: '2020' } } },
    {
      of: claim,
      kind: 'CLAIM',
      type: 'Claim',
      action: 'CREATED',
      version: 1,
      ...ends,
      after: { properties: { text: 'x' } },
    },
    // An edge that is gone, from the mayor to herself, so that both of its ends lead to it.
    {
      of: 'associated-with:gone',
      kind: 'RELATIONSHIP',
      type: 'ASSOCIATED_WITH',
      from: MAYOR,
      to: MAYOR,
      action: 'RETRACTED',
      before: { type: 'ASSOCIATED_WITH', from: MAYOR, to: MAYOR, properties: {} },
    },
    { of: GONE, kind: 'ENTITY', type: 'Person', action: 'CREATED', version: 1, after: entity({ name: 'A. Ferro' }) },
    { of: GONE, kind: 'ENTITY', type: 'Person', action: 'MERGED', before: entity({ name: 'A. Ferro' }) },
  ];
  const [first = 1] = await revise(graph, given);
  start = first - 1;
  await graph.connection.write('merge', (tx) =>
    tx.run('CREATE (:Removed {id: $gone, kind: "ENTITY", type: "Person", survivor: $mayor})', {
      gone: GONE,
      mayor: MAYOR,
    }),
  );
});

interface Page {
  readonly nodes: readonly { readonly sequence: number }[];
}

/** The numbers of a page's revisions, from the first that is made here. */
const numbers = (page: Page) => page.nodes.map(({ sequence }) => sequence - start);

describe('a history', () => {
  it('is that of the thing, the last change first', async () => {
    const { person } = await history(
      `{ person(id: "${MAYOR}") { history { totalCount nodes { sequence action by reason version changes { field before after } } } } }`,
    );
    const page = (person as { history: Page }).history;
    expect(page).toMatchObject({
      nodes: [
        {
          action: 'UPDATED',
          by: 'clerk',
          reason: 'A typo.',
          version: 2,
          changes: [
            { field: 'birthDate', before: null, after: '1962' },
            { field: 'externalIds', before: null, after: ['WIKIDATA:Q1'] },
            { field: 'name', before: 'Ana Fero', after: 'Ana Ferro' },
          ],
        },
        { action: 'CREATED', reason: null, version: 1, changes: [{ field: 'name', before: null, after: 'Ana Fero' }] },
        {
          action: 'CREATED',
          by: 'test',
          reason: null,
          version: 1,
          changes: [
            { field: 'birthDate', before: null, after: '1962' },
            { field: 'name', before: null, after: 'Ana Ferro' },
          ],
        },
      ],
    });
    expect(numbers(page).slice(0, 2)).toEqual([2, 1]);
  });

  it('has what is tied to it where that is asked for, each change once, what is gone included', async () => {
    const { entity: found } = await history(
      `{ entity(id: "${MAYOR}") { history(connected: true) { totalCount nodes { sequence relationship { id } claim { id } entity { id } } } } }`,
    );
    const page = (found as { history: Page }).history;
    expect(numbers(page).filter((nth) => nth > 0)).toEqual([5, 4, 3, 2, 1]);
    expect(page.nodes.slice(0, 4)).toMatchObject([
      { relationship: null, claim: null, entity: null },
      { relationship: null, claim: { id: claim }, entity: null },
      { relationship: { id: edge }, claim: null, entity: null },
      { relationship: null, claim: null, entity: { id: MAYOR } },
    ]);
  });

  it('goes on where a page ends, whether it is merged of several or not', async () => {
    for (const connected of [false, true]) {
      const seen: number[] = [];
      let after: string | null = null;
      for (;;) {
        const { person } = await history(
          `query ($after: String, $connected: Boolean) { person(id: "${MAYOR}") { history(first: 1, after: $after, connected: $connected) {
             totalCount nodes { sequence } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`,
          { after, connected },
        );
        const page = (person as { history: unknown }).history as {
          totalCount: number;
          nodes: { sequence: number }[];
          pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
        };
        expect(page.pageInfo.hasPreviousPage).toBe(seen.length > 0);
        seen.push(...page.nodes.map(({ sequence }) => sequence));
        after = page.pageInfo.endCursor;
        if (!page.pageInfo.hasNextPage) {
          expect(page.totalCount).toBe(seen.length);
          break;
        }
      }
      expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
    }
  });

  it('is on relationships and claims alike', async () => {
    const { relationship, claim: found } = (
      await graph.ask(
        `{ relationship: node(id: "${edge}") { ... on Relationship { history { nodes { action of from to after } } } }
         claim(id: "${claim}") { history { nodes { action kind type } } } }`,
      )
    ).data as Record<string, { history: { nodes: object[] } }>;
    expect(relationship?.history.nodes[0]).toEqual({
      action: 'CREATED',
      of: edge,
      from: MAYOR,
      to: TOWN,
      after: { type: 'LEADS', from: MAYOR, to: TOWN, properties: { validFrom: '2020' } },
    });
    expect(found?.history.nodes[0]).toEqual({ action: 'CREATED', kind: 'CLAIM', type: 'Claim' });
  });

  it('is had of what is gone, and of what was merged, with that of what it was merged into', async () => {
    const { history: gone } = await history(
      `{ history(of: "associated-with:gone") { totalCount nodes { sequence before } } }`,
    );
    expect(numbers(gone as Page)).toEqual([5]);
    const { history: merged } = await history(`{ history(of: "${GONE}") { totalCount nodes { sequence } } }`);
    expect(numbers(merged as Page).filter((nth) => nth > 0)).toEqual([7, 6, 2, 1]);
    const { history: nothing } = await history(
      '{ history(of: "person:nobody") { totalCount nodes { id } pageInfo { hasNextPage } } }',
    );
    expect(nothing).toEqual({ totalCount: 0, nodes: [], pageInfo: { hasNextPage: false } });
  });
});

describe('a revision', () => {
  it('is a node', async () => {
    const ids = [`revision:${start + 2}`, 'revision:0', MAYOR];
    const { nodes } = await history(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Revision { action kind entity { ... on Person { birthDate } } } } }',
      { ids },
    );
    expect(nodes).toEqual([
      { __typename: 'Revision', id: ids[0], action: 'UPDATED', kind: 'ENTITY', entity: { birthDate: '1962' } },
      null,
      { __typename: 'Person', id: MAYOR },
    ]);
    const { node } = await history(`{ node(id: "${ids[0]}") { id ... on Revision { before } } }`);
    expect(node).toEqual({ id: ids[0], before: entity({ name: 'Ana Fero', version: 1 }) });
  });
});

interface Changes {
  readonly totalCount: number;
  readonly nodes: { readonly sequence: number; readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string | null;
  };
}

async function changes(since: string | null, first: number | null = null): Promise<Changes> {
  const { changes: page } = await history(
    `query ($since: String, $first: Int) { changes(since: $since, first: $first) {
       totalCount nodes { sequence cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
    { since, first },
  );
  return page as Changes;
}

describe('the changes', () => {
  it('are all, in order, a page after the other', async () => {
    const seen: number[] = [];
    let since: string | null = null;
    for (let page = await changes(since, 2); ; page = await changes(since, 2)) {
      expect(page.totalCount).toBe(start + 7 - seen.length);
      expect(page.pageInfo.hasPreviousPage).toBe(seen.length > 0);
      seen.push(...page.nodes.map(({ sequence }) => sequence));
      expect(page.nodes.at(-1)?.cursor).toBe(page.pageInfo.endCursor);
      since = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual(Array.from({ length: start + 7 }, (_, nth) => nth + 1));
    expect(await changes(since)).toEqual({
      totalCount: 0,
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, endCursor: null },
    });
  });

  it('end before what is still being written', async () => {
    const { nodes } = await changes(null, 200);
    const judged = { of: 'judgement:1', kind: 'JUDGEMENT', type: 'Judgement', action: 'JUDGED' } as const;
    await revise(graph, [judged, { ...judged, skip: 1 }]);
    const page = await changes(nodes.at(-1)?.cursor ?? null);
    expect(page.nodes.map(({ sequence }) => sequence - start)).toEqual([8]);
    expect(page.pageInfo.hasNextPage).toBe(false);
    const after = await changes(page.pageInfo.endCursor);
    expect(after.nodes).toEqual([]);
    expect(after.pageInfo.hasNextPage).toBe(false);
  });

  it.each([
    ['a damaged one', Buffer.from('["v.sequence+","x"]').toString('base64url'), /is a damaged cursor/],
    ['no cursor', 'tomorrow', /is not one of ours/],
    ['one of another list', Buffer.from('["n.id+","x"]').toString('base64url'), /belongs to another list/],
    [
      'one of another store',
      Buffer.from('["v.sequence+",100000]').toString('base64url'),
      /has not happened in this store/,
    ],
  ])('refuse %s', async (_, since, message) => {
    const { errors } = await graph.ask('query ($since: String) { changes(since: $since) { nodes { id } } }', { since });
    expect(errors?.[0]?.message).toMatch(message);
    expect(errors?.[0]?.originalError).toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { path: ['changes', 'since'] },
    });
  });
});
