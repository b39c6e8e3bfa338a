import type { Model } from '../../model/model.ts';
import type { Tx } from '../graph/graph-state.ts';
import { readState, type Stored } from '../log/states.ts';

/** What things were when they were last there, by id. */
export async function loadLastStates(tx: Tx, model: Model, ids: readonly string[]): Promise<Map<string, Stored>> {
  if (ids.length === 0) return new Map();
  const { records } = await tx.run(
    `CYPHER 5 UNWIND $ids AS id
     RETURN id, head(COLLECT { MATCH (v:Revision {of: id}) WHERE v.before IS NOT NULL
       RETURN v.before ORDER BY v.sequence DESC LIMIT 1 })`,
    { ids },
  );
  return new Map(
    records.flatMap((record) => {
      const [id, text] = [record.get(0) as string, record.get(1) as string | null];
      return text === null ? [] : [[id, readState(model, id, text)] as const];
    }),
  );
}
