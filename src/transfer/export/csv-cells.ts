import type { AttributeValue } from './attributes.ts';

/** Cells of CSV by RFC 4180, and what is done about formulas: https://owasp.org/www-community/attacks/CSV_Injection */

/** Texts that a spreadsheet may run, with any apostrophes before them: those count, so that it can be undone. */
const FORMULA = /^'*[=+\-@\t\r\n]/;

/** A text with an apostrophe before it where a spreadsheet would run it. */
export const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** The text that was guarded. */
export const unguarded = (text: string): string => (/^'+[=+\-@\t\r\n]/.test(text) ? text.slice(1) : text);

/** A value as the text of a cell: of a list its items, with `|` between. Numbers stay as they are, negative ones too. */
export function cell(value: AttributeValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return guarded(value);
  return guarded(value.map((item) => item.replace(/[\\|]/g, '\\$&')).join('|'));
}

/** Cells as a line. */
export const row = (cells: readonly string[]): string =>
  `${cells.map((text) => (/[",\r\n]/.test(text) || /^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',')}\r\n`;
