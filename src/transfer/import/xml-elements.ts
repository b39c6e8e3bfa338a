import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { badInput } from '../../errors.ts';
import { decoded } from './text-lines.ts';

/** XML as it comes: what opens, closes and stands between, told to whoever reads it. */

export interface XmlReader<T> {
  /** @param name without its prefix; `prefix` is empty where there is none */
  open(name: string, attributes: Readonly<Record<string, string>>, line: number, prefix: string): void;
  close(name: string, prefix: string): void;
  text(text: string): void;
  /** Takes what is ready. */
  take(): T[];
}

/** @throws BAD_USER_INPUT where it is not well-formed, by line */
export async function* xmlElements<T>(bytes: AsyncIterable<Uint8Array>, reader: XmlReader<T>): AsyncIterable<T> {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const split = (name: string): [string, string] => {
    const colon = name.indexOf(':');
    return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
  };
  parser.on('error', (error) => {
    throw badInput(`The file is no well-formed XML: ${error.message}`, {
      suggestion: 'Export it again from where it came.',
    });
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    const [prefix, name] = split(tag.name);
    reader.open(name, tag.attributes, parser.line, prefix);
  });
  parser.on('closetag', (tag: SaxesTagPlain) => {
    const [prefix, name] = split(tag.name);
    reader.close(name, prefix);
  });
  parser.on('text', (text) => reader.text(text));
  parser.on('cdata', (text) => reader.text(text));
  for await (const chunk of decoded(bytes)) {
    parser.write(chunk);
    yield* reader.take();
  }
  parser.close();
  yield* reader.take();
}
