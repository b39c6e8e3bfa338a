import { expect, test } from 'vitest';
import { Turnstile } from '../../src/store/turnstile.ts';

/** Lets everything that can go on go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('so many are within at once, and the others come in as they came', async () => {
  const turnstile = new Turnstile(2);
  const within: number[] = [];
  const held = [0, 1, 2, 3].map(async (nth) => {
    const room = await turnstile.enter(false);
    within.push(nth);
    return room;
  });
  await settle();
  expect(within).toEqual([0, 1]);
  (await held[1])?.[Symbol.dispose]();
  await settle();
  expect(within).toEqual([0, 1, 2]);
});

test('one that goes alone waits until nobody else is within, and lets nobody past meanwhile', async () => {
  const turnstile = new Turnstile(3);
  const within: string[] = [];
  const enter = async (name: string, alone: boolean) => {
    const room = await turnstile.enter(alone);
    within.push(name);
    return room;
  };
  const first = enter('first', false);
  const alone = enter('alone', true);
  const last = enter('last', false);
  await settle();
  expect(within).toEqual(['first']);
  (await first)[Symbol.dispose]();
  await settle();
  expect(within).toEqual(['first', 'alone']);
  (await alone)[Symbol.dispose]();
  await last;
  expect(within).toEqual(['first', 'alone', 'last']);
});
