import { readFile } from 'node:fs/promises';
import { isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import { badInput, ConcordatError } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import { compileMapping } from './mapping/compile.ts';

/**
 * Reads a mapping file, and checks it against the model.
 * @throws BAD_USER_INPUT that names the line and the key in it
 */
export async function readMapping(path: string, model: Model): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw badInput(`There is no mapping file ${path}.`, { path: ['mapping'], value: path });
  });
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  const [error] = document.errors;
  if (error)
    throw badInput(`${path}:${counter.linePos(error.pos[0]).line}: this is no YAML: ${error.message.split('\n')[0]}`, {
      path: ['mapping'],
    });
  const mapping: unknown = document.toJS();
  try {
    compileMapping(model, mapping);
  } catch (wrong) {
    if (!(wrong instanceof ConcordatError)) throw wrong;
    const line = counter.linePos(offsetOf(document.contents, wrong.details.path?.slice(1) ?? [])).line;
    throw badInput(`${path}:${line}: ${wrong.message}`, { ...wrong.details, line });
  }
  return mapping;
}

/** Where the key or item that a path leads to begins, or the last of it that there is. */
function offsetOf(contents: unknown, path: readonly (string | number)[]): number {
  let node: unknown = contents;
  let offset = 0;
  const start = (each: unknown) => (isNode(each) ? each.range?.[0] : undefined);
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((each) => String((each.key as { value?: unknown }).value) === String(step));
      if (!pair) break;
      offset = start(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.get(Number(step), true);
      offset = start(node) ?? offset;
    } else break;
  }
  return offset;
}
