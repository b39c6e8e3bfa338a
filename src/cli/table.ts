import type { Style } from './terminal.ts';
import { cutTo, inOneLine, padTo, widthOf } from './width.ts';

/** Tables of plain columns, cut to the terminal's width. */

export interface TableOptions {
  /** Columns of the terminal. */
  readonly columns: number;
  readonly style: (style: Style, text: string) => string;
  /** Names of columns that are numbers, and stand to the right. */
  readonly numeric?: ReadonlySet<string>;
  /** Columns that are cut last, such as ids: what is cut of those is of no use. */
  readonly whole?: ReadonlySet<string>;
  /** Columns that are cut first: what is only worth knowing beside the rest. */
  readonly minor?: ReadonlySet<string>;
}

const BETWEEN = 2;
/** What a column is never narrower than, where it has to give way. */
const LEAST = 8;

/** Lines of a table: a line of names, and a line a row. */
export function tableLines(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  { columns, style, numeric = new Set(), whole = new Set(), minor = new Set() }: TableOptions,
): string[] {
  const cells = rows.map((row) => names.map((_, nth) => inOneLine(row[nth] ?? '')));
  const natural = names.map((name, nth) => Math.max(widthOf(name), ...cells.map((row) => widthOf(row[nth] ?? ''))));
  const widths = fitting(natural, columns - BETWEEN * (names.length - 1), [
    (nth) => minor.has(names[nth] ?? ''),
    (nth) => !whole.has(names[nth] ?? ''),
    () => true,
  ]);
  const line = (row: readonly string[], as?: Style) =>
    row
      .map((cell, nth) => {
        const width = widths[nth] ?? 0;
        const isLast = nth === row.length - 1;
        const side = numeric.has(names[nth] ?? '') ? 'right' : 'left';
        const text = cutTo(cell, width);
        const padded = isLast && side === 'left' ? text : padTo(text, width, side);
        return as ? style(as, padded) : padded;
      })
      .join(' '.repeat(BETWEEN))
      .trimEnd();
  return [line(names, 'bold'), ...cells.map((row) => line(row))];
}

/** Widths that fit into the room: those of the first turn give way first, and in each turn the widest. */
function fitting(natural: readonly number[], room: number, turns: readonly ((nth: number) => boolean)[]): number[] {
  const widths = [...natural];
  for (const mayGive of turns) {
    for (;;) {
      const over = widths.reduce((sum, width) => sum + width, 0) - room;
      if (over <= 0) return widths;
      const giving = widths.flatMap((width, nth) => (mayGive(nth) && width > LEAST ? [{ width, nth }] : []));
      const widest = Math.max(...giving.map(({ width }) => width));
      const next = Math.max(LEAST, ...giving.filter(({ width }) => width < widest).map(({ width }) => width));
      const widests = giving.filter(({ width }) => width === widest);
      if (widests.length === 0) break;
      const least = Math.max(next, widest - Math.ceil(over / widests.length));
      for (const { nth } of widests) widths[nth] = Math.min(widest - 1, least);
    }
  }
  return widths;
}

/** Names and values one below the other: one thing, rather than a list of them. */
export function factLines(
  facts: readonly (readonly [name: string, value: string | readonly string[]])[],
  { columns, style }: Pick<TableOptions, 'columns' | 'style'>,
): string[] {
  const width = Math.max(0, ...facts.map(([name]) => widthOf(name)));
  return facts.flatMap(([name, value]) => {
    const lines = typeof value === 'string' ? [value] : value.length > 0 ? value : ['–'];
    return lines.map((each, nth) => {
      const head = style('bold', padTo(nth === 0 ? name : '', width));
      return `${head}${' '.repeat(BETWEEN)}${cutTo(inOneLine(each), columns - width - BETWEEN)}`.trimEnd();
    });
  });
}
