import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../context.ts';
import { extensionsOf, type Registry } from '../registry.ts';
import { changed, changesAsTheyHappen } from './changed.ts';

/** The subscriptions. What is told is read by the statement of its batch; nothing is left to resolve. */
export function addSubscriptions(registry: Registry): void {
  const spec = changed(registry);
  registry.builder.subscriptionType({
    description: 'Following what happens, over server-sent events.',
    fields: (t) => ({
      changed: (t as unknown as { field(options: never): unknown }).field({
        type: spec.type,
        nullable: spec.nullable,
        description: spec.description,
        args: spec.args ?? {},
        extensions: extensionsOf(spec),
        subscribe: (_: unknown, __: unknown, context: GraphContext, info: GraphQLResolveInfo) =>
          changesAsTheyHappen(context, info),
        resolve: (told: unknown) => told,
      } as never) as never,
    }),
  });
}
