import SchemaBuilder from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Decoded } from '../compile/emitter.ts';
import { TYPE } from '../compile/emitter.ts';
import type { Meaning } from '../compile/meaning.ts';
import { answerRoot } from './answer-root.ts';
import type { GraphContext } from './context.ts';

/** The Pothos builder, and the two resolvers that there are: a root runs its statement, everything below reads its key. */

export interface SchemaTypes {
  Context: GraphContext;
  Scalars: {
    PartialDate: { Input: string; Output: string };
    Date: { Input: string; Output: string };
    DateTime: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
    ID: { Input: string; Output: string };
  };
}

export const createBuilder = () => new SchemaBuilder<SchemaTypes>({});
export type Builder = ReturnType<typeof createBuilder>;

/** Reads what the root's statement has already brought, under the key that the answer will have it. */
export const fromParent = (parent: unknown, _: unknown, __: unknown, info: GraphQLResolveInfo): never =>
  (parent as Decoded)[String(info.path.key)] as never;

/** Runs a root field's one statement, unless that has been done already. */
export const fromStore = async (
  _: unknown,
  __: unknown,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<never> => (await (context.answered?.get(String(info.path.key)) ?? answerRoot(context, info))).value as never;

/** The concrete type of what an abstract field holds. */
export const resolveType = (value: unknown): string => (value as Decoded)[TYPE];

/** A field's meaning, for the compiler. */
export const means = (meaning: Meaning): { meaning: Meaning } => ({ meaning });
