import { AnyEntity, claimFields, entityFields, relationshipFields } from '../model/common-fields.ts';
import type { End, RelationshipType } from '../model/declarations.ts';
import {
  endNamed,
  fieldsOfEntity,
  fieldsOfRelationship,
  type RelationField,
  relationFields,
  relationshipNamed,
  storedName,
} from '../model/model.ts';
import { type Argument, isGiven, items, under } from './arguments.ts';
import { at, type Emitter, type Place } from './emitter.ts';
import { claimPredicate, degree, edgePredicate, matchPredicate } from './filtering.ts';
import { identifier } from './identifier.ts';
import type { Listing } from './listing.ts';
import { arrow } from './meaning.ts';
import { emitAnyEdge, emitClaim, emitEdge, emitEntity } from './objects.ts';
import { countKey, fieldKey, idKey, type OrderKey, readOrder } from './ordering.ts';
import { inScope, type Scope } from './scope.ts';
import { waysOf } from './ways.ts';

/** The lists that hang on an entity or an edge: what each matches, and what an item of it is. */

const kept = (predicate: string | null): string[] => (predicate === null ? [] : [predicate]);

/** The order key of an entity's field or number of edges, by the type or family that the order was written for. */
export function entityKey(
  emitter: Emitter,
  end: End,
  variable: string,
  name: string,
  descending: boolean,
  scope: Scope,
): OrderKey {
  if (name === 'id') return idKey(variable, descending);
  const fields = end.is === 'entity' ? fieldsOfEntity(end) : entityFields;
  const field = fields.find((each) => each.name === name);
  if (field) return fieldKey(emitter, field, field.name, variable, descending);
  const counted = relationFields(emitter.model, end).find((each) => each.name === name);
  if (!counted) throw new Error(`no order by ${name}`);
  return countKey(variable, name, degree(emitter, counted, variable, scope), descending);
}

/** The order key of an edge's field; of any type's where `type` is null. */
function edgeKey(
  emitter: Emitter,
  type: RelationshipType | null,
  variable: string,
  name: string,
  descending: boolean,
): OrderKey {
  if (name === 'id') return idKey(variable, descending);
  const field = (type ? fieldsOfRelationship(type) : relationshipFields).find((each) => each.name === name);
  if (!field) throw new Error(`no order by ${name}`);
  return fieldKey(emitter, field, type ? storedName(type, name) : name, variable, descending);
}

/** The order key of a claim's field. */
export function claimKey(emitter: Emitter, variable: string, name: string, descending: boolean): OrderKey {
  if (name === 'id') return idKey(variable, descending);
  const field = claimFields.find((each) => each.name === name);
  if (!field) throw new Error(`no order by ${name}`);
  return fieldKey(emitter, field, name, variable, descending);
}

/** A relationship's list from one of its ends. The far label is left out: the relationship type implies it. */
export function relation(emitter: Emitter, field: RelationField, near: string, given: Argument, place: Place): Listing {
  const { relationship, side, far } = field;
  const edge = emitter.variable('r');
  const node = emitter.variable('n');
  const { base, condition } = matchPredicate(emitter, under(given, 'where'), field, { edge, node }, place.scope);
  const where = [...base, ...kept(condition)];
  const orderBy = under(given, 'orderBy');
  const tie = idKey(edge);
  const byDefault =
    relationship.orderedBy === null ? [] : [edgeKey(emitter, relationship, edge, relationship.orderedBy, false)];
  const keyOf = ([which = '', name = '']: readonly string[], descending: boolean) =>
    which === 'relationship'
      ? edgeKey(emitter, relationship, edge, name, descending)
      : entityKey(emitter, far, node, name, descending, place.scope);
  const ends = relationship.symmetric ? {} : side === 'forward' ? { from: near, to: node } : { from: node, to: near };
  const type = identifier(relationship.name);
  const match = `MATCH (${near})${arrow(relationship, side, `${edge}:${type}`)}(${node})`;
  return {
    match,
    where,
    ...(condition === null ? { ways: waysOf(field, { near, edge, node }, match, base) } : {}),
    variables: [edge, node],
    keys: isGiven(orderBy) && items(orderBy).length > 0 ? readOrder(orderBy, keyOf, tie) : [...byDefault, tie],
    count: where.length === 0 ? `COUNT { (${near})${arrow(relationship, side, `:${type}`)}() }` : null,
    node: (selected) => emitEntity(emitter, far, selected, node, at(place, selected.key)),
    part: (_, selected) => emitEdge(emitter, relationship, selected, edge, at(place, selected.key), ends),
  };
}

