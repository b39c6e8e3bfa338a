import { controlOf, pointAt } from '../drawing/geometry.ts';
import { LABEL_FONT, linesOf } from '../drawing/labels.ts';
import type { OverlayState } from '../drawing/overlay.ts';
import type { Scene } from '../drawing/scene.ts';
import type { Point } from '../layout/seeded.ts';
import { dashesOf, OUTLINES } from './icons.ts';

/** What is on screen as a drawing: the same places, shapes, strokes and marks, with every name. */

/** @returns an SVG document; names are escaped, and what XML cannot hold is left out */
export function svgOf(state: OverlayState, scene: Scene): string {
  const { palette, pointOf, radiusOf, letters } = state;
  const places = new Map(scene.mapNodes((id, node) => [id, { ...pointOf(node), radius: radiusOf(node) }]));
  const all = [...places.values()];
  const bounds = (of: (place: Point) => number): [number, number] => [
    Math.min(0, ...all.map(of)) - 80,
    Math.max(200, ...all.map(of)) + 80,
  ];
  const [left, right] = bounds(({ x }) => x);
  const [top, bottom] = bounds(({ y }) => y);
  const edges = scene.mapEdges((_, edge, source, target) => {
    const [from, to] = [places.get(source), places.get(target)];
    if (!from || !to) return '';
    const control = controlOf(from, to, edge.bend);
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const [begin, end] = [from.radius / length, 1 - (to.radius + 2) / length];
    if (begin >= end) return '';
    const [a, b] = [pointAt(from, control, to, begin), pointAt(from, control, to, end)];
    const path = `M${at(a)}Q${at(controlBetween(from, control, to, begin, end))} ${at(b)}`;
    const drawn = `fill="none" stroke="${edge.color}" stroke-opacity="${edge.strength}" stroke-dasharray="${dashesOf(edge.stroke)}"`;
    const line = edge.isDouble
      ? `<path d="${path}" ${drawn} stroke-width="${edge.size * 3.4}"/><path d="${path}" fill="none" stroke="${palette.ground}" stroke-width="${edge.size * 1.4}"/>`
      : `<path d="${path}" ${drawn} stroke-width="${edge.size}"/>`;
    const near = pointAt(from, control, to, end - 9 / length);
    const middle = pointAt(from, control, to, 0.5);
    const mark =
      edge.mark && length > 46
        ? `<text x="${round(middle.x)}" y="${round(middle.y + 4)}" class="mark" fill="${edge.color}">${escaped(edge.mark)}</text>`
        : '';
    return line + (edge.isDirected ? head(b, near, edge.color) : '') + mark;
  });
  const nodes = scene.mapNodes((id, { shape, color, entity, group }) => {
    const place = places.get(id);
    if (!place) return '';
    const [tag, attributes] = OUTLINES[shape] ?? ['circle', { r: '1' }];
    const written = Object.entries(attributes)
      .map(([name, value]) => `${name}="${value}"`)
      .join(' ');
    const isRing = shape === 'ring';
    const fill = isRing ? `fill="${palette.ground}" stroke="${color}" stroke-width=".26"` : `fill="${color}"`;
    const lines = linesOf(entity.name);
    const text = lines
      .map(
        (line, index) =>
          `<text x="${round(place.x)}" y="${round(place.y + place.radius + 14 + index * 14)}" class="name">${escaped(line)}</text>`,
      )
      .join('');
    const letter =
      place.radius < 6.5
        ? ''
        : `<text x="${round(place.x)}" y="${round(place.y + place.radius * 0.32)}" class="letter" font-size="${round(Math.min(place.radius * 0.92, 15))}" fill="${isRing ? palette.groups[group] : palette.letter}">${escaped(letters.get(entity.type) ?? '')}</text>`;
    return `<g><title>${escaped(entity.name)}</title><${tag} ${written} ${fill} transform="translate(${at(place)}) scale(${round(place.radius)})"/>${letter}${text}</g>`;
  });
  const style = `text{font-family:${LABEL_FONT};text-anchor:middle}.name{font-size:12px;fill:${palette.text};stroke:${palette.ground};stroke-width:3px;paint-order:stroke}.mark{font-size:12px;font-weight:700;stroke:${palette.ground};stroke-width:4px;paint-order:stroke}.letter{font-weight:600}`;
  const [width, height] = [round(right - left), round(bottom - top)];
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="${round(left)} ${round(top)} ${width} ${height}" width="${width}" height="${height}">
<style>${style}</style>
<rect x="${round(left)}" y="${round(top)}" width="${width}" height="${height}" fill="${palette.ground}"/>
<g>${edges.join('\n')}</g>
<g>${nodes.join('\n')}</g>
</svg>
`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;

/** The control point of the part of a curve between two of its parameters. */
function controlBetween(from: Point, control: Point, to: Point, begin: number, end: number): Point {
  const along = (a: Point, b: Point, t: number): Point => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });
  return along(along(from, control, begin), along(control, to, begin), end);
}

function head(tip: Point, near: Point, color: string): string {
  const [dx, dy] = [tip.x - near.x, tip.y - near.y];
  const length = Math.hypot(dx, dy) || 1;
  const [nx, ny] = [(-dy / length) * 3.2, (dx / length) * 3.2];
  return `<path d="M${at(tip)}L${at({ x: near.x + nx, y: near.y + ny })}L${at({ x: near.x - nx, y: near.y - ny })}z" fill="${color}"/>`;
}

/** What XML 1.0 may not hold, not even escaped: control characters, lone surrogates and two non-characters. */
const UNFIT = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Text as XML holds it. */
export const escaped = (text: string): string =>
  text
    .replace(UNFIT, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
