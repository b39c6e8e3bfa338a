import { CLAIM_TIES, claimFields, entityFields, relationshipFields } from '../model/common-fields.ts';
import type { End, RelationshipType } from '../model/declarations.ts';
import {
  endNamed,
  fieldsOfEntity,
  fieldsOfRelationship,
  type RelationField,
  relationFields,
  relationshipTypeName,
} from '../model/model.ts';
import { relationName } from './connections.ts';
import { entityTypeEnum, relationshipTypeEnum } from './enums.ts';
import { byField, externalIdsFilter, idFilter, OPERATORS, type Specs, typeFilter } from './kind-filters.ts';
import type { Input, InputSpec, Registry } from './registry.ts';
import { filterScope, overlaps } from './scope.ts';

/** `where`: filters by type, by relationship, on claims. */

/** `and or not` of a filter with itself. */
const logic = (self: () => Input): Specs => ({
  and: { type: [self()], description: 'All of these.' },
  or: { type: [self()], description: 'At least one of these.' },
  not: { type: self(), description: 'The complement of this; what is unknown is in it.' },
});

/** `PersonFilter` and its like, families included. */
export function entityFilter(registry: Registry, end: End): Input {
  const self = (): Input => entityFilter(registry, end);
  return registry.input(`${end.name}Filter`, `Which ${end.plural}.`, () => ({
    ...logic(self),
    id: { type: idFilter(registry), description: 'By id.' },
    ...(end.is === 'family'
      ? { type: { type: typeFilter(registry, 'EntityType', entityTypeEnum(registry)), description: 'By type.' } }
      : {}),
    ...byField(registry, end.is === 'entity' ? fieldsOfEntity(end) : entityFields),
    externalIds: { type: externalIdsFilter(registry), description: 'By what it is called in other data sets.' },
    ...Object.fromEntries(
      relationFields(registry.model, end).map((field): [string, InputSpec] => [
        field.name,
        {
          type: relationFilter(registry, field),
          description: `By its relationships: ${field.relationship.description}`,
        },
      ]),
    ),
  }));
}

/** `HoldsPositionFilter` and its like. */
function edgeFilter(registry: Registry, type: RelationshipType): Input {
  const self = (): Input => edgeFilter(registry, type);
  return registry.input(`${relationshipTypeName(type)}Filter`, `Which ${type.name} relationships.`, () => ({
    ...logic(self),
    id: { type: idFilter(registry), description: 'By id.' },
    ...byField(registry, fieldsOfRelationship(type)),
  }));
}

/** `RelationshipFilter`, over all types. */
export function relationshipFilter(registry: Registry): Input {
  const self = (): Input => relationshipFilter(registry);
  const any = endNamed(registry.model, 'Entity');
  return registry.input('RelationshipFilter', 'Which relationships, whatever their type.', () => ({
    ...logic(self),
    id: { type: idFilter(registry), description: 'By id.' },
    type: { type: typeFilter(registry, 'RelationshipType', relationshipTypeEnum(registry)), description: 'By type.' },
    ...byField(registry, relationshipFields),
    ...(any ? { other: { type: entityFilter(registry, any), description: 'By its far end.' } } : {}),
    hasClaim: { type: claimFilter(registry), description: 'It rests on such a claim, or is denied by one.' },
    ...overlaps(registry),
  }));
}

/** `PersonPositionsHeldFilter` and its like: how many of an entity's relationships fulfil what. */
function relationFilter(registry: Registry, field: RelationField): Input {
  const match = (): Input => relationMatch(registry, field);
  return registry.input(
    `${relationName(field)}Filter`,
    `By the ${field.name} of ${field.host.name}. Each that is given must hold.`,
    () => ({
      some: { type: match(), description: 'At least one of them fulfils this.' },
      none: { type: match(), description: 'None of them fulfils this.' },
      every: {
        type: match(),
        description:
          'Each of those that hold then, with that commitment, fulfils the rest of this; true where there are none.',
      },
      count: {
        type: registry.input(
          `${relationName(field)}Count`,
          `How many ${field.name} there are. Each comparison that is given must hold.`,
          () => ({
            where: { type: match(), description: 'Which of them are counted; all unless said.' },
            ...Object.fromEntries(
              (['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] as const).map((operator): [string, InputSpec] => [
                operator,
                { type: 'Int', description: OPERATORS[operator] },
              ]),
            ),
          }),
        ),
        description: 'By how many of them fulfil something.',
      },
    }),
  );
}

/** `PersonPositionsHeldMatch` and its like: the edge and the far end together. */
export function relationMatch(registry: Registry, field: RelationField): Input {
  const self = (): Input => relationMatch(registry, field);
  return registry.input(
    `${relationName(field)}Match`,
    `Which ${field.name} of ${field.host.name}. What it says of time and commitment takes the place of what is inherited; within and, or, not it is a condition like others.`,
    () => ({
      ...logic(self),
      relationship: { type: edgeFilter(registry, field.relationship), description: 'By the relationship itself.' },
      node: { type: entityFilter(registry, field.far), description: 'By its far end.' },
      hasClaim: { type: claimFilter(registry), description: 'It rests on such a claim, or is denied by one.' },
      ...filterScope(registry),
    }),
  );
}

const FILTERED_CLAIM_FIELDS = claimFields.filter(
  (field) => !['locator', 'onBehalfOf', 'inCapacityOf', 'addressee', 'event'].includes(field.name),
);

/** `ClaimFilter`. */
export function claimFilter(registry: Registry): Input {
  const self = (): Input => claimFilter(registry);
  const ends = { subject: 'Entity', object: 'Entity', speaker: 'Actor', source: 'Source' };
  return registry.input('ClaimFilter', 'Which claims.', () => ({
    ...logic(self),
    id: { type: idFilter(registry), description: 'By id.' },
    ...byField(registry, FILTERED_CLAIM_FIELDS),
    ...Object.fromEntries(
      Object.entries(ends).flatMap(([name, end]): [string, InputSpec][] => {
        const found = endNamed(registry.model, end);
        return found ? [[name, { type: entityFilter(registry, found), description: `By its ${name}.` }]] : [];
      }),
    ),
    about: { type: ['ID'], description: 'One of these is its subject or its object, at most 200.' },
    ...Object.fromEntries(
      Object.values(CLAIM_TIES).flatMap((names): [string, InputSpec][] => [
        [names.forward, { type: 'Boolean', description: `Whether there are any: ${names.says}` }],
        [names.reverse, { type: 'Boolean', description: `Whether there are any: ${names.back}` }],
      ]),
    ),
    contradicted: {
      type: 'Boolean',
      description:
        'Whether another standing claim says the opposite: denies the same relationship, or gives the same field another value.',
    },
    includeRetracted: {
      type: 'Boolean',
      description: 'Keep claims that were taken back. At the top of the filter only.',
    },
    includeDeprecated: {
      type: 'Boolean',
      description: 'Keep claims that are ranked DEPRECATED. At the top of the filter only.',
    },
  }));
}
