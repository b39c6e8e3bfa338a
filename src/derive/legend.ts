import { claimFields, entityFields, relationshipFields } from '../model/common-fields.ts';
import type { End } from '../model/declarations.ts';
import type { Field } from '../model/kinds.ts';
import {
  concreteTypes,
  datesOf,
  enumName,
  familiesOf,
  idPrefix,
  lookupName,
  type Model,
  recordName,
  relationshipTypeName,
} from '../model/model.ts';
import { CLOSED_LISTS } from '../model/vocabulary.ts';

/** The ontology as data, for tools that colour, validate and map: served as `/ontology.json`. */

const describeField = (field: Field) => ({
  name: field.name,
  kind: field.kind,
  description: field.description,
  required: field.required,
  ...(field.maps ? { mappings: field.maps } : {}),
  ...('wellKnown' in field && field.wellKnown.length > 0 ? { wellKnown: field.wellKnown } : {}),
  ...(field.kind === 'closedList' ? { values: Object.keys(field.list.values) } : {}),
  ...(field.kind === 'reference' ? { to: field.to } : {}),
});

const names = (ends: readonly End[]): string[] => ends.map((end) => end.name);

/** The whole model as plain JSON. */
export function legend(model: Model) {
  return {
    families: model.families.map((family) => ({
      name: family.name,
      plural: family.plural,
      description: family.description,
      within: names(family.within),
      types: names(concreteTypes(model, family)),
    })),
    entityTypes: model.entities.map((type) => ({
      name: type.name,
      enum: enumName(type),
      lookup: lookupName(type),
      plural: type.plural,
      idPrefix: idPrefix(type),
      description: type.description,
      families: names(familiesOf(type)),
      labels: [type.name, ...names(familiesOf(type))],
      fields: type.fields.map(describeField),
      mappings: type.maps,
    })),
    relationshipTypes: model.relationships.map((type) => ({
      name: type.name,
      graphqlType: relationshipTypeName(type),
      record: recordName(type),
      idPrefix: idPrefix(type),
      description: type.description,
      ends: type.pairs.map((pair) => ({ from: names(pair.from), to: names(pair.to) })),
      forward: type.names.forward,
      reverse: type.names.reverse,
      phrase: type.phrase,
      symmetric: type.symmetric,
      time: type.time,
      identity: type.identity,
      fields: [...datesOf(type), ...type.fields].map(describeField),
      mappings: type.maps,
    })),
    common: {
      entity: entityFields.map(describeField),
      relationship: relationshipFields.map(describeField),
      claim: claimFields.map(describeField),
    },
    closedLists: CLOSED_LISTS.map((list) => ({ name: list.name, description: list.description, values: list.values })),
  };
}

/** `/ontology.json`, whole. */
export const printLegend = (model: Model): string => `${JSON.stringify(legend(model), null, 2)}\n`;
