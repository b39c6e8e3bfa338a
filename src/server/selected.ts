import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { fragmentsOf } from './spreading.ts';

/**
 * What an operation selects, as the executor will find it: fragments spread, `@skip` and `@include` decided, fields of
 * one key together. Documents are valid by the time that this is asked; variables may not be.
 */

export type Variables = Readonly<Record<string, unknown>>;

/** The fields under each key of the answer. */
export type Fields = ReadonlyMap<string, readonly FieldNode[]>;

/** The operation that is asked for; undefined where the document has none of that name. */
export const operationOf = (
  { definitions }: DocumentNode,
  name: string | null | undefined,
): OperationDefinitionNode | undefined =>
  definitions.find(
    (node): node is OperationDefinitionNode =>
      node.kind === Kind.OPERATION_DEFINITION && (!name || node.name?.value === name),
  );

/** Variables with the values that the operation gives those that were not sent. */
export const withDefaults = ({ variableDefinitions = [] }: OperationDefinitionNode, given: Variables): Variables =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) => {
      const name = variable.name.value;
      if (Object.hasOwn(given, name)) return [[name, given[name]]];
      return defaultValue ? [[name, valueFromASTUntyped(defaultValue)]] : [];
    }),
  );

/** Reads the selections of one document, with the variables of one call. */
export class Selections {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    readonly schema: GraphQLSchema,
    document: DocumentNode,
    readonly variables: Variables,
  ) {
    this.#fragments = fragmentsOf(document);
  }

  /**
   * The fields that a type is asked for: one answer where it does not depend on the type of the object found, else one
   * for each type that it can be.
   */
  of(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): { type: GraphQLCompositeType; fields: Fields }[] {
    const found = new Map<string, FieldNode[]>();
    if (!isAbstractType(type) || sets.every((set) => this.#isSameForAll(type, set))) {
      for (const set of sets) this.#collect(type, set, found);
      return [{ type, fields: found }];
    }
    return this.schema.getPossibleTypes(type).map((possible) => {
      const fields = new Map<string, FieldNode[]>();
      for (const set of sets) this.#collect(possible, set, fields);
      return { type: possible, fields };
    });
  }

  #isSameForAll(type: GraphQLCompositeType, set: SelectionSetNode): boolean {
    return set.selections.every((node) => {
      if (node.kind === Kind.FIELD) return true;
      const inner = node.kind === Kind.INLINE_FRAGMENT ? node : this.#fragments.get(node.name.value);
      const condition = inner?.typeCondition?.name.value;
      return !inner || ((!condition || this.#applies(condition, type)) && this.#isSameForAll(type, inner.selectionSet));
    });
  }

  #applies(condition: string, type: GraphQLCompositeType): boolean {
    const wanted = this.schema.getType(condition);
    if (wanted === type) return true;
    return isAbstractType(wanted) && isCompositeType(type) && this.schema.isSubType(wanted, type as GraphQLObjectType);
  }

  #collect(type: GraphQLCompositeType, set: SelectionSetNode, into: Map<string, FieldNode[]>): void {
    for (const node of set.selections) {
      if (this.#isLeftOut(node.directives ?? [])) continue;
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value;
        const same = into.get(key);
        if (same) same.push(node);
        else into.set(key, [node]);
        continue;
      }
      const inner = node.kind === Kind.INLINE_FRAGMENT ? node : this.#fragments.get(node.name.value);
      const condition = inner?.typeCondition?.name.value;
      if (inner && (!condition || this.#applies(condition, type))) this.#collect(type, inner.selectionSet, into);
    }
  }

  #isLeftOut(directives: NonNullable<FieldNode['directives']>): boolean {
    return directives.some(({ name, arguments: args = [] }) => {
      if (name.value !== 'skip' && name.value !== 'include') return false;
      const condition = args.find((argument) => argument.name.value === 'if');
      const value = condition ? valueFromASTUntyped(condition.value, this.variables) : undefined;
      return name.value === 'skip' ? value === true : value === false;
    });
  }
}
