import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Which variables of a mutation are read by, and which are only written. */

const known = new WeakMap<OperationDefinitionNode, ReadonlySet<string>>();

/**
 * The variables that stand anywhere but in the arguments of mutations: in filters and pages of a payload, in directives. Of
 * any other operation, all that it uses.
 */
export function readingVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): ReadonlySet<string> {
  const seen = known.get(operation);
  if (seen) return seen;
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...Object.values(fragments)] };
  visit(
    document,
    visitWithTypeInfo(types, {
      Argument: () => (isWritten(schema, types) ? false : undefined),
      Variable: ({ name }) => {
        found.add(name.value);
      },
      VariableDefinition: () => false,
    }),
  );
  known.set(operation, found);
  return found;
}

/** Whether the argument at hand is one of a mutation. */
export const isWritten = (schema: GraphQLSchema, types: Pick<TypeInfo, 'getParentType' | 'getDirective'>): boolean => {
  const mutation = schema.getMutationType();
  return Boolean(mutation) && types.getParentType() === mutation && !types.getDirective();
};
