import { AnyEntity, entityFields } from '../model/common-fields.ts';
import type { End, EntityType, Family } from '../model/declarations.ts';
import { covers, endNamed, familiesOf, type RelationField, relationFields } from '../model/model.ts';
import { ClaimRole, Direction } from '../model/vocabulary.ts';
import {
  claimConnection,
  entityConnection,
  forward,
  peopleConnection,
  relationConnection,
  relationshipConnection,
} from './connections.ts';
import { closedListEnum, entityTypeEnum, relationshipTypeEnum } from './enums.ts';
import { claimFilter, entityFilter, relationMatch, relationshipFilter } from './filters.ts';
import { relationOrder, relationshipOrder } from './orders.ts';
import type { FieldSpec, Output, Registry } from './registry.ts';
import { connectedArgument, historySpec } from './revisions.ts';
import { scalar } from './scalars.ts';
import { listScope } from './scope.ts';
import { externalIdType, nameType, propertySpec, relationshipCountType } from './values.ts';

/** Entities: families as interfaces, types as objects. */

/** `Node`, the root of everything that has an id. */
export const nodeInterface = (registry: Registry): Output =>
  registry.interface('reader', 'Node', {
    description: 'Anything that has an id of its own.',
    specs: () => ({ id: idSpec('Its id, stable and readable.') }),
  });

/** Ids are properties like others, under the name `id`. */
export const idSpec = (description: string): FieldSpec => ({
  type: scalar('ID'),
  nullable: false,
  description,
  meaning: {
    is: 'property',
    stored: 'id',
    field: { kind: 'text', name: 'id', fullText: false, description, required: true },
  },
});

/** The GraphQL type of a type or family, or of one by name. */
export function endRef(registry: Registry, end: End | string): Output {
  const found = typeof end === 'string' ? endNamed(registry.model, end) : end;
  if (!found) throw new Error(`no type ${String(end)}`);
  return found.is === 'entity' ? entityObject(registry, found) : familyInterface(registry, found);
}

function familyInterface(registry: Registry, family: Family): Output {
  return registry.interface('reader', family.name, {
    description: family.description,
    interfaces: () => above(registry, family),
    specs: () => ({
      ...(family === AnyEntity ? commonSpecs(registry) : actorSpecs(registry, family)),
      ...relationSpecs(registry, family),
    }),
  });
}

function entityObject(registry: Registry, type: EntityType): Output {
  return registry.object(
    'reader',
    type.name,
    type.description,
    () => ({
      ...Object.fromEntries(type.fields.map((field) => [field.name, propertySpec(registry, field)])),
      ...relationSpecs(registry, type),
    }),
    () => above(registry, type),
  );
}

const above = (registry: Registry, end: End): Output[] => [
  ...familiesOf(end).map((family) => familyInterface(registry, family)),
  nodeInterface(registry),
];

/** Relationship fields that are declared for this very end; those of wider ends are inherited. */
function relationSpecs(registry: Registry, end: End): Record<string, FieldSpec> {
  const inherited = new Set(
    familiesOf(end).flatMap((family) => relationFields(registry.model, family).map((field) => field.name)),
  );
  const own = relationFields(registry.model, end).filter(
    (field) => !inherited.has(field.name) || !covers(field.host, familiesOf(end)[0] ?? end),
  );
  return Object.fromEntries(own.map((field) => [field.name, relationSpec(registry, field)]));
}

function relationSpec(registry: Registry, field: RelationField): FieldSpec {
  const { relationship, side } = field;
  return {
    type: relationConnection(registry, field),
    nullable: false,
    description: `${relationship.description} ${relationship.symmetric ? 'Read from either end.' : side === 'forward' ? 'From its start.' : 'From its end.'}`,
    args: registry.args({
      where: {
        type: relationMatch(registry, field),
        description: 'Which of them: by the relationship itself and by its far end.',
      },
      orderBy: { type: [relationOrder(registry, field)], description: orderedBy(field) },
      ...listScope(registry),
      ...forward(),
    }),
    meaning: { is: 'relation', relation: field },
  };
}

