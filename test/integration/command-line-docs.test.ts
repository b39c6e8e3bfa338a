import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { seedFolder } from '../../src/transfer/seed.ts';
import { commands, plain } from '../support/command.ts';
import { testDatabase } from '../support/database.ts';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';

/** The sessions of docs/command-line.md, run on a terminal of 80 columns over the first data set. */

const graph = testGraph();
const { show, folder } = commands(testDatabase());

beforeAll(async () => {
  const { problems } = await seedFolder(graph.connection, ontology, projectFile('seeds/el-salvador-2025'), 'seed');
  expect(problems).toEqual([]);
  await graph.rows('CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()');
  writeFileSync(
    join(folder, 'people.jsonl'),
    '{"person":{"id":"person:ana-lima","name":"Ana Lima"}}\n{"person":{"id":"person:ben","nam":"Ben"}}\n',
  );
});

const page = readFileSync(projectFile('docs/command-line.md'), 'utf8');
const sessions = [...page.matchAll(/^```console\n\$ (.+)\n([\s\S]*?)```$/gm)].map(([, command = '', shown = '']) => ({
  command,
  shown,
}));

/** `…` stands for what differs from run to run. */
const pattern = (shown: string): RegExp =>
  new RegExp(`^${shown.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '[^\\n]+')}$`);

test('the page has sessions', () => {
  expect(sessions.length).toBeGreaterThan(6);
});

test.each(sessions)('$command prints what the page shows', async ({ command, shown }) => {
  const { out } = await show(command, { NO_COLOR: '1' });
  // Which database it is, is said first; the page leaves that out.
  const lines = plain(out)
    .split('\n')
    .filter((line) => !line.startsWith('Neo4j/'));
  expect(lines.join('\n')).toMatch(pattern(shown));
});
