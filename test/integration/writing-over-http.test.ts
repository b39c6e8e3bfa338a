import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type RunningServer, startServer } from '../../src/cli/start.ts';
import { loadConfig } from '../../src/config.ts';
import { ROLES, type Role } from '../../src/model/roles.ts';
import { createLog } from '../../src/server/log.ts';
import { createKey, revokeKey } from '../../src/store/keys.ts';
import { dump } from '../support/dump.ts';
import { type Events, subscribe } from '../support/events.ts';
import { testGraph } from '../support/graph.ts';
import { AUDIENCE, type Issuer, openIssuer } from '../support/issuer.ts';

/** Everything that has to do with writing, as one: the server as the command line starts it, keys of the store, a real port. */

const graph = testGraph();
const { connection } = graph;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Record<string, Record<string, unknown>> | null | undefined;
  readonly errors: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
}

let issuer: Issuer;
let url: string;
const keys = {} as Record<Role, string>;
const opened: AsyncDisposable[] = [];

async function start(more: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  const { uri, username, password, database } = inject('database');
  const config = loadConfig({
    ...{ NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password, NEO4J_DATABASE: database, PORT: '0' },
    ...{ CONCORDAT_JWT_JWKS: issuer.jwks, CONCORDAT_JWT_ISSUER: issuer.issuer, CONCORDAT_JWT_AUDIENCE: AUDIENCE },
    CONCORDAT_ANONYMOUS_READING: 'false',
    ...more,
  });
  const log = createLog({ LOG_LEVEL: 'silent' });
  const server = await startServer({ config, log, say: () => {}, signal: new AbortController().signal }, null);
  opened.push(server);
  return server;
}

const makeKey = (name: string, role: Role, expiresAt: Date | null = null) =>
  createKey(connection, { name, role, createdBy: 'test', expiresAt });

const nameOf = (role: Role): string => `the ${role}`;

beforeAll(async () => {
  issuer = await openIssuer();
  for (const role of ROLES) keys[role] = (await makeKey(nameOf(role), role)).text;
  ({ url } = await start());
});

afterAll(async () => {
  for (const one of opened.splice(0).reverse()) await one[Symbol.asyncDispose]();
  await issuer[Symbol.asyncDispose]();
});

/** Asks with a key or token; null: without one. */
async function ask(credential: string | null, query: string, variables = {}, at = url): Promise<Answer> {
  const response = await fetch(`${at}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(credential === null ? {} : { authorization: `Bearer ${credential}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] } = (await response.json()) as Pick<Answer, 'data'> & Partial<Pick<Answer, 'errors'>>;
  return { status: response.status, headers: response.headers, data, errors };
}

/** What a mutation answers that had no problems. */
async function done(credential: string, query: string, variables = {}): Promise<Record<string, unknown>> {
  const { data, errors } = await ask(credential, query, variables);
  expect(errors).toEqual([]);
  const [payload = {}] = Object.values(data ?? {});
  expect(payload['problems'] ?? []).toEqual([]);
  return payload;
}

const RECORD = `mutation Write($records: [RecordInput!]!) { record(records: $records) {
  call ids created { id } updated { id } problems { code path } } }`;

const term = (from: string, source: string) => [
  { source: { id: source, name: `The words of ${source}`, kind: 'ARTICLE' } },
  { person: { id: from, name: `Name of ${from}` } },
  { position: { id: 'position:mayor', name: 'Mayor' } },
  {
    holdsPosition: {
      ...{ from: { record: 1 }, to: { record: 2 }, validFrom: '2020' },
      claims: [{ text: `${from} is mayor.`, commitment: 'FACT', attribution: 'DOCUMENT', source: { record: 0 } }],
    },
  },
];

/** The newest entries of the audit log. */
async function audited(first: number, more = ''): Promise<Record<string, unknown>[]> {
  const query = `{ audit(first: ${first}${more}) { nodes { by role operation outcome code message reason address id first last } } }`;
  const { data, errors } = await ask(keys.admin, query);
  expect(errors).toEqual([]);
  return data?.['audit']?.['nodes'] as Record<string, unknown>[];
}

