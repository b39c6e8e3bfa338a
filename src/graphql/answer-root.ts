import { answerFromModel } from '../compile/from-model.ts';
import { bindRoot, type RootField } from '../compile/plan.ts';
import type { Answered, GraphContext } from './context.ts';
import { readerFor } from './recorded.ts';

/** Asks the store for a root field: one statement, whatever is selected below it; none where the model answers it. */
export async function answerRoot(context: GraphContext, field: RootField): Promise<Answered> {
  const fromModel = answerFromModel(context.model, field);
  if (fromModel) return fromModel;
  const bound = bindRoot(context.model, field, context.today);
  const operation = `${field.operation.name?.value ?? 'anonymous'}.${String(field.path.key)}`;
  const rows = await readerFor(context, field).read(bound.statement, {
    operation,
    ...(context.signal ? { signal: context.signal } : {}),
  });
  const value = bound.decode(rows);
  return { value, isPlain: bound.isPlain(value) };
}
