import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
} from 'graphql';
import type { Choices } from './choices.ts';
import type { Generated } from './generate.ts';
import { scopeFor } from './generate-scope.ts';
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

  /** A filter by what something has to do with others, or by anything. */
  where(field: AnyField): Record<string, unknown> {
    const argument = field.args.find(({ name }) => name === 'where');
    if (!argument || this.choices.once(3)) return {};
    const draw = (type: GraphQLInputType, about: string) => valueFor(type, this.choices, this.pool, about, about, 2);
    const type = getNamedType(argument.type);
    const fields = isInputObjectType(type) ? Object.values(type.getFields()) : [];
    const relations = fields.filter((each) => {
      const named = getNamedType(each.type);
      return isInputObjectType(named) && 'some' in named.getFields() && this.pool.fills(each.name);
    });
    if (relations.length === 0) return { where: draw(argument.type, 'where') };
    const chosen = this.choices.one(relations);
    return { where: { [chosen.name]: draw(chosen.type, chosen.name) } };
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
      ...(this.choices.once(2) ? this.drawnWhere(field) : {}),
    };
    return `${field.name}${this.written(field, given)} { totalCount edges { ${edge} } }`;
  }

  drawnWhere(field: AnyField): Record<string, unknown> {
    const argument = field.args.find(({ name }) => name === 'where');
    return argument ? { where: valueFor(argument.type, this.choices, this.pool, 'where', 'where', 3) } : {};
  }
}
