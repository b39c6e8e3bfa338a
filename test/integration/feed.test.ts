import { getEventListeners } from 'node:events';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { type RunningServer, startServer } from '../../src/cli/start.ts';
import { loadConfig } from '../../src/config.ts';
import type { Feed, GraphContext } from '../../src/graphql/context.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { createLog } from '../../src/server/log.ts';
import { type Served, serve } from '../../src/server/serve.ts';
import { openConnection } from '../../src/store/connection.ts';
import { watchFeed } from '../../src/store/watch-feed.ts';
import { createWriter } from '../../src/store/writer.ts';
import { type Events, subscribe, type Told } from '../support/events.ts';
import { testGraph } from '../support/graph.ts';
import { proxyTo } from '../support/proxy.ts';
import { revise } from '../support/revisions.ts';
import { KEY, type TestServerOptions, testServer } from '../support/server.ts';

/** Following the changes over real ports. */

const graph = testGraph();
const log = createLog({ LOG_LEVEL: 'silent' });
const INTERVAL = 20;

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** The API, as the command line starts it. */
async function api(): Promise<RunningServer> {
  const { uri, username, password, database } = inject('database');
  const config = loadConfig({
    NEO4J_URI: uri,
    NEO4J_USERNAME: username,
    NEO4J_PASSWORD: password,
    NEO4J_DATABASE: database,
    PORT: '0',
    CONCORDAT_FEED_INTERVAL: String(INTERVAL),
    // Whoever had to wait for the grace to be over would not get through the test.
    CONCORDAT_SHUTDOWN_GRACE: '600000',
  });
  const server = await startServer({ config, log, say: () => {}, signal: new AbortController().signal }, null);
  let isClosed = false;
  const close = async () => {
    if (!isClosed) await server[Symbol.asyncDispose]();
    isClosed = true;
  };
  opened.push(close);
  return { url: server.url, [Symbol.asyncDispose]: close };
}

/** A server whose context is the test's to change. */
async function serverOf(context: Partial<GraphContext>, who: TestServerOptions['who'] = {}): Promise<Served> {
  const { app } = testServer({
    who,
    schema: graph.schema,
    context: ({ signal }) => ({ model: ontology, reader: graph.connection, today: graph.today, signal, ...context }),
  });
  const server = await serve({ fetch: app.fetch, host: '127.0.0.1', port: 0, graceMs: 600_000, log });
  opened.push(() => server.close());
  return server;
}

function feedOf(connection = graph.connection, interval = INTERVAL) {
  const feed = watchFeed(connection, interval);
  opened.push(() => feed[Symbol.dispose]());
  return feed;
}

async function follow(url: string, args = '', selected = 'sequence cursor of', variables = {}): Promise<Events> {
  const events = await subscribe(url, `subscription Follow { changed${args} { ${selected} } }`, variables);
  expect(events.status).toBe(200);
  opened.push(() => events.leave());
  return events;
}

const changedIn = (told: Told | null) =>
  told?.data?.['changed'] as unknown as { sequence: number; cursor: string; of: string };

let people = 0;
/** Records people of new names in a call of their own; answers their ids. */
async function recordPeople(count = 1): Promise<string[]> {
  const ids = Array.from({ length: count }, () => `person:follower-${people++}`);
  const { problems } = await graph.record(ids.map((id) => ({ person: { id, name: `Name of ${id}` } })));
  expect(problems).toEqual([]);
  return ids;
}

const lastCursor = async (): Promise<string> => {
  const [[sequence]] = (await graph.rows("MATCH (f:ConcordatFeed {name: 'changes'}) RETURN f.sequence")) as [[number]];
  return Buffer.from(JSON.stringify(['v.sequence+', sequence])).toString('base64url');
};

beforeAll(async () => {
  await recordPeople(2);
});

