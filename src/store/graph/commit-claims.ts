import { CLAIM_EDGES, CLAIM_TIES } from '../../model/common-fields.ts';
import type { NextClaim } from '../records/next.ts';
import { nextVersion, type Pen, STAMPS, sameList, sweep, tombstone, write } from './commit.ts';
import type { StoredClaim } from './graph-state.ts';
import { fingerprint, nativeInstant, type Properties, wholeNumbers } from './properties.ts';

/** Writing claims with their edges to what they speak of: only what differs from what is there. */

interface Row {
  readonly next: NextClaim;
  readonly after: StoredClaim | null;
}

const TIES = Object.keys(CLAIM_TIES) as (keyof typeof CLAIM_TIES)[];
const NO_FLOATS = new Set<string>();

/** A claim's properties in the store: its fields, what it asserts and states, and its value. */
function claimProperties(claim: NextClaim): Properties {
  return {
    id: claim.id,
    ...claim.properties,
    ...(claim.asserts.length > 0 ? { asserts: claim.asserts } : {}),
    ...(claim.states.length > 0 ? { states: claim.states.map((one) => JSON.stringify(one)) } : {}),
    ...(claim.value ? { valueKind: claim.value.kind, valueJson: JSON.stringify(claim.value.value) } : {}),
  };
}

/** Writes claims; those with a fate leave the live graph. */
export async function commitClaims({ tx, stamp, ledger }: Pen, claims: readonly NextClaim[]): Promise<void> {
  const changed: Row[] = [];
  for (const next of claims) {
    const properties = claimProperties(next);
    if (!next.fate && isSame(next, properties)) {
      ledger.unchanged(next.id);
      continue;
    }
    const had = next.before?.properties ?? next.born ?? {};
    const { id, subject, object, speaker, source, locator, ties, before, fate = null, returns = false } = next;
    const after = next.fate
      ? null
      : {
          ...{ id, subject, object, speaker, source, locator, ties },
          properties: {
            ...wholeNumbers(properties, NO_FLOATS),
            ...(stamp && {
              recordedAt: had['recordedAt'] ?? nativeInstant(stamp.at),
              recordedBy: had['recordedBy'] ?? stamp.by,
              version: nextVersion(had),
            }),
          },
          disputedBy: [],
        };
    changed.push({ next, after });
    ledger.changed({ id, before, after, fate, returns });
  }
  const row = ({ next, after }: Row) => ({ id: next.id, properties: after?.properties ?? null });
  const kept = changed.filter(({ after }) => after);
  const gone = changed.filter(({ after }) => !after);
  await sweep(
    tx,
    `MATCH (:Claim {id: row.id})-[e:${[...CLAIM_EDGES, ...TIES].join('|')}]->() DELETE e`,
    changed.filter(({ next }) => next.before).map(row),
  );
  await write(
    tx,
    'MATCH (c:Claim {id: row.id}) REMOVE c:Claim:Unheld SET c:Removed SET c = row.properties',
    gone.map(({ next }) => ({ id: next.id, properties: tombstone(next.id, 'CLAIM', 'Claim', next.fate ?? {}) })),
  );
  await write(
    tx,
    'MATCH (c:Removed {id: row.id}) REMOVE c:Removed SET c:Claim SET c = row.properties',
    kept.filter(({ next }) => next.returns).map(row),
  );
  await write(
    tx,
    'CREATE (c:Claim) SET c = row.properties',
    kept.filter(({ next }) => !next.before && !next.returns).map(row),
  );
  await write(
    tx,
    'MATCH (c:Claim {id: row.id}) SET c = row.properties',
    kept.filter(({ next }) => next.before).map(row),
  );
  await writeEnds(tx, kept);
}

function isSame(next: NextClaim, properties: Properties): boolean {
  const { before } = next;
  return (
    before !== null &&
    fingerprint(before.properties, STAMPS) === fingerprint(properties, STAMPS) &&
    sameList(
      [before.subject, before.object, before.speaker, before.source, before.locator],
      [next.subject, next.object, next.speaker, next.source, next.locator],
    ) &&
    TIES.every((tie) => sameList(before.ties[tie], next.ties[tie]))
  );
}

async function writeEnds(tx: Pen['tx'], kept: readonly Row[]): Promise<void> {
  const link = (edge: string, pick: (claim: NextClaim) => string | null, set = '') =>
    write(
      tx,
      `MATCH (c:Claim {id: row.id}) MATCH (x:Entity {id: row.to}) CREATE (c)-[e:${edge}]->(x)${set}`,
      kept.flatMap(({ next }) => {
        const to = pick(next);
        return to === null ? [] : [{ id: next.id, to, locator: next.locator }];
      }),
    );
  await link('SUBJECT', (claim) => claim.subject);
  await link('OBJECT', (claim) => claim.object);
  await link('SPEAKER', (claim) => claim.speaker);
  await link('STATED_IN', (claim) => claim.source, ' SET e.locator = row.locator');
  for (const tie of TIES)
    await write(
      tx,
      `MATCH (c:Claim {id: row.id}) MATCH (x:Claim {id: row.to}) CREATE (c)-[:${tie}]->(x)`,
      kept.flatMap(({ next }) => next.ties[tie].map((to) => ({ id: next.id, to }))),
    );
}

/** Labels claims that assert an edge which does not exist, so that they are found when it comes to be. */
export async function labelUnheld(tx: Pen['tx'], unheld: readonly string[], held: readonly string[]): Promise<void> {
  const rows = (ids: readonly string[]) => ids.map((id) => ({ id }));
  await sweep(tx, 'MATCH (c:Claim {id: row.id}) SET c:Unheld', rows(unheld));
  await sweep(tx, 'MATCH (c:Claim:Unheld {id: row.id}) REMOVE c:Unheld', rows(held));
}
