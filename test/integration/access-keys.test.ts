import { buildSchema } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import { auditTrail } from '../../src/store/audit.ts';
import { type KeyRingOptions, keyRing } from '../../src/store/key-ring.ts';
import { createKey, listKeys, readKey, revokeKey } from '../../src/store/keys.ts';
import { testGraph } from '../support/graph.ts';
import { servers } from '../support/served.ts';
import { decided } from '../support/server.ts';

/** Keys, and what is written down of those who may not, on a real database and a real port. */

const graph = testGraph();
const { connection } = graph;
const serving = servers();

const make = (role: 'reader' | 'editor' | 'admin' = 'reader', expiresAt: Date | null = null) =>
  createKey(connection, { name: 'Ana', role, createdBy: 'test', expiresAt });

/** A ring whose clock the test sets. */
function ring(options: KeyRingOptions = {}) {
  const clock = { now: Date.now(), asked: 0 };
  const counting = {
    read: (...args: Parameters<typeof connection.read>) => {
      clock.asked++;
      return connection.read(...args);
    },
    write: connection.write,
  };
  const made = keyRing(counting, { now: () => clock.now, ...options });
  const check = (text: string) => {
    const key = readKey(text);
    if (!key) throw new Error('no key');
    return made.check(key.id, key.secret);
  };
  return { clock, check, settled: made.settled };
}

beforeEach(async () => {
  await connection.write('test', (tx) => tx.run('MATCH (n:ConcordatKey|ConcordatCall|Town) DETACH DELETE n'));
});

