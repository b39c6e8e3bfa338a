import { badInput, ConcordatError } from '../errors.ts';
import type { End } from '../model/declarations.ts';
import { nameKey } from '../model/folding.ts';
import { endNamed, enumName, type Model, plainNameOf, typeOfId } from '../model/model.ts';
import { type Argument, isGiven, placeOf, under } from './arguments.ts';
import { connect } from './connections.ts';
import { at, type Emitted, type Emitter, type Env, type Place } from './emitter.ts';
import { entityPredicate } from './filtering.ts';
import { argumentsFor } from './given.ts';
import { identifier } from './identifier.ts';
import type { Listing } from './listing.ts';
import { claims, entityKey } from './listings.ts';
import { emitClaim, emitEdge, emitEntity, emitRevision } from './objects.ts';
import { idKey, type OrderKey, readOrder } from './ordering.ts';
import type { Page } from './paging.ts';
import { eachOrSurvivor, orSurvivor } from './retired.ts';
import { rootWays } from './root-ways.ts';
import { EVERYTHING, scopeWithin } from './scope.ts';
import type { Selected } from './selection.ts';
import { claimStart, fromStart, startOf } from './starts.ts';
import { asList, asText } from './values.ts';

/** Root fields: each becomes one statement, whose rows are positional lists. */

/** A root's statement and how its rows become the answer. */
export interface Root {
  readonly text: string;
  decode(rows: readonly unknown[][], env: Env): unknown;
}

/** Where a root field stands, in the scope that its arguments name for everything below it. */
export function rootPlace(emitter: Emitter, selected: Selected): Place {
  const path = [selected.key];
  return { path, scope: scopeWithin(argumentsFor(emitter, selected, { path }), EVERYTHING) };
}

/** `person(id, name)` and its like. */
export function lookup(emitter: Emitter, selected: Selected, end: End): Root {
  const place = rootPlace(emitter, selected);
  const given = argumentsFor(emitter, selected, place);
  const [id, name] = [under(given, 'id'), under(given, 'name')];
  if (isGiven(id) === isGiven(name))
    throw badInput(
      `${selected.field?.name} takes exactly one of id and name; ${isGiven(id) ? 'both are' : 'neither is'} given.`,
      {
        path: place.path,
        suggestion: 'Give id for a known entity, or name to find it.',
      },
    );
  const node = emitter.variable('n');
  const inner = emitEntity(emitter, end, selected, node, place);
  if (isGiven(id)) {
    const match = (one: string) => `MATCH (${node}:${identifier(end.name)} {id: ${one}})`;
    return oneById(emitter, id, { match, variables: [node], inner });
  }
  return byName(emitter, name, end, node, inner);
}

/** How many of several things of one name an error lists. */
const CANDIDATES = 10;

/** Dates that tell two things of one name apart. */
const TELLING = ['birthDate', 'foundedOn', 'signedOn', 'adoptedOn', 'inForceFrom', 'start', 'publishedAt', 'openedOn'];

/** Canonical names first, then aliases; both folded. Rows carry what an error would list. */
function byName(emitter: Emitter, name: Argument, end: End, node: string, inner: Emitted): Root {
  const label = identifier(end.name);
  const key = emitter.param(name, (argument) => nameKey(String(argument.value)));
  const alias = emitter.param(name, (argument) => `"${nameKey(String(argument.value)).replace(/[\\"]/g, '\\$&')}"`);
  const given = emitter.slot(name, asText);
  const telling = TELLING.map((field) => `${node}.${field}`).join(', ');
  const text = [
    `WITH COLLECT { MATCH (c:Entity {nameKey: ${key}}) WHERE c:${label} RETURN c ORDER BY c.id LIMIT ${CANDIDATES} } AS named${emitter.carried}`,
    `CALL (named) { UNWIND named AS ${node} RETURN ${node} UNION WITH named WHERE size(named) = 0 CALL db.index.fulltext.queryNodes('entity_alias', ${alias}) YIELD node AS ${node} WHERE ${node}:${label} AND ${key} IN ${node}.aliasKeys RETURN ${node} ORDER BY ${node}.id LIMIT ${CANDIDATES} }`,
    `RETURN ${inner.text}, [${node}.id, ${node}.name, labels(${node}), coalesce(${telling})]`,
  ].join(' ');
  return {
    text: withPrelude(emitter, text),
    decode(rows, env) {
      if (rows.length > 1) throw ambiguous(emitter.model, placeOf(name), String(env.values[given]), end, rows);
      return inner.decode(rows[0]?.[0], env);
    },
  };
}

