import { edgeId } from '../../model/identity.ts';
import { storedName } from '../../model/model.ts';
import type { StoredEdge } from '../graph/graph-state.ts';
import { readState } from '../log/states.ts';
import { allRows, type Ward } from './check.ts';

/** The ids that follow from what edges were when they were made: an update by id may change what is in the identity. */
export async function firstIdentities(ward: Ward, edges: readonly StoredEdge[]): Promise<Map<string, string>> {
  const rows = await allRows(
    ward,
    `UNWIND $ids AS id
     WITH id, head(COLLECT { MATCH (v:Revision {of: id}) WHERE v.after IS NOT NULL RETURN v.after ORDER BY v.sequence }) AS after
     WHERE after IS NOT NULL RETURN id, after`,
    { ids: edges.map(({ id }) => id) },
  );
  return new Map(
    (rows as [string, string][]).flatMap(([id, after]) => {
      const state = readState(ward.model, id, after);
      if (!('from' in state)) return [];
      const { type, from, to, properties } = state;
      const identity = Object.fromEntries(
        type.identity.map((name) => [name, properties[storedName(type, name)] ?? null]),
      );
      return [[id, edgeId(type, from, to, identity)]];
    }),
  );
}
