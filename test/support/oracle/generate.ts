import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
  print,
} from 'graphql';
import { lookupName, type Model } from '../../../src/model/model.ts';
import type { Choices } from './choices.ts';
import { scopeFor } from './generate-scope.ts';
import { valueFor } from './generate-values.ts';
import type { Pool } from './pool.ts';

/** Operations drawn from the schema: selections, aliases, fragments, directives, arguments, cursors. */

/** A list whose page is asked for again, after a cursor of its first answer. */
export interface CursorPlace {
  readonly variable: string;
  /** Keys of the answer that lead to the list. */
  readonly path: readonly string[];
}

export interface Generated {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly cursors: readonly CursorPlace[];
}

/** Arguments and fields that the oracle answers. */
const ARGUMENTS = new Set([
  'first',
  'after',
  'last',
  'before',
  'where',
  'orderBy',
  'types',
  'direction',
  'as',
  'id',
  'ids',
  'name',
  'asOf',
]);
/** Arguments whose values may be varied while the statement stays the same. */
const AGAIN = new Set(['where', 'asOf']);
const BEYOND = new Set(['history', 'people']);
const CONNECTION = ['edges', 'nodes', 'totalCount', 'pageInfo'];

type Composite = GraphQLObjectType | GraphQLInterfaceType;

/** Root fields that operations may begin at: those that answer entities, relationships and claims. */
export const rootsOf = (model: Model): string[] => [
  ...model.entities.map(lookupName),
  ...[...model.families, ...model.entities].map((end) => end.plural),
  ...['entity', 'claim', 'claims', 'node', 'nodes'],
];

/** One operation of one or two of the root fields that are named. */
export function generate(
  schema: GraphQLSchema,
  roots: readonly string[],
  choices: Choices,
  pool: Pool,
  depth = 5,
): Generated {
  return new Walk(schema, choices, pool).operation(roots, depth);
}

class Walk {
  readonly variables: Record<string, unknown> = {};
  readonly definitions: string[] = [];
  readonly fragments = new Map<string, { type: string; text: string }>();
  readonly cursors: CursorPlace[] = [];
  #names = 0;
  /** Fields that may still be written, so that operations stay of a size. */
  #budget = 24;

  constructor(
    readonly schema: GraphQLSchema,
    readonly choices: Choices,
    readonly pool: Pool,
  ) {}

  operation(roots: readonly string[], depth: number): Generated {
    const query = this.schema.getQueryType();
    if (!query) throw new Error('the schema has no query type');
    const fields = query.getFields();
    const parts = this.choices.some(roots, 2).map((name) => {
      const field = fields[name];
      if (!field) throw new Error(`no root field ${name}`);
      return this.field(field, [], depth, false);
    });
    const definitions = this.definitions.length > 0 ? `(${this.definitions.join(', ')})` : '';
    const fragments = [...this.fragments].map(([name, { type, text }]) => `fragment ${name} on ${type} ${text}`);
    return {
      query: [`query Drawn${definitions} { ${parts.join(' ')} }`, ...fragments].join('\n'),
      variables: this.variables,
      cursors: this.cursors,
    };
  }

  name(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }

  /** A variable of a type with a value. */
  variable(type: string, value: unknown): string {
    const name = this.name('v');
    this.definitions.push(`$${name}: ${type}`);
    this.variables[name] = value;
    return `$${name}`;
  }

  /** A field with its arguments and what is selected below it. `path` are the keys that lead to its parent. */
  field(field: GraphQLField<unknown, unknown>, path: readonly string[], depth: number, apart: boolean): string {
    this.#budget -= 1;
    const type = getNamedType(field.type);
    const isPage = type.name.endsWith('Connection');
    const needsAlias = apart || field.args.length > 0 || isCompositeType(type);
    const about = /cursor/i.test(field.name) ? 'cursor' : 'k';
    const key = needsAlias || this.choices.once(4) ? this.name(about) : field.name;
    const at = [...path, key];
    const given = this.arguments(field, at, isPage);
    const below = isCompositeType(type) ? ` ${this.selection(type as Composite, at, depth - 1, given.follows)}` : '';
    const alias = key === field.name ? '' : `${key}: `;
    return `${alias}${field.name}${given.text}${this.directive()}${below}`;
  }

