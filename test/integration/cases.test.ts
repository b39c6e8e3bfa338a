import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Statement } from '../../src/compile/plan.ts';
import { WholeNumber } from '../../src/compile/values.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { seedFolder } from '../../src/transfer/seed.ts';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';

/**
 * A case is a family of files beside one another: the query, the Cypher that it becomes, the answer. The list of cases
 * is the list of features. `UPDATE_CASES=true` writes what is there now, to be read before it is committed.
 */

const folder = projectFile('test/cases');
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => file.slice(0, -'.graphql'.length))
  .sort();
const update = process.env['UPDATE_CASES'] === 'true';

const graph = testGraph();

beforeAll(async () => {
  const report = await seedFolder(graph.connection, ontology, projectFile('seeds/el-salvador-2025'), 'test');
  expect(report.problems).toEqual([]);
});

/** A statement as Neo4j Browser takes it: its parameters, then its text. */
function browserText({ text, parameters }: Statement): string {
  const shown = Object.entries(parameters).map(([name, value]) => `${name}: ${literal(value)}`);
  return [...(shown.length > 0 ? [`:params {${shown.join(', ')}}`] : []), `${text};`].join('\n');
}

const literal = (value: unknown): string =>
  value instanceof WholeNumber
    ? String(value.value)
    : Array.isArray(value)
      ? `[${value.map(literal).join(', ')}]`
      : JSON.stringify(value);

/** Compares with a file, or writes it. */
function matches(file: string, text: string): void {
  const path = join(folder, file);
  if (update) writeFileSync(path, text);
  expect(text, `${file} differs; read the difference, then run the tests with UPDATE_CASES=true`).toBe(
    readFileSync(path, 'utf8'),
  );
}

describe('each case becomes its Cypher and gets its answer', () => {
  test.concurrent.each(cases)('%s', async (name) => {
    const { statements, ...result } = await graph.ask(readFileSync(join(folder, `${name}.graphql`), 'utf8'));
    matches(`${name}.cypher`, `${statements.map(browserText).join('\n\n')}\n`);
    matches(`${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
  });
});
