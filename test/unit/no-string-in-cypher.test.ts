import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  print,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema, textsOf } from '../support/oracle/compiled.ts';
import { pathsFrom } from '../support/oracle/coverage.ts';

/**
 * Whatever a request says in a text, an id or a date: the statement is the same, and holds nothing of it. Every field of
 * the schema is walked, with each of its arguments, and every filter with each of its operators.
 */

type Field = GraphQLField<unknown, unknown>;

/** Two texts that would break out of any badly quoted place, and two days. No two are alike in any part. */
const FIRST = { text: 'qqx\'"`\\{}) RETURN 1 //\n*/ \\u0027 +name:(x) AND NOT *:*', day: '1871-03-04', other: '1872' };
const SECOND = {
  text: "zzy\\'`` }] \\u0022 DETACH DELETE n /* \r\n$p0 ~2 ^3 [a TO b]",
  day: '1913-11-12',
  other: '1914',
};
type Hostile = typeof FIRST;

/** Parts of them that no statement may hold. */
const MARKS = /qqx|zzy|DETACH|name:\(x|1871|1872|1913|1914/;

const isDate = (name: string) => ['Date', 'PartialDate', 'DateTime'].includes(name);
const takesText = (name: string) => ['String', 'ID'].includes(name) || isDate(name);

const nullable = (type: GraphQLInputType): GraphQLInputType => (isNonNullType(type) ? type.ofType : type);

/** A value of a type without fields. */
function leaf(name: string, hostile: Hostile): unknown {
  if (name === 'DateTime') return `${hostile.day}T05:06:07Z`;
  if (name === 'PartialDate') return hostile.other;
  if (name === 'Date') return hostile.day;
  if (name === 'Int' || name === 'Float') return 3;
  return name === 'Boolean' ? true : hostile.text;
}

/** Whether an input type leads to others of its kind, so that it is walked by itself. */
const isWide = (type: GraphQLInputObjectType): boolean =>
  ['and', 'some', 'where'].some((key) => key in type.getFields());

/** A value with all that an input type has, but for what is walked by itself. */
function value(given: GraphQLInputType, hostile: Hostile): unknown {
  const type = nullable(given);
  if (isListType(type)) return [value(type.ofType, hostile), value(type.ofType, hostile)];
  if (isEnumType(type)) return type.getValues()[0]?.value;
  if (!isInputObjectType(type)) return leaf(String(type), hostile);
  const fields = Object.values(type.getFields()).filter((field) => {
    const named = getNamedType(field.type);
    return !(isInputObjectType(named) && isWide(named));
  });
  if (type.isOneOf)
    return Object.fromEntries(fields.slice(0, 1).map((field) => [field.name, value(field.type, hostile)]));
  return Object.fromEntries(fields.map((field) => [field.name, value(field.type, hostile)]));
}

/** Every input object type below an argument, with what leads to it. */
function* inputsBelow(argument: GraphQLArgument, seen: Set<string>) {
  const queue: { type: GraphQLInputType; around: (inner: unknown) => unknown }[] = [
    { type: argument.type, around: (inner) => inner },
  ];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { around } = next;
    const type = nullable(next.type);
    if (isListType(type)) {
      queue.push({ type: type.ofType, around: (inner) => around([inner]) });
      continue;
    }
    if (!isInputObjectType(type) || seen.has(type.name)) continue;
    seen.add(type.name);
    yield { type, around };
    for (const field of Object.values(type.getFields())) {
      // A count is compared with something, however what is counted is chosen.
      const more = 'eq' in type.getFields() && field.name === 'where' ? { gte: 1 } : {};
      queue.push({ type: field.type, around: (inner) => around({ ...more, [field.name]: inner }) });
    }
  }
}

/** The least that must be selected below a field. */
function below(field: Field): string {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return '';
  const fields = (type as GraphQLObjectType | GraphQLInterfaceType).getFields();
  if ('pageInfo' in fields) return '{ nodes { __typename } totalCount }';
  const inner = Object.values(fields);
  const leaf = inner.find((each) => isLeafType(getNamedType(each.type)) && each.args.length === 0);
  return leaf ? `{ ${leaf.name} }` : '{ __typename }';
}

const paths = pathsFrom(schema, () => true);

/** A field asked with arguments, as literals and as variables. */
function asked(type: string, field: Field, given: Readonly<Record<string, unknown>>) {
  const around = type === 'Query' ? (inner: string) => inner : paths.get(type);
  if (!around) throw new Error(`nothing leads to ${type}`);
  const open = field.args.filter(({ name }) => given[name] !== undefined);
  const query = (written: (argument: GraphQLArgument) => string, head = '') =>
    `${head}{ ${around(`${field.name}(${open.map((each) => `${each.name}: ${written(each)}`).join(', ')}) ${below(field)}`)} }`;
  const literal = (argument: GraphQLArgument): string => {
    const node = astFromValue(given[argument.name], argument.type);
    return node ? print(node) : 'null';
  };
  return {
    literal: { query: query(literal), variables: {} },
    variable: {
      query: query(
        (argument) => `$${argument.name}`,
        `query(${open.map(({ name, type: declared }) => `$${name}: ${declared}`).join(', ')}) `,
      ),
      variables: { ...given },
    },
  };
}

/** Compiles a field with one hostile text in its document, and with another in its variables. */
async function expectSame(
  type: string,
  field: Field,
  given: (hostile: Hostile) => Record<string, unknown>,
): Promise<void> {
  const { literal, variable } = {
    literal: asked(type, field, given(FIRST)).literal,
    variable: asked(type, field, given(SECOND)).variable,
  };
  for (const { query } of [literal, variable]) expect(validate(schema, parse(query)), query).toEqual([]);
  const [first, second] = [await textsOf(literal.query), await textsOf(variable.query, variable.variables)];
  expect(literal.query).toMatch(MARKS);
  expect(first, literal.query).toEqual(second);
  for (const text of [...first, ...second]) expect(text, literal.query).not.toMatch(MARKS);
  expect(first, literal.query).toHaveLength(1);
}

