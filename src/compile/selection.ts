import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Which fields of a concrete type an operation asks for, in the order in which the answer has them. */

/** The operation's surroundings. */
export interface Surroundings {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** One key of the answer: every node of the document that asks for it, merged. */
export interface Selected {
  readonly key: string;
  /** Null for `__typename`. */
  readonly field: GraphQLField<unknown, unknown> | null;
  readonly nodes: readonly FieldNode[];
}

/** The fields that these selection sets ask of a concrete type; https://spec.graphql.org/October2021/#CollectFields(). */
export function selectedFields(
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  around: Surroundings,
): Selected[] {
  const found = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  const visit = (selections: readonly SelectionNode[]): void => {
    for (const node of selections) {
      if (isLeftOut(node, around)) continue;
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value;
        found.set(key, [...(found.get(key) ?? []), node]);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        if (!node.typeCondition || applies(node.typeCondition.name.value, type, around.schema))
          visit(node.selectionSet.selections);
      } else if (!visited.has(node.name.value)) {
        visited.add(node.name.value);
        const fragment = around.fragments[node.name.value];
        if (fragment && applies(fragment.typeCondition.name.value, type, around.schema))
          visit(fragment.selectionSet.selections);
      }
    }
  };
  for (const set of sets) visit(set.selections);
  const fields = type.getFields();
  return [...found].map(([key, nodes]) => ({ key, nodes, field: fields[nodes[0]?.name.value ?? ''] ?? null }));
}

/** The selection sets below a field. */
export const below = (nodes: readonly FieldNode[]): SelectionSetNode[] =>
  nodes.flatMap((node) => node.selectionSet ?? []);

function isLeftOut(node: SelectionNode, around: Surroundings): boolean {
  if (!node.directives || node.directives.length === 0) return false;
  const skip = getDirectiveValues(GraphQLSkipDirective, node, around.variables);
  if (skip?.['if'] === true) return true;
  return getDirectiveValues(GraphQLIncludeDirective, node, around.variables)?.['if'] === false;
}

function applies(condition: string, type: GraphQLObjectType, schema: GraphQLSchema): boolean {
  if (condition === type.name) return true;
  const named = schema.getType(condition);
  return named !== undefined && isAbstractType(named) && schema.isSubType(named, type);
}
