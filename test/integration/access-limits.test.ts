import { afterEach, describe, expect, it } from 'vitest';
import { LEAST_COST, rateLimits } from '../../src/server/access/rate-limit.ts';
import { type SharedCounts, shareCounts } from '../../src/server/access/shared-counts.ts';
import { createLog } from '../../src/server/log.ts';
import { findRedis, openRedis, type TestRedis } from '../support/redis.ts';
import { servers } from '../support/served.ts';
import { holding, KEY } from '../support/server.ts';

/** How much may be asked for, alone and where several processes count together. */

const serving = servers();
const towns = { root: { towns: [], town: null } };
const SMALL = '{ towns(first: 1) { name } }';
/** 25 towns: more than the least that a request costs when each has 25 neighbours. */
const LARGE = '{ towns(first: 25) { neighbours(first: 25) { name } } }';

describe('whoever asks too much', () => {
  it('is refused until the minute is over, and told when that is', async () => {
    const { post } = await serving({ ...towns, who: { limits: rateLimits(3 * LEAST_COST, null) } });
    for (let time = 0; time < 3; time++) expect(await post(SMALL)).toMatchObject({ status: 200 });
    const { status, headers, body } = await post(SMALL);
    expect(status).toBe(429);
    const seconds = Number(headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(body).toEqual({
      errors: [
        {
          message:
            'At most 300 units of cost may be asked for in a minute, and less than this request costs is left of them.',
          extensions: {
            ...{ code: 'RATE_LIMITED', path: ['request'], limit: 300, retryAfter: seconds },
            suggestion: expect.stringMatching(/^Try again in \d+ seconds?\.$/),
          },
        },
      ],
    });
  });

  it('pays what a query costs; of one that is refused, only the least', async () => {
    const free = await serving(towns);
    const cost = Number((await free.post(LARGE)).headers.get('x-concordat-cost'));
    expect(cost).toBeGreaterThan(3 * LEAST_COST);
    const { post } = await serving({ ...towns, who: { limits: rateLimits(cost + 2 * LEAST_COST, null) } });
    const asked = [];
    for (const query of [LARGE, LARGE, SMALL, SMALL]) asked.push((await post(query)).status);
    expect(asked).toEqual([200, 429, 200, 429]);
  });

  it('is told where a query costs more than anybody may ever ask for', async () => {
    const { post } = await serving({ ...towns, who: { limits: rateLimits(300, null) } });
    const { status, body } = await post(LARGE);
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'QUERY_TOO_COSTLY', limit: 300 } }] });
  });

  it('is counted by key, else by address: others are not held up', async () => {
    const who = { ...holding('reader'), limits: rateLimits(2 * LEAST_COST, null), trustedProxies: 1 };
    const { post } = await serving({ ...towns, who });
    const as = (headers: Record<string, string>) => post(SMALL, headers).then(({ status }) => status);
    const both = async (headers: Record<string, string>) => [await as(headers), await as(headers), await as(headers)];
    expect(await both({ 'x-forwarded-for': '1.2.3.4' })).toEqual([200, 200, 429]);
    expect(await both({ 'x-forwarded-for': '1.2.3.5' })).toEqual([200, 200, 429]);
    expect(await as({ 'x-forwarded-for': 'forged, 1.2.3.4' })).toBe(429);
    expect(await both({ 'x-forwarded-for': '1.2.3.4', authorization: KEY })).toEqual([200, 200, 429]);
    expect(await as({ 'x-forwarded-for': '9.9.9.9', authorization: KEY })).toBe(429);
  });

  it('pays for texts, too, and not for being told that the server is there', async () => {
    const document = { contentType: 'text/plain', access: 'reader', body: () => 'text' } as const;
    const { url } = await serving({ documents: { '/a.txt': document }, who: { limits: rateLimits(LEAST_COST, null) } });
    const status = async (path: string) => (await fetch(`${url}${path}`)).status;
    expect([await status('/a.txt'), await status('/a.txt')]).toEqual([200, 429]);
    expect([await status('/live'), await status('/ready')]).toEqual([200, 200]);
  });

  it('is not looked at any more after too many keys that are none, and keys are then not either', async () => {
    const { post, logged } = await serving({
      ...towns,
      who: { ...holding('reader'), limits: rateLimits(600_000, null) },
    });
    const statuses = [];
    for (let time = 0; time < 25; time++)
      statuses.push((await post(SMALL, { authorization: `Bearer wrong${time}` })).status);
    expect(statuses).toEqual([...Array(20).fill(401), ...Array(5).fill(429)]);
    expect(await post(SMALL, { authorization: KEY })).toMatchObject({ status: 429 });
    expect(await post(SMALL)).toMatchObject({ status: 200 });
    expect(logged.filter(({ msg }) => msg === 'refused')).toHaveLength(20);
  });

  it('is only logged, not written down, once an address is refused too often', async () => {
    const audited: unknown[] = [];
    const { post, logged } = await serving({ ...towns, who: { audit: (entry) => audited.push(entry) } });
    for (let time = 0; time < 65; time++) await post('mutation { rename(name: "a") { name } }');
    expect([audited.length, logged.filter(({ msg }) => msg === 'refused').length]).toEqual([60, 65]);
  });

  it('may ask for anything where there is no limit', async () => {
    const { post } = await serving({ ...towns, who: { limits: rateLimits(0, null) } });
    for (let time = 0; time < 30; time++)
      expect(await post(SMALL, { authorization: 'Bearer wrong' })).toMatchObject({ status: 401 });
  });
});

