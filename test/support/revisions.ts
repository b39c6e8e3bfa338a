import type { TestGraph } from './graph.ts';

/** Revisions as the store writes them, made by hand, so that whatever can be read can be tested whatever writes it. */

export interface GivenRevision {
  readonly of: string;
  readonly kind: 'ENTITY' | 'RELATIONSHIP' | 'CLAIM' | 'JUDGEMENT';
  readonly type: string;
  readonly action: string;
  readonly by?: string;
  readonly reason?: string;
  readonly version?: number;
  readonly from?: string;
  readonly to?: string;
  readonly before?: object;
  readonly after?: object;
  /** Numbers that are passed by, as if what has them were still being written. */
  readonly skip?: number;
}

/** Writes revisions after those that are there, in one transaction; answers their numbers. */
export async function revise(graph: Pick<TestGraph, 'connection'>, given: readonly GivenRevision[]): Promise<number[]> {
  return graph.connection.write('revise', async (tx) => {
    const result = await tx.run(
      `CYPHER 5 MERGE (f:ConcordatFeed {name: 'changes'}) ON CREATE SET f.sequence = 0, f.epoch = 'test'
       WITH f UNWIND $given AS one
       WITH f, one, toInteger(f.sequence + one.nth) AS sequence
       CREATE (v:Revision {id: 'revision:' + toString(sequence), sequence: sequence, at: datetime('2025-02-05T12:00:00Z'), call: 'call:test', by: 'test'})
       SET v += one.properties, v.version = toInteger(one.properties.version)
       WITH f, v ORDER BY v.sequence WITH f, collect(v.sequence) AS sequences
       SET f.sequence = last(sequences)
       RETURN sequences`,
      { given: numbered(given) },
    );
    return (result.records[0]?.get('sequences') ?? []) as number[];
  });
}

function numbered(given: readonly GivenRevision[]) {
  let nth = 0;
  return given.map(({ skip = 0, before, after, ...properties }) => {
    nth += 1 + skip;
    return {
      nth,
      properties: {
        ...properties,
        ...(before ? { before: JSON.stringify(before) } : {}),
        ...(after ? { after: JSON.stringify(after) } : {}),
      },
    };
  });
}
