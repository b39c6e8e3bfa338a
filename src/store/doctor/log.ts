import { identifier } from '../../compile/identifier.ts';
import type { Model } from '../../model/model.ts';
import { loadClaims, loadEdges, loadEntities, type Tx } from '../graph/graph-state.ts';
import { nativeInstant } from '../graph/properties.ts';
import { advanceFeed, lockFeed } from '../log/feed.ts';
import { about, numbered, versionOf } from '../log/revisions.ts';
import { type Stored, stateText } from '../log/states.ts';
import { allRows, type Check, DOCTOR, type Finding, type Mender, type Round, rowsOf, type Ward } from './check.ts';
import { alive } from './leftovers.ts';
import { sameState } from './same-state.ts';

/** What must hold of the log of changes: it is numbered without a gap, and ends at what is there. */

const CHECKS = {
  feed: {
    name: 'feed',
    meaning: 'Changes are numbered from 1, without a gap and without a number twice.',
    mends: 'moves the counter on to the last number',
    wayOut: 'What was deleted from the log cannot be derived: restore it from a dump.',
  },
  history: {
    name: 'history',
    meaning: 'The last change that is told of a thing leads to what it is now.',
    mends: 'enters what is there as a change by the doctor',
    wayOut: 'Run doctor --fix.',
  },
  vanished: {
    name: 'vanished',
    meaning: 'What history has left in the graph is there.',
    mends: null,
    wayOut: 'It was deleted in Cypher. Record it again under the same id, or restore it from a dump.',
  },
} as const satisfies Record<string, Check>;

export const feed: Round = {
  name: 'the log',
  checks: [CHECKS.feed],
  async *findings(ward) {
    let last = 0;
    for await (const rows of rowsOf(
      ward,
      'MATCH (v:Revision) WHERE v.sequence > 0 RETURN v.sequence ORDER BY v.sequence',
    )) {
      ward.looked(rows.length);
      for (const [sequence] of rows as [number][]) {
        if (sequence > last + 1)
          yield {
            check: CHECKS.feed,
            id: `revision:${last + 1}`,
            what: sequence === last + 2 ? 'is not there' : `and up to revision:${sequence - 1} are not there`,
          };
        if (sequence <= last) yield { check: CHECKS.feed, id: `revision:${sequence}`, what: 'is there twice' };
        last = sequence;
      }
    }
    const [row] = await allRows(ward, "MATCH (f:ConcordatFeed {name: 'changes'}) RETURN f.sequence");
    const counter = Number(row?.[0] ?? 0);
    if (counter < last)
      yield {
        check: CHECKS.feed,
        id: 'ConcordatFeed',
        what: `counts ${counter}, and the last is ${last}`,
        mend: { by: moveOn, with: last },
      };
    else if (counter > last)
      yield { check: CHECKS.feed, id: `revision:${counter}`, what: `and those after revision:${last} are not there` };
  },
};

const moveOn: Mender = (ward, findings) =>
  ward.connection.write('doctor', async (tx) => {
    const { sequence } = await lockFeed(tx);
    const last = Math.max(...findings.map((each) => Number(each.with)));
    if (sequence < last) await advanceFeed(tx, last - sequence, false);
    return findings.length;
  });

/** One sort of things, with how they are loaded and the pattern that finds them. */
interface Sort {
  readonly pattern: string;
  load(tx: Tx, ids: readonly string[], lock: boolean): Promise<ReadonlyMap<string, Stored>>;
}

const sorts = (model: Model): Sort[] => [
  { pattern: '(x:Entity)', load: (tx, ids, lock) => loadEntities(tx, model, ids, lock) },
  {
    pattern: `()-[x:${model.relationships.map(({ name }) => identifier(name)).join('|')}]->()`,
    load: (tx, ids, lock) => loadEdges(tx, model, ids, lock),
  },
  { pattern: '(x:Claim)', load: (tx, ids, lock) => loadClaims(tx, ids, lock) },
];

