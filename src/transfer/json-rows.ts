import { jsonElements } from './json-elements.ts';

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

/** Characters of one line: longer ones are refused rather than held. */
const LONGEST_LINE = 32 * 1024 * 1024;

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
  for await (const { key, line, text } of jsonElements(bytes)) yield row(line, key, text);
}

/** One row a line; empty lines are passed over. */
export async function* lineRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<JsonRow> {
  let number = 0;
  for await (const text of lines(bytes)) {
    number++;
    if (text === null)
      yield { line: number, key: '', text: '', value: undefined, broken: 'This line is longer than 32 MB.' };
    else if (text.trim() !== '') yield row(number, '', text);
  }
}

/** Whether a file begins as an array does: JSON Lines of objects never do. */
export async function beginsWithArray(bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
  let start = '';
  for await (const chunk of bytes) {
    start = (start + new TextDecoder().decode(chunk.subarray(0, 4_096))).replace(/^[\uFEFF\s]+/u, '');
    if (start !== '') break;
  }
  return start.startsWith('[');
}

/** Lines without their ends; null for one that is too long to be held. */
async function* lines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string | null> {
  const decoder = new TextDecoder('utf-8');
  let parts: string[] = [];
  let length = 0;
  const whole = (): string | null => {
    const text = length > LONGEST_LINE ? null : parts.join('').replace(/\r$/, '');
    parts = [];
    length = 0;
    return text;
  };
  const hold = (text: string): void => {
    length += text.length;
    if (length <= LONGEST_LINE) parts.push(text);
    else parts = [];
  };
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true });
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      hold(text.slice(from, end));
      yield whole();
      from = end + 1;
    }
    hold(text.slice(from));
  }
  hold(decoder.decode());
  if (length > 0) yield whole();
}
