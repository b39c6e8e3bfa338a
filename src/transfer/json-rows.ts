import { jsonElements } from './json-elements.ts';
import { decode } from './utf-8.ts';

/** Rows of files that hold JSON: a document of arrays, or JSON Lines, each read piece by piece. */

/** One object as it stands in a file. */
export interface JsonRow {
  /** 1-based, where it begins. */
  readonly line: number;
  /** The key of the array that holds it; empty for lines and for a document that is one array. */
  readonly key: string;
  readonly text: string;
  /** Undefined where the text is no JSON. */
  readonly value: unknown;
  /** Why the text is no JSON. */
  readonly broken: string | null;
}

/** Bytes of one line: longer ones are refused rather than held. */
const LONGEST_LINE = 32 * 1024 * 1024;

const NEWLINE = 0x0a;

function row(line: number, key: string, text: string): JsonRow {
  try {
    return { line, key, text, value: JSON.parse(text), broken: null };
  } catch (error) {
    return { line, key, text, value: undefined, broken: `This is no JSON: ${(error as Error).message}.` };
  }
}

/**
 * The elements of a document's arrays.
 * @throws BAD_USER_INPUT, with the line, where the document is broken
 */
export async function* documentRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<JsonRow> {
  for await (const { key, line, text, isText } of jsonElements(bytes))
    yield isText ? row(line, key, text) : { line, key, text, value: undefined, broken: NO_TEXT };
}

const NO_TEXT = 'This is not text in UTF-8.';

/** One row a line; empty lines are passed over. */
export async function* lineRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<JsonRow> {
  let line = 0;
  for await (const whole of lines(bytes)) {
    line++;
    const { text, isText } = whole === null ? { text: '', isText: true } : decode(whole);
    if (whole === null) yield { line, key: '', text, value: undefined, broken: 'This line is longer than 32 MB.' };
    else if (!isText) yield { line, key: '', text, value: undefined, broken: NO_TEXT };
    else if (text.trim() !== '') yield row(line, '', text);
  }
}

/** Whether a file begins as an array does: JSON Lines of objects never do. */
export async function beginsWithArray(bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
  for await (const chunk of bytes)
    for (const byte of chunk) {
      // Space, and a byte order mark.
      if ([0x20, 0x09, 0x0d, NEWLINE, 0xef, 0xbb, 0xbf].includes(byte)) continue;
      return byte === 0x5b;
    }
  return false;
}

/** Lines without their ends; null for one that is too long to be held. */
async function* lines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  let parts: Uint8Array[] = [];
  let length = 0;
  const whole = (): Uint8Array | null => {
    const line = length > LONGEST_LINE ? null : Buffer.concat(parts);
    parts = [];
    length = 0;
    return line;
  };
  const hold = (part: Uint8Array): void => {
    length += part.length;
    if (length > LONGEST_LINE) parts = [];
    else parts.push(part);
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      hold(chunk.subarray(from, end));
      yield whole();
      from = end + 1;
    }
    // A chunk may be written over once the next is asked for.
    hold(chunk.slice(from));
  }
  if (length > 0) yield whole();
}
