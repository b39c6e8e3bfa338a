import { beforeAll, describe, expect, test } from 'vitest';
import type { Writer } from '../../src/graphql/context.ts';
import { idPrefix } from '../../src/model/model.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { seedFolder } from '../../src/transfer/seed.ts';
import { testGraph } from '../support/graph.ts';
import { operatorsOf, SCANS } from '../support/plans.ts';
import { projectFile } from '../support/project.ts';
import { mutate } from '../support/writing.ts';

/** Writing in GraphQL, on a real store. */

const graph = testGraph();
const write = (source: string, variables: Record<string, unknown> = {}) => mutate(graph, source, variables);

/** The payload of `record`, where there are no errors. */
async function recorded(records: unknown[], selection: string, args = ''): Promise<Record<string, unknown>> {
  const source = `mutation Record($records: [RecordInput!]!) { record(records: $records${args}) { ${selection} } }`;
  const { data, errors } = await write(source, { records });
  expect(errors).toBeUndefined();
  return data?.['record'] as Record<string, unknown>;
}

const countAll = async () => (await graph.rows('MATCH (n:Entity|Claim) RETURN count(n)'))[0]?.[0];
const says = { commitment: 'FACT', attribution: 'NARRATED', source: { id: 'source:gazette' } };

beforeAll(async () => {
  const report = await seedFolder(graph.connection, ontology, projectFile('seeds/el-salvador-2025'), 'test');
  expect(report.problems).toEqual([]);
  const { problems } = await graph.record([
    { source: { id: 'source:gazette', name: 'The Veld Gazette', kind: 'ARTICLE' } },
  ]);
  expect(problems).toEqual([]);
});

