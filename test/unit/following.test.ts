import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ConcordatError } from '../../src/errors.ts';
import { type Following, follow, type Told } from '../../src/graphql/subscriptions/follow.ts';

/** How the changes are followed, whatever reads them. */

/** A feed of so many changes, of which some may not be there yet. */
function world(count: number, missing: ReadonlySet<number> = new Set()) {
  const [closing, leaving] = [new AbortController(), new AbortController()];
  const state = { count, missing: new Set(missing), reads: 0, waits: 0 };
  const waiting: (() => void)[] = [];
  const following: Following = {
    feed: {
      closed: closing.signal,
      beyond: (sequence, signal) => {
        state.waits += 1;
        if (sequence < state.count) return Promise.resolve(true);
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(false), { once: true });
          waiting.push(() => resolve(true));
        });
      },
    },
    start: 0,
    batch: 3,
    signal: leaving.signal,
    async read(since) {
      state.reads += 1;
      const all = Array.from({ length: state.count }, (_, nth) => nth + 1);
      return all
        .filter((sequence) => sequence > since && !state.missing.has(sequence))
        .slice(0, 3)
        .map((sequence): Told => ({ sequence, value: { sequence } }));
    },
  };
  const wake = () => {
    for (const one of waiting.splice(0)) one();
  };
  return { state, following, closing, leaving, wake };
}

async function take(events: AsyncIterableIterator<object>, count: number): Promise<unknown[]> {
  const taken: unknown[] = [];
  while (taken.length < count) {
    const { value, done } = await events.next();
    if (done) break;
    taken.push((value as { sequence: number }).sequence);
  }
  return taken;
}

describe('following', () => {
  it('reads no more than is taken', async () => {
    const { state, following } = world(100);
    const events = follow(following);
    expect(state.reads).toBe(0);
    expect(await take(events, 4)).toEqual([1, 2, 3, 4]);
    expect(state.reads).toBe(2);
    await events.return?.();
  });

  it('tells nothing beyond what is missing until it is there', async () => {
    const { state, following } = world(5, new Set([2]));
    const events = follow(following);
    expect(await take(events, 1)).toEqual([1]);
    const next = take(events, 4);
    state.missing.clear();
    expect(await next).toEqual([2, 3, 4, 5]);
    await events.return?.();
  });

  it('passes by what is not wanted, and does not come back to it', async () => {
    const { following } = world(8);
    const read: Following['read'] = async (since, signal) =>
      (await following.read(since, signal)).map((one) => (one.sequence % 4 === 0 ? one : { ...one, value: null }));
    const events = follow({ ...following, read });
    expect(await take(events, 2)).toEqual([4, 8]);
    await events.return?.();
  });

  it('goes on where it was when the database answers again', async () => {
    const { following } = world(4);
    let failures = 0;
    const read: Following['read'] = async (since, signal) => {
      if (since > 0 && failures++ < 2) throw new ConcordatError('DATABASE_UNAVAILABLE', 'away');
      return following.read(since, signal);
    };
    const events = follow({ ...following, read });
    expect(await take(events, 4)).toEqual([1, 2, 3, 4]);
    expect(failures).toBeGreaterThan(2);
    await events.return?.();
  });

  it('ends with what else goes wrong', async () => {
    const { following } = world(4);
    const events = follow({ ...following, read: () => Promise.reject(new ConcordatError('TIMEOUT', 'too long')) });
    await expect(events.next()).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it.each([
    ['the feed is closed', ({ closing }: ReturnType<typeof world>) => closing.abort()],
    ['the client has gone', ({ leaving }: ReturnType<typeof world>) => leaving.abort()],
  ])('ends, and lets go of everything, when %s', async (_, end) => {
    const one = world(1);
    const events = follow(one.following);
    await take(events, 1);
    const next = events.next();
    end(one);
    expect(await next).toEqual({ done: true, value: undefined });
    for (const { signal } of [one.closing, one.leaving]) expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('ends while it waits when nobody wants more', async () => {
    const one = world(1);
    const events = follow(one.following);
    await take(events, 1);
    const next = events.next();
    expect(await events.return?.()).toEqual({ done: true, value: undefined });
    expect(await next).toEqual({ done: true, value: undefined });
    for (const { signal } of [one.closing, one.leaving]) expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('tells what comes while it waits', async () => {
    const { state, following, wake } = world(1);
    const events = follow(following);
    await take(events, 1);
    const next = take(events, 2);
    state.count = 3;
    wake();
    const woken = setInterval(wake, 1);
    expect(await next).toEqual([2, 3]);
    clearInterval(woken);
    await events.return?.();
  });

  it('does not begin for whoever may not', async () => {
    const { state, following } = world(3);
    const events = follow({ ...following, stillMay: async () => false });
    await expect(events.next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(state.reads).toBe(0);
  });
});
