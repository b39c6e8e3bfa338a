import { isMap, isNode, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { RecordFile } from './record-file.ts';

/** Records as YAML: one document, a list. Problems are told by the line of the key or item that they concern. */
export function readYaml(text: string): Omit<RecordFile, 'file'> {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  const lineAt = (offset: number): number => counter.linePos(offset).line;
  const unreadable = document.errors.map((error) => ({
    line: lineAt(error.pos[0]),
    message: `This is no YAML: ${error.message.split('\n')[0]}`,
  }));
  const { contents } = document;
  if (unreadable.length > 0) return { inputs: [], unreadable, lineOf: () => 1 };
  if (contents === null) return { inputs: [], unreadable: [], lineOf: () => 1 };
  if (!isSeq(contents))
    return {
      inputs: [],
      unreadable: [{ line: 1, message: 'A file of records is a list: each record begins with "- ".' }],
      lineOf: () => 1,
    };
  const start = (node: unknown): number | undefined => (isNode(node) ? (node as Node).range?.[0] : undefined);
  return {
    inputs: contents.toJS(document) as unknown[],
    unreadable: [],
    lineOf(input, path) {
      let node: unknown = contents.get(input, true);
      let offset = start(node) ?? 0;
      for (const step of path) {
        if (isMap(node)) {
          const pair = node.items.find(
            (each) => isNode(each.key) && String((each.key as { value?: unknown }).value) === String(step),
          );
          if (!pair) break;
          offset = start(pair.key) ?? offset;
          node = pair.value;
        } else if (isSeq(node) && typeof step === 'number') {
          node = node.get(step, true);
          offset = start(node) ?? offset;
        } else break;
      }
      return lineAt(offset);
    },
  };
}
