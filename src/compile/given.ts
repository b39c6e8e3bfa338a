import { type Argument, argumentsOf } from './arguments.ts';
import type { Emitter, Place } from './emitter.ts';
import type { Selected } from './selection.ts';

/** The arguments that a selected field is given. */
export function argumentsFor(emitter: Emitter, selected: Selected, { path }: Pick<Place, 'path'>): Argument {
  const [node] = selected.nodes;
  if (!selected.field || !node) throw new Error('a field has a node');
  return argumentsOf({ field: selected.field, node, path }, emitter.around.variables);
}
