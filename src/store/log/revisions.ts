import neo4j from 'neo4j-driver';
import type { Tx } from '../graph/graph-state.ts';
import { nativeInstant, type Properties } from '../graph/properties.ts';
import type { Feed } from './feed.ts';
import type { Change } from './ledger.ts';
import { endsOf, kindOf, type Stored, stateText, typeNameOf } from './states.ts';

/** Revisions: what was changed, by whom, when, why, and from what to what. They are the history and the feed at once. */

export type Action = 'CREATED' | 'UPDATED' | 'RETRACTED' | 'REMOVED' | 'RESTORED' | 'MERGED' | 'UNMERGED' | 'JUDGED';

/** What all revisions of a call share. */
export interface Origin {
  readonly call: string;
  readonly at: Date;
  readonly by: string;
  readonly reason: string | null;
  /** What the call does to things, where it is neither to create nor to update them. */
  readonly action: Action | null;
}

/** A revision of something that is neither entity, edge nor claim. */
export interface OtherRevision {
  readonly of: string;
  readonly kind: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly before: object | null;
  readonly after: object | null;
}

/** Revisions that one statement writes. */
const BATCH = 2_000;

/** Writes a call's revisions; the feed is locked. */
export async function writeRevisions(
  tx: Tx,
  feed: Feed,
  changes: readonly Change[],
  others: readonly OtherRevision[],
  origin: Origin,
): Promise<void> {
  const rows = [
    ...changes.map((change) => revisionOf(change, origin)),
    ...others.map((other) => ({
      ...other,
      action: origin.action ?? 'UPDATED',
      before: other.before && JSON.stringify(other.before),
      after: other.after && JSON.stringify(other.after),
    })),
  ].map((row, nth) => ({ ...row, ...shared(origin), ...numbered(feed, nth) }));
  for (let start = 0; start < rows.length; start += BATCH)
    await tx.run('CYPHER 5 UNWIND $rows AS row CREATE (v:Revision) SET v = row', {
      rows: rows.slice(start, start + BATCH),
    });
}

/** What the next revision but `nth` is called. */
export const numbered = ({ sequence }: Feed, nth: number): Properties => ({
  id: `revision:${sequence + nth + 1}`,
  sequence: neo4j.int(sequence + nth + 1),
});

/** What a revision says of the thing itself, by what it is or was. */
export const about = (state: Stored): Properties => ({
  of: state.id,
  kind: kindOf(state),
  type: typeNameOf(state),
  ...endsOf(state),
});

/** The version that a thing has. */
export function versionOf({ properties: { version } }: Stored): Properties {
  return version === undefined ? {} : { version: neo4j.int(Number(version)) };
}

const shared = ({ call, at, by, reason }: Origin): Properties => ({
  call,
  at: nativeInstant(at),
  by,
  ...(reason === null ? {} : { reason }),
});

function revisionOf({ id, before, after }: Change, { action }: Origin): Properties {
  const state = after ?? before;
  if (!state) throw new Error(`${id} is neither before nor after`);
  return {
    ...about(state),
    action: ofRetraction(before, after) ?? actionOf(action, before !== null, after !== null),
    ...(after ? versionOf(after) : {}),
    ...(before ? { before: stateText(before) } : {}),
    ...(after ? { after: stateText(after) } : {}),
  };
}

/** Of a claim that stays, but is retracted from now on, or no longer. */
function ofRetraction(before: Stored | null, after: Stored | null): Action | null {
  if (!before || !after) return null;
  const [was, is] = [before, after].map(({ properties }) => properties['retractedAt'] !== undefined);
  return was === is ? null : is ? 'RETRACTED' : 'RESTORED';
}

function actionOf(action: Action | null, wasThere: boolean, isThere: boolean): Action {
  switch (action) {
    case 'MERGED':
    case 'UNMERGED':
      return action;
    case 'RESTORED':
      return wasThere ? 'UPDATED' : 'RESTORED';
    case 'REMOVED':
      return isThere ? 'UPDATED' : 'REMOVED';
    default:
      // An edge goes with the last claim that carried it.
      return !isThere ? 'RETRACTED' : wasThere ? 'UPDATED' : 'CREATED';
  }
}
