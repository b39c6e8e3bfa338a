import { describe, expect, it } from 'vitest';
import { compiled } from '../support/oracle/compiled.ts';

/** What is refused before it becomes a statement: each with a code, the place, the value and the way out. */

const cursor = (content: unknown): string => Buffer.from(JSON.stringify(content)).toString('base64url');
const byId = 'n.id+';

async function refusal(query: string, variables: Record<string, unknown> = {}) {
  const { errors, statements } = await compiled(query, variables);
  expect(statements).toEqual([]);
  expect(errors).toHaveLength(1);
  const [error] = errors;
  if (!error) throw new Error('nothing was refused');
  expect(error.details.suggestion).toMatch(/\S/);
  expect(error.message).toMatch(/\S.*\.$/);
  return { code: error.code, path: error.details.path, value: error.details.value };
}

describe('a page', () => {
  it.each([
    ['first: 0', 'BAD_USER_INPUT', 'first', 0],
    ['first: -1', 'BAD_USER_INPUT', 'first', -1],
    ['first: 201', 'LIMIT_EXCEEDED', 'first', 201],
    ['last: 0', 'BAD_USER_INPUT', 'last', 0],
    ['last: 201', 'LIMIT_EXCEEDED', 'last', 201],
    ['first: 1, before: "x"', 'BAD_USER_INPUT', 'before', 'x'],
    ['last: 1, after: "x"', 'BAD_USER_INPUT', 'after', 'x'],
  ])('of (%s) is refused', async (given, code, argument, value) => {
    expect(await refusal(`{ all: people(${given}) { nodes { id } } }`)).toEqual({
      code,
      path: ['all', argument],
      value,
    });
  });

  it('of first and last at once is refused', async () => {
    expect(await refusal('{ people(first: 1, last: 1) { nodes { id } } }')).toMatchObject({
      code: 'BAD_USER_INPUT',
      path: ['people'],
    });
  });

  it('below others is refused by the keys that lead to it', async () => {
    expect(await refusal('{ people { nodes { jobs: positionsHeld(first: 999) { totalCount } } } }')).toEqual({
      code: 'LIMIT_EXCEEDED',
      path: ['people', 'nodes', 'jobs', 'first'],
      value: 999,
    });
  });

  it('is refused even where only its count is asked', async () => {
    expect(await refusal('{ people(first: 0) { totalCount } }')).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('takes 1 and 200', async () => {
    for (const first of [1, 200])
      expect((await compiled(`{ people(first: ${first}) { nodes { id } } }`)).errors).toEqual([]);
  });
});

describe('a look-up', () => {
  it.each(['', '(id: "person:x", name: "x")', '(id: null, name: null)'])('with %s is refused', async (given) => {
    expect(await refusal(`{ who: person${given} { id } }`)).toMatchObject({ code: 'BAD_USER_INPUT', path: ['who'] });
  });
});

describe('a cursor', () => {
  it.each([
    ['', 'is empty'],
    ['%%%', 'is not in its alphabet'],
    ['abc', 'is no JSON'],
    [cursor({}), 'is no list'],
    [cursor([]), 'holds nothing'],
    [cursor([byId]), 'lacks its keys'],
    [cursor([byId, 'a', 'b']), 'has a key too many'],
    [cursor([7, 'a']), 'names no order'],
    [cursor(['n.id-', 'a']), 'goes the other way'],
    [cursor(['c.id+', 'a']), 'is of another list'],
    [cursor(['n.name+', 'a']), 'is of another order'],
    [cursor([byId, null]), 'has no id'],
    [cursor([byId, {}]), 'has an object for a key'],
    [cursor([byId, ['a']]), 'has a list for a key'],
  ])('%s, which %s, is refused', async (after) => {
    for (const query of ['{ people(after: $at) { nodes { id } } }', '{ people(before: $at) { nodes { id } } }'])
      expect(await refusal(`query($at: String) ${query}`, { at: after })).toMatchObject({
        code: 'BAD_USER_INPUT',
        path: ['people', query.includes('after') ? 'after' : 'before'],
      });
  });

  it.each(['2024', '2024-13-01', 'x', 5, true])('whose day is %s is refused', async (day) => {
    const after = cursor(['n.birthDate+ n.id+', day, 'person:x']);
    const query = 'query($at: String) { people(after: $at, orderBy: [{birthDate: ASC}]) { nodes { id } } }';
    expect(await refusal(query, { at: after })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('that is very long is refused in a short message', async () => {
    const { errors } = await compiled('query($at: String) { people(after: $at) { nodes { id } } }', {
      at: 'x'.repeat(9_999),
    });
    expect(errors[0]?.message.length).toBeLessThan(200);
  });
});

describe('a filter', () => {
  const many = Array.from({ length: 201 }, (_, nth) => `person:${nth}`);

  it.each([
    ['people(where: {id: {in: $ids}}) { totalCount }', ['people', 'where', 'id', 'in']],
    ['people(where: {not: {id: {notIn: $ids}}}) { totalCount }', ['people', 'where', 'not', 'id', 'notIn']],
    ['claims(where: {about: $ids}) { totalCount }', ['claims', 'where', 'about']],
    ['nodes(ids: $ids) { id }', ['nodes', 'ids']],
  ])('of 201 values in %s is refused', async (query, path) => {
    expect(await refusal(`query($ids: [ID!]!) { ${query} }`, { ids: many })).toEqual({
      code: 'LIMIT_EXCEEDED',
      path,
      value: 201,
    });
  });

  it.each(['[]', '["1960"]', '["1960", "1970", "1980"]'])('between %s is refused', async (pair) => {
    expect(await refusal(`{ people(where: {birthDate: {between: ${pair}}}) { totalCount } }`)).toEqual({
      code: 'BAD_USER_INPUT',
      path: ['people', 'where', 'birthDate', 'between'],
      value: JSON.parse(pair),
    });
  });

  it('of more than a thousand characters of full text is refused', async () => {
    expect(
      await refusal('query($x: String) { people(where: {name: {matches: $x}}) { totalCount } }', {
        x: 'a '.repeat(501),
      }),
    ).toEqual({
      code: 'LIMIT_EXCEEDED',
      path: ['people', 'where', 'name', 'matches'],
      value: 1002,
    });
  });
});

describe('an order', () => {
  it('that names a field twice is refused', async () => {
    expect(
      await refusal('{ people(orderBy: [{name: ASC}, {birthDate: ASC}, {name: DESC}]) { nodes { id } } }'),
    ).toEqual({
      code: 'BAD_USER_INPUT',
      path: ['people', 'orderBy', 2],
      value: 'name',
    });
  });
});
