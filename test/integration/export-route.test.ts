import { beforeAll, describe, expect, test } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { createAccess } from '../../src/server/access/access.ts';
import { exportsHandler } from '../../src/server/exports.ts';
import { createLog } from '../../src/server/log.ts';
import { serve } from '../../src/server/serve.ts';
import type { Connection } from '../../src/store/connection.ts';
import { sharedSecret } from '../../src/store/secrets.ts';
import { seedFolder } from '../../src/transfer/seed.ts';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';
import { holding, KEY, testServer } from '../support/server.ts';

/** `/export/…`: who may have it, what it answers, and that nothing is read for those who have it already. */

const graph = testGraph();
const { connection } = graph;
const log = createLog({ LOG_LEVEL: 'silent' });

beforeAll(async () => {
  await seedFolder(connection, ontology, projectFile('seeds/el-salvador-2025'), 'test');
});

let clock = Date.parse('2025-03-01T00:00:00Z');

/** A server; `streams` counts what was read for exports. */
function server({ anonymous = true, atOnce = 6 } = {}) {
  const read = { streams: 0 };
  const counting: Connection = {
    ...connection,
    stream(statement, options) {
      read.streams++;
      return connection.stream(statement, options);
    },
  };
  const who = { anonymousReading: anonymous, ...holding('reader') };
  const access = createAccess({ credentials: { keys: null, tokens: null }, log, ...who });
  const handler = exportsHandler({
    ...{ connection: counting, model: ontology, access, log, version: '1.0', atOnce },
    secret: () => sharedSecret(connection, 'exports'),
    now: () => clock,
  });
  return { ...testServer({ who, handlers: { '/export/': handler } }), read };
}

const bearer = { headers: { authorization: KEY } };
const post = (validFor: unknown, headers = {}) => ({ method: 'POST', body: JSON.stringify({ validFor }), headers });

describe('an export', () => {
  test('is a file with a name, a type and a tag, for pages of anybody', async () => {
    const { send } = server();
    const { status, headers, text } = await send('/export/El%20Salvador%20%C3%A9.json?types=PERSON');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('content-disposition')).toBe(
      `inline; filename="El Salvador _.json"; filename*=UTF-8''El%20Salvador%20%C3%A9.json`,
    );
    expect(headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const { nodes, graph: said } = JSON.parse(text);
    expect(headers.get('x-concordat-nodes')).toBe(String(nodes.length));
    expect(said).toMatchObject({ name: 'El Salvador é', parameters: { types: 'PERSON' }, truncated: false });
  });

  test('is the same for HEAD, without its rows, and not sent again while nothing has changed', async () => {
    const { send, read } = server();
    const [head, got] = [
      await send('/export/g.gexf?limit=3', { method: 'HEAD' }),
      await send('/export/g.gexf?limit=3'),
    ];
    expect(head.text).toBe('');
    const of = ({ headers }: typeof head) =>
      Object.fromEntries([...headers].filter(([name]) => name !== 'x-request-id'));
    expect(of(head)).toEqual(of(got));
    expect(head.headers.get('x-concordat-truncated')).toMatch(/^limit: 3 of \d+ entities/);
    expect(got.text).toContain('TRUNCATED. limit: 3 of');
    const tag = got.headers.get('etag') ?? '';
    const { streams } = read;
    const again = await send('/export/g.gexf?limit=3', { headers: { 'if-none-match': `"x", ${tag}` } });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', tag]);
    expect(read.streams).toBe(streams);
    expect((await send('/export/g.gexf?limit=3')).text).toBe(got.text);
    const other = await send('/export/g.gexf?limit=4', { headers: { 'if-none-match': tag } });
    expect(other.status).toBe(200);
    await graph.record([{ source: { id: 'source:new', name: 'New', kind: 'ARTICLE' } }]);
    expect((await send('/export/g.gexf?limit=3', { headers: { 'if-none-match': tag } })).status).toBe(200);
  });

  test('says what there is where it is not found, and names what is wrong', async () => {
    const { send } = server();
    const refused = async (path: string) => {
      const { status, errors, headers } = await send(path);
      expect(headers.get('access-control-allow-origin')).toBe('*');
      return [
        status,
        errors[0]?.extensions['code'],
        errors[0]?.extensions['path'],
        errors[0]?.extensions['suggestion'],
      ];
    };
    expect(await refused('/export/graph.gefx')).toEqual([
      400,
      'BAD_USER_INPUT',
      ['format'],
      expect.stringMatching(/^Did you mean \.gexf\? It ends in one of \.gexf, \.graphml/),
    ]);
    expect(await refused('/export/')).toMatchObject([400, 'BAD_USER_INPUT', ['format']]);
    expect(await refused('/export/a%2Fb.gexf')).toMatchObject([400, 'BAD_USER_INPUT', ['name']]);
    expect(await refused('/export/%E0%A4%A.gexf')).toMatchObject([400, 'BAD_USER_INPUT', ['name']]);
    expect(await refused('/export/g.gexf?dept=2')).toEqual([400, 'BAD_USER_INPUT', ['dept'], 'Did you mean depth?']);
    expect(await refused('/export/g.gexf?depth=x&ids=a')).toMatchObject([400, 'BAD_USER_INPUT', ['depth']]);
    expect(await refused('/export/g.gexf?ids=a&ids=b')).toMatchObject([400, 'BAD_USER_INPUT', ['ids']]);
    expect(await refused('/export/g.gexf?ids=person:nobody')).toMatchObject([400, 'BAD_USER_INPUT', ['ids']]);
    expect(await refused('/export/g.gexf?view=half')).toMatchObject([400, 'BAD_USER_INPUT', ['view']]);
    expect((await send('/export/g.gexf', { method: 'DELETE' })).status).toBe(405);
  });

  test('answers the question that a browser asks first', async () => {
    const { send } = server({ anonymous: false });
    const { status, headers } = await send('/export/g.gexf', { method: 'OPTIONS' });
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-methods')).toContain('HEAD');
    expect(headers.get('access-control-allow-headers')).toContain('authorization');
  });

  test('is for readers', async () => {
    const { send } = server({ anonymous: false });
    expect((await send('/export/g.kumu.json')).status).toBe(401);
    expect((await send('/export/g.kumu.json', { headers: { authorization: 'Bearer nonsense' } })).status).toBe(401);
    const { status, headers } = await send('/export/g.kumu.json', bearer);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('private, no-cache');
  });

  test('waits for others to end where too many are under way', async () => {
    const { app, send } = server({ atOnce: 1 });
    const first = await app.fetch(new Request('http://server.test/export/g.gexf'));
    const second = await send('/export/g.gexf');
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '5']);
    await first.body?.cancel();
    expect((await send('/export/g.gexf')).status).toBe(200);
    expect((await send('/export/g.gexf')).status).toBe(200);
  });
});

