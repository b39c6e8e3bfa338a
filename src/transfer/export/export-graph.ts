import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import type { FieldValues } from '../../model/records.ts';
import type { Derived } from '../../store/graph/claim-rules.ts';

/** A part of the graph, or the whole, as every format is handed it: the same sets, read from the database as they are written. */

/** What is asked for, and what was found before the first element was read. */
export interface ExportAbout {
  /** The file's name without its extension. */
  readonly name: string;
  /** The parameters, as the address gives them, in a fixed order; defaults left out. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly view: 'contracted' | 'full';
  /** As of when: the instant of the last change, ISO 8601, so that a graph which has not changed is written as it was. */
  readonly exportedAt: string;
  /** Elements that will be written. */
  readonly counts: { readonly nodes: number; readonly edges: number; readonly claims: number };
  /** In words, what was left out by a limit, and how to have it; null where nothing was. */
  readonly truncated: string | null;
}

/** An entity, or a claim where `view` is `full`. */
export interface ExportNode {
  readonly id: string;
  /** Null for a claim. */
  readonly type: EntityType | null;
  /** The name of an entity, the text of a claim. */
  readonly label: string;
  /** Values of declared fields in the shape of records: texts, numbers, `{value, currency}` … `name` is among them. */
  readonly fields: FieldValues;
  readonly externalIds: readonly { readonly scheme: string; readonly value: string }[];
  readonly names: readonly FieldValues[];
  /** What no record gives, since it follows from a relationship: the `status` of a term. */
  readonly derived: FieldValues;
  /** Where it is a claim, all of it. */
  readonly claim: ExportClaim | null;
  /** ISO 8601. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
}

/** A relationship; or where `view` is `full`, a claim's tie to what it is about (`SUBJECT`, `STATED_IN` …). */
export interface ExportEdge {
  readonly id: string;
  /** Symmetric ones stand once, from the end that they are stored from. */
  readonly from: string;
  readonly to: string;
  /** `HOLDS_POSITION`, `SUBJECT` … */
  readonly type: string;
  /** Null for a claim's tie. */
  readonly relationship: RelationshipType | null;
  /** Own fields and dates in the shape of records, dates as `validFrom` and `validTo` (ISO prefixes). */
  readonly fields: FieldValues;
  /** What follows from its claims; null for a claim's tie. */
  readonly standing: EdgeStanding | null;
}

export interface EdgeStanding extends Derived {
  /** Ids of the claims that assert it. */
  readonly claims: readonly string[];
}

/** A claim with what it is tied to, in the shape of records; ids throughout. */
export interface ExportClaim {
  readonly id: string;
  readonly subject: string | null;
  readonly predicate: string | null;
  readonly object: string | null;
  readonly asserts: readonly string[];
  readonly speaker: string | null;
  readonly source: string | null;
  readonly locator: string | null;
  readonly supports: readonly string[];
  readonly disputes: readonly string[];
  readonly qualifies: readonly string[];
  readonly supersedes: readonly string[];
  /** Fields of the claim in the shape of records: text, commitment, quote … also `value` and `states`, where it has them. */
  readonly fields: FieldValues;
  readonly retracted: boolean;
}

/** Each sequence is read from the database as it is consumed, in one pass; it may be asked for more than once. Ordered by nothing. */
export interface ExportGraph {
  readonly about: ExportAbout;
  nodes(): AsyncIterable<ExportNode>;
  /** Only those with both ends among the nodes. */
  edges(): AsyncIterable<ExportEdge>;
  /** The claims that assert the edges or have one of the nodes for their subject, whatever the view. */
  claims(): AsyncIterable<ExportClaim>;
}
