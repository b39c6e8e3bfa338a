import { identifier } from '../../compile/identifier.ts';
import type { RelationshipType } from '../../model/declarations.ts';
import { typeAmong, typeOfId } from '../../model/model.ts';
import { change } from '../change.ts';
import { FINDING_KEYS, findingKeys } from '../finding-keys.ts';
import { assertedBy, type CallState } from '../graph/call-state.ts';
import { carries } from '../graph/claim-rules.ts';
import { labelUnheld } from '../graph/commit-claims.ts';
import type { Properties } from '../graph/properties.ts';
import { isOwnEvidence } from '../records/next-edge.ts';
import { DOCTOR, type Mender, type Ward } from './check.ts';

/**
 * Putting right what follows from the rest of the store. What follows from claims is settled by the store's own way of
 * writing, with its revisions; labels, days and keys are set where nothing has changed since they were looked at.
 */

const REASON = 'concordat doctor --fix';

const set = async (ward: Ward, text: string, rows: readonly unknown[]): Promise<number> =>
  ward.connection.write('doctor', async (tx) => {
    const { records } = await tx.run(`CYPHER 5 UNWIND $rows AS row ${text} RETURN count(*)`, { rows });
    return Number(records[0]?.get(0));
  });

const groupedBy = <T>(items: readonly T[], by: (item: T) => string): [string, T[]][] => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(by(item), [...(groups.get(by(item)) ?? []), item]);
  return [...groups];
};

/** `with`: the labels that are lacking, and those that are too many. */
export const mendLabels: Mender = async (ward, findings) => {
  let done = 0;
  for (const [how, group] of groupedBy(findings, (each) => JSON.stringify(each.with))) {
    const { lacking, surplus } = JSON.parse(how) as { lacking: string[]; surplus: string[] };
    const add = lacking.length > 0 ? ` SET n:${lacking.map(identifier).join(':')}` : '';
    const take = surplus.length > 0 ? ` REMOVE n:${surplus.map(identifier).join(':')}` : '';
    // Without its labels no index finds it; the types' own labels have one each.
    const anchors = new Map(
      group.flatMap(({ id }) => {
        const type = typeOfId(ward.model, id);
        return type ? [[id, type.name] as const] : [];
      }),
    );
    for (const [type, some] of groupedBy(group, ({ id }) => anchors.get(id) ?? ''))
      done += await set(
        ward,
        `CALL (row) { MATCH (n:Entity {id: row.id}) RETURN n UNION MATCH (n:${identifier(type)} {id: row.id}) RETURN n }${add}${take}`,
        some.map(({ id }) => ({ id })),
      );
  }
  return done;
};

/** `with`: the days as they should be, and the texts that they follow from. */
const datesBy =
  (match: (ids: readonly string[], ward: Ward) => [string, readonly string[]][]): Mender =>
  async (ward, findings) => {
    let done = 0;
    const rows = new Map(findings.map((each) => [each.id, { id: each.id, ...(each.with as object) }]));
    for (const [pattern, ids] of match([...rows.keys()], ward))
      done += await set(
        ward,
        `MATCH ${pattern} WHERE all(name IN keys(row.texts) WHERE x[name] = row.texts[name] OR (x[name] IS NULL AND row.texts[name] IS NULL))
         SET x += row.dates`,
        ids.flatMap((id) => rows.get(id) ?? []),
      );
    return done;
  };

export const mendDates = {
  entities: datesBy((ids) => [['(x:Entity {id: row.id})', ids]]),
  claims: datesBy((ids) => [['(x:Claim {id: row.id})', ids]]),
  relationships: datesBy((ids, { model }) =>
    groupedBy(ids, (id) => typeOfId(model, id)?.name ?? '').map(([type, some]) => [
      `()-[x:${identifier(type)} {id: row.id}]->()`,
      some,
    ]),
  ),
} satisfies Record<string, Mender>;

