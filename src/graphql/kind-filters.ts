import type { Field } from '../model/kinds.ts';
import { Commitment } from '../model/vocabulary.ts';
import { closedListEnum } from './enums.ts';
import type { Input, InputSpec, Registry } from './registry.ts';
import { scalar } from './scalars.ts';

/** Filters by kind of field: which operators a value has. */

export type Specs = Record<string, InputSpec>;

export const OPERATORS = {
  eq: 'Equal.',
  ne: 'Present and not equal.',
  in: 'One of these, at most 200.',
  notIn: 'Present and none of these, at most 200.',
  lt: 'Less.',
  lte: 'Less or equal.',
  gt: 'Greater.',
  gte: 'Greater or equal.',
  between: 'From the first to the second, both included.',
  startsWith: 'Begins with this, to the letter.',
  contains: 'Holds this, to the letter.',
} as const;
type Operator = keyof typeof OPERATORS;

/** A filter on one kind: its operators over one input type. */
function kindFilter(
  registry: Registry,
  name: string,
  what: string,
  type: Input,
  operators: readonly Operator[],
  more: Specs = {},
): Input {
  return registry.input(
    `${name}Filter`,
    `Operators on ${what}. Each that is given must hold; an absent value fulfils none but isNull: true.`,
    () => ({
      ...Object.fromEntries(
        operators.map((operator): [string, InputSpec] => {
          const many = operator === 'in' || operator === 'notIn' || operator === 'between';
          return [operator, { type: many ? [type] : type, description: OPERATORS[operator] }];
        }),
      ),
      ...more,
      isNull: { type: 'Boolean', description: 'Absent (true) or present (false).' },
    }),
  );
}

const EQUALITY = ['eq', 'ne', 'in', 'notIn'] as const;
const ORDER = [...EQUALITY, 'lt', 'lte', 'gt', 'gte', 'between'] as const;

export const idFilter = (registry: Registry): Input =>
  kindFilter(registry, 'ID', 'ids', scalar('ID'), [...EQUALITY, 'startsWith']);

const textFilter = (registry: Registry): Input =>
  kindFilter(registry, 'String', 'texts', scalar('String'), [...ORDER, 'startsWith', 'contains']);

const searchableTextFilter = (registry: Registry): Input =>
  kindFilter(
    registry,
    'Text',
    'texts whose words are indexed',
    scalar('String'),
    [...ORDER, 'startsWith', 'contains'],
    {
      matches: {
        type: 'String',
        description:
          'Holds all of these words, whatever their case and accents; the commonest English words are passed over. No syntax: every character is taken as it is.',
      },
    },
  );

function listFilter(registry: Registry): Input {
  return registry.input('StringListFilter', 'Operators on lists of texts.', () => ({
    has: { type: 'String', description: 'Holds this.' },
    hasAny: { type: ['String'], description: 'Holds one of these, at most 200.' },
    isEmpty: { type: 'Boolean', description: 'Empty (true) or not (false).' },
  }));
}

/** `SCHEME` and value. */
export const externalIdInput = (registry: Registry): Input =>
  registry.input('ExternalIdInput', 'What something is called in another data set.', () => ({
    scheme: { type: 'String', description: 'The data set, such as WIKIDATA.', required: true },
    value: { type: 'String', description: 'The id there.', required: true },
  }));

export const externalIdsFilter = (registry: Registry): Input =>
  registry.input('ExternalIdListFilter', 'Operators on external ids.', () => ({
    has: { type: externalIdInput(registry), description: 'Has this one.' },
    hasAny: { type: [externalIdInput(registry)], description: 'Has one of these, at most 200.' },
    isEmpty: { type: 'Boolean', description: 'Has none (true) or some (false).' },
  }));

function partsFilter(registry: Registry, name: string, what: string, parts: Record<string, Input>): Input {
  return registry.input(`${name}Filter`, `Operators on ${what}, part by part.`, () => ({
    ...Object.fromEntries(
      Object.entries(parts).map(([part, type]): [string, InputSpec] => [
        part,
        { type, description: `By its ${part}.` },
      ]),
    ),
    isNull: { type: 'Boolean', description: 'Nothing is known of it (true) or something is (false).' },
  }));
}

const intFilter = (registry: Registry): Input => kindFilter(registry, 'Int', 'whole numbers', scalar('Int'), ORDER);
const floatFilter = (registry: Registry): Input => kindFilter(registry, 'Float', 'numbers', scalar('Float'), ORDER);

/** The filter of a field's kind. */
function filterOf(registry: Registry, field: Field): Input {
  switch (field.kind) {
    case 'text':
      return field.fullText ? searchableTextFilter(registry) : textFilter(registry);
    case 'openList':
      return textFilter(registry);
    case 'textList':
      return listFilter(registry);
    case 'closedList':
      return kindFilter(registry, field.list.name, field.list.name, closedListEnum(registry, field.list), EQUALITY);
    case 'statusOf':
      return kindFilter(registry, Commitment.name, Commitment.name, closedListEnum(registry, Commitment), EQUALITY);
    case 'boolean':
      return kindFilter(registry, 'Boolean', 'flags', scalar('Boolean'), ['eq', 'ne']);
    case 'integer':
      return intFilter(registry);
    case 'float':
      return floatFilter(registry);
    case 'partialDate':
      return kindFilter(
        registry,
        'PartialDate',
        'partial dates: before and after are meant surely, by the days that each side can mean',
        scalar('PartialDate'),
        ORDER,
        {
          startsWith: { type: 'String', description: 'Lies in this year or month, told by its ISO prefix.' },
        },
      );
    case 'date':
      return kindFilter(registry, 'Date', 'days', scalar('Date'), ORDER);
    case 'dateTime':
      return kindFilter(registry, 'DateTime', 'instants', scalar('DateTime'), ORDER);
    case 'reference':
      return idFilter(registry);
    case 'count':
      return partsFilter(registry, 'Count', 'counts', {
        exact: intFilter(registry),
        atLeast: intFilter(registry),
        atMost: intFilter(registry),
        text: textFilter(registry),
      });
    case 'amount':
      return partsFilter(registry, 'Amount', 'amounts', {
        value: floatFilter(registry),
        currency: textFilter(registry),
        atLeast: floatFilter(registry),
        atMost: floatFilter(registry),
        text: textFilter(registry),
      });
    case 'quote':
      return partsFilter(registry, 'Quote', 'quotes', {
        text: searchableTextFilter(registry),
        language: textFilter(registry),
        translation: textFilter(registry),
        elided: kindFilter(registry, 'Boolean', 'flags', scalar('Boolean'), ['eq', 'ne']),
      });
  }
}

export const byField = (registry: Registry, fields: readonly Field[]): Specs =>
  Object.fromEntries(
    fields.map((field): [string, InputSpec] => [
      field.name,
      { type: filterOf(registry, field), description: field.description },
    ]),
  );

export const typeFilter = (registry: Registry, name: string, type: Input): Input =>
  kindFilterWithoutNull(registry, name, type);

function kindFilterWithoutNull(registry: Registry, name: string, type: Input): Input {
  return registry.input(`${name}Filter`, `Operators on ${name}.`, () =>
    Object.fromEntries(
      EQUALITY.map((operator): [string, InputSpec] => [
        operator,
        { type: operator === 'in' || operator === 'notIn' ? [type] : type, description: OPERATORS[operator] },
      ]),
    ),
  );
}
