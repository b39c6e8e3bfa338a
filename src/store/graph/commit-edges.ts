import { identifier } from '../../compile/identifier.ts';
import type { RelationshipType } from '../../model/declarations.ts';
import type { NextEdge } from '../records/next.ts';
import { grouped, type Pen, STAMPS, stamped, sweep, tombstone, write } from './commit.ts';
import type { StoredEdge } from './graph-state.ts';
import { fingerprint, floatsOf, type Properties, wholeNumbers } from './properties.ts';

/** Writing edges: only what differs from what is there. */

interface Row {
  readonly next: NextEdge;
  readonly after: StoredEdge | null;
}

/** Writes edges; those whose properties are null are deleted, since no claim carries them any more, or since that is their fate. */
export async function commitEdges(
  { tx, stamp, ledger }: Pen,
  edges: readonly { readonly next: NextEdge; readonly properties: Properties | null }[],
): Promise<void> {
  const changed: Row[] = [];
  for (const { next, properties } of edges) {
    const { id, type, from, to, before, fate = null, returns = false } = next;
    if (!properties && !before) continue;
    if (before && properties && fingerprint(before.properties, STAMPS) === fingerprint(properties, STAMPS)) {
      ledger.unchanged(id);
      continue;
    }
    const whole = properties && wholeNumbers(properties, floatsOf(type.fields));
    const after = whole && { id, type, from, to, properties: stamped(whole, before, next.born, stamp) };
    changed.push({ next, after });
    ledger.changed({ id, before, after, fate: after ? null : fate, returns });
  }
  const row = ({ next, after }: Row) => ({
    id: next.id,
    from: next.from,
    to: next.to,
    properties: after?.properties ?? null,
  });
  const each = async (which: (row: Row) => boolean, text: (type: string) => string) => {
    for (const [type, group] of grouped(changed.filter(which), ({ next }): RelationshipType => next.type))
      await write(tx, text(identifier(type.name)), group.map(row));
  };
  await each(
    ({ after }) => !after,
    (type) => `MATCH ()-[r:${type} {id: row.id}]->() DELETE r`,
  );
  await write(
    tx,
    'CREATE (x:Removed) SET x = row',
    changed.flatMap(({ next, after }) =>
      after || !next.fate
        ? []
        : [{ ...tombstone(next.id, 'RELATIONSHIP', next.type.name, next.fate), from: next.from, to: next.to }],
    ),
  );
  const returning = changed.filter(({ next, after }) => after && next.returns);
  await sweep(tx, 'MATCH (x:Removed {id: row.id}) DELETE x', returning.map(row));
  await each(
    ({ next, after }) => after !== null && !next.before,
    (type) =>
      `MATCH (a:Entity {id: row.from}) MATCH (b:Entity {id: row.to}) CREATE (a)-[r:${type}]->(b) SET r = row.properties`,
  );
  await each(
    ({ next, after }) => after !== null && next.before !== null,
    (type) => `MATCH ()-[r:${type} {id: row.id}]->() SET r = row.properties`,
  );
}
