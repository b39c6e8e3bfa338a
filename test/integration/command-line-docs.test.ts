import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { migrate } from '../../src/store/migrations.ts';
import { seedFolder } from '../../src/transfer/seed.ts';
import { commands, remaining } from '../support/command.ts';
import { cleanGraph, testDatabase } from '../support/database.ts';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';

/** The sessions of docs/command-line.md, run on a terminal of 80 columns over the first data set. */

const graph = testGraph();
const database = testDatabase();
const { show, folder } = commands(database);

beforeAll(async () => {
  // Other tests leave indexes of models of their own.
  await cleanGraph(database, { schema: true });
  await migrate(graph.connection, { model: ontology, folder: projectFile('cypher/migrations'), say: () => {} });
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
  const lines = remaining(out)
    .split('\n')
    .filter((line) => !line.startsWith('Neo4j/'));
  expect(lines.join('\n')).toMatch(pattern(shown));
});