describe('each role', () => {
  const REMOVE =
    'mutation { remove(ids: ["person:ana"], reason: "A namesake.", cascade: true) { removed problems { code } } }';
  const merging = (from: string) =>
    `mutation { merge(into: "person:ana", from: ["${from}"], reason: "The same.") { merge into { id name } problems { code message } } }`;

  beforeAll(async () => {
    await done(keys.editor, RECORD, {
      records: [...term('person:ana', 'source:one'), { person: { id: 'person:anna', name: 'Anna' } }],
    });
  });

  it.each([
    ['reader', RECORD, { records: [{ person: { name: 'Nobody' } }] }, 'Mutation.record', 'editor'],
    ['reader', 'mutation { retract(claims: ["claim:x"], reason: "No.") { call } }', {}, 'Mutation.retract', 'editor'],
    [
      'reader',
      'mutation { judge(a: "person:ana", b: "person:anna", judgement: DIFFERENT) { call } }',
      {},
      'Mutation.judge',
      'editor',
    ],
    ['editor', merging('person:anna'), {}, 'Mutation.merge', 'curator'],
    ['editor', 'mutation { unmerge(merge: "merge:x") { call } }', {}, 'Mutation.unmerge', 'curator'],
    ['editor', REMOVE, {}, 'Mutation.remove', 'curator'],
    ['editor', 'mutation { restore(ids: ["person:ana"]) { call } }', {}, 'Mutation.restore', 'curator'],
    ['curator', '{ audit { totalCount } }', {}, 'Query.audit', 'admin'],
    [
      'editor',
      `mutation { ...F } fragment F on Mutation { a: record(records: [{ person: { name: "Half" } }]) { call }
        b: merge(into: "person:ana", from: ["person:anna"], reason: "r") @skip(if: true) { call } }`,
      {},
      'Mutation.merge',
      'curator',
    ],
  ] as const)(
    'as %s may not do what is for others, changes nothing, and is written down',
    async (role, query, variables, field, needed) => {
      const before = await dump(graph);
      const refused = await ask(keys[role], query, variables);
      expect([refused.status, refused.data]).toEqual([403, undefined]);
      expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', value: role, needed } }]);
      expect(await dump(graph)).toEqual(before);
      await expect
        .poll(async () => (await audited(1))[0])
        .toMatchObject({
          by: nameOf(role),
          role,
          operation: field,
          outcome: 'REFUSED',
          code: 'FORBIDDEN',
          address: '127.0.0.1',
        });
    },
  );

  it('an editor records and retracts, and reads back in the payload what is in the history by then', async () => {
    const { record } = (
      await ask(
        keys.editor,
        `mutation ($records: [RecordInput!]!) { record(records: $records) { call
          created { id ... on HoldsPosition { claims { nodes { id } } history { nodes { action by call } } } ... on Person { history { nodes { action by call after } } } } } }`,
        { records: term('person:bo', 'source:two') },
      )
    ).data as { record: { call: string; created: Record<string, { nodes: Record<string, unknown>[] }>[] } };
    const { call } = record;
    const created = (type: string) =>
      record.created.find(({ id }) => String(id).startsWith(`${type}:`)) as (typeof record.created)[0];
    expect(created('person')['history']?.nodes).toMatchObject([
      { action: 'CREATED', by: nameOf('editor'), call, after: { properties: { name: 'Name of person:bo' } } },
    ]);
    expect(created('holds-position')['history']?.nodes).toMatchObject([
      { action: 'CREATED', by: nameOf('editor'), call },
    ]);
    const claim = created('holds-position')['claims']?.nodes[0]?.['id'];
    const retracted = await done(
      keys.editor,
      `mutation ($claims: [ID!]!) { retract(claims: $claims, reason: "Corrected.") { call removed retracted { id retraction { by reason } } problems { code } } }`,
      { claims: [claim] },
    );
    expect(retracted).toMatchObject({
      removed: [created('holds-position')['id']],
      retracted: [{ id: claim, retraction: { by: nameOf('editor'), reason: 'Corrected.' } }],
    });
    expect(await audited(2)).toMatchObject([
      { id: retracted['call'], by: nameOf('editor'), operation: 'retract', outcome: 'WRITTEN', reason: 'Corrected.' },
      { id: call, by: nameOf('editor'), role: 'editor', operation: 'record', address: '127.0.0.1' },
    ]);
  });

  it('a curator merges, unmerges, removes and restores, and all of it is as it was', async () => {
    const before = await dump(graph);
    const { merge, into } = await done(keys.curator, merging('person:anna'));
    expect(into).toMatchObject({ id: 'person:ana' });
    expect(await dump(graph)).not.toEqual(before);
    await done(keys.curator, `mutation { unmerge(merge: "${merge}") { restored { id } problems { code message } } }`);
    expect(await dump(graph)).toEqual(before);
    const { removed } = await done(keys.curator, REMOVE);
    expect(removed).toContain('person:ana');
    expect(removed).toHaveLength(3);
    await done(
      keys.curator,
      'mutation ($ids: [ID!]!) { restore(ids: $ids) { restored { id } problems { code message } } }',
      {
        ids: removed,
      },
    );
    expect(await dump(graph)).toEqual(before);
    const by = { by: nameOf('curator'), role: 'curator', outcome: 'WRITTEN' };
    expect(await audited(4)).toMatchObject([
      { ...by, operation: 'restore' },
      { ...by, operation: 'remove', reason: 'A namesake.' },
      { ...by, operation: 'unmerge' },
      { ...by, operation: 'merge', reason: 'The same.' },
    ]);
  });

  it('an admin reads who did what, and to which numbers of the history', async () => {
    const [newest] = await audited(1, ', outcome: "WRITTEN"');
    const { data } = await ask(
      keys.reader,
      '{ person(id: "person:ana") { history(first: 200) { nodes { sequence by action call } } } }',
    );
    const history = data?.['person']?.['history'] as { nodes: { sequence: number; call: string }[] };
    const mine = history.nodes.filter(({ call }) => call === newest?.['id']);
    expect(mine).toHaveLength(1);
    expect(mine[0]?.sequence).toBeGreaterThanOrEqual(newest?.['first'] as number);
    expect(mine[0]?.sequence).toBeLessThanOrEqual(newest?.['last'] as number);
  });
});

