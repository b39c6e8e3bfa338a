import type { Model } from '../model/model.ts';
import type { Emitter } from './emitter.ts';
import { type Bound, bindField, type RootField } from './plan.ts';
import { kindOfId, kindRoot, type Root, withPrelude } from './roots.ts';
import { EVERYTHING } from './scope.ts';
import type { Selected } from './selection.ts';

/**
 * Things that a call has just written, read again as its payload asks for them: whatever a query may ask below a node. Each
 * kind among them has a statement of its own, so that texts do not depend on which kinds come together in a call.
 */

/** How many things one statement reads: with some lists below each, that is a page of answers, not a graph. */
const BATCH = 200;

/** A statement for some of the ids. */
export interface WrittenPart extends Bound {
  decode(rows: readonly unknown[][]): ReadonlyMap<string, unknown>;
}

/**
 * The statements for a field of a payload, whose ids come from what the call did.
 * @param within keys of the answer that lead to the payload
 * @param variables those that the selection below the payload may depend on
 */
export function bindWritten(
  model: Model,
  field: RootField,
  ids: readonly string[],
  options: { readonly today: string; readonly within: readonly string[]; readonly variables: ReadonlySet<string> },
): WrittenPart[] {
  const byKind = new Map<string, string[]>();
  for (const id of ids) {
    const kind = kindOfId(model, id);
    const same = byKind.get(kind);
    if (same) same.push(id);
    else byKind.set(kind, [id]);
  }
  byKind.delete('');
  return [...byKind].flatMap(([kind, all]) =>
    batches(all).map(
      (brought) =>
        bindField(model, field, options.today, {
          name: kind,
          compile: (emitter, selected) => written(emitter, selected, kind, options.within),
          variables: options.variables,
          brought,
        }) as WrittenPart,
    ),
  );
}

/** The things of one kind: a row for each that is there. */
function written(emitter: Emitter, selected: Selected, kind: string, within: readonly string[]): Root {
  const place = { path: [...within, selected.key], scope: EVERYTHING };
  const found = kindRoot(emitter, selected, kind, place);
  if (!found) throw new Error(`${kind} is no kind of thing`);
  const text = `UNWIND ${emitter.brought()} AS id ${found.match('id')} RETURN id AS id, ${found.inner.text} AS row`;
  return {
    text: withPrelude(emitter, text),
    decode: (rows, env) => new Map(rows.map(([id, row]) => [id as string, found.inner.decode(row, env)])),
  };
}

function batches(ids: readonly string[]): string[][] {
  const found: string[][] = [];
  for (let start = 0; start < ids.length; start += BATCH) found.push(ids.slice(start, start + BATCH));
  return found;
}
