import { CLAIM_TIES, claimFields, entityFields } from '../../../src/model/common-fields.ts';
import type { End, EntityType, RelationshipType } from '../../../src/model/declarations.ts';
import type { Field } from '../../../src/model/kinds.ts';
import type { Model } from '../../../src/model/model.ts';
import { byCodePoint, folded } from './comparing.ts';
import { fieldsNamed, shownValue, statusOf } from './fields.ts';
import { byId, edgeField, filters, type Given } from './filters.ts';
import { type Item, type Key, orders } from './orders.ts';
import { type PageArguments, pageOf } from './pages.ts';
import type { PlainClaim, PlainEdge, PlainEntity, PlainGraph } from './plain-graph.ts';
import { stateOf } from './temporal.ts';

type Args = Readonly<Record<string, unknown>>;
type Plain = PlainEntity | PlainEdge | PlainClaim;

/** An error that a client reads, as far as the oracle tells them apart. */
export class OracleError extends Error {}

const upperSnake = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
const pascal = (name: string): string =>
  name
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Whether an entity type is the end, or in the family, or in a family within it. */
const isOf = (type: EntityType, end: End): boolean =>
  end.is === 'entity'
    ? type === end
    : end.name === 'Entity' || type.families.some((family) => family === end || family.within.includes(end));

