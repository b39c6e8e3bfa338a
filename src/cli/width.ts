/**
 * How many columns of a terminal a text takes: two for what East Asian Width calls wide and for emoji, none for what is
 * written onto another letter or is not seen. Counted a grapheme at a time, so that a flag or a family is one sign.
 */

/** https://www.unicode.org/reports/tr11/: the blocks whose letters are wide or fullwidth. */
const WIDE =
  /^[\u1100-\u115F\u231A\u231B\u2329\u232A\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18CFF}\u{1AFF0}-\u{1B2FB}\u{1F200}-\u{1F265}\u{20000}-\u{3FFFD}]/u;
const EMOJI = /^(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Regional_Indicator}{2})/u;
const UNSEEN = /^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Mark}\p{Surrogate}]+$/u;
const PLAIN = /^[\x20-\x7E]*$/;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const widthOfGrapheme = (grapheme: string): number =>
  UNSEEN.test(grapheme) ? 0 : WIDE.test(grapheme) || EMOJI.test(grapheme) ? 2 : 1;

export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += widthOfGrapheme(segment);
  return width;
}

/** The beginning of a text that takes no more than so many columns, with `…` for what is cut off. */
export function cutTo(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += widthOfGrapheme(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** Turns the direction of what follows: in a table, of the columns behind. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;

/**
 * A text of the graph as it may stand in a line on a terminal: without what moves the cursor, starts a new line or turns
 * the direction of what comes after it.
 */
export const inOneLine = (text: string): string =>
  text
    .replace(TURNING, '')
    .replace(/\p{Control}+/gu, ' ')
    .trim();

/** A cell that is filled up to its width; a mark keeps right-to-left text from running into its neighbour. */
export function padTo(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const marked = RIGHT_TO_LEFT.test(text) ? `${text}\u200E` : text;
  const space = ' '.repeat(Math.max(0, columns - widthOf(text)));
  return side === 'left' ? marked + space : space + marked;
}

/** A text in lines of no more than so many columns, broken at spaces. `first` begins the first line, `rest` the others. */
export function wrapped(text: string, columns: number, first = '', rest = first): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && widthOf(`${line} ${word}`) > columns) {
      lines.push(line);
      line = rest + word;
    } else line = isEmpty ? line + word : `${line} ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
