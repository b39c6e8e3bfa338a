import { isAlwaysThere } from '../compile/presence.ts';
import type { Field } from '../model/kinds.ts';
import { endNamed } from '../model/model.ts';
import { Commitment, Direction } from '../model/vocabulary.ts';
import { endRef } from './entities.ts';
import { closedListEnum, relationshipTypeEnum } from './enums.ts';
import type { FieldSpec, Output, Registry, TypeParameter } from './registry.ts';
import { scalar } from './scalars.ts';

/** Values that have parts, as object types; and the GraphQL type of each kind of field. */

const part = (type: TypeParameter, description: string, nullable = true): FieldSpec => ({
  type,
  nullable,
  description,
});

export const countType = (registry: Registry): Output =>
  registry.object(
    'reader',
    'Count',
    'A number of things, which may be known only by its bounds or its wording.',
    () => ({
      exact: part(scalar('Int'), 'The number, where it is known.'),
      atLeast: part(scalar('Int'), 'Its lower bound.'),
      atMost: part(scalar('Int'), 'Its upper bound.'),
      text: part(scalar('String'), 'The source’s wording, such as "thousands".'),
    }),
  );

export const amountType = (registry: Registry): Output =>
  registry.object(
    'reader',
    'Amount',
    'A sum of money, which may be unknown, known by its bounds, or by its wording.',
    () => ({
      value: part(scalar('Float'), 'The sum, where it is known, in units of the currency.'),
      currency: part(scalar('String'), 'ISO 4217 code.'),
      atLeast: part(scalar('Float'), 'Its lower bound.'),
      atMost: part(scalar('Float'), 'Its upper bound.'),
      text: part(scalar('String'), 'The source’s wording.'),
    }),
  );

export const quoteType = (registry: Registry): Output =>
  registry.object('reader', 'Quote', 'Words as they were said.', () => ({
    text: part(scalar('String'), 'The words.', false),
    language: part(scalar('String'), 'BCP 47 tag of their language.'),
    translation: part(scalar('String'), 'The words in English, where they are not.'),
    elided: part(scalar('Boolean'), 'Whether something was left out between them.', false),
  }));

export const nameType = (registry: Registry): Output =>
  registry.object('reader', 'Name', 'A name with its language, sort and time.', () => ({
    value: part(scalar('String'), 'The name itself.', false),
    language: part(scalar('String'), 'BCP 47 tag of its language.'),
    kind: part(scalar('String'), 'What sort of name it is: LEGAL, ALIAS, ACRONYM, FORMER, WEAK.'),
    validFrom: part(scalar('PartialDate'), 'From when it is used.'),
    validTo: part(scalar('PartialDate'), 'Until when it is used.'),
    origin: part(scalar('ID'), 'The id of the entity that it came from, where that was merged into this one.'),
  }));

export const externalIdType = (registry: Registry): Output =>
  registry.object('reader', 'ExternalId', 'What something is called in another data set.', () => ({
    scheme: part(scalar('String'), 'The data set, such as WIKIDATA.', false),
    value: part(scalar('String'), 'The id there.', false),
  }));

export const relationshipCountType = (registry: Registry): Output =>
  registry.object(
    'reader',
    'RelationshipCount',
    'How many relationships of a type an entity has in a direction.',
    () => ({
      type: part(relationshipTypeEnum(registry), 'The type of relationship.', false),
      direction: part(closedListEnum(registry, Direction), 'Seen from the entity; BOTH for symmetric types.', false),
      count: part(scalar('Int'), 'How many.', false),
    }),
  );

export const claimValueType = (registry: Registry): Output =>
  registry.object('reader', 'ClaimValue', 'The value that a claim gives a field.', () => ({
    kind: part(scalar('String'), 'TEXT, NUMBER, BOOLEAN, DATE, AMOUNT or COUNT.', false),
    text: part(scalar('String'), 'The value in words.', false),
    number: part(scalar('Float'), 'The number, where it is one.'),
    amount: part(amountType(registry), 'The amount, where it is one.'),
    count: part(countType(registry), 'The count, where it is one.'),
    date: part(scalar('PartialDate'), 'The date, where it is one.'),
    boolean: part(scalar('Boolean'), 'True or false, where it is that.'),
  }));

export const retractionType = (registry: Registry): Output =>
  registry.object('reader', 'Retraction', 'That a claim was taken back.', () => ({
    at: part(scalar('DateTime'), 'When.', false),
    by: part(scalar('String'), 'By whom.'),
    reason: part(scalar('String'), 'Why.'),
  }));

/** The GraphQL type of a field's kind. */
export function typeOfField(registry: Registry, field: Field): TypeParameter {
  switch (field.kind) {
    case 'text':
    case 'openList':
      return scalar('String');
    case 'textList':
      return [scalar('String')] as unknown as TypeParameter;
    case 'closedList':
      return closedListEnum(registry, field.list);
    case 'statusOf':
      return closedListEnum(registry, Commitment);
    case 'boolean':
      return scalar('Boolean');
    case 'integer':
      return scalar('Int');
    case 'float':
      return scalar('Float');
    case 'partialDate':
      return scalar('PartialDate');
    case 'date':
      return scalar('Date');
    case 'dateTime':
      return scalar('DateTime');
    case 'count':
      return countType(registry);
    case 'amount':
      return amountType(registry);
    case 'quote':
      return quoteType(registry);
    case 'reference': {
      const end = endNamed(registry.model, field.to);
      if (!end) throw new Error(`no type ${field.to}`);
      return endRef(registry, end);
    }
  }
}

/** A declared field as a GraphQL field. `status` of a term may be absent: it is its TERM_OF edge's. */
export function propertySpec(registry: Registry, field: Field, stored = field.name): FieldSpec {
  const sure = field.kind === 'textList' || (isAlwaysThere(field) && field.kind !== 'reference');
  return {
    type: typeOfField(registry, field),
    nullable: !sure,
    description: wellKnown(field),
    meaning: { is: 'property', field, stored },
  };
}

/** The field's meaning, with the values that are well known where the list is open. */
export function wellKnown(field: Field): string {
  const known = field.kind === 'openList' || field.kind === 'textList' ? field.wellKnown : [];
  return known.length > 0 ? `${field.description} Well known: ${known.join(', ')}.` : field.description;
}