/** Keys follow from the rest, so that no revision tells of them. */
export const mendKeys: Mender = (ward, findings) =>
  ward.connection.write('doctor', async (tx) => {
    const { records } = await tx.run(
      `CYPHER 5 UNWIND $ids AS id MATCH (n:Entity {id: id}) SET n.locked = true WITH n REMOVE n.locked WITH n
       RETURN n.id, labels(n), properties(n), COLLECT { MATCH (n)-[:NAMED]->(m:Name) RETURN properties(m) }`,
      { ids: findings.map(({ id }) => id) },
    );
    const rows = records.flatMap((record) => {
      const [id, labels, properties, names] = record.keys.map((key) => record.get(key)) as [
        string,
        string[],
        Properties,
        Properties[],
      ];
      const told = typeOfId(ward.model, id);
      const type = told?.is === 'entity' ? told : typeAmong(ward.model, labels);
      if (!type) return [];
      const keys = findingKeys(type, properties, names);
      return [{ id, keys: Object.fromEntries(FINDING_KEYS.map((key) => [key, keys[key] ?? null])) }];
    });
    await tx.run('CYPHER 5 UNWIND $rows AS row MATCH (n:Entity {id: row.id}) SET n += row.keys', { rows });
    return rows.length;
  });

/** Has the store settle what is laid out, as it does whenever it writes. */
const settled = (ward: Ward, lay: (state: CallState) => Promise<void>): Promise<number> =>
  change(
    {
      connection: ward.connection,
      model: ward.model,
      call: { by: DOCTOR, role: 'admin', operation: 'doctor' },
      reason: REASON,
    },
    async (state) => {
      await lay(state);
      return {};
    },
    async ({ outcomes }) => [...outcomes.values()].filter((outcome) => outcome !== 'unchanged').length,
  );

export const resettleEntities: Mender = (ward, findings) =>
  settled(ward, async (state) => {
    const ids = findings.map(({ id }) => id);
    await state.bringInEntities(ids);
    for (const id of ids) state.resettled.add(id);
  });

/** `with`: ids of claims that are to be listed too, or null. Edges that no claim carries are left as they are. */
export const resettleEdges: Mender = (ward, findings) =>
  settled(ward, async (state) => {
    await state.bringIn(findings.map(({ id }) => id));
    for (const { id, with: more } of findings)
      for (const claim of (more as readonly string[] | null) ?? []) state.edges.get(id)?.claims.add(claim);
    await state.refreshClaims([...state.edges.values()].flatMap(({ claims }) => [...claims]));
    for (const edge of [...state.edges.values()]) {
      for (const claim of [...edge.claims])
        if (!assertedBy(state.storedClaims.get(claim)).includes(edge.id)) edge.claims.delete(claim);
      const shape = { type: edge.type, from: edge.from, act: edge.asRecorded['act'] };
      const stands = state.testimonies(edge).some(({ evidence }) => carries(evidence, shape));
      if (!stands && !(edge.claims.size === 0 && isOwnEvidence(edge, state.model))) state.edges.delete(edge.id);
    }
  });

/** `with`: whether the claim waits for an edge. */
export const mendUnheld: Mender = (ward, findings) =>
  ward.connection.write('doctor', async (tx) => {
    const ids = (waits: boolean) => findings.filter((each) => each.with === waits).map(({ id }) => id);
    await labelUnheld(tx, ids(true), ids(false));
    return findings.length;
  });

/** Nodes by the database's own id that nothing leads to. */
export const dropOrphans =
  (label: 'Name' | 'ExternalId', tie: 'NAMED' | 'IDENTIFIED_BY'): Mender =>
  (ward, findings) =>
    set(
      ward,
      `MATCH (x:${label}) WHERE elementId(x) = row.key AND NOT EXISTS { ()-[:${tie}]->(x) } DELETE x`,
      findings.map((each) => ({ key: each.with })),
    );

/** The pattern of edges of a type by their ids. */
export const byId = (type: RelationshipType): string => `()-[x:${identifier(type.name)} {id: id}]->()`;
