import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { holding, KEY, testServer } from '../support/server.ts';

/** What a document may be before anything of it runs. */

const towns = { root: { towns: [], town: null } };
/** Costs are a matter of their own. */
const free = { CONCORDAT_BODY_LIMIT: 1_000_000, CONCORDAT_COST_LIMIT: Number.MAX_VALUE };
const { ask } = testServer({ ...towns, config: free });

/** A query of that many levels. */
const deep = (levels: number): string =>
  `{ towns ${'{ neighbours '.repeat(levels - 2)}{ name }${' }'.repeat(levels - 2)} }`;

async function refused(query: string) {
  const { errors, status } = await ask(query);
  expect({ status, errors: errors.length }).toEqual({ status: 400, errors: 1 });
  const [error] = errors;
  expect(error?.extensions['code']).toBe('LIMIT_EXCEEDED');
  expect(error?.extensions['suggestion']).toMatch(/\S/);
  const { path, value, suggestion } = error?.extensions ?? {};
  return { message: error?.message, path, value, suggestion };
}

const answered = async (query: string) => expect(await ask(query)).toMatchObject({ status: 200, errors: [] });

describe('depth', () => {
  it('may be 12, not 13', async () => {
    await answered(deep(12));
    const { path, value, message } = await refused(deep(13));
    expect(path).toEqual(['towns', ...Array.from({ length: 11 }, () => 'neighbours'), 'name']);
    expect(value).toBe(13);
    expect(message).toContain('at most 12');
  });

  it('counts what fragments hold where they are spread', async () => {
    const within = (levels: number) =>
      `${deep(levels).replace('{ name }', '{ ...Name }')} fragment Name on Town { name }`;
    await answered(within(12));
    expect((await refused(within(13))).value).toBe(13);
  });

  it('counts fragments in fragments, at the deepest place where they are spread', async () => {
    const query = (levels: number) =>
      `{ shallow: towns { ...Two } ${deep(levels - 3)
        .slice(1, -1)
        .replace('{ name }', '{ ...Two }')} }
       fragment Two on Town { neighbours { ...Three } } fragment Three on Town { neighbours { ... on Town { neighbours { name } } } }`;
    await answered(query(12));
    expect((await refused(query(13))).value).toBe(13);
  });

  it('of a document whose fragments go in circles is no trap', async () => {
    const { status, errors } = await ask(
      '{ towns { ...A } } fragment A on Town { neighbours { ...B } } fragment B on Town { neighbours { ...A } ...B ...C }',
    );
    expect(status).toBe(400);
    expect(errors.map(({ message }) => message).join()).toMatch(/within itself/);
  });

  it('is refused in the aliases that the answer would have', async () => {
    const query = deep(13).replaceAll('neighbours', 'near: neighbours');
    expect((await refused(query)).path).toContain('near');
  });

  it('is set by configuration', async () => {
    const shallow = testServer({ ...towns, config: { CONCORDAT_MAX_DEPTH: 2 } });
    expect(await shallow.ask(deep(2))).toMatchObject({ status: 200 });
    expect(await shallow.ask(deep(3))).toMatchObject({ status: 400 });
  });

  it('of introspection is what the standard query needs', async () => {
    const options = { inputValueDeprecation: true, specifiedByUrl: true, directiveIsRepeatable: true, oneOf: true };
    await answered(getIntrospectionQuery(options));
    await answered(getIntrospectionQuery());
  });

  it('of introspection ends beyond that', async () => {
    const nested = (pairs: number) =>
      `{ __schema { types ${'{ fields { type '.repeat(pairs)}{ name }${' } }'.repeat(pairs)} } }`;
    await answered(nested(1));
    const { path, message } = await refused(nested(3));
    expect({ path, message }).toEqual({ path: ['__schema'], message: expect.stringMatching(/Introspection/) });
    expect((await refused(nested(7))).path).toHaveLength(17);
    await refused(`{ __type(name: "Town") ${'{ ofType '.repeat(20)}{ name }${' }'.repeat(20)} }`);
  });
});