describe('one call records', () => {
  test('a person, a position and who holds it, by their places, and answers them as a query would', async () => {
    const { data, errors } = await write(
      /* GraphQL */ `
      mutation Mayor($limit: Int, $with: Boolean!) {
        done: record(
          records: [
            { person: { id: "person:ana-lima", name: "Ana Lima", aliases: ["The Mayor"], birthDate: "1970-05" } }
            { position: { id: "position:mayor-of-veld", name: "Mayor of Veld" } }
            {
              holdsPosition: {
                from: { record: 0 }
                to: { record: 1 }
                validFrom: "2020"
                how: "ELECTED"
                claims: [
                  {
                    id: "claim:ana-is-mayor"
                    text: "Ana Lima is the mayor of Veld."
                    commitment: FACT
                    attribution: DIRECT_QUOTE
                    quote: { text: "Our mayor, Ana Lima", language: "en" }
                    source: { id: "source:gazette" }
                  }
                ]
              }
            }
          ]
        ) {
          __typename
          made: created {
            __typename
            id
            ...Held
            ... on HoldsPosition {
              from { name }
              to { name }
              status
              validFrom
              how
              claims(first: $limit) { totalCount nodes { text quote { text } source { name } } }
            }
            ... on Claim { text relationships { __typename id } }
          }
          updated { id }
          unchanged @include(if: $with) { id }
          removed
          ids
          dryRun
          problems { message }
          notices { message }
        }
      }
      fragment Held on Person {
        name
        version
        positionsHeld(where: { relationship: { status: { eq: FACT } } }) { edges { relationship { how } node { name } } }
      }
    `,
      { limit: 5, with: false },
    );
    expect(errors).toBeUndefined();
    const [edge] = (await graph.rows('MATCH ({id: "person:ana-lima"})-[r:HOLDS_POSITION]->() RETURN r.id'))[0] ?? [];
    expect(data?.['done']).toEqual({
      __typename: 'RecordPayload',
      made: [
        {
          __typename: 'Person',
          id: 'person:ana-lima',
          name: 'Ana Lima',
          version: 1,
          positionsHeld: { edges: [{ relationship: { how: 'ELECTED' }, node: { name: 'Mayor of Veld' } }] },
        },
        { __typename: 'Position', id: 'position:mayor-of-veld' },
        {
          __typename: 'HoldsPosition',
          id: edge,
          from: { name: 'Ana Lima' },
          to: { name: 'Mayor of Veld' },
          status: 'FACT',
          validFrom: '2020',
          how: 'ELECTED',
          claims: {
            totalCount: 1,
            nodes: [
              {
                text: 'Ana Lima is the mayor of Veld.',
                quote: { text: 'Our mayor, Ana Lima' },
                source: { name: 'The Veld Gazette' },
              },
            ],
          },
        },
        {
          __typename: 'Claim',
          id: 'claim:ana-is-mayor',
          text: 'Ana Lima is the mayor of Veld.',
          relationships: [{ __typename: 'HoldsPosition', id: edge }],
        },
      ],
      updated: [],
      removed: [],
      ids: ['person:ana-lima', 'position:mayor-of-veld', edge],
      dryRun: false,
      problems: [],
      notices: [],
    });
  });

  test('the same again, and changes nothing', async () => {
    const records = [{ person: { id: 'person:ana-lima', name: 'Ana Lima' } }];
    const payload = await recorded(records, 'created { id } updated { id } unchanged { id ... on Person { version } }');
    expect(payload).toEqual({ created: [], updated: [], unchanged: [{ id: 'person:ana-lima', version: 1 }] });
  });

  test('only what is named: the rest keeps its values', async () => {
    const payload = await recorded(
      [{ person: { id: 'person:ana-lima', description: 'A baker who became mayor.' } }],
      'updated { ... on Person { name birthDate aliases description version } }',
    );
    expect(payload['updated']).toEqual([
      {
        name: 'Ana Lima',
        birthDate: '1970-05',
        aliases: ['The Mayor'],
        description: 'A baker who became mayor.',
        version: 2,
      },
    ]);
  });

  test('that a value is to go, by clear; null is no way to say so', async () => {
    const refused = await recorded(
      [{ person: { id: 'person:ana-lima', birthDate: null } }],
      'updated { id } problems { record path code suggestion }',
    );
    expect(refused).toEqual({
      updated: [],
      problems: [
        {
          record: 0,
          path: ['person', 'birthDate'],
          code: 'INVALID_VALUE',
          suggestion: 'Leave it out to keep what is there; to take that away, name it in clear: ["birthDate"].',
        },
      ],
    });
    const payload = await recorded(
      [{ person: { id: 'person:ana-lima', clear: ['birthDate'] } }],
      'updated { ... on Person { birthDate name } } problems { message }',
    );
    expect(payload).toEqual({ updated: [{ birthDate: null, name: 'Ana Lima' }], problems: [] });
  });
});

describe('a dry run', () => {
  test('answers what would be, and changes nothing', async () => {
    const before = await countAll();
    const payload = await recorded(
      [
        { person: { id: 'person:bo-ek', name: 'Bo Ek' } },
        {
          holdsPosition: {
            from: { record: 0 },
            to: { id: 'position:mayor-of-veld' },
            claims: [{ text: 'Bo is.', ...says }],
          },
        },
        { person: { id: 'person:ana-lima', name: 'Ana Lima-Ek' } },
      ],
      'dryRun created { __typename ... on Person { name positionsHeld { nodes { name holders { totalCount } } } } } updated { ... on Person { name } }',
      ', dryRun: true',
    );
    expect(payload).toEqual({
      dryRun: true,
      created: [
        {
          __typename: 'Person',
          name: 'Bo Ek',
          positionsHeld: { nodes: [{ name: 'Mayor of Veld', holders: { totalCount: 2 } }] },
        },
        { __typename: 'HoldsPosition' },
        { __typename: 'Claim' },
      ],
      updated: [{ name: 'Ana Lima-Ek' }],
    });
    expect(await countAll()).toBe(before);
    const { data } = await graph.ask(
      '{ bo: person(id: "person:bo-ek") { id } ana: person(id: "person:ana-lima") { name } }',
    );
    expect(data).toEqual({ bo: null, ana: { name: 'Ana Lima' } });
  });
});

