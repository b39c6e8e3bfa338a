import { identifier } from '../../compile/identifier.ts';
import { CLAIM_EDGES, CLAIM_TIES } from '../../model/common-fields.ts';
import { fieldsOfEntity, type Model } from '../../model/model.ts';
import type { Connection } from '../connection.ts';
import { floatsOf, type Properties } from '../graph/properties.ts';
import { copied } from './copied-values.ts';

/** What a store holds beside what records say, and what they say as it is stored: enough to make the same store again. */

/** One piece of a copy. Ends are ids. */
export type Piece =
  | {
      readonly is: 'entity';
      readonly type: string;
      readonly properties: Properties;
      readonly names: readonly Properties[];
    }
  | { readonly is: 'externalId'; readonly of: string; readonly properties: Properties }
  | {
      readonly is: 'relationship';
      readonly type: string;
      readonly from: string;
      readonly to: string;
      readonly properties: Properties;
    }
  | { readonly is: 'claim'; readonly unheld: boolean; readonly properties: Properties }
  | {
      readonly is: 'tie';
      readonly type: string;
      readonly from: string;
      readonly to: string;
      readonly properties: Properties;
    }
  | { readonly is: 'kept'; readonly label: Kept; readonly properties: Properties };

/** What history and curation keep: removed things, revisions, merges, judgements. */
export const KEPT = ['Removed', 'Revision', 'Merge', 'Judgement'] as const;
export type Kept = (typeof KEPT)[number];

/** How far the log of changes has come. */
export interface FeedState {
  readonly sequence: number;
  readonly epoch: number;
}

export async function feedState(connection: Connection): Promise<FeedState> {
  const rows = await connection.read(
    { text: "CYPHER 5 MATCH (f:ConcordatFeed {name: 'changes'}) RETURN f.sequence, f.epoch", parameters: {} },
    { operation: 'copy' },
  );
  return { sequence: Number(rows[0]?.[0] ?? 0), epoch: Number(rows[0]?.[1] ?? 0) };
}

/** Pieces in an order in which each comes after what it leads to. */
export async function* copyPieces(connection: Connection, model: Model, signal?: AbortSignal): AsyncIterable<Piece> {
  const rows = async function* (text: string): AsyncIterable<unknown[]> {
    const options = { operation: 'copy', ...(signal ? { signal } : {}) };
    for await (const some of connection.stream({ text: `CYPHER 5 ${text}`, parameters: {} }, options)) yield* some;
  };
  for (const type of model.entities) {
    const floats = floatsOf(fieldsOfEntity(type));
    const names = 'COLLECT { MATCH (n)-[:NAMED]->(m:Name) RETURN properties(m) }';
    for await (const [properties, all] of rows(`MATCH (n:${identifier(type.name)}) RETURN properties(n), ${names}`))
      yield {
        is: 'entity',
        type: type.name,
        properties: copied(properties as Properties, floats),
        names: (all as Properties[]).map((name) => copied(name)),
      };
  }
  for (const label of KEPT)
    for await (const [properties] of rows(`MATCH (n:${label}) RETURN properties(n)`))
      yield { is: 'kept', label, properties: copied(properties as Properties) };
  for await (const [of, properties] of rows('MATCH (n)-[:IDENTIFIED_BY]->(x:ExternalId) RETURN n.id, properties(x)'))
    yield { is: 'externalId', of: of as string, properties: copied(properties as Properties) };
  for await (const [properties, unheld] of rows('MATCH (c:Claim) RETURN properties(c), c:Unheld'))
    yield { is: 'claim', unheld: unheld === true, properties: copied(properties as Properties) };
  for (const type of model.relationships) {
    const floats = floatsOf(type.fields);
    for await (const [from, to, properties] of rows(
      `MATCH (a)-[r:${identifier(type.name)}]->(b) RETURN a.id, b.id, properties(r)`,
    ))
      yield {
        is: 'relationship',
        type: type.name,
        from: from as string,
        to: to as string,
        properties: copied(properties as Properties, floats),
      };
  }
  const ties = [...CLAIM_EDGES, ...Object.keys(CLAIM_TIES)].join('|');
  for await (const [from, type, to, properties] of rows(
    `MATCH (c:Claim)-[t:${ties}]->(x) RETURN c.id, type(t), x.id, properties(t)`,
  ))
    yield {
      is: 'tie',
      type: type as string,
      from: from as string,
      to: to as string,
      properties: copied(properties as Properties),
    };
}
