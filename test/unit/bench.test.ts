import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { median, quantile } from '../../bench/measure.ts';
import { readOptions, sizeName } from '../../bench/options.ts';
import { COMPARED, GROWING } from '../../bench/questions/all.ts';
import { random } from '../../bench/random.ts';

/** The bench's own arithmetic and words. Nothing is timed here. */

describe('the options', () => {
  it('read numbers of entities with their units', () => {
    const options = readOptions(['--sizes', 'none', '--growth', '10k,100K,1m']);
    expect(options).toMatchObject({ sizes: [], growth: [10_000, 100_000, 1_000_000], write: true });
    expect([10_000, 1_000_000].map(sizeName)).toEqual(['10k', '1m']);
  });

  it('write nothing when only some questions are asked', () => {
    expect(readOptions(['--questions', 'look-up'])).toMatchObject({ questions: ['look-up'], write: false });
  });

  it.each([
    [['--questions', 'luck'], 'There is no question "luck"'],
    [['--sizes', '7'], '--sizes 7: worlds have 10k entities or more'],
    [['--rounds', 'many'], '--rounds many: must be a whole number'],
  ])('refuse %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});

describe('the questions', () => {
  const questions = [...new Set([...COMPARED, ...GROWING])];

  it('have keys of their own, and queries that can be parsed', () => {
    expect(new Set(questions.map(({ key }) => key)).size).toBe(questions.length);
    for (const { concordat, peer } of questions)
      for (const query of [concordat.query, ...(peer ? [peer.query] : [])]) expect(parse(query).kind).toBe('Document');
  });
});

describe('the arithmetic', () => {
  it('finds the middle and the edges', () => {
    const values = [5, 1, 4, 2, 3];
    expect(median(values)).toBe(3);
    expect([0, 0.2, 0.99].map((share) => quantile(values, share))).toEqual([1, 2, 5]);
  });

  it('draws the first places most often', () => {
    const draw = random(3);
    const places = Array.from({ length: 10_000 }, () => draw.zipf(50));
    const times = (place: number): number => places.filter((each) => each === place).length;
    expect(Math.min(...places)).toBe(0);
    expect(Math.max(...places)).toBe(49);
    expect(times(0)).toBeGreaterThan(times(1));
    expect(times(1)).toBeGreaterThan(times(20));
  });
});