describe('whoever follows the changes', () => {
  it('is told each once, in order, with what was selected of it as it is', async () => {
    const { url } = await api();
    const events = await follow(
      url,
      '',
      'sequence of action by changes { field after } entity { id ... on Person { topics } } claim { id }',
    );
    const ids = [...(await recordPeople(3)), ...(await recordPeople())];
    const told = (await events.take(4)).map(changedIn);
    expect(told.map(({ of }) => of)).toEqual(ids);
    expect(told.map(({ sequence }) => sequence - (told[0]?.sequence ?? 0))).toEqual([0, 1, 2, 3]);
    expect(told[0]).toMatchObject({
      action: 'CREATED',
      by: 'test',
      changes: [{ field: 'name', after: `Name of ${ids[0]}` }],
      entity: { id: ids[0], topics: [] },
      claim: null,
    });
  });

  it('goes on with a cursor where another server was stopped, with nothing lost and nothing twice', async () => {
    const first = await api();
    const events = await follow(first.url);
    const ids = await recordPeople(3);
    const told = (await events.take(2)).map(changedIn);
    await first[Symbol.asyncDispose]();
    const rest = await events.next();
    expect(rest === null || changedIn(rest).of === ids[2]).toBe(true);
    ids.push(...(await recordPeople(2)));
    const second = await api();
    const resumed = await follow(second.url, `(since: "${told[1]?.cursor}")`);
    ids.push(...(await recordPeople()));
    told.push(...(await resumed.take(4)).map(changedIn));
    expect(told.map(({ of }) => of)).toEqual(ids);
  });

  it('is told the same by two servers, whoever writes', async () => {
    const servers = await Promise.all([api(), api()]);
    const all = await Promise.all(servers.map(({ url }) => follow(url)));
    const written = (await Promise.all([recordPeople(3), recordPeople(2), recordPeople(), recordPeople(4)])).flat();
    const [one, other] = await Promise.all(all.map(async (events) => (await events.take(10)).map(changedIn)));
    expect(one).toEqual(other);
    expect(one?.map(({ of }) => of).sort()).toEqual(written.sort());
    expect(one?.map(({ sequence }) => sequence)).toEqual(one?.map((_, nth) => (one[0]?.sequence ?? 0) + nth));
  });

  it('is told of what was named: the thing itself, what starts or ends at it, types', async () => {
    const { url } = await api();
    const [near = '', far = '', else_ = ''] = await recordPeople(3);
    const since = await lastCursor();
    const edge = { kind: 'RELATIONSHIP', type: 'ASSOCIATED_WITH', action: 'CREATED' } as const;
    await revise(graph, [
      { of: near, kind: 'ENTITY', type: 'Person', action: 'UPDATED' },
      { of: 'associated-with:1', from: far, to: near, ...edge },
      { of: 'associated-with:2', from: far, to: else_, ...edge },
      { of: 'claim:1', from: near, kind: 'CLAIM', type: 'Claim', action: 'CREATED' },
      { of: 'gang:1', kind: 'ENTITY', type: 'Gang', action: 'CREATED' },
      { of: else_, kind: 'ENTITY', type: 'Person', action: 'UPDATED' },
    ]);
    const toldOf = async (args: string, count: number) => {
      const events = await follow(url, `(since: "${since}", ${args})`);
      return (await events.take(count)).map((told) => changedIn(told).of);
    };
    expect(await toldOf(`ids: ["${near}"]`, 3)).toEqual([near, 'associated-with:1', 'claim:1']);
    expect(await toldOf('types: [GANG]', 1)).toEqual(['gang:1']);
    expect(await toldOf('types: [GANG], relationshipTypes: [ASSOCIATED_WITH]', 3)).toEqual([
      'associated-with:1',
      'associated-with:2',
      'gang:1',
    ]);
    expect(await toldOf(`ids: ["${else_}"], types: [PERSON]`, 1)).toEqual([else_]);
  });

  it('is told of what a merge retired under the id that it has now', async () => {
    const { url } = await api();
    const [kept = '', retired = ''] = await recordPeople(2);
    await graph.connection.write('merge', (tx) =>
      tx.run('MERGE (t:Removed {id: $retired}) SET t.survivor = $kept', { retired, kept }),
    );
    const events = await follow(url, `(ids: ["${retired}"])`);
    await revise(graph, [{ of: kept, kind: 'ENTITY', type: 'Person', action: 'UPDATED' }]);
    expect(changedIn(await events.next()).of).toBe(kept);
  });

  it('is told at once of what the same process writes, however seldom it looks', async () => {
    const feed = feedOf(graph.connection, 3_600_000);
    const { url } = await serverOf({ feed });
    const events = await follow(url);
    const writer = createWriter(graph.connection, ontology, { onCommit: () => feed.wake() });
    const call = { by: 'test', role: 'editor', operation: 'record' } as const;
    const told = events.next();
    const inputs = [{ person: { id: 'person:awaited', name: 'Awaited' } }];
    await writer.record(inputs, { dryRun: false }, call, async () => null);
    expect(changedIn(await told).of).toBe('person:awaited');
  });

  it('waits for what is being written, and is then told of it before what follows', async () => {
    const { url } = await api();
    const since = await lastCursor();
    const judged = { of: 'judgement:1', kind: 'JUDGEMENT', type: 'Judgement', action: 'JUDGED' } as const;
    const [, last = 0] = await revise(graph, [judged, { ...judged, of: 'judgement:3', skip: 1 }]);
    const events = await follow(url, `(since: "${since}")`);
    expect(changedIn(await events.next()).of).toBe('judgement:1');
    const later = events.take(2);
    await graph.connection.write('gap', (tx) =>
      tx.run(
        `MATCH (v:Revision {sequence: toInteger($last)}) CREATE (w:Revision)
         SET w = v { .*, sequence: v.sequence - 1, id: 'revision:' + toString(v.sequence - 1), of: 'judgement:2' }`,
        { last },
      ),
    );
    expect((await later).map((told) => changedIn(told).of)).toEqual(['judgement:2', 'judgement:3']);
  });

  it('goes on when the database does again', async () => {
    const database = inject('database');
    const proxy = await proxyTo(database.uri);
    opened.push(() => proxy.close());
    const connection = openConnection({ ...database, uri: proxy.uri, timeout: 30_000 });
    opened.push(() => connection[Symbol.asyncDispose]());
    const { url } = await serverOf({ reader: connection, feed: feedOf(connection) });
    const events = await follow(url);
    const ids = await recordPeople(2);
    const told = (await events.take(2)).map(changedIn);
    proxy.block();
    ids.push(...(await recordPeople(2)));
    proxy.open();
    ids.push(...(await recordPeople()));
    told.push(...(await events.take(3)).map(changedIn));
    expect(told.map(({ of }) => of)).toEqual(ids);
  });
});