/** What each field of each type means, over plain objects. */
export function resolvers(model: Model, graph: PlainGraph, today: string) {
  const where = filters(model);
  const order = orders(model);
  const typeNamed = (name: string): EntityType => {
    const found = model.entities.find((each) => each.name === name);
    if (!found) throw new Error(`no type ${name}`);
    return found;
  };
  const relationshipNamed = (name: string): RelationshipType => {
    const found = model.relationships.find((each) => each.name === name);
    if (!found) throw new Error(`no relationship ${name}`);
    return found;
  };
  const entityById = (id: unknown): PlainEntity | null =>
    (typeof id === 'string' ? graph.entities.get(id) : undefined) ?? null;
  const entitiesOf = (end: End): PlainEntity[] =>
    [...graph.entities.values()].filter((each) => isOf(typeNamed(each.type), end));

  const property = (field: Field, stored: string, plain: Plain): unknown => {
    const value = shownValue(field, stored, plain.properties);
    return field.kind === 'reference' ? entityById(value) : value;
  };

  const directionOf = (edge: PlainEdge, from: PlainEntity): string =>
    relationshipNamed(edge.type).symmetric ? 'BOTH' : edge.from === from ? 'OUT' : 'IN';
  const otherOf = (edge: PlainEdge, entity: PlainEntity): PlainEntity => (edge.from === entity ? edge.to : edge.from);

  /** The relationship that a type has under a field's name, and from which of its ends. */
  const relationUnder = (type: EntityType, name: string) => {
    for (const relationship of model.relationships)
      for (const side of ['forward', 'reverse'] as const)
        if (
          relationship.names[side] === name &&
          relationship.pairs.some((pair) => pair[side === 'forward' ? 'from' : 'to'].some((end) => isOf(type, end)))
        )
          return { relationship, side };
    return null;
  };

  const relation = (entity: PlainEntity, relationship: RelationshipType, side: 'forward' | 'reverse', args: Args) => {
    const items = entity.edges
      .filter(
        (edge) =>
          edge.type === relationship.name &&
          (relationship.symmetric || (side === 'forward' ? edge.from : edge.to) === entity),
      )
      .map((edge) => ({ edge, node: otherOf(edge, entity) }))
      .filter((item) => where.match(item.edge, item.node, args['where'] as Given));
    const byDefault: Key[] =
      relationship.orderedBy === null
        ? []
        : [{ at: (item) => item.edge?.properties[relationship.orderedBy ?? ''] ?? null, descending: false }];
    return pageOf(items, order(args['orderBy'] as Given[], byDefault), args, (item) => ({ relationship: item.edge }));
  };

  const relationships = (entity: PlainEntity, args: Args) => {
    const types = args['types'] as string[] | null | undefined;
    const direction = args['direction'];
    const items = entity.edges
      .filter((edge) => !types || types.includes(edge.type))
      .filter((edge) => direction === 'BOTH' || ['BOTH', direction].includes(directionOf(edge, entity)))
      .filter((edge) => where.edge(edge, args['where'] as Given, otherOf(edge, entity)))
      .map((edge): Item => ({ edge, node: edge }));
    return pageOf(items, order(args['orderBy'] as Given[]), args, ({ edge }) =>
      edge ? { direction: directionOf(edge, entity), other: otherOf(edge, entity) } : {},
    );
  };

  const relationshipCounts = (entity: PlainEntity, args: Args) => {
    const types = args['types'] as string[] | null | undefined;
    return model.relationships
      .filter((type) => !types || types.includes(type.name))
      .flatMap((type) =>
        (type.symmetric ? ['BOTH'] : ['OUT', 'IN']).map((direction) => ({
          type: type.name,
          direction,
          count: entity.edges.filter((edge) => edge.type === type.name && directionOf(edge, entity) === direction)
            .length,
        })),
      )
      .filter(({ count }) => count > 0);
  };

  const assertedBy = (edge: PlainEdge): PlainClaim[] =>
    ((edge.properties['claims'] ?? []) as string[]).flatMap((id) => graph.claims.get(id) ?? []);

  const claimsPage = (claims: Iterable<PlainClaim>, args: Args) =>
    pageOf(
      [...new Set(claims)]
        .filter((claim) => where.claim(claim, args['where'] as Given))
        .map((claim): Item => ({ node: claim })),
      order(args['orderBy'] as Given[]),
      args,
    );

  const claimsAbout = (entity: PlainEntity, role: unknown): PlainClaim[] => {
    const as = (end: string) => [...graph.claims.values()].filter((claim) => claim.ends[end] === entity);
    const through = () => entity.edges.flatMap(assertedBy);
    if (role === 'SUBJECT' || role === 'OBJECT') return as(role);
    return role === 'EDGE' ? through() : [...as('SUBJECT'), ...as('OBJECT'), ...through()];
  };

  const sourcesPage = (claims: readonly PlainClaim[], more: readonly PlainEntity[], args: Args) => {
    const stated = claims.filter((claim) => where.claim(claim, null)).flatMap((claim) => claim.ends['STATED_IN'] ?? []);
    return pageOf(
      [...new Set([...stated, ...more])].map((node): Item => ({ node })),
      order(null),
      args,
    );
  };

  const entityField = (entity: PlainEntity, name: string, args: Args): unknown => {
    switch (name) {
      case 'id':
        return entity.id;
      case 'type':
        return upperSnake(entity.type);
      case 'names': {
        const text = (value: unknown) => (typeof value === 'string' ? value : null);
        const key = (one: Readonly<Record<string, unknown>>) =>
          ['value', 'language', 'kind'].map((part) => text(one[part]));
        return [...entity.names].sort((a, b) => {
          const [left, right] = [key(a), key(b)];
          for (const [nth, one] of left.entries()) {
            const other = right[nth] ?? null;
            if (one === other) continue;
            if (one === null || other === null) return one === null ? 1 : -1;
            return byCodePoint(one, other);
          }
          return 0;
        });
      }
      case 'externalIds':
        return [...entity.externalIds].sort((a, b) => byCodePoint(String(a['key']), String(b['key'])));
      case 'relationships':
        return relationships(entity, args);
      case 'relationshipCounts':
        return relationshipCounts(entity, args);
      case 'claims':
        return claimsPage(claimsAbout(entity, args['as']), args);
      case 'statements':
        return claimsPage(
          [...graph.claims.values()].filter((claim) => claim.ends['SPEAKER'] === entity),
          args,
        );
      case 'sources':
        return sourcesPage(claimsAbout(entity, 'ANY'), [], args);
    }
    const field = [...entityFields, ...fieldsNamed(model, entity.type)].find((each) => each.name === name);
    if (field?.kind === 'statusOf') return statusOf(entity, field);
    if (field) return property(field, name, entity);
    const found = relationUnder(typeNamed(entity.type), name);
    if (!found) throw new Error(`${entity.type} has no field ${name}`);
    return relation(entity, found.relationship, found.side, args);
  };

  const edgeFieldValue = (edge: PlainEdge, name: string, args: Args): unknown => {
    switch (name) {
      case 'id':
        return edge.id;
      case 'type':
        return edge.type;
      case 'from':
        return edge.from;
      case 'to':
        return edge.to;
      case 'state':
        return stateOf(relationshipNamed(edge.type), edge.properties, (args['asOf'] as string | null) ?? today);
      case 'claims':
        return claimsPage(assertedBy(edge), args);
      case 'sources':
        return sourcesPage(assertedBy(edge), edge.from.type === 'Source' ? [edge.from] : [], args);
    }
    const { field, stored } = edgeField(model, edge.type, name);
    return property(field, stored, edge);
  };

  const claimField = (claim: PlainClaim, name: string): unknown => {
    const end = { subject: 'SUBJECT', object: 'OBJECT', speaker: 'SPEAKER', source: 'STATED_IN' }[name];
    if (end) return claim.ends[end] ?? null;
    switch (name) {
      case 'id':
        return claim.id;
      case 'locator':
        return claim.locator;
      case 'value':
        return valueParts(claim);
      case 'relationships':
        return ((claim.properties['asserts'] ?? []) as string[]).flatMap((id) => graph.edges.get(id) ?? []).sort(byId);
      case 'retraction':
        return claim.properties['retractedAt'] === undefined
          ? null
          : {
              at: claim.properties['retractedAt'],
              by: claim.properties['retractedBy'] ?? null,
              reason: claim.properties['retractionReason'] ?? null,
            };
    }
    for (const [tie, names] of Object.entries(CLAIM_TIES)) {
      const tied = name === names.forward ? claim.ties[tie] : name === names.reverse ? claim.tiedBy[tie] : undefined;
      if (name === names.forward || name === names.reverse)
        return (tied ?? []).filter((each) => each.properties['retractedAt'] === undefined).sort(byId);
    }
    const field = claimFields.find((each) => each.name === name);
    if (!field) throw new Error(`claims have no field ${name}`);
    return property(field, name, claim);
  };

  /** One of several entities of a name: canonical names first, then aliases. */
  const byName = (end: End, name: string): PlainEntity | null => {
    const wanted = folded(name);
    const some = entitiesOf(end);
    const called = some.filter((each) => folded(String(each.properties['name'])) === wanted);
    const aliases = (each: PlainEntity) => [
      ...((each.properties['aliases'] ?? []) as string[]),
      ...each.names.map((one) => String(one['value'])),
    ];
    const found =
      called.length > 0 ? called : some.filter((each) => aliases(each).some((alias) => folded(alias) === wanted));
    if (found.length > 1)
      throw new OracleError(
        `AMBIGUOUS_NAME ${found
          .map(({ id }) => id)
          .sort()
          .join(' ')}`,
      );
    return found[0] ?? null;
  };

  const nodeById = (id: string): Plain | null =>
    graph.entities.get(id) ?? graph.edges.get(id) ?? graph.claims.get(id) ?? null;

  const root = (name: string, args: Args): unknown => {
    if (name === 'node') return nodeById(String(args['id']));
    if (name === 'nodes') return (args['ids'] as string[]).map(nodeById);
    if (name === 'claim') return graph.claims.get(String(args['id'])) ?? null;
    if (name === 'claims') return claimsPage(graph.claims.values(), args);
    const ends: readonly End[] = [...model.families, ...model.entities];
    const all = ends.find((each) => each.plural === name);
    if (all)
      return pageOf(
        entitiesOf(all)
          .filter((each) => where.entity(each, args['where'] as Given))
          .map((node): Item => ({ node })),
        order(args['orderBy'] as Given[]),
        args as PageArguments,
      );
    const one = ends.find((each) => camel(each.name) === name);
    if (!one) throw new Error(`no root field ${name}`);
    if (typeof args['name'] === 'string') return byName(one, args['name']);
    return entitiesOf(one).find(({ id }) => id === args['id']) ?? null;
  };

  return {
    typeOf(value: unknown): string {
      const plain = value as Plain;
      return plain.is === 'entity' ? plain.type : plain.is === 'edge' ? pascal(plain.type) : 'Claim';
    },
    field(type: string, name: string, parent: unknown, args: Args): unknown {
      if (type === 'Query') return root(name, args);
      const plain = parent as Partial<Plain>;
      if (plain.is === 'entity') return entityField(parent as PlainEntity, name, args);
      if (plain.is === 'edge') return edgeFieldValue(parent as PlainEdge, name, args);
      if (plain.is === 'claim') return claimField(parent as PlainClaim, name);
      return (parent as Readonly<Record<string, unknown>>)[name] ?? null;
    },
  };
}

/** A claim's value by its kind; in words as the source has them, else as the number with its currency. */
function valueParts(claim: PlainClaim): Record<string, unknown> | null {
  const kind = claim.properties['valueKind'];
  if (typeof kind !== 'string') return null;
  const value: unknown = JSON.parse(String(claim.properties['valueJson']));
  const parts = typeof value === 'object' ? (value as Record<string, unknown>) : {};
  const number = parts['exact'] ?? parts['value'];
  const currency = parts['currency'] === undefined ? '' : ` ${String(parts['currency'])}`;
  const bounds = [
    parts['atLeast'] === undefined ? '' : `at least ${String(parts['atLeast'])}`,
    parts['atMost'] === undefined ? '' : `at most ${String(parts['atMost'])}`,
  ].filter((bound) => bound !== '');
  const words = parts['text'] ?? (number === undefined ? bounds.join(' ') : String(number)) + currency;
  return {
    kind,
    text: typeof value === 'object' ? words : String(value),
    number: kind === 'NUMBER' ? value : (number ?? null),
    amount: kind === 'AMOUNT' ? value : null,
    count: kind === 'COUNT' ? value : null,
    date: kind === 'DATE' ? value : null,
    boolean: kind === 'BOOLEAN' ? value : null,
  };
}
