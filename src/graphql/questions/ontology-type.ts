import { entityTypeEnum, relationshipTypeEnum } from '../enums.ts';
import type { FieldSpec, Output, Registry, TypeParameter } from '../registry.ts';
import { scalar } from '../scalars.ts';

/** `Ontology`: the model as it is declared, for tools that colour, validate and map. */

const part = (type: TypeParameter, description: string, nullable = false): FieldSpec => ({
  type,
  nullable,
  description,
});
const text = (description: string): FieldSpec => part(scalar('String'), description);
const perhaps = (description: string): FieldSpec => part(scalar('String'), description, true);
const texts = (description: string): FieldSpec => part([scalar('String')], description);

export const ontologyType = (registry: Registry): Output =>
  registry.object(
    'reader',
    'Ontology',
    'What the graph can hold: the declarations that this schema is made of.',
    () => ({
      entityTypes: part([entityType(registry)], 'The types of entities.'),
      relationshipTypes: part([relationshipType(registry)], 'The types of relationships.'),
      families: part([familyType(registry)], 'The families of types: interfaces here, labels in the store.'),
      common: part(commonType(registry), 'The fields that all entities, all relationships and all claims have.'),
      closedLists: part([closedListType(registry)], 'The lists of values that are closed: enums here.'),
    }),
  );

const entityType = (registry: Registry): Output =>
  registry.object('reader', 'OntologyEntityType', 'A type of entity as it is declared.', () => ({
    type: part(entityTypeEnum(registry), 'Its value in EntityType.'),
    name: text('Its name: the GraphQL type, and the label in the store.'),
    plural: text('The root field that lists them.'),
    lookup: text('The root field that finds one, and the key of its records.'),
    idPrefix: text('What its ids begin with, before the colon.'),
    description: text('What it is.'),
    families: texts('The families that it belongs to, nearest first.'),
    labels: texts('The labels that it has in the store.'),
    fields: part([fieldType(registry)], 'Its own fields, beside those that all entities have.'),
    mappings: part(mappingsType(registry), 'What it is called in other vocabularies.'),
  }));

const relationshipType = (registry: Registry): Output =>
  registry.object('reader', 'OntologyRelationshipType', 'A type of relationship as it is declared.', () => ({
    type: part(relationshipTypeEnum(registry), 'Its value in RelationshipType, and its type in the store.'),
    name: text('The GraphQL type.'),
    record: text('The key of its records.'),
    idPrefix: text('What its ids begin with, before the colon.'),
    description: text('What it says.'),
    forward: text('The field that it is read by from where it starts.'),
    reverse: text('The field that it is read by from where it ends; the same where it is symmetric.'),
    phrase: part(phraseType(registry), 'What it says, as part of a sentence.'),
    symmetric: part(scalar('Boolean'), 'Whether it is the same from either end.'),
    time: part(timeType(registry), 'How it stands in time.'),
    ends: part([endsType(registry)], 'Its legal ends: any of from with any of to, pair by pair.'),
    identity: texts('The fields that, beside its type and ends, tell one from another.'),
    fields: part([fieldType(registry)], 'Its own fields and dates, beside those that all relationships have.'),
    mappings: part(mappingsType(registry), 'What it is called in other vocabularies.'),
  }));

const familyType = (registry: Registry): Output =>
  registry.object('reader', 'OntologyFamily', 'A family of types.', () => ({
    name: text('Its name: the GraphQL interface, and the label in the store.'),
    plural: text('The root field that lists its entities.'),
    description: text('What belongs to it.'),
    within: texts('The families that it is within.'),
    types: part([entityTypeEnum(registry)], 'The types that belong to it.'),
  }));

const fieldType = (registry: Registry): Output =>
  registry.object('reader', 'OntologyField', 'A field as it is declared.', () => ({
    name: text('Its name.'),
    kind: text(
      'What sort of value it has: text, textList, openList, closedList, boolean, integer, float, partialDate, date, dateTime, count, amount, quote, reference or statusOf.',
    ),
    description: text('What it means.'),
    required: part(scalar('Boolean'), 'Whether a new record must give it.'),
    wellKnown: texts('Values that are well known, where others are allowed.'),
    values: texts('The only values, where the list is closed.'),
    to: perhaps('The type or family that it refers to, where it is a reference.'),
  }));

const phraseType = (registry: Registry): Output =>
  registry.object('reader', 'OntologyPhrase', 'Words that stand between the names of a relationship’s ends.', () => ({
    forward: text('Read from where it starts.'),
    reverse: text('Read from where it ends.'),
  }));

const timeType = (registry: Registry): Output =>
  registry.object('reader', 'OntologyTime', 'How relationships of a type stand in time.', () => ({
    class: text('state, which holds from one day until another; act, which happens on a day; or timeless.'),
    from: text('The field that holds the day on which it begins, or happens.'),
    to: perhaps('The field that holds the day on which it no longer holds; null for acts.'),
  }));

const endsType = (registry: Registry): Output =>
  registry.object(
    'reader',
    'OntologyEnds',
    'Legal ends of a relationship: any of the one with any of the other.',
    () => ({
      from: part([entityTypeEnum(registry)], 'What it may start at.'),
      to: part([entityTypeEnum(registry)], 'What it may end at.'),
    }),
  );

const mappingsType = (registry: Registry): Output =>
  registry.object('reader', 'OntologyMappings', 'What something is called in other vocabularies.', () => ({
    ftm: perhaps('In FollowTheMoney.'),
    popolo: perhaps('In Popolo.'),
    wikidata: texts('In Wikidata: items of a type, properties of a relationship; pointers to check.'),
    schemaOrg: perhaps('In schema.org.'),
    stix: perhaps('In STIX 2.1.'),
  }));

const commonType = (registry: Registry): Output =>
  registry.object('reader', 'OntologyCommonFields', 'Fields that are not declared type by type.', () => ({
    entity: part([fieldType(registry)], 'Of every entity.'),
    relationship: part([fieldType(registry)], 'Of every relationship.'),
    claim: part([fieldType(registry)], 'Of every claim.'),
  }));

const closedListType = (registry: Registry): Output =>
  registry.object('reader', 'OntologyClosedList', 'A closed list of values.', () => ({
    name: text('The enum.'),
    description: text('What the values say.'),
    values: part(
      [
        registry.object('reader', 'OntologyValue', 'A value of a closed list.', () => ({
          value: text('The value.'),
          description: text('What it means.'),
        })),
      ],
      'The values, in their order.',
    ),
  }));
