import { badInput } from '../errors.ts';
import { decode } from './utf-8.ts';

/**
 * The elements of the arrays of one JSON document, one after another, as they stand in the file: a document of any size is
 * never held. What is looked for are the elements of the array that the document is, or of the arrays that its keys hold.
 */

/** One element of an array, by the key that holds the array; the key is empty where the document itself is the array. */
export interface JsonElement {
  readonly key: string;
  /** 1-based, where it begins. */
  readonly line: number;
  readonly text: string;
  /** Whether its bytes are text at all. */
  readonly isText: boolean;
}

/** Bytes of one element: more than any object of the formats has, and little enough to hold. */
const LARGEST_ELEMENT = 32 * 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const COMMA = 0x2c;
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;
const SPACE = new Set([0x20, 0x09, 0x0d, NEWLINE]);
const PLAIN_MARKS = new Set([...SPACE, COMMA, 0x3a]);

/**
 * Splits a document into elements. An element that is no JSON inside is given all the same, for its reader to refuse.
 * @throws BAD_USER_INPUT, with the line, where the document is broken so that nobody can tell where its elements are
 */
export async function* jsonElements(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<JsonElement> {
  const split = splitter();
  for await (const chunk of bytes) yield* split.write(chunk);
  split.end();
}

function splitter() {
  let line = 1;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let root: 'none' | 'array' | 'object' | 'over' = 'none';
  /** Whether the array at hand holds elements that are looked for. */
  let inArray = false;
  let key = '';
  let lastString = '';
  /** Bytes of the element, or of a key, that earlier chunks held. */
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let startLine = 0;
  let collecting: 'none' | 'element' | 'scalar' | 'string' = 'none';
  let stringLine = 0;

  /** How deep an element lies: in the document's own array, or in an array of its object. */
  const level = (): number => (root === 'array' ? 1 : 2);

  const take = (chunk: Uint8Array, from: number, to: number): ReturnType<typeof decode> => {
    const parts = [...held, chunk.subarray(from, to)];
    held = [];
    heldBytes = 0;
    return decode(Buffer.concat(parts));
  };
  const broken = (what: string, at = line) =>
    badInput(`Line ${at}: ${what}`, {
      value: at,
      suggestion: 'Mend the file there; nothing after it can be told apart.',
    });

  return {
    *write(chunk: Uint8Array): Generator<JsonElement> {
      let from = collecting === 'none' ? -1 : 0;
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at] as number;
        if (byte === NEWLINE) line++;
        if (inString) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) {
            inString = false;
            if (collecting === 'string') {
              lastString = take(chunk, from, at).text;
              collecting = 'none';
            }
          } else if (byte === NEWLINE) throw broken('a text that is not closed.', stringLine);
          continue;
        }
        if (root === 'none') {
          // A byte order mark is no part of the document.
          if (SPACE.has(byte) || byte === 0xef || byte === 0xbb || byte === 0xbf) continue;
          if (byte !== OPEN_ARRAY && byte !== OPEN_OBJECT) throw broken('a JSON document begins with [ or {.');
          root = byte === OPEN_ARRAY ? 'array' : 'object';
          inArray = root === 'array';
          depth = 1;
          continue;
        }
        if (root === 'over') {
          if (!SPACE.has(byte)) throw broken('the document ended before this; something stands after it.');
          continue;
        }
        if (collecting === 'scalar' && (byte === COMMA || CLOSE.has(byte))) {
          const { text, isText } = take(chunk, from, at);
          yield { key, line: startLine, text: text.trim(), isText };
          collecting = 'none';
        }
        if (byte === QUOTE) {
          inString = true;
          stringLine = line;
          if (collecting === 'none' && inArray && depth === level()) {
            collecting = 'scalar';
            from = at;
            startLine = line;
          } else if (collecting === 'none' && root === 'object' && depth === 1) {
            collecting = 'string';
            from = at + 1;
          }
        } else if (OPEN.has(byte)) {
          if (collecting === 'none' && inArray && depth === level()) {
            collecting = 'element';
            from = at;
            startLine = line;
          } else if (root === 'object' && depth === 1 && byte === OPEN_ARRAY) {
            inArray = true;
            key = lastString;
          }
          depth++;
        } else if (CLOSE.has(byte)) {
          depth--;
          if (collecting === 'element' && depth === level()) {
            yield { key, line: startLine, ...take(chunk, from, at + 1) };
            collecting = 'none';
          } else if (root === 'object' && depth === 1) inArray = false;
          if (depth === 0) root = 'over';
        } else if (collecting === 'none' && inArray && depth === level() && !PLAIN_MARKS.has(byte)) {
          collecting = 'scalar';
          from = at;
          startLine = line;
        }
      }
      if (collecting !== 'none') {
        const rest = chunk.slice(from);
        held.push(rest);
        heldBytes += rest.length;
        if (heldBytes > LARGEST_ELEMENT) throw broken('an element that is larger than 32 MB begins here.', startLine);
      }
    },
    end(): void {
      if (root === 'none') throw broken('the file is empty.');
      if (inString) throw broken('the file ends inside of a text.', stringLine);
      if (root !== 'over') throw broken('the file ends before its document does: a bracket is not closed.');
    },
  };
}
