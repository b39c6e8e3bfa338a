import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stateOn as ofPage } from '../../src/explorer/data/temporal.ts';
import type { Edge } from '../../src/explorer/data/things.ts';
import { pushApart } from '../../src/explorer/layout/apart.ts';
import { communitiesOf } from '../../src/explorer/layout/communities.ts';
import { seededPlace } from '../../src/explorer/layout/seeded.ts';
import { fromAddress, toAddress } from '../../src/explorer/state/address.ts';
import { EMPTY, GRADES, MOST, type View } from '../../src/explorer/state/view.ts';
import { parsePartialDate } from '../../src/model/partial-date.ts';
import { stateOn as ofStore } from '../../src/model/temporal.ts';
import { projectFile } from '../support/project.ts';

/** The parts of the explorer that need no browser. */

const room = projectFile('src/explorer');
const sources = readdirSync(room, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|html)$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(room, name), 'utf8') }));

describe('the source', () => {
  it('has no way to make markup of text', () => {
    const ways =
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc|\beval\(|new Function/;
    expect(sources.length).toBeGreaterThan(30);
    expect(sources.filter(({ text }) => ways.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it('names no other host', () => {
    const others = sources.filter(({ text }) => /https?:\/\/(?!www\.w3\.org\/2000\/svg)[a-z]/.test(text));
    expect(others.map(({ name }) => name)).toEqual([]);
  });
});

describe('an address', () => {
  const word = fc.string({ minLength: 1, maxLength: 12 });
  const words = fc.uniqueArray(word, { maxLength: 5 });
  const view: fc.Arbitrary<View> = fc.record({
    ids: words,
    whole: fc.option(fc.record({ limit: fc.integer({ min: 1, max: MOST }), types: words })),
    withoutEntities: words,
    withoutEdges: words,
    minCommitment: fc.option(fc.constantFrom(...GRADES)),
    withoutDisputed: fc.boolean(),
    asOf: fc.option(fc.constantFrom('2025-02-03', '1999-12-31')),
    selected: fc.option(word),
    path: fc.option(fc.record({ from: word, to: word }).filter(({ from, to }) => from !== to)),
  });

  it('tells a view, whatever ids hold', () => {
    fc.assert(
      fc.property(view, (given) => {
        expect(fromAddress(`#${toAddress(given)}`)).toEqual(given);
      }),
    );
  });

  it('that nobody wrote is read as far as it can be', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => fromAddress(text)).not.toThrow();
      }),
    );
    for (const hash of ['', '#', '#=&&', '#show=%E0%A4%A', '#as-of=2025-02-30x', '#whole=-1', '#path=a', '#least=NONE'])
      expect(fromAddress(hash)).toEqual(EMPTY);
    expect(fromAddress('#whole=999999999').whole).toEqual({ limit: MOST, types: [] });
  });

  it('keeps ids readable', () => {
    expect(toAddress({ ...EMPTY, ids: ['person:nayib-bukele', 'a,b&c'] })).toBe('show=person:nayib-bukele,a%2Cb%26c');
  });
});

describe('the state of a relationship on a day', () => {
  const day = fc
    .date({ min: new Date('1999-01-01'), max: new Date('2003-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
  const date = fc.option(fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([text, length]) => text.slice(0, length)));

  it('is reckoned in the page as it is in the store', () => {
    fc.assert(
      fc.property(
        ...([day, fc.constantFrom('state', 'act', 'timeless'), date, date, fc.option(day), fc.option(day)] as const),
        (on, time, begins, ends, observedFrom, observedTo) => {
          const edge = { begins, ends, observedFrom, observedTo } as Edge;
          const [from, to] = [begins, ends].map((text) => (text === null ? null : parsePartialDate(text)));
          const dates = {
            ...{ fromEarliest: from?.earliest ?? null, fromLatest: from?.latest ?? null },
            ...{ toEarliest: to?.earliest ?? null, toLatest: to?.latest ?? null },
            ...{ observedFrom, observedTo },
          };
          expect(ofPage(on, time, edge)).toBe(ofStore(on, time, dates));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('places', () => {
  it('to begin from are the same for an id, and others for another', () => {
    const place = (id: string) => seededPlace(id, { x: 0, y: 0 }, 100);
    expect(place('a')).toEqual(place('a'));
    const all = Array.from({ length: 500 }, (_, index) => place(`person:${index}`));
    expect(new Set(all.map(({ x, y }) => `${x} ${y}`)).size).toBe(500);
    expect(all.every(({ x, y }) => Math.hypot(x, y) <= 100)).toBe(true);
  });

  it('of communities are those of what is tied most among itself', () => {
    // Two triangles with one edge between them.
    const edges = Uint32Array.from([0, 1, 1, 2, 2, 0, 3, 4, 4, 5, 5, 3, 2, 3]);
    const [a, b, c, d, e, f] = communitiesOf(6, edges);
    expect([b, c]).toEqual([a, a]);
    expect([e, f]).toEqual([d, d]);
    expect(communitiesOf(6, edges)).toEqual(communitiesOf(6, edges));
  });

  it('are pushed apart until nothing overlaps', () => {
    const places = new Float64Array(60).map((_, index) => (index * 37) % 90);
    const extents = new Float64Array(60).fill(12);
    pushApart(places, extents, 2_000);
    const overlaps = Array.from({ length: 30 }, (_, a) => a).flatMap((a) =>
      Array.from({ length: 30 }, (_, b) => b).filter(
        (b) =>
          a < b &&
          Math.abs((places[2 * a] ?? 0) - (places[2 * b] ?? 0)) < 23.9 &&
          Math.abs((places[2 * a + 1] ?? 0) - (places[2 * b + 1] ?? 0)) < 23.9,
      ),
    );
    expect(overlaps).toEqual([]);
  });
});
