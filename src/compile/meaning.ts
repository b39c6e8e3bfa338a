import type { GraphQLField } from 'graphql';
import type { CLAIM_TIES } from '../model/common-fields.ts';
import type { End, RelationshipType } from '../model/declarations.ts';
import type { Field } from '../model/kinds.ts';
import type { Model, RelationField } from '../model/model.ts';
import type { Emitter } from './emitter.ts';
import type { Root } from './roots.ts';
import type { Selected } from './selection.ts';

/**
 * What a GraphQL field means in the graph. The schema's builder attaches one to each field; the compiler reads nothing
 * else of the schema than types, arguments and these.
 */
export type Meaning =
  /** A root field. */
  | { readonly is: 'lookup'; readonly end: End }
  | { readonly is: 'claimLookup' }
  | { readonly is: 'node' }
  | { readonly is: 'nodes' }
  | { readonly is: 'all'; readonly of: End | 'Claim' }
  | { readonly is: 'question'; readonly compile: (emitter: Emitter, selected: Selected) => Root }
  /** A root field that the model answers, without a statement; what is read has the schema's names for its keys. */
  | { readonly is: 'model'; readonly read: (model: Model) => unknown }
  /** Things that the call itself has written, read again by their ids; their field stands in a payload. */
  | { readonly is: 'written' }
  /** A stored property, of an entity, an edge or a claim. `stored` is its name in the store. */
  | { readonly is: 'property'; readonly field: Field; readonly stored: string }
  | { readonly is: 'entityType' }
  | { readonly is: 'names' }
  | { readonly is: 'externalIds' }
  | { readonly is: 'relation'; readonly relation: RelationField }
  | { readonly is: 'relationships' }
  | { readonly is: 'relationshipCounts' }
  | { readonly is: 'claims'; readonly of: 'entity' | 'relationship' }
  | { readonly is: 'statements' }
  | { readonly is: 'people' }
  | { readonly is: 'sources'; readonly of: 'entity' | 'relationship' }
  /** Of whatever has revisions. */
  | { readonly is: 'history' }
  /** Of an edge. */
  | { readonly is: 'relationshipType' }
  | { readonly is: 'end'; readonly end: 'from' | 'to' }
  | { readonly is: 'state' }
  /** Of a claim. */
  | { readonly is: 'claimEnd'; readonly edge: 'SUBJECT' | 'OBJECT' | 'SPEAKER' | 'STATED_IN'; readonly to: string }
  | { readonly is: 'claimValue' }
  | { readonly is: 'claimTies'; readonly tie: keyof typeof CLAIM_TIES; readonly side: 'forward' | 'reverse' }
  | { readonly is: 'claimRelationships' }
  | { readonly is: 'locator' }
  | { readonly is: 'retraction' }
  /** Of a revision. */
  | { readonly is: 'revisionCursor' }
  | { readonly is: 'revisionState'; readonly which: 'before' | 'after' | 'changes' }
  | { readonly is: 'revised'; readonly kind: 'ENTITY' | 'RELATIONSHIP' | 'CLAIM' }
  /** Of a connection, its edges, and the page. */
  | { readonly is: 'part'; readonly part: ConnectionPart };

/**
 * A part of a connection, of one of its edges, or of its page. Every connection has `edges nodes totalCount pageInfo`,
 * `cursor node` and the page's own; others are what its listing gives them to be.
 */
export type ConnectionPart = string;

/** What a field means; undefined where it is read off a decoded value as it is. */
export const meaningOf = (field: GraphQLField<unknown, unknown>): Meaning | undefined =>
  field.extensions['meaning'] as Meaning | undefined;

/** Equal for two meanings that compile alike, so that types which share them share one branch of the statement. */
export function meaningKey(meaning: Meaning | undefined): string {
  if (!meaning) return '-';
  switch (meaning.is) {
    case 'property':
      return `property ${meaning.stored} ${meaning.field.name} ${meaning.field.kind}`;
    case 'relation':
      return `relation ${meaning.relation.relationship.name} ${meaning.relation.side} ${meaning.relation.host.name}`;
    case 'claims':
    case 'sources':
      return `${meaning.is} ${meaning.of}`;
    default:
      return JSON.stringify(meaning);
  }
}

/** The arrow of a relationship pattern seen from its `side`. */
export function arrow(relationship: RelationshipType, side: 'forward' | 'reverse', inside: string): string {
  if (relationship.symmetric) return `-[${inside}]-`;
  return side === 'forward' ? `-[${inside}]->` : `<-[${inside}]-`;
}
