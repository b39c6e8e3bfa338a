import { claimFields, entityFields, relationshipFields } from '../model/common-fields.ts';
import type { EntityType, RelationshipType } from '../model/declarations.ts';
import type { Field } from '../model/kinds.ts';
import { type Mappings, VOCABULARIES } from '../model/mappings.ts';
import {
  concreteTypes,
  datesOf,
  familiesOf,
  idPrefix,
  lookupName,
  type Model,
  recordName,
  relationFields,
} from '../model/model.ts';
import { CLOSED_LISTS } from '../model/vocabulary.ts';

/** `docs/ontology.md`, printed. */

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

function kindOf(field: Field): string {
  switch (field.kind) {
    case 'closedList':
      return field.list.name;
    case 'reference':
      return `reference to ${field.to}`;
    case 'statusOf':
      return `status of its ${field.relationship}`;
    case 'openList':
      return 'open list';
    case 'textList':
      return 'list of texts';
    case 'partialDate':
      return 'partial date';
    default:
      return field.kind;
  }
}

const known = (field: Field): string =>
  (field.kind === 'openList' || field.kind === 'textList') && field.wellKnown.length > 0
    ? ` Well known: ${field.wellKnown.join(', ')}.`
    : '';

const fieldTable = (fields: readonly Field[], identity: readonly string[] = []): string =>
  table(
    ['field', 'kind', 'meaning'],
    fields.map((field) => [
      `${field.name}${field.required ? ' (required)' : ''}${identity.includes(field.name) ? ' (identity)' : ''}`,
      kindOf(field),
      `${field.description}${known(field)}`,
    ]),
  );

const mappingLine = (maps: Mappings): string => {
  const parts = Object.entries(VOCABULARIES).flatMap(([key, name]) => {
    const value = maps[key as keyof Mappings];
    return value === undefined ? [] : [`${name} ${Array.isArray(value) ? value.join(', ') : value}`];
  });
  return parts.length > 0 ? parts.join(' · ') : 'none';
};

function entitySection(model: Model, type: EntityType): string {
  const relations = relationFields(model, type).map((field) => `\`${field.name}\``);
  return [
    `### ${type.name}`,
    type.description,
    `Families: ${familiesOf(type)
      .map((family) => family.name)
      .join(
        ', ',
      )}. Ids begin with \`${idPrefix(type)}:\`. Look-up \`${lookupName(type)}\`, list \`${type.plural}\`. Mappings: ${mappingLine(type.maps)}.`,
    ...(type.fields.length > 0 ? [fieldTable(type.fields)] : []),
    `Relationships: ${relations.join(', ')}.`,
  ].join('\n\n');
}

function relationshipSection(type: RelationshipType): string {
  const ends = type.pairs
    .map(
      (pair) =>
        `${pair.from.map((end) => end.name).join(', ')} ${type.symmetric ? '—' : '→'} ${pair.to.map((end) => end.name).join(', ')}`,
    )
    .join('; ');
  const fields = [...datesOf(type), ...type.fields];
  const time = {
    state: `A state, from \`${type.time.from}\` to \`${type.time.to}\`.`,
    act: 'An act, on a day: `on`.',
    timeless: 'Timeless: always current.',
  }[type.time.class];
  return [
    `### ${type.name}`,
    type.description,
    `${ends}. ${type.symmetric ? `Symmetric: \`${type.names.forward}\` from either end.` : `\`${type.names.forward}\` from its start, \`${type.names.reverse}\` from its end.`} ${time} Record \`${recordName(type)}\`. Identity: its ends${type.identity.map((name) => `, ${name}`).join('')}. Mappings: ${mappingLine(type.maps)}.`,
    ...(fields.length > 0 ? [fieldTable(fields, type.identity)] : []),
  ].join('\n\n');
}

export function printOntologyPage(model: Model): string {
  const families = table(
    ['family', 'holds', 'meaning'],
    model.families.map((family) => [
      family.name,
      concreteTypes(model, family)
        .map((type) => type.name)
        .join(', '),
      family.description,
    ]),
  );
  return `${[
    '<!-- Printed from src/ontology by `npm run print`; do not edit. -->',
    '# The ontology',
    `${model.entities.length} types of entities in ${model.families.length} families, ${model.relationships.length} types of relationships. Every relationship rests on claims; every claim is stated in a source.`,
    '## Families',
    families,
    '## Entities',
    'Every entity has, beside `id`, `type`, `names` and `externalIds`:',
    fieldTable(entityFields),
    ...model.entities.map((type) => entitySection(model, type)),
    '## Relationships',
    'Every relationship has, beside `id`, `type`, `from`, `to` and `state`:',
    fieldTable(relationshipFields),
    ...model.relationships.map(relationshipSection),
    '## Claims',
    'Beside `id`, `subject`, `object`, `value`, `speaker`, `source`, `relationships` and its ties to other claims:',
    fieldTable(claimFields),
    '## Closed lists',
    ...CLOSED_LISTS.map(
      (list) =>
        `### ${list.name}\n\n${list.description}\n\n${table(['value', 'meaning'], Object.entries(list.values))}`,
    ),
  ].join('\n\n')}\n`;
}