  directive(): string {
    if (!this.choices.once(14)) return '';
    const value = this.choices.below(2) === 1;
    const flag = this.choices.once(2) ? this.variable('Boolean!', value) : String(value);
    return this.choices.once(2) ? ` @skip(if: ${flag})` : ` @include(if: ${flag})`;
  }

  arguments(field: GraphQLField<unknown, unknown>, at: readonly string[], isPage: boolean) {
    const given: string[] = [];
    let follows = false;
    const scoped = field.args.some(({ name }) => name === 'certain');
    const open = new Map(
      field.args
        .filter(({ name }) => ARGUMENTS.has(name) && !(scoped && name === 'asOf'))
        .map((each) => [each.name, each]),
    );
    if (open.has('id') && open.has('name')) {
      // A look-up takes exactly one of the two.
      const byName = this.choices.once(2);
      const argument = open.get(byName ? 'name' : 'id');
      open.clear();
      if (argument) given.push(this.argument(argument, byName ? this.nameFor(field) : this.idFor(field)));
    }
    const backward = open.has('last') && this.choices.once(4);
    for (const name of backward ? ['first', 'after'] : ['last', 'before']) open.delete(name);
    if (scoped && this.choices.once(at.length === 1 ? 2 : 4))
      for (const [name, value] of Object.entries(scopeFor(this.choices, this.pool))) {
        const argument = field.args.find((each) => each.name === name);
        if (argument) given.push(this.scopeArgument(argument, value));
      }
    for (const [name, argument] of open) {
      if (name === 'after' || name === 'before') {
        if (!this.choices.once(3)) continue;
        const variable = this.variable('String', null);
        this.cursors.push({ variable: variable.slice(1), path: at });
        given.push(`${name}: ${variable}`);
        follows = true;
      } else if (name === 'first' || name === 'last') {
        if (isPage && (name === 'last' || !this.choices.once(5)))
          given.push(this.argument(argument, 1 + this.choices.below(4)));
      } else if (isNonNullType(argument.type) && argument.defaultValue === undefined)
        given.push(this.argument(argument, name === 'id' ? this.choices.one(this.pool.ids) : this.drawn(argument)));
      else if (this.choices.once(2)) given.push(this.argument(argument, this.drawn(argument)));
    }
    return { text: given.length > 0 ? `(${given.join(', ')})` : '', follows };
  }

  drawn(argument: GraphQLArgument): unknown {
    return valueFor(argument.type, this.choices, this.pool, argument.name, argument.name, 3);
  }

  /** The id of something that the look-up can find. */
  idFor(field: GraphQLField<unknown, unknown>): string {
    const prefix = `${field.name.replace(/([A-Z])/g, '-$1').toLowerCase()}:`;
    const fitting = this.pool.entityIds.filter((id) => id.startsWith(prefix));
    return this.choices.one(fitting.length > 0 ? fitting : this.pool.entityIds);
  }

  /** The name or an alias of something that the look-up can find, or of something else. */
  nameFor(field: GraphQLField<unknown, unknown>): string {
    const type = getNamedType(field.type).name;
    const fitting = this.pool.namesOf(type);
    return this.choices.one(fitting.length > 0 && !this.choices.once(5) ? fitting : this.pool.names);
  }

  /** One of time or commitment; now and then a variable without a value, which is as if it were not there. */
  scopeArgument(argument: GraphQLArgument, value: unknown): string {
    if (!this.choices.once(8)) return this.argument(argument, value);
    const name = this.name('v');
    this.definitions.push(`$${name}: ${argument.type}`);
    return `${argument.name}: $${name}`;
  }

  /** An argument as a literal or as a variable; what is asked again with other values is a variable mostly. */
  argument({ name, type }: { name: string; type: GraphQLInputType }, value: unknown): string {
    if (this.choices.once(AGAIN.has(name) && !this.choices.once(4) ? 1 : 3))
      return `${name}: ${this.variable(String(type), value)}`;
    const literal = astFromValue(value, type);
    return `${name}: ${literal ? print(literal) : 'null'}`;
  }

