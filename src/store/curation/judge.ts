import { createHash } from 'node:crypto';
import type { JudgementInput } from '../../model/reports.ts';
import type { Laid } from '../change.ts';
import type { CallState } from '../graph/call-state.ts';
import { loadTypes } from '../graph/graph-state.ts';
import { nativeInstant } from '../graph/properties.ts';

/** Judging whether two entities are one: written down, and minded by merges; nothing else changes. */

/** The same for a pair whichever way it is named. */
export const judgementId = (a: string, b: string): string =>
  `judgement:${createHash('sha256')
    .update(JSON.stringify([a, b].sort()))
    .digest('hex')
    .slice(0, 24)}`;

export async function layJudgement(state: CallState, { judgement, reason, ...pair }: JudgementInput): Promise<Laid> {
  const [a, b] = [pair.a, pair.b].sort() as [string, string];
  const types = await loadTypes(state.tx, state.model, [a, b]);
  await state.loadGone([a, b]);
  for (const name of ['a', 'b'] as const) {
    const id = pair[name];
    const gone = state.gone.get(id);
    const place = { record: 0, path: [name] };
    if (gone?.survivor) state.problems.add(place, 'MERGED', `${id} was merged into ${gone.survivor}.`, 'Name that.');
    else if (!types.has(id)) state.problems.add(place, 'UNKNOWN_REFERENCE', `There is no entity ${id}.`);
  }
  if (a === b) state.problems.add({ record: 0, path: ['b'] }, 'INVALID_VALUE', `${a} is one with itself.`);
  if (state.problems.all.length > 0) return {};
  const id = judgementId(a, b);
  const { records } = await state.tx.run('CYPHER 5 MATCH (j:Judgement {id: $id}) RETURN j.judgement, j.reason', { id });
  const before = records[0] ? { judgement: records[0].get(0), reason: records[0].get(1) ?? null } : null;
  const after = { judgement, reason: reason ?? null };
  if (JSON.stringify(before) === JSON.stringify(after)) {
    state.ledger.unchanged(id);
    return { ids: [id] };
  }
  state.ledger.outcomes.set(id, before ? 'updated' : 'created');
  state.others.push({ of: id, kind: 'JUDGEMENT', type: 'Judgement', from: a, to: b, before, after });
  state.finally.push(async () => {
    await state.tx.run('CYPHER 5 MERGE (j:Judgement {id: $id}) SET j = $judgement', {
      id,
      judgement: {
        ...{ id, a, b, judgement, by: state.options.by, at: nativeInstant(state.options.at) },
        ...(reason === undefined ? {} : { reason }),
      },
    });
  });
  return { ids: [id] };
}