/** Every edge of an entity, whatever its type. */
export function relationships(emitter: Emitter, near: string, given: Argument, place: Place): Listing {
  const edge = emitter.variable('r');
  const node = emitter.variable('n');
  const wanted = under(given, 'types');
  const named = items(wanted).flatMap((item) => relationshipNamed(emitter.model, String(item.value)) ?? []);
  // An empty list names no type; a pattern must name some, and the condition below lets none of them through.
  const isNone = isGiven(wanted) && named.length === 0;
  const types = named.length > 0 ? [...new Set(named)] : emitter.model.relationships;
  const direction = under(given, 'direction').value;
  const symmetric = types.filter((type) => type.symmetric);
  const mixed = direction !== 'BOTH' && symmetric.length > 0;
  const outward = `startNode(${edge}) = ${near}`;
  const both = symmetric.map((type) => `type(${edge}) = '${type.name}'`).join(' OR ');
  const pattern = types.map((type) => identifier(type.name)).join('|');
  const where = under(given, 'where');
  const filter = edgePredicate(emitter, where, types, edge, place.scope, node);
  const orderBy = under(given, 'orderBy');
  const tie = idKey(edge);
  const [left, right] = direction === 'BOTH' || mixed ? ['-', '-'] : direction === 'OUT' ? ['-', '->'] : ['<-', '-'];
  const seen =
    symmetric.length === 0
      ? `CASE WHEN ${outward} THEN 'OUT' ELSE 'IN' END`
      : `CASE WHEN ${both} THEN 'BOTH' WHEN ${outward} THEN 'OUT' ELSE 'IN' END`;
  const bound =
    mixed || direction === 'BOTH' ? {} : direction === 'OUT' ? { from: near, to: node } : { from: node, to: near };
  return {
    match: `MATCH (${near})${left}[${edge}:${pattern}]${right}(${node})`,
    where: [
      ...(isNone ? ['false'] : []),
      ...(mixed ? [`(${direction === 'OUT' ? '' : 'NOT '}${outward} OR ${both})`] : []),
      ...inScope(emitter, place.scope, types, edge),
      ...kept(filter),
    ],
    variables: [edge, node],
    keys: isGiven(orderBy)
      ? readOrder(orderBy, ([name = ''], descending) => edgeKey(emitter, null, edge, name, descending), tie)
      : [tie],
    count: null,
    node: (selected) => emitAnyEdge(emitter, types, selected, edge, at(place, selected.key), bound),
    part: (part, selected) =>
      part === 'direction'
        ? { text: seen, decode: (raw) => raw }
        : emitEntity(emitter, AnyEntity, selected, node, at(place, selected.key)),
  };
}

/** A list of claims, bound to a variable by a clause. */
export function claims(
  emitter: Emitter,
  match: string,
  variable: string,
  given: Argument,
  place: Place,
  among: readonly string[] = [],
): Listing {
  const orderBy = under(given, 'orderBy');
  const tie = idKey(variable);
  return {
    match,
    where: [...among, ...kept(nothing(claimPredicate(emitter, under(given, 'where'), variable, place.scope)))],
    variables: [variable],
    keys: isGiven(orderBy)
      ? readOrder(orderBy, ([name = ''], descending) => claimKey(emitter, variable, name, descending), tie)
      : [tie],
    count: null,
    node: (selected) => emitClaim(emitter, selected, variable, at(place, selected.key)),
    part: () => {
      throw new Error('an edge to a claim has a cursor and a node');
    },
  };
}

const nothing = (predicate: string): string | null => (predicate === 'true' ? null : predicate);

/** Claims that assert an edge: their ids stand on it. */
export function claimsOfEdge(emitter: Emitter, edge: string, given: Argument, place: Place): Listing {
  const claim = emitter.variable('c');
  return claims(emitter, `MATCH (${claim}:Claim)`, claim, given, place, [`${claim}.id IN ${edge}.claims`]);
}

/** How claims about an entity are found, by the role in which it stands in them. */
function claimsAbout(emitter: Emitter, role: unknown, near: string, claim: string): string {
  const edge = emitter.variable('e');
  const id = emitter.variable('i');
  const through = `MATCH (${near})-[${edge}]-() WHERE ${edge}.claims IS NOT NULL UNWIND ${edge}.claims AS ${id} WITH DISTINCT ${id} MATCH (${claim}:Claim {id: ${id}})`;
  if (role === 'SUBJECT' || role === 'OBJECT') return `MATCH (${claim}:Claim)-[:${role}]->(${near})`;
  if (role === 'EDGE') return `${through} WITH ${claim}`;
  return `CALL (${near}) { MATCH (${claim}:Claim)-[:SUBJECT|OBJECT]->(${near}) RETURN ${claim} UNION ${through} RETURN ${claim} }`;
}

/** Claims about an entity. */
export function claimsOfEntity(emitter: Emitter, near: string, given: Argument, place: Place): Listing {
  const claim = emitter.variable('c');
  const role = under(given, 'as').value;
  const match = claimsAbout(emitter, role, near, claim);
  return claims(
    emitter,
    role === 'SUBJECT' || role === 'OBJECT' ? match : `${match} WITH ${claim}`,
    claim,
    given,
    place,
  );
}

/** Claims that an actor made. */
export function statements(emitter: Emitter, near: string, given: Argument, place: Place): Listing {
  const claim = emitter.variable('c');
  return claims(emitter, `MATCH (${claim}:Claim)-[:SPEAKER]->(${near})`, claim, given, place);
}

/** The sources of what is said of an entity or an edge, each once; an edge that starts at a source is evidence of itself. */
export function sourcesOf(emitter: Emitter, of: 'entity' | 'relationship', near: string, place: Place): Listing {
  const claim = emitter.variable('c');
  const source = emitter.variable('n');
  const standing = `${claim}.retractedAt IS NULL AND ${claim}.rank <> 'DEPRECATED'`;
  const stated = `MATCH (${claim})-[:STATED_IN]->(${source}:Source)`;
  const match =
    of === 'entity'
      ? `${claimsAbout(emitter, 'ANY', near, claim)} WITH ${claim} WHERE ${standing} ${stated} WITH DISTINCT ${source}`
      : `CALL (${near}) { MATCH (${claim}:Claim) WHERE ${claim}.id IN ${near}.claims AND ${standing} ${stated} RETURN ${source} UNION WITH startNode(${near}) AS ${source} WHERE ${source}:Source RETURN ${source} } WITH ${source}`;
  return {
    match,
    where: [],
    variables: [source],
    keys: [idKey(source)],
    count: null,
    node: (selected) =>
      emitEntity(emitter, endNamed(emitter.model, 'Source') ?? AnyEntity, selected, source, at(place, selected.key)),
    part: () => {
      throw new Error('an edge to a source has a cursor and a node');
    },
  };
}