describe('whoever is not who they should be', () => {
  it('is refused alike, whatever they ask for, and nothing is changed', async () => {
    const before = await dump(graph);
    const [expired, revoked] = [
      await makeKey('Old', 'admin', new Date(Date.now() - 1_000)),
      await makeKey('Gone', 'admin'),
    ];
    await revokeKey(connection, revoked.id);
    const credentials = {
      wrong: `${keys.admin.slice(0, -43)}${'A'.repeat(43)}`,
      expired: expired.text,
      revoked: revoked.text,
      'of another issuer': await issuer.sign({ iss: 'https://elsewhere.test', role: 'admin' }),
      unsigned: issuer.unsigned(),
      'signed with the public key': await issuer.signWithSecret(new TextEncoder().encode(issuer.pem)),
    };
    const asked = [
      '{ stats { entityCount } }',
      'mutation { record(records: [{ person: { name: "Mallory" } }]) { call } }',
      'subscription { changed { of } }',
    ];
    const answers = new Set<string>();
    for (const credential of Object.values(credentials))
      for (const query of asked) {
        const { status, data, errors, headers } = await ask(credential, query);
        answers.add(
          JSON.stringify([status, data, errors, headers.get('www-authenticate'), headers.get('cache-control')]),
        );
      }
    expect(answers.size).toBe(1);
    expect([...answers][0]).toMatch(/^\[401,.*"UNAUTHENTICATED"/);
    for (const query of asked) {
      const nobody = await ask(null, query);
      expect([nobody.status, nobody.errors[0]?.extensions['code']]).toEqual([401, 'UNAUTHENTICATED']);
    }
    expect(await dump(graph)).toEqual(before);
    await expect
      .poll(async () => (await audited(200, ', by: "nobody"')).filter(({ code }) => code === 'UNAUTHENTICATED').length)
      .toBe(Object.keys(credentials).length * asked.length);
  });
});

describe('a token of the identity provider', () => {
  it('writes as its role says, and its subject stands in the history', async () => {
    const token = await issuer.sign({ sub: 'ines@town.test', role: ['reader', 'editor'] });
    const id = `person:${randomUUID()}`;
    await done(token, RECORD, { records: [{ person: { id, name: 'Ines' } }] });
    const { data } = await ask(token, `{ history(of: "${id}") { nodes { by action } } }`);
    expect(data?.['history']?.['nodes']).toEqual([{ by: 'ines@town.test', action: 'CREATED' }]);
    expect((await ask(token, '{ audit { totalCount } }')).status).toBe(403);
    expect(await audited(1, ', by: "ines@town.test", outcome: "WRITTEN"')).toMatchObject([
      { role: 'editor', operation: 'record' },
    ]);
  });
});

describe('two who write', () => {
  it('at once: one of them is told that the other was there first', async () => {
    await done(keys.editor, RECORD, { records: [{ person: { id: 'person:contested', name: 'Cy' } }] });
    const change = (description: string) =>
      ask(keys.editor, RECORD, { records: [{ person: { id: 'person:contested', description, expectedVersion: 1 } }] });
    const answers = await Promise.all([change('One.'), change('Other.')]);
    const problems = answers.map(({ data }) => data?.['record']?.['problems']);
    expect(problems).toContainEqual([]);
    expect(problems).toContainEqual([{ code: 'CONFLICT', path: ['person', 'expectedVersion'] }]);
    const { data } = await ask(keys.reader, '{ person(id: "person:contested") { version } }');
    expect(data?.['person']).toEqual({ version: 2 });
  });
});

describe('whoever follows the changes with a key', () => {
  const follow = (key: string): Promise<Events> =>
    subscribe(url, 'subscription { changed { sequence cursor of by action } }', {}, { authorization: `Bearer ${key}` });

  it('is told of what others write, in order, until the key is revoked', async () => {
    const { id, text } = await makeKey('A follower', 'reader');
    const events = await follow(text);
    expect(events.status).toBe(200);
    const { created } = (await done(keys.editor, RECORD, { records: term('person:followed', 'source:followed') })) as {
      created: { id: string }[];
    };
    const told = (await events.take(created.length)).map(
      ({ data }) => data?.['changed'] as Record<string, unknown> | undefined,
    );
    expect(new Set(told.map((one) => one?.['of']))).toEqual(new Set([...created.map((one) => one.id)]));
    const [first] = told;
    expect(told.map((one) => one?.['sequence'])).toEqual(told.map((_, nth) => Number(first?.['sequence']) + nth));
    expect(told.every((one) => one?.['by'] === nameOf('editor'))).toBe(true);
    const rest = await subscribe(
      url,
      'subscription ($since: String) { changed(since: $since) { of } }',
      { since: first?.['cursor'] },
      { authorization: `Bearer ${keys.reader}` },
    );
    expect((await rest.take(1))[0]?.data?.['changed']).toEqual({ of: told[1]?.['of'] });
    rest.leave();
    await revokeKey(connection, id);
    const end = await events.next();
    expect(end?.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await events.next()).toBeNull();
  });
});

describe('whoever asks too much', () => {
  it('is told when to ask again, and nothing of it is done', async () => {
    const { url: narrow } = await start({ CONCORDAT_RATE_LIMIT: '250' });
    const write = (name: string) =>
      ask(keys.editor, RECORD, { records: [{ person: { id: `person:${name}`, name } }] }, narrow);
    expect((await write('first')).status).toBe(200);
    expect((await write('second')).status).toBe(200);
    const before = await dump(graph);
    const refused = await write('third');
    expect([refused.status, refused.errors[0]?.extensions['code']]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await dump(graph)).toEqual(before);
    const stream = await subscribe(
      narrow,
      'subscription { changed { of } }',
      {},
      { authorization: `Bearer ${keys.editor}` },
    );
    expect(stream.status).toBe(429);
  });
});