const program = findRedis(process.env);
if (program === null) console.warn('No redis-server was found, so that limits are counted without one only.');

/** Processes that count in a Redis; what they log. */
async function counting(url: string) {
  const logged: string[] = [];
  const log = createLog({ LOG_LEVEL: 'info' }, { write: (line) => logged.push(JSON.parse(line).msg) });
  const shared = await shareCounts(url, log);
  opened.push(shared);
  return { limits: rateLimits(3 * LEAST_COST, shared), logged, shared };
}
const opened: (SharedCounts | TestRedis)[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each[Symbol.asyncDispose]();
});

const left = async (limits: { begin(who: string): Promise<void> }, who: string) => {
  for (let time = 0; ; time++) {
    try {
      await limits.begin(who);
    } catch {
      return time;
    }
  }
};

describe('several processes', () => {
  it('count together in a Redis, each by itself while it is away, and together again', async () => {
    if (program === null) {
      const { limits, logged } = await counting('redis://127.0.0.1:1');
      expect([await left(limits, 'a'), logged.length]).toEqual([3, 1]);
      return;
    }
    const redis = await openRedis(program);
    opened.push(redis);
    const [one, other] = [await counting(redis.url), await counting(redis.url)];
    await one.limits.begin('a');
    await other.limits.begin('a');
    expect(await left(one.limits, 'a')).toBe(1);
    expect(await left(other.limits, 'a')).toBe(0);

    await redis.stop();
    await expect.poll(() => one.shared.client.isReady).toBe(false);
    expect(await left(one.limits, 'b')).toBe(3);
    await expect.poll(() => other.shared.client.isReady).toBe(false);
    expect(await left(other.limits, 'b')).toBe(3);

    await redis.start();
    await expect.poll(() => one.shared.client.isReady, { timeout: 20_000 }).toBe(true);
    await expect.poll(() => other.shared.client.isReady, { timeout: 20_000 }).toBe(true);
    expect(await left(one.limits, 'c')).toBe(3);
    expect(await left(other.limits, 'c')).toBe(0);
    expect(one.logged).toEqual([
      'Redis does not answer: this process counts requests by itself',
      'Redis answers again: requests are counted together',
    ]);
  });

  it('start where there is no Redis, and say so once', async () => {
    const { limits, logged } = await counting('redis://127.0.0.1:1');
    expect(await left(limits, 'a')).toBe(3);
    await limits.failed('a');
    await limits.mayTry('a');
    expect(logged).toEqual(['Redis does not answer: this process counts requests by itself']);
  });
});
