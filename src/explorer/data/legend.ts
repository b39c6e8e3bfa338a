import type { Api } from './api.ts';

/** What `/ontology.json` tells: the types there are, what they are called, how they stand in time. */

export interface EntityType {
  /** As GraphQL's enum has it: `PERSON`. */
  readonly type: string;
  /** For people: `Person`, `Political party`. */
  readonly label: string;
  readonly description: string;
  readonly families: readonly string[];
  /** As GraphQL's type is called: `Person`. */
  readonly graphqlType: string;
  readonly fields: readonly OwnField[];
}

export interface OwnField {
  readonly name: string;
  readonly kind: string;
}

export interface RelationshipType {
  readonly type: string;
  readonly graphqlType: string;
  readonly label: string;
  readonly description: string;
  readonly phrase: { readonly forward: string; readonly reverse: string };
  readonly symmetric: boolean;
  readonly time: { readonly class: 'state' | 'act' | 'timeless'; readonly from: string; readonly to: string | null };
  readonly fields: readonly OwnField[];
}

export interface Legend {
  readonly entities: ReadonlyMap<string, EntityType>;
  readonly relationships: ReadonlyMap<string, RelationshipType>;
}

interface OntologyJson {
  readonly entityTypes: readonly {
    readonly name: string;
    readonly enum: string;
    readonly description: string;
    readonly families: readonly string[];
    readonly fields: readonly OwnField[];
  }[];
  readonly relationshipTypes: readonly {
    readonly name: string;
    readonly graphqlType: string;
    readonly description: string;
    readonly phrase: RelationshipType['phrase'];
    readonly symmetric: boolean;
    readonly time: RelationshipType['time'];
    readonly fields: RelationshipType['fields'];
  }[];
}

/** Fetches the ontology. @throws Refused */
export async function fetchLegend(api: Api): Promise<Legend> {
  const json = (await (await api.get('/ontology.json')).json()) as OntologyJson;
  return {
    entities: new Map(
      json.entityTypes.map(({ name, enum: type, ...each }) => [
        type,
        { ...each, type, graphqlType: name, label: spoken(type) },
      ]),
    ),
    relationships: new Map(
      json.relationshipTypes.map(({ name, ...each }) => [name, { ...each, type: name, label: spoken(name) }]),
    ),
  };
}

/** `HOLDS_POSITION` as people write it: `Holds position`. */
export function spoken(name: string): string {
  const text = name.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