const orderedBy = (field: RelationField): string =>
  field.relationship.orderedBy === null
    ? 'In which order; by id unless said.'
    : `In which order; by ${field.relationship.orderedBy} unless said.`;

/** What every entity has. */
function commonSpecs(registry: Registry): Record<string, FieldSpec> {
  return {
    type: { type: entityTypeEnum(registry), nullable: false, description: 'Its type.', meaning: { is: 'entityType' } },
    ...Object.fromEntries(entityFields.map((field) => [field.name, propertySpec(registry, field)])),
    names: {
      type: [nameType(registry)],
      nullable: false,
      description: 'Names with their language, sort and time.',
      meaning: { is: 'names' },
    },
    externalIds: {
      type: [externalIdType(registry)],
      nullable: false,
      description: 'What it is called in other data sets.',
      meaning: { is: 'externalIds' },
    },
    relationships: {
      type: relationshipConnection(registry),
      nullable: false,
      description: 'Everything that it is tied to, whatever the type of relationship.',
      args: registry.args({
        types: { type: [relationshipTypeEnum(registry)], description: 'Only these types; all unless said.' },
        direction: {
          type: closedListEnum(registry, Direction),
          description: 'Only those that start (OUT) or end (IN) here; symmetric ones are both.',
          required: true,
          defaultValue: 'BOTH',
        },
        where: { type: relationshipFilter(registry), description: 'Which of them.' },
        orderBy: { type: [relationshipOrder(registry)], description: 'In which order; by id unless said.' },
        ...listScope(registry),
        ...forward(),
      }),
      meaning: { is: 'relationships' },
    },
    relationshipCounts: {
      type: [relationshipCountType(registry)],
      nullable: false,
      description:
        'How many relationships it has of each type and direction, without those it has none of. Cheap however many there are.',
      args: registry.args({
        types: { type: [relationshipTypeEnum(registry)], description: 'Only these types; all unless said.' },
        ...listScope(registry),
      }),
      meaning: { is: 'relationshipCounts' },
    },
    claims: {
      type: claimConnection(registry),
      nullable: false,
      description: 'What is claimed of it. Retracted and deprecated claims are left out unless asked for.',
      args: registry.args({
        as: {
          type: closedListEnum(registry, ClaimRole),
          description: 'In which role it stands in the claim.',
          required: true,
          defaultValue: 'ANY',
        },
        where: { type: claimFilter(registry), description: 'Which of them.' },
        ...forward(),
      }),
      meaning: { is: 'claims', of: 'entity' },
    },
    sources: {
      type: entityConnection(registry, endNamed(registry.model, 'Source') ?? AnyEntity),
      nullable: false,
      description: 'The sources of what is claimed of it, each once.',
      args: registry.args(forward()),
      meaning: { is: 'sources', of: 'entity' },
    },
    history: historySpec(registry, connectedArgument),
  };
}

/** What every actor, and every organization, has beside. */
function actorSpecs(registry: Registry, family: Family): Record<string, FieldSpec> {
  if (family.name === 'Organization') return { people: peopleSpec(registry) };
  if (family.name !== 'Actor') return {};
  return {
    statements: {
      type: claimConnection(registry),
      nullable: false,
      description: 'Claims that it made. Retracted and deprecated claims are left out unless asked for.',
      args: registry.args({ where: { type: claimFilter(registry), description: 'Which of them.' }, ...forward() }),
      meaning: { is: 'statements' },
    },
  };
}

function peopleSpec(registry: Registry): FieldSpec {
  const person = endNamed(registry.model, 'Person') ?? AnyEntity;
  return {
    type: peopleConnection(registry, person),
    nullable: false,
    description:
      'Who belongs to it: members, employees, leaders, and who holds a post in it. Each once, by name, with the relationships that say so.',
    args: registry.args({
      where: { type: entityFilter(registry, person), description: 'Which of them.' },
      ...listScope(registry),
      ...forward(),
    }),
    meaning: { is: 'people' },
  };
}
