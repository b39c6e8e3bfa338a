import { type GraphQLResolveInfo, getNamedType, isObjectType } from 'graphql';
import { type Decoded, TYPE } from '../../compile/emitter.ts';
import { shapedValue } from '../../compile/from-model.ts';
import type { RootField } from '../../compile/plan.ts';
import { below, selectedFields } from '../../compile/selection.ts';
import { bindWritten } from '../../compile/written.ts';
import type { WriteReport } from '../../model/reports.ts';
import type { GraphContext, Reader } from '../context.ts';
import type { Done, PayloadField } from './mutation.ts';
import { readingVariables } from './reading-variables.ts';

/** A payload as it was asked for: what was written is read again within the call, by the compiler that answers queries. */

/** How many things one list of a payload holds. Merging what very many things are tied to changes more than can be shown. */
const SHOWN = 10_000;

/** Everything that a payload's fields are asked for, under the keys of the answer. */
export async function answerPayload(
  fields: Readonly<Record<string, PayloadField>>,
  done: Done,
  reader: Reader,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Decoded> {
  const type = getNamedType(info.returnType);
  if (!isObjectType(type)) throw new Error(`${info.fieldName} answers with no object`);
  const around = { schema: info.schema, fragments: info.fragments, variables: info.variableValues };
  const asked = selectedFields(type, below(info.fieldNodes), around).flatMap(({ key, field, nodes }) => {
    const how = field && fields[field.name];
    return how
      ? [{ key, how, root: { ...info, fieldName: field.name, fieldNodes: nodes, parentType: type, path: { key } } }]
      : [];
  });
  const answer: Decoded = { [TYPE]: type.name };
  const cut: WriteReport['notices'][number][] = [];
  // One after the other: a transaction runs one statement at a time.
  for (const { key, how, root } of asked)
    if ('ids' in how) {
      const ids = how.ids(done);
      if (ids.length > SHOWN) cut.push(onlySome(key, ids.length));
      const found = await readAgain(root, ids.slice(0, SHOWN), reader, context, info);
      answer[key] = Array.isArray(how.type) ? found : (found[0] ?? null);
    }
  const told: Done = { ...done, report: { ...done.report, notices: [...done.report.notices, ...cut] } };
  for (const { key, how, root } of asked)
    if ('value' in how) answer[key] = shapedValue(context.model, root, how.value(told, root.fieldName));
  return answer;
}

/** The things of these ids that are there, in the ids' order. */
async function readAgain(
  root: RootField,
  ids: readonly string[],
  reader: Reader,
  { model, today }: GraphContext,
  info: GraphQLResolveInfo,
): Promise<unknown[]> {
  const mutation = String(info.path.key);
  const variables = readingVariables(info.schema, info.operation, info.fragments);
  const operation = `${info.operation.name?.value ?? 'anonymous'}.${mutation}.${String(root.path.key)}`;
  const found = new Map<string, unknown>();
  for (const part of bindWritten(model, root, ids, { today, within: [mutation], variables }))
    for (const [id, value] of part.decode(await reader.read(part.statement, { operation }))) found.set(id, value);
  return ids.flatMap((id) => found.get(id) ?? []);
}

const onlySome = (key: string, all: number): WriteReport['notices'][number] => ({
  record: 0,
  path: [key],
  code: 'LIMIT_EXCEEDED',
  message: `${key} shows the first ${SHOWN} of ${all}; all of them were written.`,
  suggestion: 'Ask for the others by queries.',
});