describe('a key', () => {
  it('is kept as a hash, and is of a form that can be found', async () => {
    const { id, text } = await make();
    expect(text).toMatch(new RegExp(`^concordat_${id}_[\\w-]{43}$`));
    const [[stored]] = (await graph.rows('MATCH (k:ConcordatKey) RETURN properties(k)')) as [[Record<string, unknown>]];
    expect(stored).toMatchObject({ id, name: 'Ana', role: 'reader', createdBy: 'test' });
    expect(JSON.stringify(stored)).not.toContain(readKey(text)?.secret);
    expect(await ring().check(text)).toEqual({ holder: { id, name: 'Ana', role: 'reader' } });
  });

  it('is not named like those who write without one, nor by nothing', async () => {
    for (const name of ['', '  ', 'Seed', 'anonymous', 'a\nb', 'x'.repeat(101)])
      await expect(createKey(connection, { name, role: 'admin', createdBy: 'test', expiresAt: null })).rejects.toThrow(
        /cannot be named/,
      );
  });

  it('of another secret, of no id, or of another form is none', async () => {
    const [{ text }, other] = [await make(), await make()];
    const { check } = ring();
    const secret = readKey(other.text)?.secret;
    expect(await check(`${text.slice(0, -43)}${secret}`)).toMatchObject({ refused: /secret/ });
    expect(await check(text.replace(/_\w{12}_/, '_zzzzzzzzzzzz_'))).toMatchObject({ refused: /no key zzzz/ });
    for (const wrong of [`${text}=`, text.slice(0, -1), text.toUpperCase(), ` ${text}`, text.replace('concordat_', '')])
      expect(readKey(wrong)).toBeNull();
  });

  it('ends when it expires', async () => {
    const { text } = await make('reader', new Date(Date.now() + 60_000));
    const { check, clock } = ring();
    expect(await check(text)).toHaveProperty('holder');
    clock.now += 60_000;
    expect(await check(text)).toMatchObject({ refused: /expired/ });
  });

  it('that is revoked works for no longer than it is kept, and never again', async () => {
    const { id, text } = await make();
    const { check, clock } = ring({ keptMs: 5_000 });
    expect(await check(text)).toHaveProperty('holder');
    const first = await revokeKey(connection, id);
    expect(await check(text)).toHaveProperty('holder');
    clock.now += 5_000;
    expect(await check(text)).toMatchObject({ refused: /revoked/ });
    expect((await revokeKey(connection, id))?.revokedAt).toBe(first?.revokedAt);
    expect(await revokeKey(connection, 'zzzzzzzzzzzz')).toBeNull();
  });

  it('is looked up once in a while, whether there is one or not, and no more are kept than may be', async () => {
    const { text } = await make();
    const { check, clock } = ring({ keptMs: 5_000, keptKeys: 2 });
    const missing = (letter: string) => text.replace(/_\w{12}_/, `_${letter.repeat(12)}_`);
    await Promise.all([check(text), check(text), check(missing('a')), check(missing('a'))]);
    expect(clock.asked).toBe(2);
    await check(missing('b'));
    await check(missing('c'));
    await check(text);
    expect(clock.asked).toBe(5);
  });

  it('that cannot be looked up is looked up again', async () => {
    const { text } = await make();
    let fails = true;
    const unsteady = keyRing({
      read: (...args) => (fails ? Promise.reject(new Error('away')) : connection.read(...args)),
      write: connection.write,
    });
    const { id = '', secret = '' } = readKey(text) ?? {};
    await expect(unsteady.check(id, secret)).rejects.toThrow('away');
    fails = false;
    expect(await unsteady.check(id, secret)).toHaveProperty('holder');
    await unsteady.settled();
  });

  it('says when it was last used, to the minute, and is no slower nor refused where that fails', async () => {
    const { text } = await make();
    const { check, clock, settled } = ring();
    const lastUsed = async () => {
      await settled();
      return (await listKeys(connection))[0]?.lastUsedAt;
    };
    expect(await lastUsed()).toBeNull();
    await check(text);
    const first = await lastUsed();
    expect(Date.parse(String(first))).toBe(clock.now);
    clock.now += 59_000;
    await check(text);
    expect(await lastUsed()).toBe(first);
    clock.now += 1_000;
    await check(text);
    expect(Date.parse(String(await lastUsed()))).toBe(clock.now);
    const errors: unknown[] = [];
    const broken = keyRing(
      { read: connection.read, write: () => Promise.reject(new Error('read only')) },
      { onError: (error) => errors.push(error) },
    );
    const { id = '', secret = '' } = readKey(text) ?? {};
    expect(await broken.check(id, secret)).toHaveProperty('holder');
    await broken.settled();
    expect(errors).toHaveLength(1);
  });
});

/** Towns in the database, which a mutation makes. */
function towns() {
  const schema = decided(
    buildSchema(`
      type Query { towns: [String!]! }
      type Mutation { found(name: String!): String }
      type Subscription { founded: String }`),
    { 'Mutation.found': 'editor', 'Subscription.founded': 'editor' },
  );
  const field = (type: 'Query' | 'Mutation' | 'Subscription', name: string) => {
    const found = schema.getType(type);
    if (!found || !('getFields' in found)) throw new Error(type);
    return found.getFields()[name] as unknown as { resolve: unknown; subscribe: unknown };
  };
  field('Query', 'towns').resolve = async () => (await graph.rows('MATCH (t:Town) RETURN t.name')).flat();
  field('Mutation', 'found').resolve = async (_: unknown, { name }: { name: string }) => {
    await connection.write('test', (tx) => tx.run('CREATE (:Town {name: $name})', { name }));
    return name;
  };
  field('Subscription', 'founded').subscribe = async function* (
    _: unknown,
    __: unknown,
    { stillMay }: { stillMay: () => Promise<boolean> },
  ) {
    for (let nth = 1; await stillMay(); nth++) yield { founded: `town ${nth}` };
  };
  return schema;
}

