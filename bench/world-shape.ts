/** What a made-up world is made of, and how it is laid out. */

/** An entity; fields as a record gives them. */
export interface WorldNode {
  readonly type: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A relationship; fields as a record gives them, dates under the names that its type gives them. */
export interface WorldEdge {
  readonly id: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What some edges of one type rest on. Its triple is the first one's. */
export interface WorldClaim {
  readonly id: string;
  readonly text: string;
  readonly commitment: 'FACT' | 'ALLEGED' | 'PLANNED';
  readonly asserts: readonly WorldEdge[];
}

/** A part of the world. Its edges may lead to entities of parts that came before. */
export interface WorldPart {
  readonly nodes: readonly WorldNode[];
  readonly claims: readonly WorldClaim[];
}

/** An edge before it has its id. */
export type Tie = Omit<WorldEdge, 'id'>;

/** How many entities a block has. */
export const BLOCK = 1000;
/** Blocks whose entities questions may ask for: what lies within two steps of them is the same in every world of ten blocks. */
export const ASKED_BLOCKS = [1, 2, 3, 4];
/** The first block whose people have to do with hubs. */
export const FIRST_HUB_BLOCK = 5;

/** The one source of everything: the import's own. */
export const SOURCE: WorldNode = {
  type: 'Source',
  id: 'source:world',
  fields: { name: 'The register of a made-up world', kind: 'DATA_SET', publishedAt: '2025-01' },
};
