import type { GraphQLResolveInfo } from 'graphql';
import { ConcordatError } from '../../errors.ts';
import type { Call } from '../../model/reports.ts';
import type { GraphContext, Writer } from '../context.ts';
import { extensionsOf, type Registry } from '../registry.ts';
import { answerPayload } from './answer.ts';
import { judge } from './judge.ts';
import { merge } from './merge.ts';
import { checkGiven, type Given, type MutationSpec, type PayloadField } from './mutation.ts';
import { record } from './record.ts';
import { remove } from './remove.ts';
import { restore } from './restore.ts';
import { retract } from './retract.ts';
import { unmerge } from './unmerge.ts';

/** The mutations, one a file. */
const mutations: Readonly<Record<string, MutationSpec>> = { record, retract, remove, restore, merge, unmerge, judge };

export function addMutations(registry: Registry): void {
  registry.builder.mutationType({
    description: 'Writing. Every call is one transaction: all of it is done, or, with any problem, nothing.',
    fields: (t) =>
      Object.fromEntries(
        Object.entries(mutations).map(([name, spec]) => [
          name,
          (t as unknown as { field(options: never): unknown }).field(fieldOf(registry, spec) as never),
        ]),
      ) as never,
  });
}

function fieldOf(registry: Registry, spec: MutationSpec): object {
  const { name, description } = spec.payload;
  const fields = spec.payload.fields(registry);
  const type = registry.object(spec.access, name, description, () => fields);
  return {
    type,
    nullable: false,
    description: spec.description,
    args: registry.args(spec.args(registry)),
    extensions: extensionsOf({ type, nullable: false, description, cost: spec.cost, access: spec.access }),
    resolve: (_: unknown, given: Given, context: GraphContext, info: GraphQLResolveInfo) =>
      run(spec, fields, given, context, info),
  };
}

/** Calls the store, and answers within the same transaction. */
async function run(
  spec: MutationSpec,
  fields: Readonly<Record<string, PayloadField>>,
  given: Given,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  const { writer, call } = whoWrites(context, info);
  checkGiven(given, spec.lists, [info.path.key]);
  return spec.run(writer, given, call, async (report, reader) => {
    const looked = (await spec.payload.look?.(report, reader, call.operation)) ?? {};
    return answerPayload(fields, { report, given, looked }, reader, context, info);
  });
}

/** @throws UNAUTHENTICATED when nobody says who asks, FORBIDDEN where nothing can be written */
function whoWrites(
  { writer, caller }: GraphContext,
  { fieldName, path }: GraphQLResolveInfo,
): { writer: Writer; call: Call } {
  if (!caller)
    throw new ConcordatError('UNAUTHENTICATED', `${fieldName} writes, and nobody is named who does.`, {
      path: [path.key],
      suggestion: 'Send a key, or a token, with the request.',
    });
  if (!writer)
    throw new ConcordatError('FORBIDDEN', `${fieldName} writes, and this graph is only read here.`, {
      path: [path.key],
      suggestion: 'Ask a server that serves the graph for writing.',
    });
  const { name, role, address } = caller;
  return { writer, call: { by: name, role, operation: fieldName, ...(address ? { address } : {}) } };
}
