/** What the page knows of the graph: entities and the relationships between them, as GraphQL tells of them. */

export interface Entity {
  readonly id: string;
  readonly name: string;
  /** As GraphQL's enum has it: `PERSON`. */
  readonly type: string;
}

export interface Edge {
  readonly id: string;
  /** As Neo4j has it: `HOLDS_POSITION`. */
  readonly type: string;
  readonly from: string;
  readonly to: string;
  /** When it began and ended, under whatever names its type has for that: ISO prefixes. */
  readonly begins: string | null;
  readonly ends: string | null;
  readonly observedFrom: string | null;
  readonly observedTo: string | null;
  readonly status: string;
  readonly hedged: boolean;
  readonly disputed: boolean;
}
