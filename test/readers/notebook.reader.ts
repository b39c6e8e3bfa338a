import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/cli/start.ts';
import { loadConfig } from '../../src/config.ts';
import { createLog } from '../../src/server/log.ts';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';
import { readWithGephi, runNotebook } from './readers.ts';

/** What the docs show is what comes out: the notebook against a real server, and Gephi's own drawing of what that serves. */

testGraph();
let server: RunningServer;
let folder = '';

beforeAll(async () => {
  const { uri, username, password, database } = inject('database');
  const config = loadConfig({
    ...{ NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password, NEO4J_DATABASE: database },
    ...{ PORT: '0', LOG_LEVEL: 'error' },
  });
  const { signal } = new AbortController();
  const options = { config, say: () => {}, log: createLog(config), signal };
  server = await startServer(options, projectFile('seeds/el-salvador-2025'));
  folder = await mkdtemp(join(tmpdir(), 'concordat-pictures-'));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe('the docs', () => {
  test('show a notebook that prints what it shows', async () => {
    const picture = join(folder, 'notebook.png');
    const { kept, printed } = await runNotebook('docs/visualisers/notebook.ipynb', server.url, picture);
    expect(printed).toEqual(kept);
    expect(printed.join('')).toContain('Term 4: the fee is OFFERED');
    expect((await readFile(picture)).subarray(1, 4).toString()).toBe('PNG');
  });

  test('show what Gephi draws of an address', async () => {
    const part = await fetch(`${server.url}/export/part.gexf?ids=agreement:el-salvador-united-states&depth=2`);
    const file = join(folder, 'part.gexf');
    await writeFile(file, await part.text());
    const picture = join(folder, 'gephi.svg');
    const { nodes, more } = await readWithGephi(file, picture);
    expect(String(nodes.length)).toBe(part.headers.get('x-concordat-nodes'));
    expect(more['issues']).toEqual([]);
    expect(await readFile(picture, 'utf8')).toContain('Nayib Bukele');
  });
});
