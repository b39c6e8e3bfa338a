import SchemaBuilder from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Decoded } from '../compile/emitter.ts';
import { TYPE } from '../compile/emitter.ts';
import { answerFromModel } from '../compile/from-model.ts';
import type { Meaning } from '../compile/meaning.ts';
import { bindRoot } from '../compile/plan.ts';
import type { GraphContext } from './context.ts';

/**
 * The Pothos builder, and the resolvers that there are: a root runs its statement, or is answered by the model; everything
 * below reads its key.
 */

export interface SchemaTypes {
  Context: GraphContext;
  Scalars: {
    PartialDate: { Input: string; Output: string };
    Date: { Input: string; Output: string };
    DateTime: { Input: string; Output: string };
    ID: { Input: string; Output: string };
  };
}

export const createBuilder = () => new SchemaBuilder<SchemaTypes>({});
export type Builder = ReturnType<typeof createBuilder>;

/** Reads what the root's statement has already brought, under the key that the answer will have it. */
export const fromParent = (parent: unknown, _: unknown, __: unknown, info: GraphQLResolveInfo): never =>
  (parent as Decoded)[String(info.path.key)] as never;

/** Runs a root field's one statement. */
export async function fromStore(
  _: unknown,
  __: unknown,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<never> {
  const bound = bindRoot(context.model, info, context.today);
  const operation = `${info.operation.name?.value ?? 'anonymous'}.${String(info.path.key)}`;
  const rows = await context.reader.read(bound.statement, {
    operation,
    ...(context.signal ? { signal: context.signal } : {}),
  });
  return bound.decode(rows) as never;
}

/** Answers a root field about the model itself: no statement is run. */
export const fromModel = (_: unknown, __: unknown, { model }: GraphContext, info: GraphQLResolveInfo): never =>
  answerFromModel(model, info) as never;

/** The concrete type of what an abstract field holds. */
export const resolveType = (value: unknown): string => (value as Decoded)[TYPE];

/** A field's meaning, for the compiler. */
export const means = (meaning: Meaning): { meaning: Meaning } => ({ meaning });
