import { orderable } from '../compile/ordering.ts';
import { claimFields, entityFields, relationshipFields } from '../model/common-fields.ts';
import type { End, RelationshipType } from '../model/declarations.ts';
import type { Field } from '../model/kinds.ts';
import {
  fieldsOfEntity,
  fieldsOfRelationship,
  type RelationField,
  relationFields,
  relationshipTypeName,
} from '../model/model.ts';
import { OrderDirection } from '../model/vocabulary.ts';
import { relationName } from './connections.ts';
import { closedListEnum } from './enums.ts';
import type { Input, InputSpec, Registry } from './registry.ts';

/** `orderBy`: one field an item, several items in their order; ids break ties. */

function fieldsOrder(
  registry: Registry,
  name: string,
  what: string,
  fields: readonly Field[],
  more: () => Record<string, InputSpec> = () => ({}),
): Input {
  const direction = closedListEnum(registry, OrderDirection);
  return registry.input(
    `${name}Order`,
    `By what to order ${what}: exactly one field. Absent values come last both ways.`,
    () => ({
      id: { type: direction, description: 'By id.' },
      ...Object.fromEntries(
        fields
          .filter(orderable)
          .map((field): [string, InputSpec] => [field.name, { type: direction, description: field.description }]),
      ),
      ...more(),
    }),
    true,
  );
}

export const entityOrder = (registry: Registry, end: End): Input =>
  fieldsOrder(registry, end.name, end.plural, end.is === 'entity' ? fieldsOfEntity(end) : entityFields, () =>
    Object.fromEntries(
      relationFields(registry.model, end).map((field): [string, InputSpec] => [
        field.name,
        { type: countOrder(registry), description: `By how many there are: ${field.relationship.description}` },
      ]),
    ),
  );

const countOrder = (registry: Registry): Input =>
  registry.input('CountOrder', 'By how many there are, of those that hold then, with that commitment.', () => ({
    count: {
      type: closedListEnum(registry, OrderDirection),
      description: 'Fewest or most first.',
      required: true,
    },
  }));

const edgeOrder = (registry: Registry, type: RelationshipType): Input =>
  fieldsOrder(registry, relationshipTypeName(type), `${type.name} relationships`, fieldsOfRelationship(type));

export const relationshipOrder = (registry: Registry): Input =>
  fieldsOrder(registry, 'Relationship', 'relationships of any type', relationshipFields);

export const claimOrder = (registry: Registry): Input =>
  fieldsOrder(
    registry,
    'Claim',
    'claims',
    claimFields.filter((field) => field.name !== 'locator'),
  );

/** `PersonPositionsHeldOrder` and its like. */
export const relationOrder = (registry: Registry, field: RelationField): Input =>
  registry.input(
    `${relationName(field)}Order`,
    `By what to order ${field.name} of ${field.host.name}: exactly one field of the relationship or of its far end.`,
    () => ({
      relationship: {
        type: edgeOrder(registry, field.relationship),
        description: 'By a field of the relationship itself.',
      },
      node: { type: entityOrder(registry, field.far), description: 'By a field of its far end.' },
    }),
    true,
  );
