import {
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
} from 'graphql';
import type { Choices } from './choices.ts';
import type { Generated } from './generate.ts';
import { rangeFor, scopeFor } from './generate-scope.ts';
import { valueFor } from './generate-values.ts';
import type { Pool } from './pool.ts';

/**
 * Operations about time, certainty, commitment and filters by relationship, asked of many entities at once, so that hardly
 * an edge of the graph is without a say in the answer. All values are variables.
 */

type Composite = GraphQLObjectType | GraphQLInterfaceType;
type AnyField = GraphQLField<unknown, unknown>;

/** Lists of many things; claims twice, since they are asked for less otherwise. */
const LISTS = ['entities', 'actors', 'organizations', 'people', 'sources', 'gangs', 'agreements', 'claims', 'claims'];

export const generateScoped = (schema: GraphQLSchema, choices: Choices, pool: Pool): Generated =>
  new Scoped(schema, choices, pool).operation(LISTS);

/** The input object that a field of another takes. */
function objectUnder(type: GraphQLInputObjectType, name: string): GraphQLInputObjectType {
  const field = type.getFields()[name];
  const found = field && getNamedType(field.type);
  if (!isInputObjectType(found)) throw new Error(`${type.name} has no ${name}`);
  return found;
}

class Scoped {
  readonly variables: Record<string, unknown> = {};
  readonly definitions: string[] = [];

  constructor(
    readonly schema: GraphQLSchema,
    readonly choices: Choices,
    readonly pool: Pool,
  ) {}

  operation(lists: readonly string[]): Generated {
    const name = this.choices.one(lists);
    const field = this.schema.getQueryType()?.getFields()[name];
    if (!field) throw new Error(`no root field ${name}`);
    const type = this.itemOf(field);
    const given = { first: 100, ...this.scope(), ...this.where(field), ...this.orderBy(field, type) };
    const list = `list: ${name}${this.written(field, given)} { totalCount nodes { id ${this.below(type)} } }`;
    return { query: `query Drawn(${this.definitions.join(', ')}) { ${list} }`, variables: this.variables, cursors: [] };
  }

  /** What the nodes of a list are. */
  itemOf(field: AnyField): Composite {
    const page = getNamedType(field.type) as GraphQLObjectType;
    return getNamedType(page.getFields()['nodes']?.type ?? page) as Composite;
  }

  written(field: AnyField, given: Readonly<Record<string, unknown>>): string {
    const parts = Object.entries(given).map(([name, value]) => {
      const type = field.args.find((each) => each.name === name)?.type;
      const variable = `v${this.definitions.length}`;
      this.definitions.push(`$${variable}: ${type}`);
      // A variable without a value is as if it were not there.
      if (value !== undefined) this.variables[variable] = value;
      return `${name}: $${variable}`;
    });
    return parts.length > 0 ? `(${parts.join(', ')})` : '';
  }

  scope(): Record<string, unknown> {
    return this.choices.once(4) ? {} : scopeFor(this.choices, this.pool);
  }

  /** A filter: by what something has to do with others mostly. */
  where(field: AnyField): Record<string, unknown> {
    const argument = field.args.find(({ name }) => name === 'where');
    if (!argument || this.choices.once(3)) return {};
    const type = getNamedType(argument.type) as GraphQLInputObjectType;
    return { where: this.filter(type) };
  }

  /** One condition that many fulfil and many do not, with a scope of its own now and then. */
  filter(type: GraphQLInputObjectType): Record<string, unknown> {
    const fields = type.getFields();
    const choose = (name: string) => name in fields && this.choices.once(3);
    const relations = Object.values(fields).filter((each) => {
      const named = getNamedType(each.type);
      return isInputObjectType(named) && 'some' in named.getFields() && this.pool.fills(each.name);
    });
    if (relations.length > 0) {
      const chosen = this.choices.one(relations);
      return { [chosen.name]: this.quantified(getNamedType(chosen.type) as GraphQLInputObjectType) };
    }
    const own = 'asOf' in fields && this.choices.once(2) ? scopeFor(this.choices, this.pool) : {};
    if (choose('overlaps')) return { ...own, overlaps: rangeFor(this.choices, this.pool) };
    if (choose('not')) return { not: this.filter(type) };
    for (const end of ['node', 'other', 'subject'])
      if (choose(end)) return { ...own, [end]: this.filter(objectUnder(type, end)) };
    return { ...own, ...(valueFor(type, this.choices, this.pool, 'where', 'where', 2) as object) };
  }

  /** `some none every count` of a match. */
  quantified(type: GraphQLInputObjectType): Record<string, unknown> {
    const match = objectUnder(type, 'some');
    const quantifier = this.choices.one(['some', 'every', 'none', 'count']);
    const drawn = this.choices.once(4) ? {} : this.filter(match);
    return { [quantifier]: quantifier === 'count' ? { where: drawn, gte: 1 + this.choices.below(2) } : drawn };
  }

  /** By how many there are of something, in lists of entities. */
  orderBy(field: AnyField, type: Composite): Record<string, unknown> {
    const argument = field.args.find(({ name }) => name === 'orderBy');
    const filled = this.relationsOf(type).map(({ name }) => name);
    const order = argument ? getNamedType(argument.type) : undefined;
    const names = isInputObjectType(order) ? filled.filter((name) => name in order.getFields()) : [];
    const key = () => ({ [this.choices.one(names)]: { count: this.choices.one(['DESC', 'ASC']) } });
    return names.length === 0 || !this.choices.once(2) ? {} : { orderBy: [key()] };
  }

  /** Relationships that something of a type has. */
  relationsOf(type: Composite): AnyField[] {
    const types = isInterfaceType(type) ? this.schema.getPossibleTypes(type) : [type];
    return Object.values(type.getFields()).filter((field) => types.some(({ name }) => this.pool.has(name, field.name)));
  }

  below(type: Composite): string {
    const fields = type.getFields();
    const entities = fields['relationshipCounts'];
    if (!entities) {
      const subject = 'subject { id relationships(first: 5) { totalCount nodes { state } } }';
      return this.choices.once(2) ? subject : 'relationships { id state }';
    }
    // Over all types at once a statement is long.
    const types = () => ({ types: this.choices.some(this.pool.relationshipTypes, 2) });
    const counts = () =>
      `relationshipCounts${this.written(entities, { ...types(), ...(this.choices.once(2) ? this.scope() : {}) })} { type direction count }`;
    switch (this.choices.below(5)) {
      case 0:
        return counts();
      case 1:
      case 2:
        return this.list(fields['relationships'], 'node { id state } other { id }');
      default: {
        const relations = this.relationsOf(type);
        if (relations.length === 0) return counts();
        const relation = this.choices.one(relations);
        const far = this.itemOf(relation).getFields()['relationships'];
        const deeper = far && this.choices.once(2) ? 'id relationships(first: 3) { totalCount nodes { state } }' : 'id';
        return this.list(relation, `relationship { id state } node { ${deeper} }`);
      }
    }
  }

  list(field: AnyField | undefined, edge: string): string {
    if (!field) return '';
    const given = {
      ...(this.choices.once(2) ? this.scope() : {}),
      ...this.where(field),
    };
    return `${field.name}${this.written(field, given)} { totalCount edges { ${edge} } }`;
  }
}