  selection(type: Composite, path: readonly string[], depth: number, follows: boolean): string {
    const parts: string[] = follows ? ['followed: edges { cursor }'] : [];
    const apart = type.name === 'Node';
    const fields = this.fieldsOf(type, depth);
    const count = 1 + this.choices.below(depth > 0 ? 4 : 3);
    for (let nth = 0; nth < count && (nth === 0 || this.#budget > 0); nth++)
      parts.push(this.field(this.choices.one(fields), path, depth, apart));
    if (this.choices.once(5)) parts.push('__typename');
    if (isAbstractType(type))
      for (let nth = this.choices.below(3); nth > 0; nth--) parts.push(this.fragment(type, path, depth, apart));
    else if (this.choices.once(8)) parts.push(this.fragment(type, path, depth, apart));
    return `{ ${parts.join(' ')} }`;
  }

  /** Simplest first. At the end of the depth only what needs nothing below it, or little. */
  fieldsOf(type: Composite, depth: number): GraphQLField<unknown, unknown>[] {
    const all = Object.values(type.getFields()).filter(({ name }) => !BEYOND.has(name));
    const isLeaf = (field: GraphQLField<unknown, unknown>) => isLeafType(getNamedType(field.type));
    const leaves = all.filter(isLeaf);
    const page = type.name.endsWith('Connection');
    if (page) return CONNECTION.flatMap((name) => all.filter((field) => field.name === name));
    if (depth <= 0 || this.#budget <= 0) {
      const small = all.filter((field) => ['PageInfo'].includes(getNamedType(field.type).name));
      return leaves.length > 0 ? leaves : small.length > 0 ? small : all.slice(0, 1);
    }
    const types = isInterfaceType(type) ? this.schema.getPossibleTypes(type) : [type];
    const filled = (field: GraphQLField<unknown, unknown>) => types.some(({ name }) => this.pool.has(name, field.name));
    const others = all.filter((field) => !isLeaf(field));
    // Most lists are empty in a small city: those that are not come first, and twice as often.
    const fillable = others.filter((field) => filled(field) || !field.args.some(({ name }) => name === 'orderBy'));
    return [...leaves, ...fillable, ...others, ...fillable];
  }

  /** A fragment on a type that may be met here, inline or by name, new or known. */
  fragment(type: Composite, path: readonly string[], depth: number, apart: boolean): string {
    const possible = isInterfaceType(type) ? this.schema.getPossibleTypes(type) : [type];
    const known = [...this.fragments].filter(([, each]) => possible.some((one) => one.name === each.type));
    if (known.length > 0 && this.choices.once(3)) return `...${this.choices.one(known)[0]}${this.directive()}`;
    const target = this.choices.one(this.targets(type, possible));
    const before = this.cursors.length;
    const text = this.within(target, path, depth, apart);
    // A named fragment is met in several places, but a cursor's place is one.
    if (this.cursors.length === before && this.choices.once(3)) {
      const name = this.name('F');
      this.fragments.set(name, { type: target.name, text });
      return `...${name}`;
    }
    return `... on ${target.name}${this.directive()} ${text}`;
  }

  targets(type: Composite, possible: readonly GraphQLObjectType[]): Composite[] {
    const wider = (one: GraphQLNamedType): one is GraphQLInterfaceType =>
      isInterfaceType(one) && this.schema.getPossibleTypes(one).some((each) => possible.includes(each));
    const interfaces = possible
      .slice(0, 40)
      .flatMap((one) => one.getInterfaces())
      .filter(wider);
    return [...new Set<Composite>([...possible, ...interfaces, type])];
  }

  within(type: Composite, path: readonly string[], depth: number, apart: boolean): string {
    const fields = this.fieldsOf(type, depth);
    const count = 1 + this.choices.below(2);
    const parts = Array.from({ length: count }, () =>
      this.field(this.choices.one(fields), path, depth, apart || isObjectType(type) === false),
    );
    return `{ ${parts.join(' ')} }`;
  }
}
