import { camelCase, kebabCase, pascalCase, plainCase, upperSnakeCase } from './casing.ts';
import { AnyEntity, entityFields, relationshipFields } from './common-fields.ts';
import type { End, EntityType, Family, RelationshipType } from './declarations.ts';
import type { Field } from './kinds.ts';

/** A relationship as it is met from one declared end: one field in GraphQL. */
export interface RelationField {
  readonly name: string;
  readonly relationship: RelationshipType;
  readonly side: 'forward' | 'reverse';
  /** The end that was declared, widest where several cover a type: names the connection's type. */
  readonly host: End;
  /** The narrowest type or family that covers every legal far end. */
  readonly far: End;
}

/** The ontology as one checked value: everything that the other rooms read. */
export interface Model {
  readonly families: readonly Family[];
  readonly entities: readonly EntityType[];
  readonly relationships: readonly RelationshipType[];
}

/** The families that a type or family belongs to, itself left out, nearest first, `Entity` last. */
export function familiesOf(end: End): Family[] {
  const direct = end.is === 'entity' ? end.families : end.within;
  const found = new Set<Family>(direct);
  for (const one of direct) for (const above of one.within) found.add(above);
  found.delete(AnyEntity);
  return end === AnyEntity ? [] : [...found, AnyEntity];
}

/** Whether every entity of `inner` is one of `outer`. */
export const covers = (outer: End, inner: End): boolean =>
  outer === inner || familiesOf(inner).includes(outer as Family);

/** The entity types of an end: itself, or those in the family, in declared order. */
export const concreteTypes = (model: Model, end: End): EntityType[] =>
  end.is === 'entity' ? [end] : model.entities.filter((type) => covers(end, type));

/** Every field that a record of the type has, common ones first. */
export const fieldsOfEntity = (type: EntityType): Field[] => [...entityFields, ...type.fields];

/** Every field that an edge of the type has, common ones first, its dates under their declared names too. */
export function fieldsOfRelationship(type: RelationshipType): Field[] {
  return [...relationshipFields, ...datesOf(type), ...type.fields];
}

/** The edge's own names for the day it begins and ends, where they are not the common ones. */
export function datesOf(type: RelationshipType): Field[] {
  const [from, to] = [type.time.from, type.time.to];
  const common = (name: string): Field => {
    const field = relationshipFields.find((each) => each.name === name);
    if (!field) throw new Error(`no common field ${name}`);
    return field;
  };
  const renamed: Field[] = [];
  if (from !== 'validFrom') renamed.push({ ...common('validFrom'), name: from });
  if (to !== null && to !== 'validTo') renamed.push({ ...common('validTo'), name: to });
  return renamed;
}

/** The edge's own fields without its dates, under whatever name those stand. */
export const ownEdgeFields = (type: RelationshipType): Field[] =>
  type.fields.filter((field) => field.name !== type.time.from && field.name !== type.time.to);

/** The property in the store behind an edge's field: its own names for its dates are stored as the common ones. */
export function storedName(type: RelationshipType, field: string): string {
  if (field === type.time.from) return 'validFrom';
  if (field === type.time.to) return 'validTo';
  return field;
}

/** The relationship fields on a type or family: those declared for it or for a family that covers it. */
export function relationFields(model: Model, on: End): RelationField[] {
  const fields: RelationField[] = [];
  for (const relationship of model.relationships) {
    const sides = relationship.symmetric ? (['forward'] as const) : (['forward', 'reverse'] as const);
    for (const side of sides) {
      const host = hostOf(relationship, side, on);
      if (host)
        fields.push({
          name: relationship.names[side],
          relationship,
          side,
          host,
          far: farEnd(model, relationship, side, host),
        });
    }
  }
  return fields;
}

const near = (side: 'forward' | 'reverse') => (side === 'forward' ? 'from' : 'to');
const far = (side: 'forward' | 'reverse') => (side === 'forward' ? 'to' : 'from');