describe('what is asked for in all', () => {
  /** Fragments that spread the next one several times: short, shallow, and enormous. */
  const multiplied = (times: number, fragments: number) =>
    `{ towns { ...F0 } } ${Array.from({ length: fragments }, (_, i) => {
      const next = i === fragments - 1 ? 'name' : `...F${i + 1}`;
      return `fragment F${i} on Town { ${Array.from({ length: times }, (_, j) => `f${i}_${j}: neighbours { ${next} }`).join(' ')} }`;
    }).join(' ')}`;

  it('is counted after fragments are spread', async () => {
    // 1 + 6 + 36 + 216 fields that have fields of their own.
    await answered(multiplied(6, 3));
    const { path, value, suggestion } = await refused(multiplied(7, 3));
    expect({ path, value }).toEqual({ path: ['towns'], value: 1 + 7 + 49 + 343 });
    expect(suggestion).toMatch(/several queries/);
  });

  it('is refused at once, however large', async () => {
    const start = performance.now();
    expect((await refused(multiplied(19, 10))).value).toBeGreaterThan(1e12);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('may be 3000 fields', async () => {
    const many = (count: number) =>
      `{ towns { ${'...Ten '.repeat(count / 10)} } } fragment Ten on Town { ${'name '.repeat(10)} }`;
    await answered(many(2_990));
    expect((await refused(many(3_000))).value).toBe(3_001);
  });

  it('in a fragment that spreads itself is no trap', async () => {
    const { status } = await ask('{ towns { ...A } } fragment A on Town { neighbours { ...A ...A } ...A }');
    expect(status).toBe(400);
  });

  it('names the field that has the most of it', async () => {
    const query = multiplied(7, 3).replace('{ towns', '{ town(name: "a") { name } most: towns');
    expect((await refused(query)).path).toEqual(['most']);
  });
});

describe('aliases and directives', () => {
  const aliases = (count: number) =>
    `{ towns { ${Array.from({ length: count }, (_, i) => `a${i}: name`).join(' ')} } }`;
  const directives = (count: number) => `{ towns { name ${'@include(if: true) '.repeat(count)} } }`;

  it('may be 200 and 50', async () => {
    await answered(aliases(200));
    const { status, errors } = await ask(directives(50));
    expect(errors.filter(({ extensions }) => extensions['code'] === 'LIMIT_EXCEEDED')).toEqual([]);
    expect(status).toBe(400); // graphql-js wants each at most once in a place.
  });

  it('may not be more, and are placed', async () => {
    expect(await refused(aliases(201))).toMatchObject({ path: ['towns', 'a200'], value: 201 });
    expect(await refused(directives(51))).toMatchObject({ path: ['towns', 'name'], value: 51 });
  });
});

describe('tokens', () => {
  // Braces, names, and the beginning of the file.
  const tokens = (count: number) => `{ towns { ${'name '.repeat(count - 5)} } }`;

  it('may not be more than 10000', async () => {
    const { path, message, suggestion } = await refused(tokens(10_001));
    expect(path).toEqual(['query']);
    expect(message).toContain('10000 tokens');
    expect(suggestion).toMatch(/variables/);
  });

  it('are no reason for refusal below that', async () => {
    const { errors } = await ask(tokens(9_000));
    expect(errors[0]?.message).not.toContain('tokens');
  });

  it('nested as deep as they allow are refused without harm', async () => {
    const nests = [
      `{ towns ${'{ ... '.repeat(3_300)}{ name }${' }'.repeat(3_300)} }`,
      `{ towns(where: ${'{and: ['.repeat(1_900)}${']}'.repeat(1_900)}) { name } }`,
      `{ towns(first: ${'['.repeat(4_900)}${']'.repeat(4_900)}) { name } }`,
      `query($a: ${'['.repeat(4_900)}Int${']'.repeat(4_900)}) { towns { name } }`,
      `{ ${'towns { neighbours '.repeat(1_600)}{ name }${' }'.repeat(1_600)} }`,
    ];
    for (const query of nests) {
      const { status, errors } = await ask(query);
      expect({ query: query.slice(0, 30), status, code: errors[0]?.extensions['code'] }).toEqual({
        query: query.slice(0, 30),
        status: 400,
        code: expect.stringMatching(/BAD_USER_INPUT|LIMIT_EXCEEDED/),
      });
    }
    await answered('{ towns { name } }');
  });

  it('of variables are nested no deeper', async () => {
    const query = 'query($where: TownFilter) { towns(where: $where) { name } }';
    const where = (levels: number) => `${'{"and":['.repeat(levels)}{"size":1}${']}'.repeat(levels)}`;
    const post = (levels: number) => ({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":${JSON.stringify(query)},"variables":{"where":${where(levels)}}}`,
    });
    const { send } = testServer({ ...towns, config: free });
    expect(await send('/graphql', post(19))).toMatchObject({ status: 200, errors: [] });
    for (const levels of [21, 50_000]) {
      const { errors } = await send('/graphql', post(levels));
      expect(errors[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', path: ['variables'] });
    }
  });
});

describe('filters', () => {
  const conditions = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `n${i}` }));
  const asked = (count: number) =>
    ask('query($where: TownFilter) { towns(where: $where) { name } }', {
      where: { and: conditions(count) },
    });

  it('may have 400 objects in variables', async () => {
    expect(await asked(399)).toMatchObject({ status: 200, errors: [] });
    const { status, errors } = await asked(400);
    expect(status).toBe(400);
    expect(errors[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', path: ['variables', 'where'], value: 401 });
    expect(errors[0]?.extensions['suggestion']).toMatch(/list/);
  });

  it('are counted over all variables', async () => {
    const query =
      'query($a: TownFilter, $b: [TownFilter!]) { a: towns(where: $a) { name } b: towns(where: {and: $b}) { name } }';
    const { errors } = await ask(query, { a: { and: conditions(200) }, b: conditions(200) });
    expect(errors[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', path: ['variables', 'b'], value: 401 });
  });

  it('may have 400 objects in the document', async () => {
    const literal = (count: number) => `{ towns(where: {and: [${'{name: "a"} '.repeat(count)}]}) { name } }`;
    await answered(literal(399));
    expect(await refused(literal(400))).toMatchObject({ path: ['towns', 'where', 'and', 399], value: 401 });
  });

  it('are nested no more than 40 lists and objects deep', async () => {
    const nested = (levels: number) => `{ towns(where: ${'{and: ['.repeat(levels)}${']}'.repeat(levels)}) { name } }`;
    await answered(nested(20));
    expect((await refused(nested(21))).message).toContain('40 levels');
  });

  it('may name lists of a thousand values, no longer ones', async () => {
    const named = (length: number) =>
      ask('query($where: TownFilter) { towns(where: $where) { name } }', {
        where: { and: [{ names: Array.from({ length }, (_, i) => `n${i}`) }] },
      });
    expect(await named(1_000)).toMatchObject({ status: 200, errors: [] });
    const { status, errors } = await named(1_001);
    expect(status).toBe(400);
    expect(errors[0]?.extensions).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      path: ['variables', 'where', 'and', 0, 'names'],
      value: 1_001,
    });
    const literal = (count: number) => `{ towns(where: {names: [${'"a" '.repeat(count)}]}) { name } }`;
    await answered(literal(1_000));
    expect(await refused(literal(1_001))).toMatchObject({ path: ['towns', 'where', 'names'], value: 1_001 });
  });
});

describe('texts', () => {
  const query = 'query($name: String!) { town(name: $name) { name } }';
  const text = (length: number) => 'a'.repeat(length);

  it('may have 10000 characters in variables', async () => {
    expect(await ask(query, { name: text(10_000) })).toMatchObject({ status: 200, errors: [] });
    const { status, errors, text: answer } = await ask(query, { name: text(900_000) });
    expect(status).toBe(400);
    expect(errors[0]?.extensions).toEqual({
      code: 'LIMIT_EXCEEDED',
      path: ['variables', 'name'],
      value: 900_000,
      suggestion: 'Name the words that tell most.',
    });
    expect(answer.length).toBeLessThan(1_000);
  });

  it('may have 10000 characters in the document', async () => {
    const literal = (length: number) => `{ town(name: "${text(length)}") { name } }`;
    await answered(literal(10_000));
    expect(await refused(literal(900_000))).toMatchObject({ path: ['town', 'name'], value: 900_000 });
  });

  it('that are written may be longer', async () => {
    const rename = 'mutation($name: String!) { rename(name: $name) { name } }';
    const { ask } = testServer({ ...towns, config: free, who: holding('editor') });
    const asEditor = { authorization: KEY };
    expect((await ask(rename, { name: text(20_000) }, asEditor)).errors).toEqual([]);
    const literal = `mutation { rename(name: "${text(20_000)}") { name } }`;
    expect((await ask(literal, {}, asEditor)).errors).toEqual([]);
  });
});