function ambiguous(
  model: Model,
  path: readonly (string | number)[],
  value: string,
  end: End,
  rows: readonly unknown[][],
): ConcordatError {
  const candidates = rows.map(([, facts]) => {
    const [id, called, labels, date] = facts as [string, string, string[], string | null];
    const type = labels.map((label) => endNamed(model, label)).find((one) => one?.is === 'entity');
    return { id, name: called, type: type?.is === 'entity' ? enumName(type) : null, date };
  });
  const list = candidates.map((one) => `${one.id} (${one.name}${one.date ? `, ${one.date}` : ''})`).join('; ');
  return new ConcordatError(
    'AMBIGUOUS_NAME',
    `${candidates.length === CANDIDATES ? 'At least ' : ''}${candidates.length} ${plainNameOf(end)} go by the name "${value}": ${list}.`,
    {
      path,
      value,
      candidates,
      suggestion: `Ask by id, such as id: "${candidates[0]?.id}".`,
    },
  );
}

/** `people(where, orderBy, first …)` and its like, families and claims included. */
export const all = (emitter: Emitter, selected: Selected, of: End | 'Claim'): Root =>
  connectionRoot(emitter, selected, (page, given, within) =>
    of === 'Claim'
      ? allClaims(emitter, given, within, page.cursor === null)
      : entities(emitter, of, given, within, page.cursor === null),
  );

/** A root field that is a connection: a row for what is asked of the whole list, and a row an item. */
export function connectionRoot(
  emitter: Emitter,
  selected: Selected,
  list: (page: Page, given: Argument, within: Place) => Listing,
): Root {
  const place = { path: [selected.key], scope: EVERYTHING };
  const connection = connect(emitter, selected, place, list, () => emitter.prelude.map(({ variable }) => variable));
  const before = emitter.prelude.map(({ clause }) => `${clause} `).join('');
  const header = `${before}RETURN [${connection.header.join(', ')}] AS head, null AS row`;
  const rows =
    connection.item === null ? null : `${before}${connection.page} RETURN null AS head, ${connection.item} AS row`;
  const parts = [...(connection.header.length > 0 ? [header] : []), ...(rows ? [rows] : [])];
  return {
    text: parts.length > 0 ? parts.join(' UNION ALL ') : 'RETURN null AS head, null AS row',
    decode(found, env) {
      const head = found.find((row) => row[0] !== null)?.[0] as unknown[] | undefined;
      const items = found.filter((row) => row[1] !== null).map((row) => row[1]);
      return connection.decode(items, head ?? [], env);
    },
  };
}

function allClaims(emitter: Emitter, given: Argument, place: Place, isFirst: boolean): Listing {
  const start = claimStart(emitter, under(given, 'where'), 'c');
  if (start) return claims(emitter, fromStart(start, 'c'), 'c', given, place, ['c:Claim']);
  const listing = claims(emitter, 'MATCH (c:Claim)', 'c', given, place);
  return { ...listing, where: [...listing.where, ...(isFirst ? present(listing.keys) : [])] };
}

/** An index gives its order only where the property is known to be there: a cursor's comparison says so, else this does. */
const present = ([first]: readonly OrderKey[]): string[] =>
  first?.indexed && !first.nullable && first.as === 'plain' ? [`${first.text} IS NOT NULL`] : [];

function entities(emitter: Emitter, end: End, given: Argument, place: Place, isFirst: boolean): Listing {
  const node = emitter.variable('n');
  const orderBy = under(given, 'orderBy');
  const tie = idKey(node);
  const keys = isGiven(orderBy)
    ? readOrder(orderBy, ([name = ''], descending) => entityKey(emitter, end, node, name, descending, place.scope), tie)
    : [tie];
  const predicate = entityPredicate(emitter, under(given, 'where'), end, node, place.scope);
  const entered = isFirst ? present(keys) : [];
  const label = identifier(end.name);
  const start = startOf(emitter, under(given, 'where'), end, node);
  const conditions = predicate === null ? [] : [predicate];
  return {
    match: start ? fromStart(start, node) : `MATCH (${node}:${label})`,
    where: start ? [`${node}:${label}`, ...conditions] : [...conditions, ...entered],
    ways: rootWays(emitter, { node, label, conditions, start }),
    variables: [node],
    keys,
    count: predicate === null ? `COUNT { (:${label}) }` : null,
    node: (selected) => emitEntity(emitter, end, selected, node, at(place, selected.key)),
    part: () => {
      throw new Error('an edge of a root connection has a cursor and a node');
    },
  };
}

/** `claim(id)`. */
export function claimLookup(emitter: Emitter, selected: Selected): Root {
  const inner = emitClaim(emitter, selected, 'c', rootPlace(emitter, selected));
  const id = under(argumentsFor(emitter, selected, { path: [selected.key] }), 'id');
  return oneById(emitter, id, { match: (one) => `MATCH (c:Claim {id: ${one}})`, variables: ['c'], inner });
}

