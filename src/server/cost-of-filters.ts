import { type GraphQLInputObjectType, type GraphQLInputType, getNamedType, isInputObjectType } from 'graphql';

/** What filters and orders cost that follow relationships: the database must follow them for every row it considers. */

/** Relationships that an entity is taken to have of one name, and claims that a relationship is taken to have. */
export const USUAL = 5;

/** Keys of filters whose value is asked of something else than the row itself. */
const LEADS_AWAY = new Set(['some', 'none', 'every', 'count', 'hasClaim', 'subject', 'object', 'speaker', 'source']);

/**
 * How much one row costs to be considered: 5 for each relationship that is followed from it, 25 for each that is followed
 * from there, and so on. Nothing where a filter looks only at what the row itself holds.
 * @param value as it was sent; whatever of it does not fit the type costs nothing, and is refused later
 */
export function costOfFilter(type: GraphQLInputType, value: unknown): number {
  const named = getNamedType(type);
  return isInputObjectType(named) ? costOfObject(named, value, 1) : 0;
}

function costOfObject(type: GraphQLInputObjectType, value: unknown, followed: number): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + costOfObject(type, each, followed), 0);
  if (typeof value !== 'object' || value === null) return 0;
  if (type.name === 'CountOrder') return followed * USUAL;
  const fields = type.getFields();
  let cost = 0;
  for (const [key, inner] of Object.entries(value)) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    const named = field && getNamedType(field.type);
    if (key === 'contradicted') cost += inner === undefined ? 0 : followed * USUAL;
    if (!isInputObjectType(named)) continue;
    const away = LEADS_AWAY.has(key) && isAboutObjects(named) && typeof inner === 'object' && inner !== null;
    const further = away ? followed * USUAL : followed;
    cost += (away ? further : 0) + costOfObject(named, inner, further);
  }
  return cost;
}

/** Filters on entities, relationships and claims, apart from those on values. */
const isAboutObjects = (type: GraphQLInputObjectType): boolean =>
  Object.hasOwn(type.getFields(), 'and') || type.name.endsWith('Count');
