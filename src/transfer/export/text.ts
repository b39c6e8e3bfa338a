/** Rules of text that all formats share, and how pieces of it are handed on. */

const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/**
 * Text that every format can hold: characters that XML 1.0 has no place for, and halves of surrogate pairs, become U+FFFD
 * in all of them alike, so that one file says what the other does. See https://www.w3.org/TR/xml/#charsets
 */
export const writable = (text: string): string => text.replace(UNWRITABLE, '\uFFFD');

const XML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Text as the value of an attribute of XML: line ends and tabs as references, since readers would make spaces of them. */
export const xmlAttribute = (text: string): string =>
  writable(text).replace(/[&<>"\n\r\t]/g, (each) => XML[each] ?? each);

/** Text as the content of an element of XML. `]]>` is broken by its last character, a carriage return kept as a reference. */
export const xmlText = (text: string): string => writable(text).replace(/[&<>\r]/g, (each) => XML[each] ?? each);

/** Characters of a piece: small enough to come soon, large enough not to cost more to hand on than to write. */
const PIECE = 65_536;

/** Texts gathered to pieces; the first at once, so that whoever waits hears that it begins. */
export async function* gathered(texts: AsyncIterable<string>): AsyncGenerator<string, void> {
  let piece = '';
  let isFirst = true;
  for await (const text of texts) {
    piece += text;
    if (piece.length < PIECE && !isFirst) continue;
    isFirst = false;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

const SCRIPTED: Readonly<Record<string, string>> = { '</': '<\\/', '\u2028': '\\u2028', '\u2029': '\\u2029' };

/** A value as JSON that may stand within a script of a page: nothing in it ends the script, or a line of it. */
export const json = (value: unknown): string =>
  JSON.stringify(value).replace(/<\/|[\u2028\u2029]/g, (each) => SCRIPTED[each] ?? each);

/** The items of a JSON array, without its brackets, each on a line of its own. */
export async function* jsonItems<T>(items: AsyncIterable<T>, item: (one: T) => unknown): AsyncGenerator<string, void> {
  let before = '\n';
  for await (const one of items) {
    yield before + json(item(one));
    before = ',\n';
  }
  yield '\n';
}
