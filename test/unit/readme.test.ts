import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { projectFile } from '../support/project.ts';

const read = (file: string) => readFileSync(projectFile(file), 'utf8');
const readme = read('README.md');
const block = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';
/** Cypher without its spaces: the README breaks lines, the compiler does not. */
const tokens = (text: string) => text.replace(/\s+/g, '');
const words = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('the README', () => {
  test('shows a case as it is tested: the query, its Cypher, its answer', () => {
    expect(words(block('graphql'))).toBe(words(read('test/cases/readme.graphql').replace(/^#.*\n/, '')));
    expect(tokens(block('cypher'))).toEqual(tokens(read('test/cases/readme.cypher').replace(/^:params.*\n/, '')));
    expect(JSON.parse(block('json'))).toEqual(JSON.parse(read('test/cases/readme.json')));
  });

  test('holds the two commands, letter for letter', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test']));
    expect(readme).toContain('\nnpm ci && npm start\n');
    expect(readme).toContain('\nnpm ci && npm test\n');
  });

  test('leads only to files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!http)([^)#]+)\)/g)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) if (!link.endsWith('/')) expect(read(link).length).toBeGreaterThan(0);
  });
});