describe('a call with problems', () => {
  test('tells all of them, and changes nothing', async () => {
    const before = await countAll();
    const payload = await recorded(
      [
        { person: { id: 'person:cy', birthDate: '1990' } },
        { person: { id: 'person:di', name: 'Di', description: null } },
        {
          holdsPosition: {
            from: { id: 'person:nobody' },
            to: { id: 'position:mayor-of-veld' },
            claims: [{ text: 'So.', ...says }],
          },
        },
        {
          holdsPosition: {
            from: { id: 'person:ana-lima' },
            to: { id: 'source:gazette' },
            claims: [{ text: 'So.', ...says }],
          },
        },
        {
          termOf: {
            from: { id: 'agreement-term:fee' },
            to: { id: 'agreement:el-salvador-united-states' },
            claims: [{ text: 'No.', commitment: 'FACT', attribution: 'NARRATED' }],
          },
        },
        { gang: { id: 'gang:dogs', name: 'The Dogs' } },
      ],
      'created { id } ids problems { record path code message suggestion }',
    );
    const problems = payload['problems'] as { record: number; code: string; path: string[]; message: string }[];
    expect(payload['created']).toEqual([]);
    expect(problems.map(({ record, code }) => [record, code]).sort()).toEqual([
      [0, 'MISSING_FIELD'],
      [1, 'INVALID_VALUE'],
      [2, 'UNKNOWN_REFERENCE'],
      [3, 'ILLEGAL_PAIR'],
      [4, 'CLAIM_WITHOUT_SOURCE'],
    ]);
    expect(problems.find(({ record }) => record === 4)?.path).toEqual(['termOf', 'claims', '0', 'source']);
    expect(await countAll()).toBe(before);
  });

  test('says so when somebody changed a thing in between', async () => {
    const version = { person: { id: 'person:ana-lima', description: 'Mayor.', expectedVersion: 1 } };
    const payload = await recorded([version], 'updated { id } problems { record path code message suggestion }');
    expect(payload['problems']).toEqual([
      {
        record: 0,
        path: ['person', 'expectedVersion'],
        code: 'CONFLICT',
        message: expect.stringMatching(/^person:ana-lima is at version \d+, not 1/),
        suggestion: 'Read it again and repeat the change.',
      },
    ]);
    const isNew = { person: { id: 'person:ana-lima', expectedVersion: 0 } };
    expect((await recorded([isNew], 'problems { code }'))['problems']).toEqual([{ code: 'CONFLICT' }]);
  });

  test('still answers what is there, where the payload asks for it', async () => {
    const { data } = await write(
      'mutation { merge(into: "person:ana-lima", from: ["person:x"], reason: "One.") { into { name } merge problems { code } } }',
    );
    expect(data?.['merge']).toEqual({
      into: { name: 'Ana Lima' },
      merge: null,
      problems: [{ code: 'UNKNOWN_REFERENCE' }],
    });
  });
});

