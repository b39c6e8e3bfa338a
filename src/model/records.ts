import type { EntityType, RelationshipType } from './declarations.ts';

/**
 * A record: the one shape in which anything enters the graph, from seeds, imports and mutations alike. Checked in
 * shape by the schemas that are derived from the model; checked against the graph by the store.
 */

/** How a record points at an entity, an edge or a claim. `name` is a tag in the same call, else an id. */
export type Ref =
  | { readonly id: string }
  | { readonly externalId: { readonly scheme: string; readonly value: string } }
  | { readonly record: number }
  | { readonly name: string };

/** Values of declared fields as they stand in records: texts, numbers, booleans, or objects for kinds with parts. */
export type FieldValues = Readonly<Record<string, unknown>>;

interface Written {
  /** Names the record for references within the same call. */
  readonly tag?: string;
  readonly id?: string;
  readonly clear: readonly string[];
  readonly expectedVersion?: number;
}

export interface EntityRecord extends Written {
  readonly is: 'entity';
  readonly type: EntityType;
  readonly fields: FieldValues;
  readonly names?: readonly FieldValues[];
  readonly externalIds?: readonly { readonly scheme: string; readonly value: string }[];
  readonly claims: readonly ClaimRecord[];
}

export interface RelationshipRecord extends Written {
  readonly is: 'relationship';
  readonly type: RelationshipType;
  readonly from?: Ref;
  readonly to?: Ref;
  /** The edge's own fields and its dates, the dates under their stored names. */
  readonly fields: FieldValues;
  readonly claims: readonly ClaimRecord[];
}

/** The value of a claim about a field. */
export interface ClaimValue {
  readonly kind: 'TEXT' | 'NUMBER' | 'BOOLEAN' | 'DATE' | 'AMOUNT' | 'COUNT';
  readonly value: unknown;
}

export interface StatedProperty {
  readonly relationship: Ref;
  readonly property: string;
  readonly value: unknown;
}

export interface ClaimRecord extends Written {
  readonly is: 'claim';
  readonly subject?: Ref;
  readonly predicate?: string;
  readonly object?: Ref;
  readonly value?: ClaimValue;
  readonly asserts: readonly Ref[];
  readonly states: readonly StatedProperty[];
  readonly speaker?: Ref;
  readonly source?: Ref;
  readonly supports: readonly Ref[];
  readonly disputes: readonly Ref[];
  readonly qualifies: readonly Ref[];
  readonly supersedes: readonly Ref[];
  /** The claim's own fields, `text` to `publishedAt`. */
  readonly fields: FieldValues;
}

export type GraphRecord = EntityRecord | RelationshipRecord | ClaimRecord;

/** What is wrong with a record: where, which rule, in words, and the way out. */
export interface Problem {
  /** Index of the record in the call. */
  readonly record: number;
  /** Keys and indices inside the record, outermost first. */
  readonly path: readonly (string | number)[];
  readonly code: ProblemCode;
  readonly message: string;
  readonly suggestion?: string;
}

export type ProblemCode =
  | 'UNKNOWN_RECORD'
  | 'UNKNOWN_FIELD'
  | 'MISSING_FIELD'
  | 'INVALID_VALUE'
  | 'UNKNOWN_REFERENCE'
  | 'WRONG_TYPE'
  | 'ILLEGAL_PAIR'
  | 'DUPLICATE'
  | 'IMPOSSIBLE_DATES'
  | 'CLAIM_WITHOUT_SOURCE'
  | 'RELATIONSHIP_WITHOUT_CLAIM'
  | 'IDENTITY_CHANGED'
  | 'CONFLICT'
  /** It is no more: it was removed, retracted, or merged into another. */
  | 'REMOVED'
  | 'RETRACTED'
  | 'MERGED'
  /** Something refers to it. */
  | 'DANGLING'
  /** There is more of it than can be shown, or done. */
  | 'LIMIT_EXCEEDED'
  | 'UNREADABLE';
