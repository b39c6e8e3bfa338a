import type { Edge, Entity } from '../data/things.ts';
import type { Spread } from '../drawing/graph-view.ts';
import { roomOf } from '../drawing/labels.ts';
import type { LayOut } from '../layout/messages.ts';
import { type Point, seededPlace } from '../layout/seeded.ts';

/** Where entities stand. Places are kept while the page is open, so that steps back find things where they were. */

export interface Places {
  placeOf(id: string): Point;
  put(id: string, place: Point): void;
  /** Gives places to those that have none, near what they are tied to. @returns how many there were */
  settle(entities: readonly Entity[], edges: readonly Edge[]): number;
  spread(ids: Iterable<string>): Spread;
  /** The task of laying these out from where they stand. */
  task(entities: readonly Entity[], edges: readonly Edge[], fresh: number, room: LayOut['room']): Omit<LayOut, 'run'>;
}

export function createPlaces(): Places {
  const places = new Map<string, Point>();
  const placeOf = (id: string): Point => places.get(id) ?? seededPlace(id, { x: 0, y: 0 }, 300);
  return {
    placeOf,
    put: (id, place) => void places.set(id, place),
    settle(entities, edges) {
      const fresh = new Set(entities.filter(({ id }) => !places.has(id)).map(({ id }) => id));
      if (fresh.size === 0) return 0;
      const tied = new Map<string, Point[]>();
      for (const { from, to } of edges)
        for (const [one, other] of [
          [from, to],
          [to, from],
        ] as const) {
          const place = places.get(other);
          if (fresh.has(one) && place) tied.set(one, [...(tied.get(one) ?? []), place]);
        }
      const radius = 40 * Math.sqrt(entities.length);
      for (const id of fresh) {
        const near = tied.get(id);
        if (!near) places.set(id, seededPlace(id, { x: 0, y: 0 }, radius));
        else {
          const [x, y] = [mean(near.map((each) => each.x)), mean(near.map((each) => each.y))];
          places.set(id, seededPlace(id, { x, y }, 90));
        }
      }
      return fresh.size;
    },
    spread(ids) {
      const x: [number, number] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      const y: [number, number] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const id of ids) {
        const place = placeOf(id);
        x[0] = Math.min(x[0], place.x);
        x[1] = Math.max(x[1], place.x);
        y[0] = Math.min(y[0], place.y);
        y[1] = Math.max(y[1], place.y);
      }
      // A graph of one is seen from some way off, too.
      const widened = ([low, high]: [number, number]): [number, number] => {
        if (low > high) return [-100, 100];
        const missing = Math.max(0, 240 - (high - low)) / 2;
        return [low - missing, high + missing];
      };
      const [low, high] = widened(y);
      // The day stands over the lower edge, labels hang below what is lowest.
      return { x: widened(x), y: [low - (high - low) * 0.12, high] };
    },
    task(entities, edges, fresh, room) {
      const count = entities.length;
      const index = new Map(entities.map(({ id }, at) => [id, at]));
      const extents = new Float64Array(count * 2);
      const at = new Float64Array(count * 2);
      for (const [position, { id, name }] of entities.entries()) {
        const room = roomOf(name);
        const place = placeOf(id);
        // Downwards is more there, less here.
        at.set([place.x, -place.y], position * 2);
        // Labels stand below: boxes are as wide as these, and as high as both.
        if (count <= 350) extents.set([Math.max(26, room.width / 2 + 7), 20 + room.height / 2], position * 2);
        else extents.set([6, 6], position * 2);
      }
      const pairs = edges.flatMap(({ from, to }) => {
        const [source, target] = [index.get(from), index.get(to)];
        return source === undefined || target === undefined ? [] : [source, target];
      });
      const whole = count <= 350 ? 600 : count <= 2_000 ? 200 : count <= 5_000 ? 80 : 40;
      // What is there already gives way to what is new, and stays about where it was.
      const isFresh = fresh > count / 2;
      const iterations = isFresh ? whole : Math.ceil(whole / 6);
      return { places: at, extents, edges: Uint32Array.from(pairs), iterations, isFresh, room };
    },
  };
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
