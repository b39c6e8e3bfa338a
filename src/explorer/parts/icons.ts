import { SHAPE_OF, type Stroke } from '../drawing/appearance.ts';
import type { Group } from '../drawing/palette.ts';

/** Small drawings for legend and lists: the shapes and strokes of the graph. */

const SVG = 'http://www.w3.org/2000/svg';

function draw(
  width: number,
  height: number,
  className: string,
  parts: readonly [string, Record<string, string>][],
): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries({
    viewBox: `0 0 ${width} ${height}`,
    width: String(width),
    height: String(height),
    class: className,
    'aria-hidden': 'true',
  }))
    svg.setAttribute(name, value);
  for (const [tag, attributes] of parts) {
    const part = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
    svg.append(part);
  }
  return svg;
}

/** The shape of a group, of radius 1 around 0, 0: an element of SVG and its attributes. */
export const OUTLINES: Readonly<Record<string, readonly [string, Record<string, string>]>> = {
  circle: ['circle', { r: '1' }],
  square: ['rect', { x: '-.9', y: '-.9', width: '1.8', height: '1.8', rx: '.24' }],
  ring: ['circle', { r: '.86' }],
  diamond: ['path', { d: 'M0-1.18 1.18 0 0 1.18-1.18 0z' }],
  triangle: ['path', { d: 'M0-1.12 1.15.82H-1.15z' }],
  hexagon: ['path', { d: 'M-.53-.92H.53L1.06 0 .53.92H-.53L-1.06 0z' }],
  double: ['circle', { r: '1' }],
  star: ['path', { d: 'M0-1.2.33-.41 1.16-.37.52.16.73.98 0 .52-.73.98-.52.16-1.16-.37-.33-.41z' }],
  page: ['rect', { x: '-.76', y: '-.98', width: '1.52', height: '1.96', rx: '.1' }],
};

/** The mark of a group, in its colour. */
export function groupIcon(group: Group): SVGSVGElement {
  const shape = SHAPE_OF[group];
  const [tag, attributes] = OUTLINES[shape] ?? ['circle', { r: '1' }];
  const inner: [string, Record<string, string>][] =
    shape === 'double' ? [['circle', { cx: '9', cy: '9', r: '5.2', class: 'inner' }]] : [];
  return draw(18, 18, `group group-${group} ${shape}`, [
    [tag, { ...attributes, transform: 'translate(9 9) scale(6.6)' }],
    ...inner,
  ]);
}

const DASHES: Readonly<Record<Stroke, string>> = {
  solid: '',
  'long dashes': '11.5 3.5',
  dashes: '5.5 3.5',
  dots: '2 3',
  'dash and dot': '7 2.5 2 2.5',
};

/** The dashes of a stroke, as SVG has them. */
export const dashesOf = (stroke: Stroke): string => DASHES[stroke];

/** A piece of an edge. */
export function strokeIcon(stroke: Stroke, className: string, isDouble = false): SVGSVGElement {
  const line = (y: string): [string, Record<string, string>] => [
    'line',
    { x1: '0', x2: '34', y1: y, y2: y, 'stroke-dasharray': DASHES[stroke] },
  ];
  return draw(34, 12, `stroke ${className}`, isDouble ? [line('4'), line('8')] : [line('6')]);
}
