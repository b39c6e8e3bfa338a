import { beforeAll, describe, expect, it } from 'vitest';
import { dump } from '../support/dump.ts';
import { testGraph } from '../support/graph.ts';
import { mutate } from '../support/writing.ts';

/** Records that nobody means well by: none of them is passed over in silence, and none is answered at length. */

const graph = testGraph();

interface Payload {
  readonly ids: readonly (string | null)[];
  readonly problems: readonly { code: string; record: number | null; path: string[]; message: string }[];
}

async function record(records: readonly object[]): Promise<Payload> {
  const query =
    'mutation ($records: [RecordInput!]!) { record(records: $records) { ids problems { code record path message } } }';
  const { data, errors } = await mutate(graph, query, { records });
  expect(errors).toBeUndefined();
  return (data as { record: Payload }).record;
}

const says = { text: 'So it is.', commitment: 'FACT', attribution: 'NARRATED', source: { id: 'source:gazette' } };
const tie = (from: object, to: object = { id: 'person:ana' }) => ({ associatedWith: { from, to, claims: [says] } });
const remark = (more: object = {}) => ({
  claim: { ...says, subject: { id: 'person:ana' }, predicate: 'REMARK', ...more },
});

beforeAll(async () => {
  const people = ['ana', 'bo'].map((name) => ({ person: { id: `person:${name}`, name } }));
  expect(
    (await record([{ source: { id: 'source:gazette', name: 'G', kind: 'ARTICLE' } }, ...people])).problems,
  ).toEqual([]);
});

describe('a record that lists without end', () => {
  const many = Array.from({ length: 200_000 }, () => 'x');
  it.each([
    ['what to clear', { person: { id: 'person:ana', clear: many } }, ['person', 'clear']],
    ['names', { person: { id: 'person:ana', aliases: many.slice(0, 1_001) } }, ['person', 'aliases']],
    [
      'claims that it supports',
      remark({ supports: many.slice(0, 1_001).map((id) => ({ id })) }),
      ['claim', 'supports'],
    ],
    ['the letters of an id', remark({ speaker: { id: many.join('') } }), ['claim', 'speaker']],
  ])('of %s is told so, whatever else it says', async (_, entry, path) => {
    expect((await record([entry])).problems).toMatchObject([{ code: 'INVALID_VALUE', record: 0, path }]);
  });
});

describe('a record that points where nothing can be', () => {
  const wrong = (record: number, ...path: string[]) => ({ code: 'WRONG_TYPE', record, path });
  it.each([
    ['at itself', [tie({ record: 0 })], [wrong(0, 'associatedWith', 'from')]],
    [
      'at one that points back',
      [tie({ record: 1 }), tie({ record: 0 })],
      [wrong(0, 'associatedWith', 'from'), wrong(1, 'associatedWith', 'from')],
    ],
    ['from a relationship at a claim', [tie({ record: 1 }), remark()], [wrong(0, 'associatedWith', 'from')]],
    [
      'from a claim at another as its speaker',
      [remark({ text: 'Another.', speaker: { record: 1 } }), remark()],
      [wrong(0, 'claim', 'speaker')],
    ],
    [
      'from a claim at another as what it asserts',
      [remark({ text: 'Another.', asserts: [{ record: 1 }] }), remark()],
      [wrong(0, 'claim', 'asserts', '0')],
    ],
  ])('%s is told of, and nothing is written', async (_, records, problems) => {
    const before = await dump(graph);
    expect((await record(records)).problems).toMatchObject(problems);
    expect(await dump(graph)).toEqual(before);
  });

  it('is not told of twice when the other record is what is wrong', async () => {
    const { problems } = await record([{ person: { birthDate: '1970' } }, tie({ record: 0 })]);
    expect(problems).toMatchObject([{ record: 0, code: 'MISSING_FIELD' }]);
  });
});

describe('an id', () => {
  it.each(['half of a pair \ud800', 'a null\0', 'an escape \u001b'])('with %j is refused', async (text) => {
    const part = text.replaceAll(' ', '-');
    const before = await dump(graph);
    const { problems } = await record([
      { person: { id: `person:${part}`, name: 'X' } },
      { claim: { ...remark().claim, id: `claim:${part}` } },
    ]);
    expect(problems).toMatchObject([
      { code: 'INVALID_VALUE', path: ['person', 'id'] },
      { code: 'INVALID_VALUE', path: ['claim', 'id'] },
    ]);
    expect(await dump(graph)).toEqual(before);
  });
});

describe('what an index could not hold whole', () => {
  const long = 'x'.repeat(40_000);
  it.each([
    ['an alias', { aliases: ['A', long] }, ['person', 'aliases', '1']],
    ['a topic', { topics: [long] }, ['person', 'topics', '0']],
    ['a name', { names: [{ value: long }] }, ['person', 'names', '0', 'value']],
    ['an external id', { externalIds: [{ scheme: 'WIKIDATA', value: long }] }, ['person', 'externalIds', '0', 'value']],
  ])('is refused: %s', async (_, fields, path) => {
    const { problems } = await record([{ person: { id: 'person:long', name: 'Long', ...fields } }]);
    expect(problems).toMatchObject([{ code: 'INVALID_VALUE', path }]);
  });

  it('is cut off where only its key would be too long, and found all the same', async () => {
    // One sign, which folding turns into four words.
    const [name, alias, value] = ['\ufdfa', '\ufdfaa', '\ufdfab'].map((sign) => sign.repeat(900)) as [
      string,
      string,
      string,
    ];
    expect(
      (await record([{ person: { id: 'person:long', name, aliases: [alias], names: [{ value }] } }])).problems,
    ).toEqual([]);
    await graph.rows('CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh() RETURN 1');
    for (const called of [name, alias, value]) {
      const { data } = await graph.ask('query ($name: String!) { person(name: $name) { id } }', { name: called });
      expect(data).toEqual({ person: { id: 'person:long' } });
    }
  });

  it('may be words as many as fit', async () => {
    const description = 'word '.repeat(100_000);
    const claim = { ...remark().claim, text: `${'x'.repeat(100_000)} and more` };
    expect((await record([{ person: { id: 'person:bo', description } }, { claim }])).problems).toEqual([]);
  });
});

describe('very many problems', () => {
  it('are told up to a thousand, and how many more there are', async () => {
    const one = { person: { id: 'person:ana', clear: Array(1_000).fill('a') } };
    const { problems } = await record(Array(5).fill(one));
    expect(problems).toHaveLength(1_001);
    expect(problems.at(-1)).toMatchObject({
      record: null,
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('4000'),
    });
  });

  it('quote little of what was sent', async () => {
    const { problems } = await record([tie({ id: `person:${'x'.repeat(100_000)}` })]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message.length).toBeLessThan(700);
  });
});
