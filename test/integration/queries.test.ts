import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNotParamError, lintCypherQuery } from '@neo4j-cypher/language-support';
import { describe, expect, test } from 'vitest';
import { cityGraph } from '../support/city-graph.ts';
import { projectFile } from '../support/project.ts';

/** The statements written by hand run in Neo4j Browser as they stand, with their own parameters. */

const graph = cityGraph();
const folder = projectFile('cypher/queries');
const files = readdirSync(folder).filter((file) => file.endsWith('.cypher'));

/** A file's parameters, as its `:param` lines give them, and its statement. */
async function read(file: string) {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  const parameters: Record<string, unknown> = {};
  for (const line of lines) {
    const [, name, value] = /^\/\/ :param (\w+) => (.*)$/.exec(line) ?? [];
    if (name) parameters[name] = (await graph.rows(`RETURN ${value}`))[0]?.[0];
  }
  const text = lines.filter((line) => !line.startsWith('//')).join('\n');
  return { text: text.trim().replace(/;$/, ''), parameters };
}

describe('a statement written by hand', () => {
  test.each(files)('%s says what it does, is sound and runs as it stands', async (file) => {
    const { text, parameters } = await read(file);
    expect(readFileSync(join(folder, file), 'utf8')).toMatch(/^\/\/ [A-Z]/);
    // Marks end with the name that they begin with: one that does not would be left as it is.
    expect([...text.matchAll(/\/\*< (\w+) \*\//g)].length).toBe([...text.matchAll(/\/\*> (\w+) \*\//g)].length);
    const faults = lintCypherQuery(text, {}).diagnostics.map(({ message }) => ({ message: String(message) }));
    expect(faults.filter(isNotParamError)).toEqual([]);
    const whole = Object.entries(parameters).filter(([, value]) => Number.isInteger(value));
    const given = whole.reduce((all, [name]) => all.replaceAll(`$${name}`, `toInteger($${name})`), text);
    await graph.rows(given, parameters);
  });
});
