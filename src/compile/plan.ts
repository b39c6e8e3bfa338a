import {
  type FieldNode,
  type GraphQLInputType,
  type GraphQLResolveInfo,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  typeFromAST,
} from 'graphql';
import type { Model } from '../model/model.ts';
import { reread } from './arguments.ts';
import { BROUGHT, Emitter, type Env, type Guard, type Slot } from './emitter.ts';
import { fieldEmitters } from './fields.ts';
import { meaningOf } from './meaning.ts';
import { type IsPlain, plainCheck } from './plain.ts';
import { all, claimLookup, lookup, node, nodes, type Root } from './roots.ts';
import type { Selected } from './selection.ts';

/** A root field as a plan: one statement, kept for every later call of the same document and argument shape. */

/** A statement ready to run. Whole numbers among the parameters are `WholeNumber`s. */
export interface Statement {
  readonly text: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A statement and how its rows become the answer. */
export interface Bound {
  readonly statement: Statement;
  decode(rows: readonly unknown[][]): unknown;
  /** Whether a decoded answer can be written as it is. */
  readonly isPlain: IsPlain;
}

/** What binding a root field needs to know of it. */
export type RootField = Pick<
  GraphQLResolveInfo,
  'fieldName' | 'fieldNodes' | 'parentType' | 'schema' | 'fragments' | 'operation' | 'variableValues'
> & { readonly path: { readonly key: string | number } };

interface Plan {
  readonly text: string;
  readonly slots: readonly (Slot | typeof BROUGHT)[];
  readonly sent: ReadonlySet<number>;
  readonly guards: readonly Guard[];
  readonly root: Root;
  readonly isPlain: IsPlain;
}

const cache = new WeakMap<FieldNode, Map<string, Plan[]>>();

/** How many argument shapes of one field are kept; a document with more is compiled anew each time it exceeds them. */
const SHAPES = 64;

/** How a field becomes a statement, where that is not told by the field alone. */
export interface Way {
  /** Tells the statements of one field apart. */
  readonly name: string;
  readonly compile: (emitter: Emitter, selected: Selected) => Root;
  /** The variables that the text may depend on; all of the operation's unless said. */
  readonly variables?: ReadonlySet<string>;
  /** What the statement is handed beside arguments. */
  readonly brought?: unknown;
}

/**
 * Compiles a root field, or finds its plan, and binds the call's values.
 * @throws ConcordatError for arguments that are well-typed but not acceptable
 */
export const bindRoot = (model: Model, info: RootField, today: string): Bound =>
  bindField(model, info, today, { name: '', compile: rootOf });

/** The same for any field whose statement is told by `way`. */
export function bindField(model: Model, info: RootField, today: string, way: Way): Bound {
  const [fieldNode] = info.fieldNodes;
  if (!fieldNode) throw new Error('a field has a node');
  const plan = findPlan(model, info, fieldNode, way);
  const memo = new Map<FieldNode, unknown>();
  const values = plan.slots.map((slot) =>
    slot === BROUGHT ? way.brought : slot.convert(reread(slot.argument, info.variableValues, memo)),
  );
  const parameters: Record<string, unknown> = {};
  for (const slot of plan.sent) parameters[`p${slot}`] = values[slot];
  const env: Env = { values, today };
  return {
    statement: { text: plan.text, parameters },
    decode: (rows) => plan.root.decode(rows, env),
    isPlain: plan.isPlain,
  };
}

function findPlan(model: Model, info: RootField, fieldNode: FieldNode, way: Way): Plan {
  const shape = `${way.name} ${info.operation.name?.value ?? ''} ${String(info.path.key)} ${shapeOfVariables(info, way.variables)}`;
  const plans = cache.get(fieldNode) ?? new Map<string, Plan[]>();
  cache.set(fieldNode, plans);
  const known = plans.get(shape) ?? [];
  for (const plan of known) {
    const memo = new Map<FieldNode, unknown>();
    if (plan.guards.every((guard) => guard.look(reread(guard.argument, info.variableValues, memo)) === guard.expected))
      return plan;
  }
  const plan = compile(model, info, way);
  if (plans.size >= SHAPES) plans.clear();
  plans.set(shape, [...known.slice(-SHAPES), plan]);
  return plan;
}

function compile(model: Model, info: RootField, way: Way): Plan {
  const around = { schema: info.schema, fragments: info.fragments, variables: info.variableValues };
  const emitter = new Emitter(model, around, fieldEmitters);
  const field = info.parentType.getFields()[info.fieldName];
  if (!field) throw new Error(`${info.parentType.name} has no field ${info.fieldName}`);
  const selected = { key: String(info.path.key), field, nodes: info.fieldNodes };
  const root = way.compile(emitter, selected);
  const { slots, sent, guards } = emitter;
  return { text: `CYPHER 5 ${root.text}`, slots, sent, guards, root, isPlain: plainCheck(selected, around) };
}

function rootOf(emitter: Emitter, selected: Parameters<typeof lookup>[1]): Root {
  const meaning = selected.field ? meaningOf(selected.field) : undefined;
  switch (meaning?.is) {
    case 'lookup':
      return lookup(emitter, selected, meaning.end);
    case 'all':
      return all(emitter, selected, meaning.of);
    case 'claimLookup':
      return claimLookup(emitter, selected);
    case 'node':
      return node(emitter, selected);
    case 'nodes':
      return nodes(emitter, selected);
    case 'question':
      return meaning.compile(emitter, selected);
    default:
      throw new Error(`${selected.field?.name} is no root field`);
  }
}

/** Everything about the variables that a statement's text may depend on: what is given, enums, flags, objects; no other value. */
function shapeOfVariables(info: RootField, only: ReadonlySet<string> | undefined): string {
  const definitions = info.operation.variableDefinitions ?? [];
  return definitions
    .filter(({ variable }) => !only || only.has(variable.name.value))
    .map((definition) => {
      const name = definition.variable.name.value;
      const type = typeFromAST(info.schema, definition.type) as GraphQLInputType | undefined;
      return `${name}:${shapeOf(info.variableValues[name], type)}`;
    })
    .join(',');
}

function shapeOf(value: unknown, type: GraphQLInputType | undefined): string {
  if (value === undefined) return '-';
  if (value === null || type === undefined) return 'null';
  if (isNonNullType(type)) return shapeOf(value, type.ofType);
  if (isListType(type)) {
    const inner = isNonNullType(type.ofType) ? type.ofType.ofType : type.ofType;
    if (!isEnumType(inner) && !isInputObjectType(inner)) return '[]';
    return `[${(Array.isArray(value) ? value : [value]).map((item) => shapeOf(item, inner)).join(',')}]`;
  }
  if (isInputObjectType(type)) {
    const fields = type.getFields();
    return `{${Object.entries(value as object)
      .map(([key, inner]) => `${key}:${shapeOf(inner, fields[key]?.type)}`)
      .join(',')}}`;
  }
  if (isEnumType(type) || typeof value === 'boolean') return String(value);
  return typeof value;
}
