import { type GraphQLObjectType, type GraphQLOutputType, getNamedType } from 'graphql';
import { type Argument, argumentsOf } from './arguments.ts';
import { where } from './clauses.ts';
import { type Decode, type Decoded, type Emitted, type Emitter, type Place, TYPE } from './emitter.ts';
import type { Listing } from './listing.ts';
import { meaningOf } from './meaning.ts';
import { afterCursor, cursorExpression, encodeCursor, orderText } from './ordering.ts';
import { type Page, pageOf } from './paging.ts';
import { scopeWithin } from './scope.ts';
import { below, type Selected, selectedFields } from './selection.ts';

/** Lists as connections: what a page selects, in which order, with which cursors. */

/** One answer key of a connection, read off the decoded page. */
interface Reader {
  readonly key: string;
  read(page: PageRead): unknown;
}

/** A page as it was read: items in the answer's order. */
interface PageRead {
  readonly items: readonly unknown[][];
  readonly header: readonly unknown[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  readonly env: Parameters<Decode>[1];
}

/** A connection taken apart: what its statement must return, and how to put the answer together. */
export interface Connection {
  /** An item's expression; null where no item is needed. */
  readonly item: string | null;
  /** From MATCH on, to the LIMIT: the page's items, in the page's order, bound to variables. */
  readonly page: string;
  /** What is asked of the list as a whole, each once; empty where nothing is. */
  readonly header: readonly string[];
  decode(items: readonly unknown[], header: readonly unknown[], env: Parameters<Decode>[1]): unknown;
}

/** The type of objects that a field answers, where it is one concrete type. */
export const objectTypeOf = (selected: Selected): GraphQLObjectType =>
  getNamedType(selected.field?.type as GraphQLOutputType) as GraphQLObjectType;

/**
 * Takes a connection field apart.
 * @param carried variables that every WITH must carry, asked once all else is emitted
 */
export function connect(
  emitter: Emitter,
  selected: Selected,
  place: Place,
  list: (page: Page, given: Argument, within: Place) => Listing,
  carried: () => readonly string[] = () => [],
): Connection {
  const [node] = selected.nodes;
  if (!selected.field || !node) throw new Error('a connection is a field');
  const given = argumentsOf({ field: selected.field, node, path: place.path }, emitter.around.variables);
  const page = pageOf(emitter, given);
  const listing = list(page, given, { ...place, scope: scopeWithin(given, place.scope) });
  const type = objectTypeOf(selected);
  // What is worked out for the order is so once a row, and then has a name.
  const keys = listing.keys.map((key) => (key.computed ? { ...key, text: emitter.variable('k') } : key));
  const emissions: string[] = [];
  const emit = (emitted: Emitted): Decode => {
    const nth = emissions.push(emitted.text) - 1;
    return (raw, env) => emitted.decode((raw as unknown[])[nth], env);
  };
  const header: string[] = [];
  const needs: Needs = { rows: false, oneMore: false, before: false, cursor: false, header };
  const readers = selectedFields(type, below(selected.nodes), emitter.around).map((each) =>
    readerOf(emitter, each, type.name, listing, emit, needs),
  );
  const cursorAt = emissions.length;
  if (needs.cursor || listing.trim) for (const key of keys) emissions.push(cursorExpression(key));
  const cursorOf = (item: unknown[]): string => encodeCursor(keys, item.slice(cursorAt, cursorAt + keys.length));
  const beyond = page.cursor ? afterCursor(emitter, keys, page.cursor, page.backward) : null;
  const variables = [...listing.variables, ...carried()];
  const hidden = listing.keys.flatMap((key, nth) => (key.computed ? [`${key.text} AS ${keys[nth]?.text}`] : []));
  const body = (condition: string | null): string => {
    const found = `${listing.match}${where([...listing.where, ...(hidden.length === 0 && condition ? [condition] : [])])}`;
    if (hidden.length === 0) return found;
    return `${found} WITH ${[...variables, ...hidden].join(', ')}${where(condition ? [condition] : [])}`;
  };
  const seen = beyond
    ? (listing.seen?.(beyond) ?? `EXISTS { ${body(beyond.until)}${hidden.length > 0 ? ' RETURN 1' : ''} }`)
    : 'false';
  const checkAt = listing.check ? header.push(listing.check.text) - 1 : null;
  const order = orderText(keys, page.backward);
  const limit = needs.rows ? page.limit(emitter, needs.oneMore) : '';
  const ways =
    hidden.length === 0 && needs.rows
      ? listing.ways?.({ keys, order, limit, isBackward: page.backward, beyond })
      : null;
  const found = ways
    ? `${ways.before ?? ''}CALL (${ways.given}) { ${ways.queries.join(' UNION ALL ')} }`
    : body(beyond?.whole ?? null);
  const all = [...variables, ...keys.filter((key) => key.computed).map((key) => key.text)];
  return {
    item: needs.rows ? `[${emissions.join(', ')}]` : null,
    page: `${found} WITH ${all.join(', ')} ORDER BY ${order} LIMIT ${limit}`,
    header: needs.before ? [...header, seen] : header,
    decode(found, asked, env) {
      if (checkAt !== null) listing.check?.decode(asked[checkAt], env);
      const keysOf = (item: unknown) => (item as unknown[]).slice(cursorAt, cursorAt + keys.length);
      const rows = listing.trim ? found.slice(0, listing.trim(found.map(keysOf), env)) : found;
      const before = needs.before && asked[header.length] === true;
      const size = env.values[page.size] as number;
      const more = rows.length > size;
      const kept = (more ? rows.slice(0, size) : rows) as unknown[][];
      const items = page.backward ? [...kept].reverse() : kept;
      const read: PageRead = {
        items,
        header: asked,
        hasNext: page.backward ? before : more,
        hasPrevious: page.backward ? more : before,
        env: needs.cursor ? withCursor(env, cursorOf) : env,
      };
      const answer: Decoded = { [TYPE]: type.name };
      for (const reader of readers) answer[reader.key] = reader.read(read);
      return answer;
    },
  };
}

type WithCursor = Parameters<Decode>[1] & { readonly cursorOf: (item: unknown[]) => string };
const withCursor = (env: Parameters<Decode>[1], cursorOf: (item: unknown[]) => string): WithCursor => ({
  ...env,
  cursorOf,
});

/** What the page must bring so that all that is asked can be read off it; filled in as it is found out. */
interface Needs {
  rows: boolean;
  oneMore: boolean;
  before: boolean;
  cursor: boolean;
  readonly header: string[];
}

function readerOf(
  emitter: Emitter,
  each: Selected,
  type: string,
  listing: Listing,
  emit: (emitted: Emitted) => Decode,
  needs: Needs,
): Reader {
  const { key } = each;
  const meaning = each.field ? meaningOf(each.field) : undefined;
  const part = meaning?.is === 'part' ? meaning.part : null;
  if (part === 'totalCount') {
    if (listing.counted) return readWhole(key, listing.counted, needs);
    const nth = needs.header.push(listing.count ?? `COUNT { ${listing.match}${where(listing.where)} }`) - 1;
    return { key, read: (page) => Number(page.header[nth]) };
  }
  if (part === 'nodes') {
    needs.rows = true;
    const decode = emit(listing.node(each));
    return { key, read: (page) => page.items.map((item) => decode(item, page.env)) };
  }
  if (part === 'edges') {
    needs.rows = true;
    const decode = edgeDecoder(emitter, each, listing, emit, needs);
    return { key, read: (page) => page.items.map((item) => decode(item, page.env)) };
  }
  if (part === 'pageInfo') return pageInfoReader(emitter, each, needs);
  if (part && listing.whole) return readWhole(key, listing.whole(part, each), needs);
  return { key, read: () => type };
}

/** What is asked of the list as a whole; parts that are read off the same expression ask for it once. */
function readWhole(key: string, whole: Emitted, needs: Needs): Reader {
  const known = needs.header.indexOf(whole.text);
  const nth = known >= 0 ? known : needs.header.push(whole.text) - 1;
  return { key, read: (page) => whole.decode(page.header[nth], page.env) };
}

function edgeDecoder(
  emitter: Emitter,
  selected: Selected,
  listing: Listing,
  emit: (emitted: Emitted) => Decode,
  needs: Needs,
): Decode {
  const type = objectTypeOf(selected);
  const entries = selectedFields(type, below(selected.nodes), emitter.around).map(
    (each): { key: string; decode: Decode } => {
      const meaning = each.field ? meaningOf(each.field) : undefined;
      if (meaning?.is !== 'part') return { key: each.key, decode: () => type.name };
      if (meaning.part === 'cursor') {
        needs.cursor = true;
        return { key: each.key, decode: (item, env) => (env as WithCursor).cursorOf(item as unknown[]) };
      }
      return {
        key: each.key,
        decode: emit(meaning.part === 'node' ? listing.node(each) : listing.part(meaning.part, each)),
      };
    },
  );
  return (item, env) => {
    const edge: Decoded = { [TYPE]: type.name };
    for (const entry of entries) edge[entry.key] = entry.decode(item, env);
    return edge;
  };
}

function pageInfoReader(emitter: Emitter, selected: Selected, needs: Needs): Reader {
  const type = objectTypeOf(selected);
  const entries = selectedFields(type, below(selected.nodes), emitter.around).map((each): Reader => {
    const meaning = each.field ? meaningOf(each.field) : undefined;
    const part = meaning?.is === 'part' ? meaning.part : null;
    const cursor = (at: 0 | -1): Reader => {
      needs.rows = true;
      needs.cursor = true;
      return {
        key: each.key,
        read: (page) => {
          const item = page.items.at(at);
          return item ? (page.env as WithCursor).cursorOf(item) : null;
        },
      };
    };
    switch (part) {
      case 'hasNextPage':
        needs.rows = needs.oneMore = needs.before = true;
        return { key: each.key, read: (page) => page.hasNext };
      case 'hasPreviousPage':
        needs.rows = needs.oneMore = needs.before = true;
        return { key: each.key, read: (page) => page.hasPrevious };
      case 'startCursor':
        return cursor(0);
      case 'endCursor':
        return cursor(-1);
      default:
        return { key: each.key, read: () => type.name };
    }
  });
  return {
    key: selected.key,
    read: (page) => {
      const info: Decoded = { [TYPE]: type.name };
      for (const entry of entries) info[entry.key] = entry.read(page);
      return info;
    },
  };
}

/** A connection inside another object: one expression. */
export function emitNested(
  emitter: Emitter,
  selected: Selected,
  place: Place,
  list: (page: Page, given: Argument, within: Place) => Listing,
): Emitted {
  const connection = connect(emitter, selected, place, list);
  const rows = connection.item === null ? '[]' : `COLLECT { ${connection.page} RETURN ${connection.item} }`;
  if (connection.header.length === 0)
    return { text: rows, decode: (raw, env) => connection.decode(raw as unknown[], [], env) };
  return {
    text: `[${[rows, ...connection.header].join(', ')}]`,
    decode: (raw, env) => {
      const [items, ...header] = raw as [unknown[], ...unknown[]];
      return connection.decode(items, header, env);
    },
  };
}