describe('following ends', () => {
  it('at once when the server is stopped', async () => {
    const server = await api();
    const events = await follow(server.url);
    await recordPeople();
    await events.take(1);
    await server[Symbol.asyncDispose]();
    expect(await events.next()).toBeNull();
  });

  it('with an error when whoever began may no longer', async () => {
    let may = true;
    const holder = { id: 'abcdefghijkl', name: 'Ana', role: 'reader' } as const;
    const keys = { check: async () => (may ? { holder } : { refused: 'it was revoked' }) };
    const { url } = await serverOf({ feed: feedOf() }, { credentials: { keys, tokens: null } });
    const events = await subscribe(url, 'subscription { changed { of } }', {}, { authorization: KEY });
    await recordPeople();
    expect(changedIn(await events.next())).toBeTruthy();
    may = false;
    await recordPeople();
    expect((await events.next())?.errors?.[0]).toMatchObject({
      message: expect.stringMatching(/no longer valid/),
      extensions: { code: 'UNAUTHENTICATED', suggestion: expect.stringMatching(/since/) },
    });
    expect(await events.next()).toBeNull();
  });

  it('when the client has gone, and lets go of everything', async () => {
    const feed = feedOf();
    let waiting = 0;
    const settled: (() => void)[] = [];
    const counted: Feed = {
      closed: feed.closed,
      async beyond(sequence, signal, atMost) {
        waiting += 1;
        const found = await feed.beyond(sequence, signal, atMost);
        waiting -= 1;
        for (const tell of settled) tell();
        return found;
      },
    };
    const { url } = await serverOf({ feed: counted });
    const events = await follow(url);
    await recordPeople();
    await events.take(1);
    const left = new Promise<void>((resolve) => settled.push(() => waiting === 0 && resolve()));
    events.leave();
    await left;
    await new Promise(setImmediate);
    expect(waiting).toBe(0);
    expect(getEventListeners(feed.closed, 'abort')).toEqual([]);
  });
});

