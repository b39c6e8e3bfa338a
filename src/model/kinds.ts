import type { FieldMappings } from './mappings.ts';
import type { ClosedList } from './vocabulary.ts';

/**
 * The kinds of value that a field may have. A kind says what is stored, compared, printed and accepted; the rooms that
 * do so (records, filters, Cypher, docs) each switch over `kind` once.
 */
export type Kind =
  | { readonly kind: 'text'; readonly fullText: boolean }
  | { readonly kind: 'textList'; readonly fullText: boolean; readonly wellKnown: readonly string[] }
  | { readonly kind: 'openList'; readonly wellKnown: readonly string[] }
  | { readonly kind: 'closedList'; readonly list: ClosedList }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly min: number | null; readonly max: number | null }
  | { readonly kind: 'float'; readonly min: number | null; readonly max: number | null }
  | { readonly kind: 'partialDate' }
  | { readonly kind: 'date' }
  | { readonly kind: 'dateTime' }
  | { readonly kind: 'count' }
  | { readonly kind: 'amount' }
  | { readonly kind: 'quote' }
  | { readonly kind: 'reference'; readonly to: string }
  | { readonly kind: 'statusOf'; readonly relationship: string };

/** A field as it is declared: a kind and what it means; `required` on creation. */
export type FieldDeclaration = Kind & {
  readonly description: string;
  readonly required: boolean;
  readonly maps?: FieldMappings;
};

/** A declared field under its name. */
export type Field = FieldDeclaration & { readonly name: string };

export type Fields = Readonly<Record<string, FieldDeclaration>>;

const optional = { required: false } as const;

/** Free text; `fullText` makes its words searchable. */
export const text = (description: string, options: { fullText?: boolean } = {}): FieldDeclaration => ({
  kind: 'text',
  fullText: options.fullText ?? false,
  description,
  ...optional,
});

/** A list of texts, unordered, without repetition; `wellKnown` where the field follows a vocabulary. */
export const textList = (
  description: string,
  options: { fullText?: boolean; wellKnown?: readonly string[] } = {},
): FieldDeclaration => ({
  kind: 'textList',
  fullText: options.fullText ?? false,
  wellKnown: options.wellKnown ?? [],
  description,
  ...optional,
});

/** UPPER_SNAKE values of which the well-known are declared and others are allowed. */
export const openList = (description: string, ...wellKnown: string[]): FieldDeclaration => ({
  kind: 'openList',
  wellKnown,
  description,
  ...optional,
});

/** One of a closed list's values. */
export const closedList = (list: ClosedList, description: string): FieldDeclaration => ({
  kind: 'closedList',
  list,
  description,
  ...optional,
});

export const boolean = (description: string): FieldDeclaration => ({ kind: 'boolean', description, ...optional });

export const integer = (description: string, range: { min?: number; max?: number } = {}): FieldDeclaration => ({
  kind: 'integer',
  min: range.min ?? null,
  max: range.max ?? null,
  description,
  ...optional,
});

export const float = (description: string, range: { min?: number; max?: number } = {}): FieldDeclaration => ({
  kind: 'float',
  min: range.min ?? null,
  max: range.max ?? null,
  description,
  ...optional,
});

/** A day, month or year: an ISO prefix with the earliest and latest day it can mean. */
export const partialDate = (description: string): FieldDeclaration => ({
  kind: 'partialDate',
  description,
  ...optional,
});

/** A full day. */
export const date = (description: string): FieldDeclaration => ({ kind: 'date', description, ...optional });

/** An instant, set by the store. */
export const dateTime = (description: string): FieldDeclaration => ({ kind: 'dateTime', description, ...optional });

/** A number of things, which may be known only by its bounds or its wording. */
export const count = (description: string): FieldDeclaration => ({ kind: 'count', description, ...optional });

/** A sum of money, which may be unknown, known by its bounds, or by its wording. */
export const amount = (description: string): FieldDeclaration => ({ kind: 'amount', description, ...optional });

/** Words as they were said, with language, translation, and whether something was left out. */
export const quote = (description: string): FieldDeclaration => ({ kind: 'quote', description, ...optional });

/** The id of an entity of a type or family, told by name; the entity itself in GraphQL. */
export const reference = (to: string, description: string): FieldDeclaration => ({
  kind: 'reference',
  to,
  description,
  ...optional,
});

/** Not stored: the status of the entity's one outgoing relationship of a type. */
export const statusOf = (relationship: string, description: string): FieldDeclaration => ({
  kind: 'statusOf',
  relationship,
  description,
  ...optional,
});

/** The same field, needed on creation. */
export const required = (field: FieldDeclaration): FieldDeclaration => ({ ...field, required: true });

/** The same field, with what it is called in other vocabularies. */
export const mapped = (field: FieldDeclaration, maps: FieldMappings): FieldDeclaration => ({ ...field, maps });

/** The parts of a kind that is stored in several properties: suffix in the store → key in records and GraphQL. */
export const PARTS = {
  partialDate: { '': 'text', Earliest: 'earliest', Latest: 'latest' },
  count: { Exact: 'exact', AtLeast: 'atLeast', AtMost: 'atMost', Text: 'text' },
  amount: { Value: 'value', Currency: 'currency', AtLeast: 'atLeast', AtMost: 'atMost', Text: 'text' },
  quote: { Text: 'text', Language: 'language', Translation: 'translation', Elided: 'elided' },
} as const;

/** The properties in the store that hold a field, e.g. `birthDate birthDateEarliest birthDateLatest`. */
export function storedProperties(field: Field): string[] {
  if (field.kind === 'statusOf') return [];
  if (field.kind in PARTS) return Object.keys(PARTS[field.kind as keyof typeof PARTS]).map((part) => field.name + part);
  return [field.name];
}

/** The names of those fields that hold ids of entities. */
export const references = (fields: readonly Field[]): string[] =>
  fields.filter((field) => field.kind === 'reference').map((field) => field.name);
