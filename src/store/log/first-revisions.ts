import { identifier } from '../../compile/identifier.ts';
import type { Model } from '../../model/model.ts';
import type { Connection } from '../connection.ts';
import { loadClaims, loadEdges, loadEntities, type Tx } from '../graph/graph-state.ts';
import { advanceFeed, lockFeed } from './feed.ts';
import { about, numbered, versionOf } from './revisions.ts';
import { type Stored, stateText } from './states.ts';

/** Things that are entered in one transaction. */
const BATCH = 1_000;

/** One sort of things, walked by id. */
interface Stage {
  readonly name: string;
  /** Pattern that binds what has the id as `x`. */
  readonly pattern: string;
  load(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Stored>>;
}

const stages = (model: Model): Stage[] => [
  { name: 'ENTITY', pattern: '(x:Entity)', load: (tx, ids) => loadEntities(tx, model, ids) },
  ...model.relationships.map((type) => ({
    name: type.name,
    pattern: `()-[x:${identifier(type.name)}]->()`,
    load: (tx: Tx, ids: readonly string[]) => loadEdges(tx, model, ids),
  })),
  { name: 'CLAIM', pattern: '(x:Claim)', load: loadClaims },
];

/**
 * Enters what a store held before it kept a log, once, where a migration has asked for it: each thing as it stands, as
 * created when and by whom it says. It remembers how far it has come.
 */
export async function enterFirstRevisions(
  connection: Connection,
  model: Model,
  say: (line: string) => void,
): Promise<void> {
  const progress = await connection.read(
    {
      text: `CYPHER 5 MATCH (d:ConcordatDerivation {name: 'first revisions', done: false})
             RETURN d.stage, d.upTo, EXISTS { MATCH (:Entity) }`,
      parameters: {},
    },
    { operation: 'first revisions' },
  );
  const [row] = progress;
  if (!row) return;
  let [stageName, upTo] = row as [string | null, string | null];
  const all = stages(model);
  const left =
    row[2] === true
      ? all.slice(
          Math.max(
            0,
            all.findIndex(({ name }) => name === stageName),
          ),
        )
      : [];
  if (left.length > 0) say('Entering what the store holds into its log of changes.');
  for (const stage of left) {
    if (stage.name !== stageName) upTo = null;
    stageName = stage.name;
    for (let last: string | null = upTo; ; ) {
      last = await connection.write('first revisions', (tx) => enterBatch(tx, stage, last));
      if (last === null) break;
    }
  }
  await connection.write('first revisions', (tx) =>
    tx.run("CYPHER 5 MATCH (d:ConcordatDerivation {name: 'first revisions'}) SET d.done = true, d.upTo = null"),
  );
}

/** Enters the things of a stage that come after an id; returns the last of them, null where there are no more. */
async function enterBatch(tx: Tx, stage: Stage, after: string | null): Promise<string | null> {
  const { records } = await tx.run(
    `CYPHER 5 MATCH ${stage.pattern} WHERE x.id > $after AND NOT EXISTS { MATCH (:Revision {of: x.id}) }
     RETURN x.id ORDER BY x.id LIMIT ${BATCH}`,
    { after: after ?? '' },
  );
  const ids = records.map((record) => record.get(0) as string);
  const last = ids.at(-1);
  if (last === undefined) return null;
  const feed = await lockFeed(tx);
  const states = [...(await stage.load(tx, ids)).values()];
  const rows = states.map((state, nth) => {
    const of = state.properties;
    return {
      ...numbered(feed, nth),
      ...about(state),
      ...versionOf(state),
      action: 'CREATED',
      call: 'before-the-log',
      at: of['createdAt'] ?? of['recordedAt'],
      by: of['createdBy'] ?? of['recordedBy'] ?? 'unknown',
      after: stateText(state),
    };
  });
  await tx.run('CYPHER 5 UNWIND $rows AS row CREATE (v:Revision) SET v = row', { rows });
  await advanceFeed(tx, rows.length, false);
  await tx.run(
    "CYPHER 5 MATCH (d:ConcordatDerivation {name: 'first revisions'}) SET d.stage = $stage, d.upTo = $last",
    { stage: stage.name, last },
  );
  return last;
}
