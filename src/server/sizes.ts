import { type ASTNode, type GraphQLError, Kind } from 'graphql';
import { beyondLimit, type Place } from './beyond-limit.ts';

/**
 * How long a text, and a list, among the arguments of a query may be. Nothing that can be found is as long; whatever
 * reads them further on, down to the database, need not expect more. What is written may be longer: the body ends it.
 */

export interface Sizes {
  /** Characters of one text. */
  readonly text: number;
  /** Values of one list, or keys of one object. */
  readonly list: number;
  /** Characters of one name: of a field, an alias, a type, an enum's value, a key of an object. */
  readonly name: number;
}

type Path = readonly (string | number)[];

/** The refusal of a name, or of a literal that is read by, where it is too large; null where it is not. */
export function nodeBeyond(node: ASTNode, sizes: Sizes, reads: boolean): GraphQLError | null {
  const place = { nodes: [node] };
  if (node.kind === Kind.NAME || node.kind === Kind.ENUM || node.kind === Kind.INT || node.kind === Kind.FLOAT)
    return node.value.length > sizes.name ? tooLongName(node.value.length, sizes, place) : null;
  if (!reads) return null;
  if (node.kind === Kind.STRING && node.value.length > sizes.text) return tooLong(node.value.length, sizes, place);
  if (node.kind === Kind.LIST && node.values.length > sizes.list) return tooMany(node.values.length, sizes, place);
  return null;
}

/** The refusal of variables that hold something too large; they nest no deeper than has been looked at before. */
export function variablesBeyond(variables: Readonly<Record<string, unknown>>, sizes: Sizes): GraphQLError | null {
  const walk = (value: unknown, path: Path): GraphQLError | null => {
    if (typeof value === 'string' && value.length > sizes.text) return tooLong(value.length, sizes, { path });
    if (typeof value !== 'object' || value === null) return null;
    const length = Array.isArray(value) ? value.length : Object.keys(value).length;
    if (length > sizes.list) return tooMany(length, sizes, { path });
    for (const [key, inner] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
      if (typeof key === 'string' && key.length > sizes.name) return tooLongName(key.length, sizes, { path });
      const found = walk(inner, [...path, key]);
      if (found) return found;
    }
    return null;
  };
  return walk(variables, ['variables']);
}

const tooLong = (found: number, { text }: Sizes, place: Place): GraphQLError =>
  beyondLimit(
    `A text among the arguments has ${found} characters; at most ${text} are allowed.`,
    'Name the words that tell most.',
    found,
    place,
  );

const tooMany = (found: number, { list }: Sizes, place: Place): GraphQLError =>
  beyondLimit(
    `A list or object among the arguments has ${found} values; at most ${list} are allowed.`,
    'Ask in several queries, or filter by what the values have in common.',
    found,
    place,
  );

const tooLongName = (found: number, { name }: Sizes, place: Place): GraphQLError =>
  beyondLimit(
    `A name in the request has ${found} characters; at most ${name} are allowed.`,
    'Use shorter names; those of the schema are listed in /schema.graphql.',
    found,
    place,
  );
