import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import type { Model } from '../model/model.ts';
import { createBuilder } from './builder.ts';
import { endRef } from './entities.ts';
import { addEnums } from './enums.ts';
import { addMutations } from './mutations/mutations.ts';
import { addQueries } from './queries.ts';
import { Registry } from './registry.ts';
import { relationshipRef } from './relationships.ts';
import { addScalars } from './scalars.ts';
import { addSubscriptions } from './subscriptions/subscriptions.ts';

/** The executable schema of a model. Every field carries its meaning for the compiler. */
export function buildSchema(model: Model): GraphQLSchema {
  const builder = createBuilder();
  const registry = new Registry(builder, model);
  addScalars(builder);
  addEnums(registry);
  for (const end of [...model.families, ...model.entities]) endRef(registry, end);
  for (const type of model.relationships) relationshipRef(registry, type);
  addQueries(registry);
  addMutations(registry);
  addSubscriptions(registry);
  return builder.toSchema({ sortSchema: false });
}

/** `schema.graphql`, whole: sorted, so that a change shows as what it is. */
export const printGraphQL = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