export const history: Round = {
  name: 'their history',
  checks: [CHECKS.history, CHECKS.vanished],
  async *findings(ward) {
    for (const sort of sorts(ward.model))
      for await (const rows of rowsOf(ward, `MATCH ${sort.pattern} WHERE x.id IS NOT NULL RETURN x.id`)) {
        ward.looked(rows.length);
        for (const [id, was] of await unlike(
          ward,
          sort,
          rows.map(([each]) => String(each)),
        ))
          yield {
            check: CHECKS.history,
            id,
            what: was === null ? 'is there, and no change tells how' : 'is other than the last change left it',
            mend: { by: enter(sort), with: null },
          };
      }
    yield* vanished(ward);
  },
};

const LATEST = `UNWIND $ids AS id
  RETURN id, head(COLLECT { MATCH (v:Revision {of: id}) WHERE v.kind <> 'JUDGEMENT' RETURN coalesce(v.after, '') ORDER BY v.sequence DESC LIMIT 1 })`;

/** Those that are other than their last change left them, with what that was. */
async function unlike(ward: Ward, sort: Sort, ids: readonly string[]): Promise<Map<string, string | null>> {
  return reading(ward, async (tx) => (await different(tx, sort, ids, false)).texts);
}

/** A transaction that only reads: nobody is kept waiting by what is only looked at. */
async function reading<T>({ connection }: Ward, work: (tx: Tx) => Promise<T>): Promise<T> {
  const session = connection.driver.session({ database: connection.database, defaultAccessMode: 'READ' });
  try {
    return await session.executeRead(work, { metadata: { app: 'concordat', operation: 'doctor' } });
  } finally {
    await session.close();
  }
}

/** @param lock whether others must wait that would write to them */
async function different(tx: Tx, sort: Sort, ids: readonly string[], lock: boolean) {
  const states = await sort.load(tx, ids, lock);
  const { records } = await tx.run(`CYPHER 5 ${LATEST}`, { ids });
  const texts = new Map<string, string | null>();
  for (const record of records) {
    const [id, told] = [record.get(0) as string, (record.get(1) as string | null) || null];
    const state = states.get(id);
    if (state && !sameState(told, stateText(state))) texts.set(id, told);
  }
  return { states, texts };
}

const enter =
  (sort: Sort): Mender =>
  (ward, findings) =>
    ward.connection.write('doctor', async (tx) => {
      const { states, texts } = await different(
        tx,
        sort,
        findings.map(({ id }) => id),
        true,
      );
      if (texts.size === 0) return findings.length;
      const last = await lockFeed(tx);
      const rows = [...texts].flatMap(([id, before], nth) => {
        const state = states.get(id);
        if (!state) return [];
        return {
          ...numbered(last, nth),
          ...about(state),
          ...versionOf(state),
          action: before === null ? 'CREATED' : 'UPDATED',
          call: 'doctor',
          at: nativeInstant(new Date()),
          by: DOCTOR,
          reason: 'It was changed in the database itself.',
          ...(before === null ? {} : { before }),
          after: stateText(state),
        };
      });
      await tx.run('CYPHER 5 UNWIND $rows AS row CREATE (v:Revision) SET v = row', { rows });
      await advanceFeed(tx, rows.length, false);
      return findings.length;
    });

/** Things whose last change left them in the graph, and that are not there. */
async function* vanished(ward: Ward): AsyncIterable<Finding> {
  let current: { id: string; stays: boolean } | null = null;
  let left: string[] = [];
  const gone = async function* (): AsyncIterable<Finding> {
    const there = await alive(ward, left);
    for (const id of left)
      if (!there.has(id)) yield { check: CHECKS.vanished, id, what: 'is told to be there, and is not' };
    left = [];
  };
  const text = `MATCH (v:Revision) WHERE v.of > '' AND v.sequence > 0
    RETURN v.of, v.after IS NOT NULL, v.kind ORDER BY v.of, v.sequence`;
  for await (const rows of rowsOf(ward, text)) {
    for (const [id, stays, kind] of rows as [string, boolean, string][]) {
      if (kind === 'JUDGEMENT') continue;
      if (current && current.id !== id && current.stays) left.push(current.id);
      current = { id, stays };
    }
    if (left.length >= 500) yield* gone();
  }
  if (current?.stays) left.push(current.id);
  yield* gone();
}
