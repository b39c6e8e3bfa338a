import { identifier } from '../../compile/identifier.ts';
import { badInput, ConcordatError } from '../../errors.ts';
import { CLAIM_EDGES, CLAIM_TIES } from '../../model/common-fields.ts';
import { endNamed, type Model, relationshipNamed } from '../../model/model.ts';
import type { Connection } from '../connection.ts';
import { grouped, labels } from '../graph/commit.ts';
import type { Tx } from '../graph/graph-state.ts';
import type { Properties } from '../graph/properties.ts';
import { restored } from './copied-values.ts';
import { type FeedState, KEPT, type Piece } from './read-copy.ts';

/**
 * Making a store again from the pieces of a copy. While it is under way a node says so; a store with that node is not ready,
 * and a restore that was ended begins anew.
 */

/** Pieces of one transaction. */
const BATCH = 1_000;
const OPERATION = 'restore';
const TIES = new Set<string>([...CLAIM_EDGES, ...Object.keys(CLAIM_TIES)]);

/** Whether a restore was begun here, and not ended. */
export async function isHalfRestored(connection: Connection): Promise<boolean> {
  const rows = await connection.read(
    { text: 'CYPHER 5 RETURN EXISTS { MATCH (:ConcordatRestore) }', parameters: {} },
    { operation: OPERATION },
  );
  return rows[0]?.[0] === true;
}

/**
 * Marks the store as being restored; what an earlier restore has left is taken away.
 * @throws CONFLICT for a store that holds something
 */
export async function beginRestore(connection: Connection): Promise<void> {
  const isHalf = await isHalfRestored(connection);
  const held = ['Entity', 'Claim', ...KEPT].map((label) => `EXISTS { MATCH (:${label}) }`).join(' OR ');
  const rows = await connection.read({ text: `CYPHER 5 RETURN ${held}`, parameters: {} }, { operation: OPERATION });
  if (rows[0]?.[0] === true && !isHalf)
    throw new ConcordatError('CONFLICT', 'The store holds something: only an empty one can be restored into.', {
      suggestion:
        'Take an empty store; or import the file, which adds its records to what is there, without their history.',
    });
  await connection.write(OPERATION, (tx) => tx.run('CYPHER 5 MERGE (r:ConcordatRestore) SET r.begun = datetime()'));
  const leftovers = ['Entity', 'Claim', 'Name', 'ExternalId', ...KEPT].join('|');
  for (let left = isHalf; left; )
    left = await connection.write(OPERATION, async (tx) => {
      const { records } = await tx.run(
        `CYPHER 5 MATCH (n:${leftovers}) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) > 0`,
      );
      return records[0]?.get(0) === true;
    });
}

/** Writes pieces, in their order. */
export async function restorePieces(
  connection: Connection,
  model: Model,
  pieces: AsyncIterable<Piece>,
  onPieces: (count: number) => void,
): Promise<void> {
  let batch: Piece[] = [];
  const flush = async () => {
    const some = batch;
    batch = [];
    if (some.length > 0) await connection.write(OPERATION, (tx) => writePieces(tx, model, some));
    onPieces(some.length);
  };
  for await (const piece of pieces) {
    if (batch.length >= BATCH || (batch[0] && batch[0].is !== piece.is)) await flush();
    batch.push(piece);
  }
  await flush();
}

/** The store is whole from here on. */
export const endRestore = (connection: Connection, { sequence, epoch }: FeedState): Promise<unknown> =>
  connection.write(OPERATION, (tx) =>
    tx.run(
      `CYPHER 5 MERGE (f:ConcordatFeed {name: 'changes'}) SET f.sequence = toInteger($sequence), f.epoch = toInteger($epoch)
       WITH f MATCH (r:ConcordatRestore) DELETE r`,
      { sequence, epoch },
    ),
  );

type Of<K extends Piece['is']> = Extract<Piece, { is: K }>;

async function writePieces(tx: Tx, model: Model, pieces: readonly Piece[]): Promise<void> {
  const of = <K extends Piece['is']>(is: K) => pieces.filter((piece): piece is Of<K> => piece.is === is);
  for (const [type, some] of grouped(of('entity'), (piece) => piece.type))
    await create(
      tx,
      `CREATE (n:${labelsOf(model, type)}) SET n = row.properties
       FOREACH (name IN row.names | CREATE (n)-[:NAMED]->(m:Name) SET m = name)`,
      some.map(({ properties, names }) => ({ properties: restored(properties), names: names.map(restored) })),
    );
  for (const [label, some] of grouped(of('kept'), (piece) => piece.label)) {
    if (!KEPT.includes(label)) throw unknown(label);
    await create(tx, `CREATE (n:${identifier(label)}) SET n = row.properties`, some.map(plain));
  }
  await create(
    tx,
    `OPTIONAL MATCH (e:Entity {id: row.of}) OPTIONAL MATCH (x:Removed {id: row.of}) WITH row, coalesce(e, x) AS n
     CREATE (n)-[:IDENTIFIED_BY]->(k:ExternalId) SET k = row.properties`,
    of('externalId').map((piece) => ({ of: piece.of, ...plain(piece) })),
  );
  for (const [isUnheld, some] of grouped(of('claim'), (piece) => piece.unheld))
    await create(tx, `CREATE (c:Claim${isUnheld ? ':Unheld' : ''}) SET c = row.properties`, some.map(plain));
  for (const [type, some] of grouped(of('relationship'), (piece) => piece.type)) {
    if (!relationshipNamed(model, type)) throw unknown(type);
    await create(
      tx,
      `MATCH (a:Entity {id: row.from}) MATCH (b:Entity {id: row.to}) CREATE (a)-[r:${identifier(type)}]->(b) SET r = row.properties`,
      some.map(({ from, to, properties }) => ({ from, to, properties: restored(properties) })),
    );
  }
  for (const [type, some] of grouped(of('tie'), (piece) => piece.type)) {
    if (!TIES.has(type)) throw unknown(type);
    const far = type in CLAIM_TIES ? 'Claim' : 'Entity';
    await create(
      tx,
      `MATCH (c:Claim {id: row.from}) MATCH (x:${far} {id: row.to}) CREATE (c)-[t:${identifier(type)}]->(x) SET t = row.properties`,
      some.map(({ from, to, properties }) => ({ from, to, properties: restored(properties) })),
    );
  }
}

const plain = ({ properties }: { readonly properties: Properties }) => ({ properties: restored(properties) });

function labelsOf(model: Model, name: string): string {
  const type = endNamed(model, name);
  if (type?.is !== 'entity') throw unknown(name);
  return labels(type);
}

const unknown = (name: string) =>
  badInput(`The file holds a ${name}, which this version does not know.`, {
    value: name,
    suggestion: 'Restore it with the version that it was written by, or a later one.',
  });

async function create(tx: Tx, text: string, rows: readonly unknown[]): Promise<void> {
  if (rows.length === 0) return;
  const { records } = await tx.run(`CYPHER 5 UNWIND $rows AS row ${text} RETURN count(*)`, { rows });
  if (Number(records[0]?.get(0)) !== rows.length)
    throw badInput('The file is damaged: something in it leads to what is not there.', {
      suggestion: 'Dump the store again.',
    });
}