describe('a signed address', () => {
  test('is had by a reader, and lets anybody read until its time is over', async () => {
    const { send } = server({ anonymous: false });
    expect((await send('/export/g.json?types=PERSON', post(60))).status).toBe(401);
    const made = await send('/export/g.json?types=PERSON&limit=5', post(60, bearer.headers));
    expect(made.status).toBe(201);
    const { url, expires } = JSON.parse(made.text);
    expect(expires).toBe(new Date(clock + 60_000).toISOString());
    const path = url.slice('http://server.test'.length);
    expect((await send(path)).status).toBe(200);
    expect((await send(path, { method: 'HEAD' })).status).toBe(200);
    // The same parameters in another order are the same address.
    const [file, parameters] = path.split('?');
    expect((await send(`${file}?${parameters.split('&').reverse().join('&')}`)).status).toBe(200);
    const refusal = async (changed: string) => {
      const { status, errors } = await send(changed);
      return [status, errors[0]?.extensions['code'], errors[0]?.extensions['path'], errors[0]?.message];
    };
    expect(await refusal(path.replace('limit=5', 'limit=6'))).toEqual([
      ...[403, 'FORBIDDEN', ['signature']],
      expect.stringContaining('was changed'),
    ]);
    expect(await refusal(path.replace('/g.json', '/g.gexf'))).toMatchObject([403, 'FORBIDDEN', ['signature']]);
    expect(await refusal(path.replace(/expires=\d+/, 'expires=99999999999'))).toMatchObject([
      403,
      'FORBIDDEN',
      ['signature'],
    ]);
    expect(await refusal(path.replace(/signature=[^&]*/, 'signature=short'))).toEqual([
      ...[403, 'FORBIDDEN', ['signature']],
      expect.stringContaining('malformed'),
    ]);
    expect(await refusal(path.replace(/&?expires=\d+/, ''))).toMatchObject([403, 'FORBIDDEN', ['expires']]);
    clock += 60_000;
    expect(await refusal(path)).toEqual([403, 'FORBIDDEN', ['expires'], expect.stringContaining('was good until')]);
  });

  test.each([[0], [604_801], ['60'], [1.5], [undefined]])('is not made for %s seconds', async (validFor) => {
    const { send } = server();
    const { status, errors } = await send('/export/g.json', post(validFor));
    expect([status, errors[0]?.extensions['path']]).toEqual([400, ['validFor']]);
  });

  test('is not made of what could not be answered', async () => {
    const { send } = server();
    expect((await send('/export/g.json?depth=9&ids=x', post(60))).status).toBe(400);
    expect((await send('/export/g.json', { method: 'POST', body: '{' })).status).toBe(400);
  });

  test('is good at every process on the store', async () => {
    const [one, other] = [await sharedSecret(connection, 'exports'), await sharedSecret(connection, 'exports')];
    expect(one).toBe(other);
    expect(one).toMatch(/^[\w-]{43}$/);
  });
});

describe('a client that stops reading', () => {
  const running = async () =>
    (await graph.rows("SHOW TRANSACTIONS YIELD metaData WHERE metaData.operation = 'export' RETURN 1")).length;

  test('stops the reading of the database', async () => {
    const text = 'UNWIND range(1, 200000) AS n CREATE (:Entity:Person {id: "person:n" + n, name: "Person " + n})';
    await connection.write('test', (tx) => tx.run(text));
    const { app } = server();
    const served = await serve({ fetch: app.fetch, host: '127.0.0.1', port: 0, graceMs: 0, log });
    try {
      const leaving = new AbortController();
      const response = await fetch(`${served.url}/export/g.json`, { signal: leaving.signal });
      const reader = response.body?.getReader();
      await reader?.read();
      await expect.poll(running).toBeGreaterThan(0);
      // Nobody reads: no more is read of the database than fits on the way.
      leaving.abort();
      await expect.poll(running).toBe(0);
    } finally {
      await served.close();
    }
  });
});