describe('subscriptions of one caller', () => {
  it('are open up to a number, and one more as soon as one of them ends, however it does', async () => {
    let may = true;
    const holder = { id: 'abcdefghijkl', name: 'Ana', role: 'reader' } as const;
    const keys = { check: async () => (may ? { holder } : { refused: 'it was revoked' }) };
    const { url } = await serverOf({ feed: feedOf() }, { streams: 2, credentials: { keys, tokens: null } });
    const query = 'subscription { changed { of } }';
    const open = async (authorization?: string) => {
      const events = await subscribe(url, query, {}, authorization ? { authorization } : {});
      opened.push(() => events.leave());
      return events;
    };
    const first = [await open(KEY), await open(KEY)];
    expect(first.map(({ status }) => status)).toEqual([200, 200]);
    const refused = await open(KEY);
    expect(refused.status).toBe(429);
    expect((await refused.next())?.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', limit: 2 });
    // Others have their own, and what cannot begin takes none of them.
    expect((await open()).status).toBe(200);
    const broken = await subscribe(url, 'subscription { changed(ids: []) { of } }');
    expect((await broken.next())?.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(await broken.next()).toBeNull();
    expect((await open()).status).toBe(200);
    first[0]?.leave();
    await expect.poll(async () => (await open(KEY)).status).toBe(200);
    may = false;
    await recordPeople();
    expect((await first[1]?.next())?.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    may = true;
    await expect.poll(async () => (await open(KEY)).status).toBe(200);
  });
});

describe('a subscription', () => {
  const post = (accept: string, query: string) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query }),
  });

  it('is had by GET too, from whoever is no foreign page', async () => {
    const { url } = await api();
    const since = await lastCursor();
    await recordPeople();
    const address = `${url}/graphql?query=${encodeURIComponent(`subscription { changed(since: "${since}") { of } }`)}`;
    const leaving = new AbortController();
    opened.push(() => leaving.abort());
    const headers = { accept: 'text/event-stream', 'x-graphql-yoga-csrf': '1' };
    const response = await fetch(address, { headers, signal: leaving.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const foreign = await fetch(address, { headers: { accept: 'text/event-stream' } });
    expect(foreign.status).toBe(403);
    await foreign.body?.cancel();
  });

  it('is answered by nothing but events', async () => {
    const { url } = await api();
    const response = await fetch(`${url}/graphql`, post('application/json', 'subscription { changed { of } }'));
    expect(response.status).toBe(406);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { suggestion: 'Set accept: text/event-stream.' } }],
    });
  });

  it('does not keep queries from being answered as they always are', async () => {
    const { url } = await api();
    const response = await fetch(
      `${url}/graphql`,
      post('application/json', '{ changes(first: 1) { nodes { sequence } } }'),
    );
    expect(await response.json()).toEqual({ data: { changes: { nodes: [{ sequence: 1 }] } } });
  });

  it.each([
    ['ids: []', 'BAD_USER_INPUT', ['changed', 'ids'], /ids is empty/],
    ['types: []', 'BAD_USER_INPUT', ['changed', 'types'], /types is empty/],
    ['relationshipTypes: []', 'BAD_USER_INPUT', ['changed', 'relationshipTypes'], /relationshipTypes is empty/],
    ['ids: ["Ana"]', 'BAD_USER_INPUT', ['changed', 'ids', 0], /Nothing has an id like "Ana"/],
    ['since: "yesterday"', 'BAD_USER_INPUT', ['changed', 'since'], /is not one of ours/],
    [
      `since: "${Buffer.from('["v.sequence+",1000000]').toString('base64url')}"`,
      'BAD_USER_INPUT',
      ['changed', 'since'],
      /has not happened in this store/,
    ],
    ['types: [NOBODY]', 'BAD_USER_INPUT', undefined, /NOBODY/],
  ])('refuses %s', async (args, code, path, message) => {
    const { url } = await serverOf({ feed: feedOf() });
    const events = await subscribe(url, `subscription { changed(${args}) { of } }`);
    const { errors } = (await events.next()) as Told;
    expect(errors?.[0]?.message).toMatch(message);
    expect(errors?.[0]?.extensions).toMatchObject({ code, ...(path ? { path } : {}) });
    expect(await events.next()).toBeNull();
  });

  it('refuses more ids than a list may have', async () => {
    const { url } = await serverOf({ feed: feedOf() });
    const ids = Array.from({ length: 201 }, (_, nth) => `person:${nth}`);
    const events = await subscribe(url, 'subscription ($ids: [ID!]) { changed(ids: $ids) { of } }', { ids });
    expect((await events.next())?.errors?.[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', value: 201 });
  });

  it('is weighed by what an event costs, and measured like any other document', async () => {
    const { url } = await serverOf({ feed: feedOf() });
    const costly =
      'entity { relationships(first: 200) { nodes { to { relationships(first: 200) { nodes { to { relationships(first: 200) { nodes { id } } } } } } } } }';
    const first = await (await subscribe(url, `subscription { changed { ${costly} } }`)).next();
    expect(first?.errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_COSTLY' });
    const deep = `${'entity { relationships { nodes { to { '.repeat(4)}id${' } } } }'.repeat(4)}`;
    const second = await (await subscribe(url, `subscription { changed { ${deep} } }`)).next();
    expect(second?.errors?.[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});