function hostOf(relationship: RelationshipType, side: 'forward' | 'reverse', on: End): End | undefined {
  const ends = relationship.pairs.flatMap((pair) => pair[near(side)]);
  const covering = ends.filter((end) => covers(end, on));
  return covering.find((end) => covering.every((other) => covers(end, other)));
}

function farEnd(model: Model, relationship: RelationshipType, side: 'forward' | 'reverse', host: End): End {
  const ends = [
    ...new Set(
      relationship.pairs
        .filter((pair) => pair[near(side)].some((end) => covers(end, host)))
        .flatMap((pair) => pair[far(side)]),
    ),
  ];
  const [only] = ends;
  if (only && ends.length === 1) return only;
  const candidates = model.families.filter((one) => ends.every((end) => covers(one, end)));
  const size = (end: End) => concreteTypes(model, end).length;
  return candidates.reduce((best, each) => (size(each) < size(best) ? each : best), AnyEntity);
}

/** Whether an edge of the type may lead from one entity type to the other. */
export const isLegal = (relationship: RelationshipType, from: EntityType, to: EntityType): boolean =>
  relationship.pairs.some(
    (pair) => pair.from.some((end) => covers(end, from)) && pair.to.some((end) => covers(end, to)),
  );

/** `Person` → `person`: the look-up's name, the record's key. */
export const lookupName = (type: EntityType | Family): string => camelCase(type.name);
/** `CivilSocietyOrganization` → `CIVIL_SOCIETY_ORGANIZATION`: its value in the `EntityType` enum. */
export const enumName = (type: EntityType): string => upperSnakeCase(type.name);
/** `CivilSocietyOrganization` → `civil-society-organization`; `HOLDS_POSITION` → `holds-position`: what its ids begin with. */
export const idPrefix = (type: EntityType | RelationshipType): string => kebabCase(type.name);
/** `HOLDS_POSITION` → `HoldsPosition`: its type in GraphQL. */
export const relationshipTypeName = (type: RelationshipType): string => pascalCase(type.name);
/** `HOLDS_POSITION` → `holdsPosition`: the record's key. */
export const recordName = (type: RelationshipType): string => camelCase(type.name);

const indexes = new WeakMap<
  Model,
  {
    byName: Map<string, End>;
    relationships: Map<string, RelationshipType>;
    byPrefix: Map<string, EntityType | RelationshipType>;
  }
>();

function indexOf(model: Model) {
  let index = indexes.get(model);
  if (!index) {
    index = {
      byName: new Map<string, End>([...model.families, ...model.entities].map((end) => [end.name, end])),
      relationships: new Map(model.relationships.map((type) => [type.name, type])),
      byPrefix: new Map([...model.entities, ...model.relationships].map((type) => [idPrefix(type), type])),
    };
    indexes.set(model, index);
  }
  return index;
}

/** The type or family of a name, e.g. `Person`, `Actor`, `Entity`. */
export const endNamed = (model: Model, name: string): End | undefined => indexOf(model).byName.get(name);
/** The relationship type of a Neo4j name, e.g. `HOLDS_POSITION`. */
export const relationshipNamed = (model: Model, name: string): RelationshipType | undefined =>
  indexOf(model).relationships.get(name);
/** The type that an id belongs to by its prefix: `person:…`, `holds-position:…`. */
export const typeOfId = (model: Model, id: string): EntityType | RelationshipType | undefined =>
  indexOf(model).byPrefix.get(id.slice(0, id.indexOf(':')));

/** How several of a type or family are spoken of: `people`, `civil society organizations`. */
export const plainNameOf = (end: End): string => plainCase(end.plural);

/** The concrete type among a node's labels; null where there is none. */
export function typeAmong(model: Model, labels: readonly string[]): EntityType | null {
  for (const label of labels) {
    const end = endNamed(model, label);
    if (end?.is === 'entity') return end;
  }
  return null;
}
