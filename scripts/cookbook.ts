import { readFileSync } from 'node:fs';

/** `docs/cookbook.md`: questions with their queries and answers, as the tests run them. */

const cases = new URL('../test/cases/', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, cases), 'utf8').trimEnd();

const INTRODUCTION = `# Cookbook

Questions that people come with, each with its query and the answer on the first data set, which \`npm start\` serves:
paste a query into GraphiQL on \`/graphql\`. Every one of them is run by the tests, so that what stands here is what you
get. The Cypher that a query becomes stands beside it in \`test/cases/\`.

A few things hold for all of them:

- \`asOf\`, \`certain\` and \`minCommitment\` on a root field reach every list, count, filter and state below it; a list may
  say otherwise for itself. \`asOf\` keeps what may have been true on that day, and says so by \`state: UNKNOWN\`;
  \`certain: true\` leaves that out.
- \`some\`, \`none\`, \`every\` and \`count\` ask of a relationship and of its far end, to any depth.
- What is offered is not agreed, what is alleged is not established, and each says so by its \`status\`.
`;

/** The whole page. Lines of \`cookbook.txt\` are headings or names of cases. */
export function printCookbook(): string {
  const parts = read('cookbook.txt')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => (line.startsWith('#') ? line : recipe(line.trim())));
  return `${[INTRODUCTION.trimEnd(), ...parts].join('\n\n')}\n`;
}

function recipe(name: string): string {
  const [first = '', ...lines] = read(`${name}.graphql`).split('\n');
  const question = first.replace(/^#\s*/, '').replace(/^F\d+( to F\d+)?\.\s*/, '');
  return [
    `### ${question}`,
    fenced('graphql', lines.join('\n')),
    `<details><summary>Answer</summary>\n\n${fenced('json', read(`${name}.json`))}\n\n</details>`,
  ].join('\n\n');
}

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;