describe('a thousand records in one call', () => {
  const many = Array.from({ length: 500 }, (_, nth) => [
    { person: { id: `person:baker-${nth}`, name: `Baker ${nth}` } },
    {
      memberOf: {
        from: { record: 2 * nth },
        to: { id: 'civil-society-organization:bakers' },
        role: 'MEMBER',
        claims: [{ text: `Baker ${nth} is a member.`, ...says }],
      },
    },
  ]).flat();

  test('are written, and read again with their claims', async () => {
    await recorded(
      [{ civilSocietyOrganization: { id: 'civil-society-organization:bakers', name: 'Bakers’ Guild' } }],
      'call',
    );
    const payload = await recorded(
      many,
      'created { id ... on MemberOf { from { name } status claims { nodes { text source { name } } } } ... on Person { memberOf { nodes { name } } } } problems { message }',
    );
    const created = payload['created'] as { id: string }[];
    expect(payload['problems']).toEqual([]);
    expect(created).toHaveLength(1_500);
    expect(created[7]).toEqual({ id: 'person:baker-7', memberOf: { nodes: [{ name: 'Bakers’ Guild' }] } });
    expect(created.filter(({ id }) => id.startsWith('member-of:'))).toHaveLength(500);
    expect(created.find(({ id }) => id.startsWith('member-of:'))).toMatchObject({
      from: { name: 'Baker 0' },
      status: 'FACT',
      claims: { nodes: [{ text: 'Baker 0 is a member.', source: { name: 'The Veld Gazette' } }] },
    });
  });

  test('and one more are refused before anything is done', async () => {
    const source = 'mutation ($records: [RecordInput!]!) { record(records: $records) { call } }';
    const { data, errors } = await write(source, { records: [...many, { person: { name: 'One more' } }] });
    expect(data).toBeNull();
    expect(errors?.[0]?.originalError).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      details: { path: ['record', 'records'], value: 1_001 },
    });
  });
});

describe('a source that says otherwise', () => {
  test('stands beside the offer: both are told, and the status follows the strongest', async () => {
    const fee =
      '{ agreementTerm(id: "agreement-term:fee") { status termOf { edges { relationship { status weakestStatus disputed claimCount sourceCount claims { nodes { commitment speaker { name } source { name } } } } } } } }';
    const before = await graph.ask(fee);
    expect(before.data).toMatchObject({ agreementTerm: { status: 'OFFERED' } });
    const payload = await recorded(
      [
        { source: { id: 'source:ministry', name: 'A statement of the ministry', kind: 'STATEMENT' } },
        {
          termOf: {
            from: { id: 'agreement-term:fee' },
            to: { id: 'agreement:el-salvador-united-states' },
            claims: [
              {
                id: 'claim:fee-was-agreed',
                text: 'The fee was agreed.',
                commitment: 'AGREED',
                attribution: 'DOCUMENT',
                source: { record: 0 },
                disputes: [{ id: 'claim:f8' }],
              },
            ],
          },
        },
      ],
      'created { __typename id } updated { __typename ... on TermOf { status weakestStatus disputed claimCount sourceCount } } problems { message }',
    );
    expect(payload).toEqual({
      created: [
        { __typename: 'Source', id: 'source:ministry' },
        { __typename: 'Claim', id: 'claim:fee-was-agreed' },
      ],
      updated: expect.arrayContaining([
        {
          __typename: 'TermOf',
          status: 'AGREED',
          weakestStatus: 'OFFERED',
          disputed: true,
          claimCount: 2,
          sourceCount: 2,
        },
      ]),
      problems: [],
    });
    const { data } = await graph.ask(fee);
    expect(data).toEqual({
      agreementTerm: {
        status: 'AGREED',
        termOf: {
          edges: [
            {
              relationship: {
                status: 'AGREED',
                weakestStatus: 'OFFERED',
                disputed: true,
                claimCount: 2,
                sourceCount: 2,
                claims: {
                  nodes: expect.arrayContaining([
                    { commitment: 'OFFERED', speaker: { name: 'Nayib Bukele' }, source: { name: expect.any(String) } },
                    { commitment: 'AGREED', speaker: null, source: { name: 'A statement of the ministry' } },
                  ]),
                },
              },
            },
          ],
        },
      },
    });
  });
});

