import type { CallState } from '../graph/call-state.ts';
import { within } from '../records/problems.ts';
import { judgementId } from './judge.ts';

/** Whether these may be merged; problems where they may not. */
export async function checkMerge(state: CallState, into: string, from: readonly string[]): Promise<boolean> {
  const { problems } = state;
  await state.bringInEntities([into, ...from]);
  await state.loadGone([into, ...from]);
  const at = (record: number | null) => ({ record: record ?? 0, path: record === null ? ['into'] : ['from', record] });
  const find = (id: string, record: number | null) => {
    const gone = state.gone.get(id);
    if (gone?.survivor)
      problems.add(
        at(record),
        'MERGED',
        `${id} was merged into ${gone.survivor} already.`,
        `Name that, or undo ${gone.merge ?? 'the merge'}.`,
      );
    else if (gone) problems.add(at(record), 'REMOVED', `${id} was removed.`, `restore(ids: ["${id}"]) brings it back.`);
    else if (!state.entities.has(id)) problems.add(at(record), 'UNKNOWN_REFERENCE', `There is no entity ${id}.`);
    return state.entities.get(id);
  };
  if (from.length === 0) problems.add(at(null), 'MISSING_FIELD', 'Nothing is named to be merged.', 'Name ids in from.');
  const survivor = find(into, null);
  from.forEach((id, record) => {
    const other = find(id, record);
    if (id === into) problems.add(at(record), 'INVALID_VALUE', `${id} cannot be merged into itself.`);
    else if (from.indexOf(id) !== record) problems.add(at(record), 'DUPLICATE', `${id} is named twice.`);
    if (!survivor || !other) return;
    if (survivor.type !== other.type)
      problems.add(
        at(record),
        'WRONG_TYPE',
        `${id} is a ${other.type.name}, ${into} a ${survivor.type.name}: they cannot be one.`,
        'Only entities of one type are merged.',
      );
    else if (survivor.type.name === 'UnnamedActor' && survivor.asRecorded['source'] !== other.asRecorded['source'])
      problems.add(
        at(record),
        'IDENTITY_CHANGED',
        `${id} and ${into} belong to different sources: an unnamed actor is never merged across sources.`,
      );
  });
  await checkJudgements(state, into, from);
  return problems.all.length === 0;
}

/** What was judged to be different is not merged. */
async function checkJudgements(state: CallState, into: string, from: readonly string[]): Promise<void> {
  const all = [into, ...from];
  const pairs = all.flatMap((a, nth) => all.slice(nth + 1).map((b) => ({ id: judgementId(a, b), a, b })));
  const { records } = await state.tx.run(
    "CYPHER 5 UNWIND $pairs AS pair MATCH (j:Judgement {id: pair.id, judgement: 'DIFFERENT'}) RETURN j.a, j.b, j.by",
    { pairs },
  );
  for (const record of records) {
    const [a, b, by] = [record.get(0), record.get(1), record.get(2)] as [string, string, string];
    const nth = Math.max(from.indexOf(a), from.indexOf(b));
    state.problems.add(
      within({ record: nth, path: [] }, 'from', nth),
      'CONFLICT',
      `${by} judged ${a} and ${b} to be different.`,
      'Judge them anew if that is wrong.',
    );
  }
}
