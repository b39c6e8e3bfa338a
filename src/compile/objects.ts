import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { AnyEntity } from '../model/common-fields.ts';
import type { End, RelationshipType } from '../model/declarations.ts';
import { concreteTypes, endNamed, relationshipTypeName } from '../model/model.ts';
import {
  at,
  type BoundEnds,
  type Decode,
  type Decoded,
  decodeList,
  type EmitField,
  type Emitted,
  type Emitter,
  type Place,
  TYPE,
} from './emitter.ts';
import { identifier } from './identifier.ts';
import { meaningKey, meaningOf } from './meaning.ts';
import { below, type Selected, selectedFields } from './selection.ts';

/**
 * Objects that may be of several types: entities and edges. Types that are asked for the same fields share one branch;
 * where they are asked for different ones, a CASE chooses.
 */

interface Branch {
  readonly types: GraphQLObjectType[];
  /** A null decoder stands for `__typename`. */
  readonly entries: readonly { key: string; decode: Decode | null }[];
  readonly text: string;
}

/** Branches by what is asked of each type, in the types' order. */
function branches(
  emitter: Emitter,
  types: readonly GraphQLObjectType[],
  sets: readonly SelectionSetNode[],
  variable: string,
  place: Place,
  emit: EmitField,
): Branch[] {
  const groups = new Map<string, { types: GraphQLObjectType[]; fields: Selected[] }>();
  // Nodes are told apart by themselves: documents may be without locations, or put together from several sources.
  const numbers = new Map<FieldNode, number>();
  const numberOf = (node: FieldNode): number => {
    const number = numbers.get(node) ?? numbers.size;
    numbers.set(node, number);
    return number;
  };
  for (const type of types) {
    const fields = selectedFields(type, sets, emitter.around);
    const signature = fields
      .map(
        (each) =>
          `${each.key}=${each.field ? meaningKey(meaningOf(each.field)) : '__typename'}@${each.nodes.map(numberOf).join(',')}`,
      )
      .join(';');
    const group = groups.get(signature);
    if (group) group.types.push(type);
    else groups.set(signature, { types: [type], fields });
  }
  return [...groups.values()].map((group) => {
    const emitted = group.fields.map((each) => ({
      each,
      emitted: each.field
        ? emit(emitter, each, variable, { ...at(place, each.key), types: group.types.map(({ name }) => name) })
        : null,
    }));
    const texts = emitted.flatMap((one) => one.emitted?.text ?? []);
    let nth = 0;
    const entries = emitted.map(({ each, emitted: one }) => {
      if (!one) return { key: each.key, decode: null };
      const at = nth++;
      return { key: each.key, decode: ((raw, env) => one.decode((raw as unknown[])[at], env)) as Decode };
    });
    return {
      types: group.types,
      text: `[${texts.join(', ')}]`,
      entries,
    };
  });
}

function decoderOf(type: string, branch: Branch): Decode {
  const entries = branch.entries.map(({ key, decode }) => ({ key, decode: decode ?? ((): string => type) }));
  return (raw, env) => {
    if (raw === null || raw === undefined) return null;
    const answer: Decoded = { [TYPE]: type };
    for (const entry of entries) answer[entry.key] = entry.decode(raw, env);
    return answer;
  };
}

/** An object of one known type. */
function emitObject(
  emitter: Emitter,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  variable: string,
  place: Place,
  emit: EmitField,
): Emitted {
  const [branch] = branches(emitter, [type], sets, variable, place, emit);
  if (!branch) throw new Error('one type makes one branch');
  return { text: branch.text, decode: decoderOf(type.name, branch) };
}

function emitAbstract(
  emitter: Emitter,
  types: readonly { readonly type: GraphQLObjectType; readonly tag: string }[],
  sets: readonly SelectionSetNode[],
  variable: string,
  place: Place,
  emit: EmitField,
  how: {
    readonly tag: string;
    readonly is: (tag: string) => string;
    readonly tagOf: (raw: unknown) => string | undefined;
  },
): Emitted {
  const tags = new Map(types.map(({ type, tag }) => [type, tag]));
  const found = branches(
    emitter,
    types.map(({ type }) => type),
    sets,
    variable,
    place,
    emit,
  );
  const decoders = new Map(
    found.flatMap((branch) =>
      branch.types.map((type) => [tags.get(type) ?? '', decoderOf(type.name, branch)] as const),
    ),
  );
  const text = `[${how.tag}, ${chosen(found, (branch) => branch.types.map((type) => how.is(tags.get(type) ?? '')).join(' OR '))}]`;
  return {
    text,
    decode: (raw, env) => {
      if (raw === null || raw === undefined) return null;
      const [tag, values] = raw as [unknown, unknown];
      const decode = decoders.get(how.tagOf(tag) ?? '');
      return decode && values !== null ? decode(values, env) : null;
    },
  };
}

