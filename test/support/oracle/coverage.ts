import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** Operations that together reach every field of every type, and every operator of every filter. */

type Composite = GraphQLObjectType | GraphQLInterfaceType;
type AnyField = GraphQLField<unknown, unknown>;

/** Fields that one operation asks for at most: analysis takes long over long statements. */
const TOGETHER = 1;

/** The statement of these depends on the ids, so that what is below them is not always compiled. */
const BY_ID = new Set(['node', 'nodes']);

/** One operation for each few fields of each type. `roots` are the root fields that may be entered by. */
export function everyField(schema: GraphQLSchema, roots: (name: string) => boolean): string[] {
  const paths = pathsFrom(schema, roots);
  return [...paths].flatMap(([name, path]) => {
    const type = schema.getType(name) as Composite;
    // Pages, which have cursors, are asked for whole with the fields that lead to them; what an interface has is asked of the interface.
    if (isPage(type) || name.endsWith('Edge')) return [];
    const inherited = new Set(type.getInterfaces().flatMap((each) => Object.keys(each.getFields())));
    const fields = Object.values(type.getFields()).filter((field) => !inherited.has(field.name));
    const chunks = Array.from({ length: Math.ceil(fields.length / TOGETHER) }, (_, nth) =>
      fields.slice(nth * TOGETHER, (nth + 1) * TOGETHER),
    );
    return chunks.map((chunk) => `{ ${path(chunk.map((field) => shallow(field)).join(' '))} }`);
  });
}

/** The shortest way to each type, as text around a selection on it. */
export function pathsFrom(
  schema: GraphQLSchema,
  roots: (name: string) => boolean,
): Map<string, (inner: string) => string> {
  const query = schema.getQueryType();
  if (!query) throw new Error('the schema has no query type');
  const paths = new Map<string, (inner: string) => string>();
  const queue: { type: Composite; around: (inner: string) => string }[] = [];
  const meet = (type: Composite, around: (inner: string) => string): void => {
    if (paths.has(type.name)) return;
    paths.set(type.name, around);
    queue.push({ type, around });
  };
  const enter = (field: AnyField, around: (inner: string) => string): void => {
    const type = getNamedType(field.type);
    if (isObjectType(type) || isInterfaceType(type))
      meet(type, (inner) => around(`${field.name}${required(field)} { ${inner} }`));
  };
  for (const field of Object.values(query.getFields()))
    if (roots(field.name) && !BY_ID.has(field.name)) enter(field, (inner) => inner);
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { type, around } = next;
    for (const field of Object.values(type.getFields())) enter(field, around);
    if (isInterfaceType(type))
      for (const one of schema.getPossibleTypes(type)) meet(one, (inner) => around(`... on ${one.name} { ${inner} }`));
  }
  return paths;
}

/** A field with the least that must be selected below it, or with a page's edges whole. */
function shallow(field: AnyField): string {
  const type = getNamedType(field.type);
  const text = `${field.name}${required(field)}`;
  if (!(isObjectType(type) || isInterfaceType(type))) return text;
  if (isObjectType(type) && isPage(type)) {
    const edge = getNamedType(type.getFields()['edges']?.type as GraphQLOutputType) as GraphQLObjectType;
    const parts = Object.values(edge.getFields()).map((each) =>
      isLeafType(getNamedType(each.type)) ? each.name : `${each.name} { id }`,
    );
    return `${text} { edges { ${parts.join(' ')} } totalCount }`;
  }
  if ('id' in type.getFields()) return `${text} { id }`;
  const leaves = Object.values(type.getFields()).filter((each) => isLeafType(getNamedType(each.type)));
  return `${text} { ${leaves.map(({ name }) => name).join(' ') || '__typename'} }`;
}

/** Whether a type is a page of a list; what is called a connection otherwise has no cursors. */
const isPage = (type: Composite): boolean => 'pageInfo' in type.getFields();

/** The arguments without which a field may not be asked for. */
export function required(field: AnyField): string {
  const names = new Set(field.args.map(({ name }) => name));
  if (names.has('ids')) return '(ids: ["person:ana-ferro", "claim:birth"])';
  if (names.has('id')) return '(id: "person:ana-ferro")';
  if (names.has('query')) return '(query: "harbour")';
  if (names.has('prefix')) return '(prefix: "harb")';
  if (names.has('candidates')) return '(candidates: [{name: "Ana Ferro"}])';
  if (names.has('of')) return '(of: "person:ana-ferro")';
  if (names.has('on')) return '(on: "agreement:transfer")';
  if (names.has('about')) return '(about: ["person:ana-ferro", "agreement:transfer"])';
  if (names.has('maxLength')) return '(from: "person:ana-ferro", to: "agreement:transfer")';
  const open = field.args.filter((each) => isNonNullType(each.type) && each.defaultValue === undefined);
  if (open.length > 0) throw new Error(`${field.name} needs ${open.map(({ name }) => name).join(', ')}`);
  return '';
}

/** Whether a filter is one by relationships, of which there are as many again as of everything else. */
export const isRelationFilter = (type: GraphQLInputType): boolean =>
  isInputObjectType(type) && 'some' in type.getFields();

/**
 * A `where` with every field that is no filter of something else: with every operator where the sort of filter is met for
 * the first time, else with one. `met` are the sorts met so far.
 */
export function everyOperator(type: GraphQLInputType, met: Set<string>, depth = 2): unknown {
  if (isNonNullType(type)) return everyOperator(type.ofType, met, depth);
  if (isListType(type)) return [everyOperator(type.ofType, met, depth), everyOperator(type.ofType, met, depth)];
  if (isEnumType(type)) return type.getValues()[0]?.value;
  if (!isInputObjectType(type)) return SCALARS[type.name] ?? 'harbour';
  const fields = Object.values(type.getFields());
  const isLogical = 'and' in type.getFields();
  const some = isLogical
    ? fields.filter(({ name }) => !['and', 'or', 'not'].includes(name))
    : fields.filter((field, nth) => nth === 0 || !met.has(type.name) || isNonNullType(field.type));
  met.add(type.name);
  return Object.fromEntries(
    some
      .filter((field) => depth > 0 || !isInputObjectType(field.type))
      .filter((field) => !isRelationFilter(field.type))
      .map((field) => [field.name, everyOperator(field.type, met, depth - 1)]),
  );
}

const SCALARS: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1.5,
  Boolean: true,
  PartialDate: '2024-02',
  Date: '2024-02-03',
  DateTime: '2024-02-03T00:00Z',
};

/** Every order that an `orderBy` takes, one after the other. */
export function everyOrder(type: GraphQLInputType): unknown[] {
  if (isNonNullType(type) || isListType(type)) return everyOrder(type.ofType as GraphQLInputType);
  if (!isInputObjectType(type)) return ['DESC'];
  return Object.values(type.getFields()).flatMap((field) =>
    everyOrder(field.type).map((inner) => ({ [field.name]: inner })),
  );
}