async function town(keptMs = 5_000) {
  const audit = auditTrail(connection, (error) => {
    throw error;
  });
  const keys = keyRing(connection, { keptMs });
  const server = await serving({
    schema: towns(),
    who: { credentials: { keys, tokens: null }, audit: (entry) => audit.note(entry) },
  });
  const audited = async () => {
    await audit.settled();
    const text =
      'MATCH (c:ConcordatCall) WITH c ORDER BY c.at RETURN c.by, c.role, c.operation, c.outcome, c.code, c.address';
    return graph.rows(text);
  };
  return { ...server, audited };
}

const FOUND = 'mutation { found(name: "Aldea") }';
const bearer = (text: string) => ({ authorization: `Bearer ${text}` });

describe('over HTTP', () => {
  it('a reader that tries to write is refused, nothing is changed, and it is written down', async () => {
    const { post, audited } = await town();
    const { text } = await make('reader');
    const refused = await post(FOUND, bearer(text));
    expect([refused.status, refused.headers.get('cache-control')]).toEqual([403, 'no-store']);
    expect(refused.body).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN', value: 'reader', needed: 'editor' } }],
    });
    expect((await post('{ towns }', bearer(text))).body).toEqual({ data: { towns: [] } });
    expect(await audited()).toEqual([['Ana', 'reader', 'Mutation.found', 'REFUSED', 'FORBIDDEN', '127.0.0.1']]);
  });

  it('an editor writes', async () => {
    const { post, audited } = await town();
    const { text } = await make('editor');
    expect((await post(FOUND, bearer(text))).body).toEqual({ data: { found: 'Aldea' } });
    expect((await post('{ towns }')).body).toEqual({ data: { towns: ['Aldea'] } });
    expect(await audited()).toEqual([]);
  });

  it('whoever sends no key cannot write, and it is written down; what they read is not', async () => {
    const { post, audited } = await town();
    expect(await post(FOUND)).toMatchObject({ status: 401 });
    expect(await post('{ towns }')).toMatchObject({ status: 200, body: { data: { towns: [] } } });
    expect(await audited()).toEqual([
      ['anonymous', 'reader', 'Mutation.found', 'REFUSED', 'UNAUTHENTICATED', '127.0.0.1'],
    ]);
  });

  it('keys that are wrong, revoked, expired or none are refused alike, and the logs tell which', async () => {
    const { post, audited, logged } = await town(0);
    const [good, revoked, expired] = [await make(), await make(), await make('reader', new Date(Date.now() + 1))];
    await revokeKey(connection, revoked.id);
    const wrong = [
      `${good.text.slice(0, -43)}${'A'.repeat(43)}`,
      revoked.text,
      expired.text,
      'concordat_nonsense',
      'nonsense',
      good.text.replace(good.id, 'zzzzzzzzzzzz'),
    ];
    const answers = [];
    for (const text of wrong) answers.push(await post('{ towns }', bearer(text)));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
    expect(await audited()).toHaveLength(wrong.length);
    const reasons = logged.flatMap((line) => (line['audit'] as { message?: string } | undefined)?.message ?? []);
    expect(new Set(reasons).size).toBe(wrong.length);
    const all =
      JSON.stringify(logged) + JSON.stringify(await graph.rows('MATCH (c:ConcordatCall) RETURN properties(c)'));
    for (const text of [...wrong.slice(0, 3), good.text]) expect(all).not.toContain(text.slice(-43));
  });

  it('a subscription takes its role, and can tell when a key is revoked under it', async () => {
    const { url } = await town(0);
    const [reader, editor] = [await make('reader'), await make('editor')];
    const open = (text: string) =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...bearer(text) },
        body: JSON.stringify({ query: 'subscription { founded }' }),
      });
    expect(await (await open(reader.text)).text()).toContain('FORBIDDEN');
    const events = (await open(editor.text)).body?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = '';
    let isRevoked = false;
    for (let next = await events?.read(); next && !next.done; next = await events?.read()) {
      seen += next.value;
      if (isRevoked || !seen.includes('town 1')) continue;
      await revokeKey(connection, editor.id);
      isRevoked = true;
    }
    expect(seen).toMatch(/event: complete/);
  });
});