test('things of every kind are read again by the index on their ids', async () => {
  const kinds = [...ontology.entities, ...ontology.relationships].map((type) => `${idPrefix(type)}:x`);
  const texts = new Set<string>();
  const outcomes = new Map([...kinds, 'claim:x'].map((id) => [id, 'restored'] as const));
  const keeping: Pick<Writer, 'restore'> = {
    restore: (_, __, answer) =>
      answer(
        { call: 'call:test', ids: [], outcomes, problems: [], notices: [], dangling: [], conflicts: [], merges: [] },
        {
          async read({ text }) {
            texts.add(text);
            return [];
          },
        },
      ),
  };
  const { errors } = await mutate(
    graph,
    'mutation { restore(ids: ["x"]) { restored { id } } }',
    {},
    {
      writer: keeping as Writer,
    },
  );
  expect(errors).toBeUndefined();
  expect(texts.size).toBe(kinds.length + 1);
  for (const text of texts) {
    const operators = await operatorsOf(graph.connection, text);
    expect(
      operators.filter((operator) => SCANS.test(operator)),
      text,
    ).toEqual([]);
  }
});

describe('taking back, taking out, making one', () => {
  const ask = async (field: string): Promise<Record<string, unknown>> => {
    const { data, errors } = await write(`mutation { answer: ${field} }`);
    expect(errors).toBeUndefined();
    return data?.['answer'] as Record<string, unknown>;
  };
  const held = async () =>
    (await graph.ask('{ person(id: "person:ana-lima") { positionsHeld { nodes { name } } } }')).data;
  const asMayor = { person: { positionsHeld: { nodes: [{ name: 'Mayor of Veld' }] } } };
  const asNothing = { person: { positionsHeld: { nodes: [] } } };

  test('retracts a claim, and with it what rested on it alone', async () => {
    const payload = await ask(
      'retract(claims: ["claim:ana-is-mayor"], reason: "Corrected.") { retracted { __typename id text retraction { by reason } } updated { id } removed problems { message } }',
    );
    expect(payload).toEqual({
      retracted: [
        {
          __typename: 'Claim',
          id: 'claim:ana-is-mayor',
          text: 'Ana Lima is the mayor of Veld.',
          retraction: { by: 'ana', reason: 'Corrected.' },
        },
      ],
      updated: [],
      removed: [expect.stringMatching(/^holds-position:/)],
      problems: [],
    });
    expect(await held()).toEqual(asNothing);
  });

  test('restores it', async () => {
    const payload = await ask(
      'restore(ids: ["claim:ana-is-mayor"]) { restored { __typename ... on Claim { id retraction { by } } } problems { message } }',
    );
    expect(payload['restored']).toContainEqual({ __typename: 'Claim', id: 'claim:ana-is-mayor', retraction: null });
    expect(payload['problems']).toEqual([]);
    expect(await held()).toEqual(asMayor);
  });

  test('removes nothing that others refer to, save with all of that', async () => {
    const refused = await ask(
      'remove(ids: ["position:mayor-of-veld"], reason: "Not ours.") { removed dangling { id to because } problems { code } }',
    );
    expect(refused).toEqual({
      removed: [],
      dangling: expect.arrayContaining([
        { id: expect.stringMatching(/^holds-position:/), to: 'position:mayor-of-veld', because: expect.any(String) },
      ]),
      problems: [{ code: 'DANGLING' }],
    });
    const payload = await ask(
      'remove(ids: ["position:mayor-of-veld"], reason: "Not ours.", cascade: true) { removed dangling { id } problems { code } }',
    );
    expect(payload['removed']).toEqual(expect.arrayContaining(['position:mayor-of-veld', 'claim:ana-is-mayor']));
    expect(payload).toMatchObject({ dangling: [], problems: [] });
    expect(await held()).toEqual(asNothing);
    const back = await ask(
      'restore(ids: ["position:mayor-of-veld"]) { restored { ... on Entity { name } } problems { code } }',
    );
    expect(back['restored']).toContainEqual({ name: 'Mayor of Veld' });
    expect(await held()).toEqual(asMayor);
  });

  test('merges, and tells apart again', async () => {
    await recorded([{ person: { id: 'person:a-lima', name: 'A. Lima', gender: 'female' } }], 'call');
    const merging = (more: string) =>
      `merge(into: "person:ana-lima", from: ["person:a-lima"], reason: "One."${more}) { merge into { type name aliases } updated { id } removed conflicts { into from field kept given } dryRun problems { message } }`;
    const payload = await ask(merging(''));
    expect(payload).toMatchObject({
      merge: expect.stringMatching(/^merge:/),
      into: { type: 'PERSON', name: 'Ana Lima', aliases: expect.arrayContaining(['A. Lima']) },
      removed: ['person:a-lima'],
      dryRun: false,
      problems: [],
    });
    expect(payload['updated']).toContainEqual({ id: 'person:ana-lima' });
    const apart = await ask(
      `unmerge(merge: "${payload['merge']}") { restored { id ... on Person { name } } problems { message } }`,
    );
    expect(apart['restored']).toContainEqual({ id: 'person:a-lima', name: 'A. Lima' });
    expect(apart['problems']).toEqual([]);
  });

  test('judges, and says who did so first', async () => {
    const judging =
      'judge(a: "person:ana-lima", b: "person:a-lima", judgement: DIFFERENT, reason: "Born apart.") { a { name } b { name } judgement at by reason problems { code } }';
    const payload = await ask(judging);
    expect(payload).toEqual({
      a: { name: 'Ana Lima' },
      b: { name: 'A. Lima' },
      judgement: 'DIFFERENT',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      by: 'ana',
      reason: 'Born apart.',
      problems: [],
    });
    const { data } = await mutate(
      graph,
      `mutation { answer: ${judging} }`,
      {},
      { caller: { name: 'bo', role: 'editor' } },
    );
    expect(data?.['answer']).toEqual(payload);
    const wrong = await ask(
      'judge(a: "person:ana-lima", b: "person:nobody", judgement: SAME) { b { name } judgement at problems { code } }',
    );
    expect(wrong).toEqual({ b: null, judgement: null, at: null, problems: [{ code: 'UNKNOWN_REFERENCE' }] });
  });

  test('goes one after the other, each in its own transaction', async () => {
    const { data } = await write(
      'mutation { one: record(records: [{ person: { id: "person:one", name: "One" } }]) { created { id } } two: record(records: [{ person: { id: "person:one", name: "Two" } }]) { created { id } updated { ... on Person { name } } } }',
    );
    expect(data).toEqual({
      one: { created: [{ id: 'person:one' }] },
      two: { created: [], updated: [{ name: 'Two' }] },
    });
  });

  test.each([
    ['retract(claims: [], reason: "a") { call }', 'BAD_USER_INPUT', ['retract', 'claims']],
    ['retract(claims: ["claim:a"], reason: " ") { call }', 'BAD_USER_INPUT', ['retract', 'reason']],
    [`restore(ids: [${'"a",'.repeat(1_001)}]) { call }`, 'LIMIT_EXCEEDED', ['restore', 'ids']],
    [`merge(into: "a", from: [${'"a",'.repeat(101)}], reason: "a") { call }`, 'LIMIT_EXCEEDED', ['merge', 'from']],
  ])('takes no lists that are empty or too long, and no blank reasons: %#', async (field, code, path) => {
    const { errors } = await write(`mutation { ${field} }`);
    expect(errors?.[0]?.originalError).toMatchObject({ code, details: { path } });
  });

  test('needs somebody who calls, and a store that takes it', async () => {
    const source = 'mutation { restore(ids: ["a"]) { call } }';
    const nobody = await mutate(graph, source, {}, { caller: undefined } as never);
    expect(nobody.errors?.[0]?.originalError).toMatchObject({ code: 'UNAUTHENTICATED' });
    const nowhere = await mutate(graph, source, {}, { writer: undefined } as never);
    expect(nowhere.errors?.[0]?.originalError).toMatchObject({ code: 'FORBIDDEN' });
  });
});