/**
 * An argument with those without which the field is refused: what must be given, an id or a name for look-ups, something to
 * be about, and somebody to share with.
 */
function givenWith(field: Field, argument: GraphQLArgument, given: unknown, hostile: Hostile): Record<string, unknown> {
  const isLookUp = ['id', 'name'].every((name) => field.args.some((each) => each.name === name));
  const others = field.args.filter(
    (each) =>
      each !== argument &&
      ((isNonNullType(each.type) && each.defaultValue === undefined) ||
        (isLookUp && each.name === 'name' && argument.name !== 'id')),
  );
  return {
    ...Object.fromEntries(others.map((each) => [each.name, value(each.type, hostile)])),
    ...(field.name === 'timeline' ? { about: [hostile.text] } : {}),
    [argument.name]: given,
    ...(field.name === 'commonConnections' ? { ids: [hostile.text, `another ${hostile.text}`] } : {}),
  };
}

/** Texts of which only a few are taken; there is no statement for others. */
const isOneOfFew = (field: Field, argument: GraphQLArgument): boolean =>
  field.name === 'audit' && argument.name === 'outcome';

const isCursor = (name: string): boolean => ['after', 'before', 'since'].includes(name);
/** Says who is asked; the statement does not know of it. */
const OF_THE_READER = 'recordedAsOf';

/**
 * Every field of every type that takes arguments; what a type has of an interface is asked of the interface. Subscriptions
 * are told what their own tests hold them to.
 */
function* fieldsWithArguments(): Generator<{ type: string; field: Field }> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(isObjectType(type) || isInterfaceType(type)) || type.name.startsWith('__')) continue;
    // What a mutation is given goes to the store, and never into a statement that is compiled.
    if (type === schema.getMutationType()) continue;
    if (type === schema.getSubscriptionType()) continue;
    const inherited = new Set(type.getInterfaces().flatMap((each) => Object.keys(each.getFields())));
    for (const field of Object.values(type.getFields()))
      if (field.args.length > 0 && !inherited.has(field.name)) yield { type: type.name, field };
  }
}

describe('the text of a statement', () => {
  it('is the same for every text, id and day in an argument', { timeout: 120_000 }, async () => {
    let count = 0;
    for (const { type, field } of fieldsWithArguments()) {
      const texts = field.args.filter((each) => takesText(getNamedType(each.type).name));
      for (const argument of texts.filter(({ name }) => !isCursor(name) && name !== OF_THE_READER)) {
        count += 1;
        if (isOneOfFew(field, argument)) {
          const given = { [argument.name]: FIRST.text };
          expect(await textsOf(asked(type, field, given).literal.query)).toEqual([]);
          continue;
        }
        await expectSame(type, field, (hostile) => givenWith(field, argument, value(argument.type, hostile), hostile));
      }
    }
    expect(count).toBeGreaterThan(100);
  });

  it('is the same for every text, id and day in a filter', { timeout: 120_000 }, async () => {
    const seen = new Set<string>();
    let filters = 0;
    for (const { type, field } of fieldsWithArguments())
      for (const argument of field.args)
        for (const { type: input, around } of inputsBelow(argument, seen)) {
          if (input.isOneOf || !MARKS.test(JSON.stringify(value(input, FIRST)))) continue;
          filters += 1;
          await expectSame(type, field, (hostile) =>
            givenWith(field, argument, around(value(input, hostile)), hostile),
          );
        }
    expect(filters).toBeGreaterThan(200);
  });

  it('is the same after every cursor, and there is none after a text that is no cursor', async () => {
    const cursor = (...content: unknown[]) => Buffer.from(JSON.stringify(content)).toString('base64url');
    const accepted = new Set<string>();
    const all = [...fieldsWithArguments()].flatMap(({ type, field }) =>
      field.args.filter(({ name }) => isCursor(name)).map((argument) => ({ type, field, argument })),
    );
    for (const { type, field, argument } of all) {
      const { literal } = asked(type, field, givenWith(field, argument, FIRST.text, FIRST));
      expect(await textsOf(literal.query), literal.query).toEqual([]);
      for (const item of ['n', 'r', 'c']) {
        const [first, second] = await Promise.all(
          [FIRST, SECOND].map(async (hostile) => {
            const given = givenWith(field, argument, cursor(`${item}.id+`, hostile.text), hostile);
            const { query, variables } = asked(type, field, given).variable;
            return textsOf(query.replace(/\btotalCount\b/, 'totalCount pageInfo { hasNextPage }'), variables);
          }),
        );
        expect(first, `${type}.${field.name}`).toEqual(second);
        for (const text of first ?? []) expect(text).not.toMatch(MARKS);
        if (first && first.length > 0) accepted.add(`${type}.${field.name}.${argument.name}`);
      }
    }
    // Lists that have an order of their own take other cursors.
    expect(
      all
        .map(({ type, field, argument }) => `${type}.${field.name}.${argument.name}`)
        .filter((name) => !accepted.has(name)),
    ).toEqual([
      'Entity.history.after',
      'Organization.people.after',
      'Relationship.history.after',
      'Agreement.terms.after',
      'AgreementTerm.termOf.after',
      'Claim.history.after',
      'Query.audit.after',
      'Query.changes.since',
      'Query.history.after',
      'Query.search.after',
      'Query.stances.after',
      'Query.timeline.after',
    ]);
  });
});