/** The branch that fits; the one that most types share needs no condition, since every type has one. */
function chosen(found: readonly Branch[], condition: (branch: Branch) => string): string {
  const most = found.reduce((best, each) => (each.types.length > best.types.length ? each : best));
  const others = found.filter((branch) => branch !== most);
  if (others.length === 0) return most.text;
  return `CASE ${others.map((branch) => `WHEN ${condition(branch)} THEN ${branch.text}`).join(' ')} ELSE ${most.text} END`;
}

/** An entity in a variable, read as the type or family `end`. */
export function emitEntity(emitter: Emitter, end: End, selected: Selected, variable: string, place: Place): Emitted {
  const sets = below(selected.nodes);
  const emit = emitter.fields.entity;
  const concrete = concreteTypes(emitter.model, end);
  const objects = concrete.map((type) => ({ type: objectNamed(emitter, type.name), tag: type.name }));
  const [only] = objects;
  if (only && objects.length === 1) return emitObject(emitter, only.type, sets, variable, place, emit);
  const known = new Set(concrete.map((type) => type.name));
  return emitAbstract(emitter, objects, sets, variable, place, emit, {
    tag: `labels(${variable})`,
    is: (tag) => `${variable}:${identifier(tag)}`,
    tagOf: (labels) => (labels as string[]).find((label) => known.has(label)),
  });
}

/** An edge in a variable that is of one relationship type. */
export function emitEdge(
  emitter: Emitter,
  type: RelationshipType,
  selected: Selected,
  variable: string,
  place: Place,
  ends: BoundEnds,
): Emitted {
  const object = objectNamed(emitter, relationshipTypeName(type));
  return emitObject(emitter, object, below(selected.nodes), variable, place, emitter.fields.edge(ends));
}

/** A claim in a variable. */
export function emitClaim(emitter: Emitter, selected: Selected, variable: string, place: Place): Emitted {
  return emitObject(
    emitter,
    objectNamed(emitter, 'Claim'),
    below(selected.nodes),
    variable,
    place,
    emitter.fields.claim,
  );
}

/** A revision in a variable. */
export function emitRevision(emitter: Emitter, selected: Selected, variable: string, place: Place): Emitted {
  const object = objectNamed(emitter, 'Revision');
  return emitObject(emitter, object, below(selected.nodes), variable, place, emitter.fields.revision);
}

/** The entity whose id an expression is. */
export function emitReference(emitter: Emitter, to: string, id: string, selected: Selected, place: Place): Emitted {
  const node = emitter.variable('n');
  const inner = emitEntity(emitter, endOf(emitter, to), selected, node, place);
  return { text: `head(COLLECT { MATCH (${node}:Entity {id: ${id}}) RETURN ${inner.text} })`, decode: inner.decode };
}

/** An edge in a variable that may be of any of these relationship types, named as in Neo4j. */
export function emitAnyEdge(
  emitter: Emitter,
  types: readonly RelationshipType[],
  selected: Selected,
  variable: string,
  place: Place,
  ends: BoundEnds,
): Emitted {
  const sets = below(selected.nodes);
  const emit = emitter.fields.edge(ends);
  const objects = types.map((type) => ({ type: objectNamed(emitter, relationshipTypeName(type)), tag: type.name }));
  return emitAbstract(emitter, objects, sets, variable, place, emit, {
    tag: `type(${variable})`,
    is: (tag) => `type(${variable}) = '${tag}'`,
    tagOf: (type) => type as string,
  });
}

/** The type or family that a GraphQL type stands for. */
export const endOf = (emitter: Emitter, name: string): End => endNamed(emitter.model, name) ?? AnyEntity;

function objectNamed(emitter: Emitter, name: string): GraphQLObjectType {
  const type = emitter.around.schema.getType(name);
  if (!isObjectType(type)) throw new Error(`the schema has no object type ${name}`);
  return type;
}

/** What a field of an object that is put together from parts becomes. */
export type Part = (selected: Selected, place: Place) => Emitted;

/** An object of one type whose fields are no properties of one thing: each field is its own expression. */
export function emitParts(
  emitter: Emitter,
  selected: Selected,
  place: Place,
  parts: Readonly<Record<string, Part>>,
): Emitted {
  const type = getNamedType(selected.field?.type as GraphQLOutputType);
  if (!isObjectType(type)) throw new Error(`${selected.field?.name} is no object`);
  return emitObject(emitter, type, below(selected.nodes), '', place, (_, each, __, inner) => {
    const part = parts[each.field?.name ?? ''];
    if (!part) throw new Error(`${type.name} has no part ${each.field?.name}`);
    return part(each, inner);
  });
}

/** The items of a list of nodes or edges, in the list's order. */
export function emitEach(emitter: Emitter, list: string, prefix: string, emit: (variable: string) => Emitted): Emitted {
  const variable = emitter.variable(prefix);
  const inner = emit(variable);
  return { text: `COLLECT { UNWIND ${list} AS ${variable} RETURN ${inner.text} }`, decode: decodeList(inner.decode) };
}
