import type { Model } from '../model/model.ts';
import { Emitter } from './emitter.ts';
import { fieldEmitters } from './fields.ts';
import { meaningOf } from './meaning.ts';
import { plainCheck } from './plain.ts';
import type { RootField } from './plan.ts';
import { plainShape } from './properties.ts';

/**
 * The answer to a root field about the model itself, shaped by the selection: there is no statement.
 * @returns null where the field is not answered by the model
 */
export function answerFromModel(model: Model, root: RootField): { value: unknown; isPlain: boolean } | null {
  const field = root.parentType.getFields()[root.fieldName];
  const meaning = field ? meaningOf(field) : undefined;
  if (!field || meaning?.is !== 'model') return null;
  const value = shapedValue(model, root, meaning.read(model));
  const around = { schema: root.schema, fragments: root.fragments, variables: root.variableValues };
  const selected = { key: String(root.path.key), field, nodes: root.fieldNodes };
  return { value, isPlain: plainCheck(selected, around)(value) };
}

/** A plain value, its keys the schema's names, as the selection on a field asks for it. */
export function shapedValue(model: Model, root: RootField, value: unknown): unknown {
  const around = { schema: root.schema, fragments: root.fragments, variables: root.variableValues };
  const field = root.parentType.getFields()[root.fieldName] ?? null;
  const selected = { key: String(root.path.key), field, nodes: root.fieldNodes };
  return plainShape(new Emitter(model, around, fieldEmitters), selected)(value, { values: [], today: '' });
}
