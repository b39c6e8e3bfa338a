import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { ConcordatError } from '../../errors.ts';
import { type Caller, mayAct, ROLES, type Role } from '../../model/roles.ts';
import { fragmentsOf } from '../spreading.ts';
import { forbidden, nobody } from './refusals.ts';

/**
 * Who may ask for what: the one place that decides it, for queries, mutations and subscriptions alike. Each field of a
 * root type says which role it takes, other fields may, and each type says it for all of its fields; an operation takes
 * the highest of all that it selects. What nobody decided about is for admins.
 */

/** What an operation takes, and which of its fields takes it. */
export interface Need {
  readonly role: Role;
  /** Such as `Query.audit`. */
  readonly field: string;
  /** The keys of the answer that lead there. */
  readonly path: readonly string[];
}

const NOTHING_DECIDED: Role = 'admin';
const INTROSPECTION: Role = 'reader';
/** No mutation takes less, whatever it says: nobody writes without a key or token. */
const LEAST_OF_WRITERS: Role = 'editor';

const needs = new WeakMap<OperationDefinitionNode, Need>();

/**
 * What an operation takes: whatever its fragments hold counts, on whichever level and of whichever type; so does what
 * `@skip` and `@include` leave out, since that hangs on variables.
 */
export function needOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Need {
  const known = needs.get(operation);
  if (known) return known;
  const found = walk(schema, fragmentsOf(document), operation);
  needs.set(operation, found);
  return found;
}

function walk(
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  operation: OperationDefinitionNode,
): Need {
  const root = schema.getRootType(operation.operation);
  const floor = operation.operation === 'mutation' ? LEAST_OF_WRITERS : INTROSPECTION;
  let highest: Need = { role: floor, field: `${root?.name}`, path: [] };
  let isTold = false;
  const take = (role: Role, field: string, path: readonly string[]) => {
    // The first field stands for the operation until another takes more.
    if (isTold && ROLES.indexOf(role) <= ROLES.indexOf(highest.role)) return;
    highest = { role: mayAct(highest.role, role) ? highest.role : role, field, path };
    isTold = true;
  };
  const entered = new Set<string>();

  const selection = (type: GraphQLNamedType | undefined, set: SelectionSetNode, path: readonly string[]): void => {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) field(type, node, [...path, node.alias?.value ?? node.name.value]);
      else if (node.kind === Kind.INLINE_FRAGMENT)
        within(node.typeCondition?.name.value, type, node.selectionSet, path);
      else {
        const name = node.name.value;
        const fragment = fragments.get(name);
        if (entered.has(name) || !fragment) continue;
        entered.add(name);
        within(fragment.typeCondition.name.value, type, fragment.selectionSet, path);
      }
    }
  };

  const within = (
    condition: string | undefined,
    around: GraphQLNamedType | undefined,
    set: SelectionSetNode,
    path: readonly string[],
  ): void => {
    const type = condition === undefined ? around : schema.getType(condition);
    if (type && type !== root) take(roleOfType(type), type.name, path);
    selection(type, set, path);
  };

  const field = (type: GraphQLNamedType | undefined, node: FieldNode, path: readonly string[]): void => {
    const name = node.name.value;
    const said = `${type?.name}.${name}`;
    const found = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (name.startsWith('__')) take(INTROSPECTION, name, path);
    else if (!found) take(NOTHING_DECIDED, said, path);
    else {
      const value = getNamedType(found.type);
      take(accessOf(found) ?? (type === root ? NOTHING_DECIDED : roleOfType(type)), said, path);
      take(roleOfType(value), said, path);
      if (node.selectionSet) selection(value, node.selectionSet, path);
    }
  };

  selection(root ?? undefined, operation.selectionSet, []);
  return highest;
}

/** What a type takes; scalars and enums are seen with the fields that hold them. */
function roleOfType(type: GraphQLNamedType | undefined): Role {
  if (!isObjectType(type) && !isInterfaceType(type)) return INTROSPECTION;
  return accessOf(type) ?? NOTHING_DECIDED;
}

/** The role that a type or a field of the schema says; undefined where it says none. */
export function accessOf({ extensions }: { readonly extensions: object }): Role | undefined {
  const { access } = extensions as { readonly access?: unknown };
  return ROLES.find((role) => role === access);
}

/** Why a caller may not do what takes this; null where they may. @param caller null where nobody is known */
export function refusalOf(need: Need, caller: Caller | null, isAnonymous: boolean): ConcordatError | null {
  if (caller && mayAct(caller.role, need.role)) return null;
  const path = need.path.length > 0 ? need.path : ['query'];
  return caller && !isAnonymous
    ? forbidden(need.field, caller.role, need.role, path)
    : nobody(need.field, need.role, path);
}
