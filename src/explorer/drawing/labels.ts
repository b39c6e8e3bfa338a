import type { Palette } from './palette.ts';

/** Names below their nodes, as many as fit without touching, the weightiest first. */

export interface Label {
  readonly id: string;
  readonly name: string;
  /** The node's middle and radius in pixels. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly isStrong: boolean;
  readonly isFaint: boolean;
}

export const LABEL_FONT = "'Inter', system-ui, 'Segoe UI', 'Noto Sans', sans-serif";
const SIZE = 12;
const LINE = 14;
/** Letters of a line, beyond which it is broken, and of a name, beyond which it is cut. */
const WIDE = 24;
const LONG = 46;

/** A name in one line or two. What would turn the text around, or hide in it, is kept to itself. */
export function linesOf(name: string): readonly string[] {
  const letters = [...name.replaceAll(/\s+/g, ' ').trim()];
  const text =
    letters.length > LONG
      ? `${letters
          .slice(0, LONG - 1)
          .join('')
          .trimEnd()}…`
      : letters.join('');
  if ([...text].length <= WIDE) return [text];
  const spaces = [...text.matchAll(/ /g)].map(({ index }) => index);
  const middle = text.length / 2;
  const at = spaces.reduce((best, each) => (Math.abs(each - middle) < Math.abs(best - middle) ? each : best), -1);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** About how much room a name takes, where nothing measures it. */
export function roomOf(name: string): { readonly width: number; readonly height: number } {
  const lines = linesOf(name);
  return { width: Math.max(...lines.map((line) => line.length)) * SIZE * 0.56, height: lines.length * LINE };
}

const widths = new Map<string, number>();

/**
 * Draws labels in their order, each where none stands yet, nor within `apart` pixels of it unless it is strong.
 * @returns the ids of those that were drawn
 */
export function drawLabels(
  context: CanvasRenderingContext2D,
  labels: Iterable<Label>,
  palette: Palette,
  { most, apart }: { readonly most: number; readonly apart: number },
): Set<string> {
  const taken: { left: number; top: number; right: number; bottom: number }[] = [];
  const drawn = new Set<string>();
  const { width: across, height: down } = context.canvas.getBoundingClientRect();
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.lineJoin = 'round';
  for (const label of labels) {
    if (drawn.size >= most) break;
    if (label.x < -60 || label.y < -40 || label.x > across + 60 || label.y > down + 20) continue;
    const lines = linesOf(label.name);
    const font = `${label.isStrong ? 600 : 450} ${SIZE}px ${LABEL_FONT}`;
    context.font = font;
    const width = Math.max(...lines.map((line) => widthOf(context, line, font)));
    const top = label.y + label.radius + 3;
    const box = {
      left: label.x - width / 2 - 3,
      right: label.x + width / 2 + 3,
      top: top - 1,
      bottom: top + lines.length * LINE,
    };
    const free = label.isStrong ? 0 : apart;
    const wanted = {
      left: box.left - free,
      right: box.right + free,
      top: box.top - free / 2,
      bottom: box.bottom + free / 2,
    };
    if (taken.some((other) => overlap(other, wanted))) continue;
    taken.push(box);
    drawn.add(label.id);
    context.globalAlpha = label.isFaint ? 0.35 : 1;
    context.strokeStyle = palette.ground;
    context.lineWidth = 3.5;
    context.fillStyle = palette.text;
    lines.forEach((line, index) => {
      context.strokeText(line, label.x, top + index * LINE);
      context.fillText(line, label.x, top + index * LINE);
    });
  }
  context.globalAlpha = 1;
  return drawn;
}

function widthOf(context: CanvasRenderingContext2D, line: string, font: string): number {
  const key = font + line;
  const known = widths.get(key);
  if (known !== undefined) return known;
  const { width } = context.measureText(line);
  widths.set(key, width);
  return width;
}

const overlap = (
  a: { left: number; top: number; right: number; bottom: number },
  b: { left: number; top: number; right: number; bottom: number },
): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
