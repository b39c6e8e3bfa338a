import { readFileSync } from 'node:fs';
import { isNotParamError, lintCypherQuery } from '@neo4j-cypher/language-support';
import { describe, expect, it } from 'vitest';
import type { Statement } from '../../src/compile/plan.ts';
import { cityGraph } from '../support/city-graph.ts';
import { projectFile } from '../support/project.ts';

/** The statements of search, suggest and match: sound, planned without a scan, and with nothing of a request in their text. */

const graph = cityGraph();

interface Plan {
  readonly operatorType: string;
  readonly children: readonly Plan[];
}

/** The operators that the database plans a statement with. */
async function operators(text: string, parameters: Record<string, unknown>): Promise<string[]> {
  const { driver, database } = graph.connection;
  const session = driver.session({ database, defaultAccessMode: 'READ' });
  try {
    const { summary } = await session.run(text.replace('CYPHER 5 ', 'CYPHER 5 EXPLAIN '), parameters);
    const names = ({ operatorType, children }: Plan): string[] => [operatorType, ...children.flatMap(names)];
    return names(summary.plan as unknown as Plan);
  } finally {
    await session.close();
  }
}

const faultsOf = (text: string): string[] =>
  lintCypherQuery(text, {})
    .diagnostics.map(({ message }) => ({ message: String(message) }))
    .filter(isNotParamError)
    .map(({ message }) => message);

async function statementOf(query: string, variables: Record<string, unknown>): Promise<Statement> {
  const { statements, errors } = await graph.ask(query, variables);
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  return statements[0] as Statement;
}

const AFTER = Buffer.from(JSON.stringify(['score- n.id+', 0.5, 'person:x'])).toString('base64url');
const WHOLE =
  'totalCount truncated facets { type count } pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor score matchedOn highlight node { id type ... on Person { positionsHeld { nodes { name } } } } }';
const ASKED: [string, string, Record<string, unknown>][] = [
  [
    'search',
    `query($text: String!, $after: String) { search(query: $text, after: $after, types: [PERSON, AGENCY], asOf: "2024-02-03", minCommitment: AGREED) { ${WHOLE} } }`,
    { after: AFTER },
  ],
  [
    'search in Lucene’s syntax',
    `query($text: String!, $after: String) { search(query: $text, after: $after, mode: LUCENE) { ${WHOLE} } }`,
    { after: AFTER },
  ],
  ['suggest', 'query($text: String!) { suggest(prefix: $text, types: [PERSON]) { id name type matched score } }', {}],
  [
    'match',
    'query($text: String!) { match(candidates: [{name: $text, aliases: [$text], country: $text, type: PERSON, externalIds: [{scheme: "WIKIDATA", value: $text}]}, {name: "x"}]) { index matches { score entity { id name } reasons { text } } } }',
    {},
  ],
];

describe('the statement of', () => {
  it.each(ASKED)('%s is one, sound, and planned without a scan', async (_, query, more) => {
    const { text, parameters } = await statementOf(query, { text: 'harbour', ...more });
    expect(faultsOf(text)).toEqual([]);
    const integers = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [
        name,
        value instanceof Object && 'value' in value ? 1 : value,
      ]),
    );
    const planned = await operators(text.replace(/LIMIT (\$p\d+)/g, 'LIMIT toInteger($1)'), integers);
    expect(planned.filter((name) => /Scan|CartesianProduct/.test(name))).toEqual([]);
  });

  it.each(ASKED)('%s has the same text whatever is asked for', async (_, query, more) => {
    const { text } = await statementOf(query, { text: 'harbour', ...more });
    for (const other of ['Ana', 'Анна', '"quoted phrase"', 'two words'])
      expect((await statementOf(query, { text: other, ...more })).text).toBe(text);
  });
});

describe('a search', () => {
  it('looks at the relationships of what it finds from the day that it names', async () => {
    const held = async (scope: string) => {
      const { data, errors } = await graph.ask(
        `{ search(query: "ana ferro", types: [PERSON], first: 1${scope}) { nodes { ... on Person { id relationships { totalCount } } } } }`,
      );
      expect(errors).toBeUndefined();
      const { search } = data as unknown as {
        search: { nodes: { id: string; relationships: { totalCount: number } }[] };
      };
      expect(search.nodes[0]?.id).toBe('person:ana-ferro');
      return search.nodes[0]?.relationships.totalCount ?? 0;
    };
    expect(await held(', asOf: "1900-01-01", certain: true')).toBeLessThan(await held(''));
  });
});

describe('a statement written by hand', () => {
  it.each(['search', 'search-count', 'search-lucene', 'suggest', 'match'])('runs as it stands: %s', async (name) => {
    const file = readFileSync(projectFile(`cypher/queries/${name}.cypher`), 'utf8');
    const parameters = [...file.matchAll(/^\/\/ :param (\w+) => (.+)$/gm)].map(
      ([, key, value]) => [key, value] as const,
    );
    const given = `WITH ${parameters.map(([key, value]) => `${value} AS ${key}`).join(', ')} RETURN *`;
    const { driver, database } = graph.connection;
    const session = driver.session({ database, defaultAccessMode: 'READ' });
    try {
      const [record] = (await session.run(given)).records;
      const text = file.replace(/^\/\/.*$/gm, '').replace(/\$first\b/g, 'toInteger($first)');
      await session.run(text.trim().replace(/;$/, ''), record?.toObject());
    } finally {
      await session.close();
    }
  });
});
