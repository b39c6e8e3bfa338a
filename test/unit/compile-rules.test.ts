import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { compiled, textOf } from '../support/oracle/compiled.ts';

/** The compiler's rules, read off the text of statements. */

const cursor = (...content: unknown[]): string => Buffer.from(JSON.stringify(content)).toString('base64url');
const count = (text: string, part: string): number => text.split(part).length - 1;

describe('branches by type', () => {
  it('are one where all types are asked alike', async () => {
    const text = await textOf('{ entities { nodes { id name positions: relationships(first: 1) { totalCount } } } }');
    expect(text).not.toContain('CASE');
    expect(count(text, '.name')).toBe(1);
  });

  it('are shared by the types that are asked alike, and the largest needs no condition', async () => {
    const text = await textOf('{ actors { nodes { id ... on Organization { name } } } }');
    expect(count(text, 'WHEN')).toBe(1);
    expect(text).toMatch(/CASE WHEN n0:Person OR n0:UnnamedActor THEN \[n0\.id\] ELSE \[n0\.id, n0\.name\] END/);
  });

  it('are told apart by arguments, whether the document has locations or not', async () => {
    const source =
      '{ actors { nodes { ... on Person { a: relationships(first: 1) { nodes { id } } } ... on Gang { a: relationships(first: 2) { nodes { id } } } } } }';
    const texts = [parse(source), parse(source, { noLocation: true })].map((document) => textOf(document));
    const [located, bare] = await Promise.all(texts);
    expect(bare).toBe(located);
    expect(count(String(bare), 'MATCH')).toBe(3);
  });
});

