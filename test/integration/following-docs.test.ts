import { readFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { createLog } from '../../src/server/log.ts';
import { type Served, serve } from '../../src/server/serve.ts';
import { watchFeed } from '../../src/store/watch-feed.ts';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';
import { testServer } from '../support/server.ts';

/** The examples of docs/following-changes.md, as they stand there. */

const graph = testGraph();
const page = readFileSync(projectFile('docs/following-changes.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '');
/** Where the page's server stands. */
const ADDRESS = 'http://127.0.0.1:4000/graphql';

const feed = watchFeed(graph.connection, 20);
let server: Served;

const record = (name: string) => graph.record([{ person: { id: 'person:nayib-bukele', name } }]);

beforeAll(async () => {
  await record('Nayib Bukele');
  const { app } = testServer({
    schema: graph.schema,
    context: ({ signal }) => ({ model: ontology, reader: graph.connection, today: graph.today, feed, signal }),
  });
  server = await serve({
    fetch: app.fetch,
    host: '127.0.0.1',
    port: 0,
    graceMs: 60_000,
    log: createLog({ LOG_LEVEL: 'silent' }),
  });
});

afterAll(async () => {
  feed[Symbol.dispose]();
  await server.close();
});

describe('the page on following changes', () => {
  it.each(blocks('graphql'))('asks what is answered: %s', async (query) => {
    const { data, errors } = await graph.ask(query);
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toContain('"CREATED"');
  });

  it('subscribes by curl', async () => {
    const [command = ''] = blocks('sh');
    const headers = [...command.matchAll(/--header '([^:]+): ([^']+)'/g)].map((match): [string, string] => [
      match[1] ?? '',
      match[2] ?? '',
    ]);
    const body = /--data '([^']+)'/.exec(command)?.[1] ?? '';
    expect(validate(graph.schema, parse((JSON.parse(body) as { query: string }).query))).toEqual([]);
    expect(command).toContain(ADDRESS);
    const leaving = new AbortController();
    const { status, headers: answered } = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers,
      body,
      signal: leaving.signal,
    });
    expect([status, answered.get('content-type')]).toEqual([200, 'text/event-stream']);
    leaving.abort();
  });

  it('follows by fetch', async () => {
    const [code = ''] = blocks('js');
    const seen: string[] = [];
    const heard = new Promise<void>((resolve, reject) => {
      const console = {
        log: (action: string, name: string) => {
          seen.push(`${action} ${name}`);
          resolve();
        },
      };
      const run = new Function(
        'console',
        'fetch',
        `return (async () => { ${code.replace(ADDRESS, `${server.url}/graphql`)} })();`,
      ) as (...args: unknown[]) => Promise<void>;
      // It follows for ever; once the server is closed, it waits for another.
      run(console, async (...args: Parameters<typeof fetch>) => {
        const response = await fetch(...args);
        void record('Nayib Armando Bukele').catch(reject);
        return response;
      }).catch(reject);
    });
    await heard;
    expect(seen).toEqual(['UPDATED Nayib Armando Bukele']);
  });
});
