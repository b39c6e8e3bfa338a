import { enumName, type Model } from '../model/model.ts';
import { CLOSED_LISTS, type ClosedList } from '../model/vocabulary.ts';
import type { Input, Output, Registry } from './registry.ts';

/** Closed lists as enums, and those that list the model's own types. */

type Enum = Input & Output;

export function closedListEnum(registry: Registry, list: ClosedList): Enum {
  return registry.once(list.name, () =>
    registry.builder.enumType(list.name, {
      description: list.description,
      values: Object.fromEntries(
        Object.entries(list.values).map(([value, description]) => [value, { value, description }]),
      ) as never,
    }),
  ) as unknown as Enum;
}

export function entityTypeEnum(registry: Registry): Enum {
  return modelEnum(registry, 'EntityType', 'The types of entities.', (model) =>
    model.entities.map((type) => [enumName(type), type.description]),
  );
}

export function relationshipTypeEnum(registry: Registry): Enum {
  return modelEnum(registry, 'RelationshipType', 'The types of relationships, named as in the store.', (model) =>
    model.relationships.map((type) => [type.name, type.description]),
  );
}

function modelEnum(
  registry: Registry,
  name: string,
  description: string,
  values: (model: Model) => [string, string][],
): Enum {
  return registry.once(name, () =>
    registry.builder.enumType(name, {
      description,
      values: Object.fromEntries(
        values(registry.model).map(([value, about]) => [value, { value, description: about }]),
      ) as never,
    }),
  ) as unknown as Enum;
}

/** All closed lists are in the schema, whether a field uses them yet or not. */
export function addEnums(registry: Registry): void {
  for (const list of CLOSED_LISTS) closedListEnum(registry, list);
  entityTypeEnum(registry);
  relationshipTypeEnum(registry);
}