describe('a cursor', () => {
  it('brings keys that are not selected as hidden columns, and only where a cursor is asked', async () => {
    const order = 'orderBy: [{birthDate: DESC}]';
    expect(await textOf(`{ people(${order}) { edges { cursor } } }`)).toContain(
      'RETURN null AS head, [toString(n0.birthDateEarliest), n0.id] AS row',
    );
    expect(await textOf(`{ people(${order}) { nodes { name } } }`)).toContain('AS head, [[n0.name]] AS row');
  });

  it('becomes a comparison that an index can be entered by', async () => {
    const text = await textOf('query($at: String) { people(after: $at, orderBy: [{name: ASC}]) { nodes { id } } }', {
      at: cursor('n.name+ n.id+', 'Ana', 'person:ana'),
    });
    expect(text).toMatch(
      /WHERE n0\.name >= \$p(\d+) AND \(\(n0\.name <> \$p\1\) OR \(n0\.name = \$p\1 AND n0\.id > \$p\d+\)\)/,
    );
  });

  it('goes the other way for descending keys and for pages from the end', async () => {
    const at = cursor('n.name- n.id+', 'Ana', 'person:ana');
    const query = (place: string) =>
      `query($at: String) { people(${place}: $at, orderBy: [{name: DESC}]) { nodes { id } } }`;
    expect(await textOf(query('after'), { at })).toContain('ORDER BY n0.name DESC, n0.id LIMIT');
    const backward = await textOf(query('before'), { at });
    expect(backward).toContain('ORDER BY n0.name, n0.id DESC LIMIT');
    expect(backward).toMatch(
      /n0\.name >= \$p\d+ AND \(\(n0\.name <> \$p\d+\) OR \(n0\.name = \$p\d+ AND n0\.id < \$p\d+/,
    );
  });

  it('with an absent key has a text of its own, in which only absent ones follow', async () => {
    const query = 'query($at: String) { people(after: $at, orderBy: [{birthDate: ASC}]) { nodes { id } } }';
    const [present, absent] = ['1961-04-09', null].map((day) =>
      textOf(query, { at: cursor('n.birthDate+ n.id+', day, 'person:x') }),
    );
    expect(await present).toContain('n0.birthDateEarliest IS NULL');
    expect(await absent).toMatch(/\(false\) OR \(n0\.birthDateEarliest IS NULL AND n0\.id > \$p\d+\)/);
  });

  it('with and without an absent key is told apart in one document', async () => {
    const document = parse('query($at: String) { people(after: $at, orderBy: [{birthDate: ASC}]) { nodes { id } } }');
    const ask = (day: string | null) => textOf(document, { at: cursor('n.birthDate+ n.id+', day, 'person:x') });
    const [first, second, third] = [await ask('1961-04-09'), await ask(null), await ask('1999-01-01')];
    expect(second).not.toBe(first);
    expect(third).toBe(first);
  });
});

describe('an order', () => {
  it('has absent values last both ways, and says so only where it must', async () => {
    const order = async (by: string, page = 'first') =>
      /ORDER BY (.+?) LIMIT/.exec(await textOf(`{ people(${page}: 1, orderBy: [${by}]) { nodes { id } } }`))?.[1];
    expect(await order('{gender: ASC}')).toBe('n0.gender, n0.id');
    expect(await order('{gender: DESC}')).toBe('n0.gender IS NULL, n0.gender DESC, n0.id');
    expect(await order('{gender: ASC}', 'last')).toBe('n0.gender IS NULL DESC, n0.gender DESC, n0.id DESC');
    expect(await order('{gender: DESC}', 'last')).toBe('n0.gender IS NULL DESC, n0.gender, n0.id DESC');
    expect(await order('{name: DESC}')).toBe('n0.name DESC, n0.id');
    expect(await order('{id: DESC}, {name: ASC}')).toBe('n0.id DESC, n0.name');
  });

  it('knows that a term may lack its text and a member its rank', async () => {
    expect(await textOf('{ agreementTerms(orderBy: [{text: DESC}]) { nodes { id } } }')).toContain(
      'n0.text IS NULL, n0.text DESC',
    );
    const members = await textOf(
      '{ gangs { nodes { members(orderBy: [{relationship: {rank: DESC}}]) { nodes { id } } } } }',
    );
    expect(members).toMatch(/r\d\.rank IS NULL, r\d\.rank DESC/);
  });
});

describe('a statement', () => {
  it('carries whole numbers as whole numbers, and one item more only where it must be known', async () => {
    const limit = async (query: string) => {
      const { statements } = await compiled(query);
      return Object.values(statements[0]?.parameters ?? {});
    };
    expect(await limit('{ people(first: 3) { nodes { id } } }')).toEqual([{ value: 3 }]);
    expect(await limit('{ people(first: 3) { nodes { id } pageInfo { hasNextPage } } }')).toEqual([{ value: 4 }]);
  });

  it('reads the degree where nothing is filtered', async () => {
    expect(await textOf('{ gangs { nodes { members { totalCount } } } }')).toContain('COUNT { (n0)<-[:MEMBER_OF]-() }');
    expect(await textOf('{ gangs { nodes { rivals { totalCount } } } }')).toContain('COUNT { (n0)-[:RIVAL_OF]-() }');
  });

  it('asks the full-text index before its first MATCH, wherever the filter stands', async () => {
    const match = '(where: {node: {name: {matches: "mayor"}}}) { totalCount }';
    for (const query of [
      `{ people { nodes { positionsHeld${match} } } }`,
      `{ person(id: "person:x") { positionsHeld${match} } }`,
      `{ person(name: "x") { positionsHeld${match} } }`,
      `{ node(id: "person:x") { ... on Person { positionsHeld${match} } } }`,
      `{ nodes(ids: ["person:x"]) { ... on Person { positionsHeld${match} } } }`,
    ])
      expect(await textOf(query), query).toMatch(
        /^CYPHER 5 CALL \(\) \{ CALL db\.index\.fulltext\.queryNodes\('entity_text', \$p\d+\) YIELD/,
      );
  });

  it('names no relationship for an empty list of types, and is well-formed', async () => {
    const text = await textOf('{ person(id: "person:x") { relationships(types: []) { nodes { id } } } }');
    expect(text).toMatch(/-\[r\d:[A-Z_|]+\]-\(n\d\) WHERE false/);
  });

  it('has only what directives leave', async () => {
    const query =
      'query($yes: Boolean!) { people { nodes { id name @skip(if: $yes) ... @include(if: $yes) { gender } } } }';
    expect(await textOf(query, { yes: true })).toContain('[[n0.id, n0.gender]]');
    expect(await textOf(query, { yes: false })).toContain('[[n0.id, n0.name]]');
  });

  it('holds names of the model alone: no value of a request', async () => {
    const text = await textOf(
      '{ people(where: {name: {eq: "SECRET"}, birthDate: {lt: "1999"}, gender: {in: ["SECRET"]}}) { nodes { id } } }',
    );
    expect(text).not.toMatch(/SECRET|1999/);
  });
});
