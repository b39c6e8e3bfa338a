import type { Point } from '../layout/seeded.ts';

/** Where the curves of edges run, in pixels with y downwards, as the shader has them. */

/** The control point of an edge's curve. */
export function controlOf(source: Point, target: Point, bend: number): Point {
  const [dx, dy] = [target.x - source.x, target.y - source.y];
  return { x: (source.x + target.x) / 2 + dy * bend, y: (source.y + target.y) / 2 - dx * bend };
}

/** A point of the curve, `t` from 0 to 1. */
export function pointAt(source: Point, control: Point, target: Point, t: number): Point {
  const s = 1 - t;
  return {
    x: s * s * source.x + 2 * s * t * control.x + t * t * target.x,
    y: s * s * source.y + 2 * s * t * control.y + t * t * target.y,
  };
}