/** How something is matched by id, and how what is found is read. */
export interface ById {
  match(id: string): string;
  /** The variables that it binds. */
  readonly variables: readonly string[];
  readonly inner: Emitted;
}

/** What an id leads to; null where that is nothing. */
function oneById(emitter: Emitter, id: Argument, { match, variables, inner }: ById): Root {
  const given = emitter.prelude.map(({ variable }) => variable);
  const found = orSurvivor(match, emitter.param(id, asText), variables, given);
  return {
    text: withPrelude(emitter, `${found} RETURN ${inner.text}`),
    decode: (rows, env) => inner.decode(rows[0]?.[0], env),
  };
}

/** What an id leads to, by its prefix: the label or relationship type that the statement must spell out. */
export function kindOfId(model: Model, id: unknown): string {
  const text = String(id);
  if (text.startsWith('claim:')) return 'Claim';
  if (text.startsWith('revision:')) return 'Revision';
  return typeOfId(model, text)?.name ?? '';
}

/** `node(id)`: the statement depends on what the id's prefix says. */
export function node(emitter: Emitter, selected: Selected): Root {
  const id = under(argumentsFor(emitter, selected, { path: [selected.key] }), 'id');
  const kind = emitter.guard(id, (argument) => kindOfId(emitter.model, argument.value));
  const found = kindRoot(emitter, selected, kind);
  return found ? oneById(emitter, id, found) : { text: 'RETURN null', decode: () => null };
}

/** `nodes(ids)`: in the ids' order, null where there is nothing; one branch of the statement a kind among them. */
export function nodes(emitter: Emitter, selected: Selected): Root {
  const ids = under(argumentsFor(emitter, selected, { path: [selected.key] }), 'ids');
  const kinds = emitter.guard(ids, (argument) =>
    [...new Set((argument.value as unknown[]).map((id) => kindOfId(emitter.model, id)))].sort().join(' '),
  );
  const slot = emitter.slot(ids, (argument) => asList(argument));
  const branches = kinds.split(' ').flatMap((kind) => {
    const asked = emitter.prelude.length;
    const found = kindRoot(emitter, selected, kind);
    if (!found) return [];
    const before = emitter.prelude.slice(asked).map(({ clause }) => `${clause} `);
    const given = emitter.param(ids, (argument) =>
      (asList(argument) as unknown[]).filter((id) => kindOfId(emitter.model, id) === kind),
    );
    return [
      {
        kind,
        inner: found.inner,
        text: `${before.join('')}UNWIND ${given} AS id ${eachOrSurvivor(found.match, 'id')} RETURN '${kind}' AS kind, id AS id, ${found.inner.text} AS row`,
      },
    ];
  });
  return {
    text:
      branches.length > 0
        ? branches.map(({ text }) => text).join(' UNION ALL ')
        : 'RETURN null AS kind, null AS id, null AS row',
    decode(rows, env) {
      const byId = new Map(
        rows.map(([kind, id, row]) => [
          id,
          branches.find((branch) => branch.kind === kind)?.inner.decode(row, env) ?? null,
        ]),
      );
      return (env.values[slot] as unknown[]).map((id) => byId.get(id) ?? null);
    },
  };
}

/** How a kind of thing is had by id. */
export function kindRoot(
  emitter: Emitter,
  selected: Selected,
  kind: string,
  place: Place = rootPlace(emitter, selected),
): ById | null {
  const node = (prefix: string, label: string, emit: (variable: string) => Emitted): ById => {
    const variable = emitter.variable(prefix);
    return {
      match: (id) => `MATCH (${variable}:${identifier(label)} {id: ${id}})`,
      variables: [variable],
      inner: emit(variable),
    };
  };
  if (kind === 'Claim') return node('c', kind, (claim) => emitClaim(emitter, selected, claim, place));
  if (kind === 'Revision') return node('v', kind, (revision) => emitRevision(emitter, selected, revision, place));
  const end = endNamed(emitter.model, kind);
  if (end) return node('n', end.name, (entity) => emitEntity(emitter, end, selected, entity, place));
  const relationship = emitter.model.relationships.find((type) => type.name === kind);
  if (!relationship) return null;
  const [edge, from, to] = ['r', 'n', 'n'].map((prefix) => emitter.variable(prefix)) as [string, string, string];
  return {
    match: (id) => `MATCH (${from})-[${edge}:${identifier(relationship.name)} {id: ${id}}]->(${to})`,
    variables: [edge, from, to],
    inner: emitEdge(emitter, relationship, selected, edge, place, { from, to }),
  };
}

/** Clauses that parts of the statement asked for, before everything else. */
export const withPrelude = (emitter: Emitter, text: string): string =>
  [...emitter.prelude.map(({ clause }) => clause), text].join(' ');
