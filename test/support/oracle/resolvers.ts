import { entityFields } from '../../../src/model/common-fields.ts';
import type { End } from '../../../src/model/declarations.ts';
import type { Field } from '../../../src/model/kinds.ts';
import type { Model } from '../../../src/model/model.ts';
import { byName } from './by-name.ts';
import { claimResolver } from './claim-fields.ts';
import { byCodePoint } from './comparing.ts';
import { fieldsNamed, shownValue, statusOf } from './fields.ts';
import { edgeField, filters } from './filters.ts';
import type { Given } from './operators.ts';
import { type Item, type Key, orders } from './orders.ts';
import { type PageArguments, pageOf } from './pages.ts';
import type { PlainClaim, PlainEdge, PlainEntity, PlainGraph } from './plain-graph.ts';
import { isOf, otherOf, type Relation, relations } from './relations.ts';
import { ANY_TIME, keeps, type Scope } from './scope.ts';
import { stateOf } from './temporal.ts';

type Args = Readonly<Record<string, unknown>>;
type Plain = PlainEntity | PlainEdge | PlainClaim;

const upperSnake = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
const pascal = (name: string): string =>
  name
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** What each field of each type means, over plain objects. */
export function resolvers(model: Model, graph: PlainGraph, today: string) {
  const relationsOf = relations(model);
  const { typeNamed, relationshipNamed, directionOf } = relationsOf;
  const where = filters(model, graph, relationsOf);
  const order = orders(model, relationsOf);
  const entityById = (id: unknown): PlainEntity | null =>
    (typeof id === 'string' ? graph.entities.get(id) : undefined) ?? null;
  const entitiesOf = (end: End): PlainEntity[] =>
    [...graph.entities.values()].filter((each) => isOf(typeNamed(each.type), end));

  const property = (field: Field, stored: string, plain: Plain): unknown => {
    const value = shownValue(field, stored, plain.properties);
    return field.kind === 'reference' ? entityById(value) : value;
  };

  const kept = (scope: Scope) => (edge: PlainEdge) => keeps(relationsOf, edge, scope, null);

  const relation = (entity: PlainEntity, under: Relation, args: Args, scope: Scope) => {
    const items = relationsOf
      .stepsOf(entity, under)
      .filter((step) => where.match.step(step, args['where'] as Given, scope));
    const { orderedBy } = under.relationship;
    const byDefault: Key[] =
      orderedBy === null ? [] : [{ at: (item) => item.edge?.properties[orderedBy] ?? null, descending: false }];
    const keys = order(args['orderBy'] as Given[], scope, byDefault);
    return pageOf(items, keys, args, (item) => ({ relationship: item.edge }));
  };

  const relationships = (entity: PlainEntity, args: Args, scope: Scope) => {
    const types = args['types'] as string[] | null | undefined;
    const direction = args['direction'];
    const items = entity.edges
      .filter(kept(scope))
      .filter((edge) => !types || types.includes(edge.type))
      .filter((edge) => direction === 'BOTH' || ['BOTH', direction].includes(directionOf(edge, entity)))
      .filter((edge) => where.edge(edge, args['where'] as Given, otherOf(edge, entity), scope))
      .map((edge): Item => ({ edge, node: edge }));
    return pageOf(items, order(args['orderBy'] as Given[], scope), args, ({ edge }) =>
      edge ? { direction: directionOf(edge, entity), other: otherOf(edge, entity) } : {},
    );
  };

  const relationshipCounts = (entity: PlainEntity, args: Args, scope: Scope) => {
    const types = args['types'] as string[] | null | undefined;
    const edges = entity.edges.filter(kept(scope));
    return model.relationships
      .filter((type) => !types || types.includes(type.name))
      .flatMap((type) =>
        (type.symmetric ? ['BOTH'] : ['OUT', 'IN']).map((direction) => ({
          type: type.name,
          direction,
          count: edges.filter((edge) => edge.type === type.name && directionOf(edge, entity) === direction).length,
        })),
      )
      .filter(({ count }) => count > 0);
  };

  const assertedBy = (edge: PlainEdge): PlainClaim[] =>
    ((edge.properties['claims'] ?? []) as string[]).flatMap((id) => graph.claims.get(id) ?? []);

  const claimsPage = (claims: Iterable<PlainClaim>, args: Args, scope: Scope) =>
    pageOf(
      [...new Set(claims)]
        .filter((claim) => where.claim(claim, args['where'] as Given, scope))
        .map((claim): Item => ({ node: claim })),
      order(args['orderBy'] as Given[], scope),
      args,
    );

  const claimsAbout = (entity: PlainEntity, role: unknown): PlainClaim[] => {
    const as = (end: string) => [...graph.claims.values()].filter((claim) => claim.ends[end] === entity);
    const through = () => entity.edges.flatMap(assertedBy);
    if (role === 'SUBJECT' || role === 'OBJECT') return as(role);
    return role === 'EDGE' ? through() : [...as('SUBJECT'), ...as('OBJECT'), ...through()];
  };

  const sourcesPage = (claims: readonly PlainClaim[], more: readonly PlainEntity[], args: Args) => {
    const stated = claims
      .filter((claim) => where.claim(claim, null, ANY_TIME))
      .flatMap((claim) => claim.ends['STATED_IN'] ?? []);
    return pageOf(
      [...new Set([...stated, ...more])].map((node): Item => ({ node })),
      order(null, ANY_TIME),
      args,
    );
  };

  const entityField = (entity: PlainEntity, name: string, args: Args, scope: Scope): unknown => {
    switch (name) {
      case 'id':
        return entity.id;
      case 'type':
        return upperSnake(entity.type);
      case 'names':
        return namesOf(entity);
      case 'externalIds':
        return [...entity.externalIds].sort((a, b) => byCodePoint(String(a['key']), String(b['key'])));
      case 'relationships':
        return relationships(entity, args, scope);
      case 'relationshipCounts':
        return relationshipCounts(entity, args, scope);
      case 'claims':
        return claimsPage(claimsAbout(entity, args['as']), args, scope);
      case 'statements':
        return claimsPage(
          [...graph.claims.values()].filter((claim) => claim.ends['SPEAKER'] === entity),
          args,
          scope,
        );
      case 'sources':
        return sourcesPage(claimsAbout(entity, 'ANY'), [], args);
    }
    const field = [...entityFields, ...fieldsNamed(model, entity.type)].find((each) => each.name === name);
    if (field?.kind === 'statusOf') return statusOf(entity, field);
    if (field) return property(field, name, entity);
    const found = relationsOf.relationOf(entity.type, name);
    if (!found) throw new Error(`${entity.type} has no field ${name}`);
    return relation(entity, found, args, scope);
  };

  const edgeFieldValue = (edge: PlainEdge, name: string, args: Args, scope: Scope): unknown => {
    switch (name) {
      case 'id':
        return edge.id;
      case 'type':
        return edge.type;
      case 'from':
        return edge.from;
      case 'to':
        return edge.to;
      case 'state': {
        const day = (args['asOf'] as string | null | undefined) ?? scope.asOf ?? today;
        return stateOf(relationshipNamed(edge.type), edge.properties, day);
      }
      case 'claims':
        return claimsPage(assertedBy(edge), args, scope);
      case 'sources':
        return sourcesPage(assertedBy(edge), edge.from.type === 'Source' ? [edge.from] : [], args);
    }
    const { field, stored } = edgeField(model, edge.type, name);
    return property(field, stored, edge);
  };

  const claimField = claimResolver(graph, property);

  const nodeById = (id: string): Plain | null =>
    graph.entities.get(id) ?? graph.edges.get(id) ?? graph.claims.get(id) ?? null;

  const root = (name: string, args: Args, scope: Scope): unknown => {
    if (name === 'node') return nodeById(String(args['id']));
    if (name === 'nodes') return (args['ids'] as string[]).map(nodeById);
    if (name === 'claim') return graph.claims.get(String(args['id'])) ?? null;
    if (name === 'claims') return claimsPage(graph.claims.values(), args, scope);
    const ends: readonly End[] = [...model.families, ...model.entities];
    const all = ends.find((each) => each.plural === name);
    if (all)
      return pageOf(
        entitiesOf(all)
          .filter((each) => where.entity(each, args['where'] as Given, scope))
          .map((node): Item => ({ node })),
        order(args['orderBy'] as Given[], scope),
        args as PageArguments,
      );
    const one = ends.find((each) => camel(each.name) === name);
    if (!one) throw new Error(`no root field ${name}`);
    if (typeof args['name'] === 'string') return byName(entitiesOf(one), args['name']);
    return entitiesOf(one).find(({ id }) => id === args['id']) ?? null;
  };

  return {
    typeOf(value: unknown): string {
      const plain = value as Plain;
      return plain.is === 'entity' ? plain.type : plain.is === 'edge' ? pascal(plain.type) : 'Claim';
    },
    /** `scope` is the one in force below the field. */
    field(type: string, name: string, parent: unknown, args: Args, scope: Scope): unknown {
      if (type === 'Query') return root(name, args, scope);
      const plain = parent as Partial<Plain>;
      if (plain.is === 'entity') return entityField(parent as PlainEntity, name, args, scope);
      if (plain.is === 'edge') return edgeFieldValue(parent as PlainEdge, name, args, scope);
      if (plain.is === 'claim') return claimField(parent as PlainClaim, name);
      return (parent as Readonly<Record<string, unknown>>)[name] ?? null;
    },
  };
}

/** An entity's names by value, language and kind, absent ones last. */
function namesOf(entity: PlainEntity) {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const key = (one: Readonly<Record<string, unknown>>) => ['value', 'language', 'kind'].map((part) => text(one[part]));
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
