import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Files that belong to the project and are read while it runs; found from `src/` and from `dist/` alike. */

export const projectPath = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const MIGRATIONS = projectPath('cypher/migrations');

/** What `npm run build` makes of `src/explorer`. */
export const EXPLORER = projectPath('dist/explorer');

/** A worked example: a query that the tests run, with its title from the comment on its first line. */
export interface Example {
  readonly title: string;
  readonly query: string;
}

/** The examples that GraphiQL opens on: test cases, by name, in this order. */
export async function readExamples(): Promise<Example[]> {
  const names = (await readFile(projectPath('test/cases/examples.txt'), 'utf8'))
    .split('\n')
    .filter((name) => name.trim() !== '');
  return Promise.all(
    names.map(async (name) => {
      const query = await readFile(projectPath(`test/cases/${name.trim()}.graphql`), 'utf8');
      return { title: /^#\s*(.+)$/m.exec(query)?.[1] ?? name, query };
    }),
  );
}

/** The version of this program. */
export const readVersion = (): string =>
  (JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as { version: string }).version;
