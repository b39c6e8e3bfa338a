import { badInput } from '../../errors.ts';

/** Bytes as lines of text, one at a time. */

export interface TextLine {
  /** 1-based. */
  readonly line: number;
  /** Without its end. */
  readonly text: string;
}

/** Characters of one line: more is hardly a line of text. */
const LONGEST = 64 * 1024 * 1024;

/**
 * UTF-8, or UTF-16, unless an encoding is named; a byte order mark goes before that name.
 * @throws BAD_USER_INPUT for bytes that are no such text
 */
export async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding?: string): AsyncIterable<string> {
  let decoder: TextDecoder | undefined;
  try {
    for await (const chunk of bytes) {
      decoder ??= new TextDecoder(markOf(chunk) ?? encoding ?? shapeOf(chunk), { fatal: true });
      const text = decoder.decode(chunk, { stream: true });
      if (text !== '') yield text;
    }
    const rest = decoder?.decode() ?? '';
    if (rest !== '') yield rest;
  } catch (error) {
    if (error instanceof RangeError)
      throw badInput(`"${encoding}" is no encoding that is known.`, {
        value: encoding,
        suggestion: 'Name another, such as latin1.',
      });
    if (error instanceof TypeError)
      throw badInput(`The file is not text in ${decoder?.encoding.toUpperCase() ?? 'UTF-8'}.`, {
        suggestion: 'Save it as UTF-8, or name its encoding in a mapping: file: {encoding: latin1}.',
      });
    throw error;
  }
}

function markOf(chunk: Uint8Array): string | null {
  if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) return 'utf-8';
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
  return null;
}

/** Data of any format begins with two ASCII signs: in UTF-16 each has a zero beside it. */
function shapeOf([first, second, third, fourth]: Uint8Array): string {
  if (second === 0 && fourth === 0) return 'utf-16le';
  if (first === 0 && third === 0) return 'utf-16be';
  return 'utf-8';
}

/** The same text in UTF-8, for readers of bytes; what is neither UTF-8 nor UTF-16 is left to them. */
export async function* inUtf8(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  let decoder: TextDecoder | null | undefined;
  for await (const chunk of bytes) {
    if (decoder === undefined) {
      const encoding = markOf(chunk) ?? shapeOf(chunk);
      decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding);
    }
    yield decoder ? encoder.encode(decoder.decode(chunk, { stream: true })) : chunk;
  }
  if (decoder) yield encoder.encode(decoder.decode());
}

export const textLines = (bytes: AsyncIterable<Uint8Array>): AsyncIterable<TextLine> => linesOf(decoded(bytes));

export async function* linesOf(chunks: AsyncIterable<string>): AsyncIterable<TextLine> {
  let line = 0;
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > LONGEST) throw badInput(`Line ${line + parts.length + 1} is longer than a line may be.`);
    for (const text of parts) yield { line: ++line, text: text.endsWith('\r') ? text.slice(0, -1) : text };
  }
  if (rest !== '') yield { line: ++line, text: rest };
}

/** Lines in groups: each begins where `begins` says so. Lines before the first of those are passed over if empty or a comment. */
export async function* lineGroups(
  lines: AsyncIterable<TextLine>,
  begins: (text: string) => boolean,
): AsyncIterable<TextLine & { readonly isItem: boolean }> {
  let group: { line: number; texts: string[]; isItem: boolean } | null = null;
  for await (const { line, text } of lines) {
    if (begins(text)) {
      if (group) yield { line: group.line, text: group.texts.join('\n'), isItem: group.isItem };
      group = { line, texts: [text], isItem: true };
    } else if (group) group.texts.push(text);
    else if (!/^\s*(#.*|---.*|%.*)?$/.test(text)) group = { line, texts: [text], isItem: false };
  }
  if (group) yield { line: group.line, text: group.texts.join('\n'), isItem: group.isItem };
}
