import { identifier } from '../../compile/identifier.ts';
import { CLAIM_EDGES, CLAIM_TIES, claimFields } from '../../model/common-fields.ts';
import { references } from '../../model/kinds.ts';
import type { Model } from '../../model/model.ts';
import type { TieName, Tx } from '../graph/graph-state.ts';

/** What refers to entities and claims, whichever way: as an end, as a role in a claim, by a property, by a tie. */

/** Something that refers to an entity; `slot` is the end, the claim's edge, or the property by which it does. */
export interface Referrer {
  readonly id: string;
  readonly slot: string;
  /** The entity that is referred to. */
  readonly to: string;
}

export interface Referrers {
  /** Edges that start or end there. */
  readonly ends: readonly Referrer[];
  /** Edges that name it in a property. */
  readonly edges: readonly Referrer[];
  /** Claims that it has a role in: SUBJECT, OBJECT, SPEAKER, STATED_IN. */
  readonly roles: readonly Referrer[];
  /** Claims that name it in a property. */
  readonly claims: readonly Referrer[];
  /** Entities that name it in a field. */
  readonly entities: readonly Referrer[];
}

/** Finds everything that refers to entities, in one statement; each look is an index's or the entity's own. */
export async function loadReferrers(tx: Tx, model: Model, ids: readonly string[]): Promise<Referrers> {
  const types = model.relationships.map((type) => identifier(type.name)).join('|');
  const looks = [
    `MATCH (n:Entity {id: to})-[x:${types}]-() RETURN 'ends' AS how, x.id AS id, CASE WHEN startNode(x) = n THEN 'from' ELSE 'to' END AS slot`,
    `MATCH (:Entity {id: to})<-[e:${CLAIM_EDGES.join('|')}]-(x:Claim) RETURN 'roles' AS how, x.id AS id, type(e) AS slot`,
    ...claimReferences.map((name) => mention('claims', '(x:Claim)', name)),
    ...model.relationships.flatMap((type) =>
      references(type.fields).map((name) => mention('edges', `()-[x:${identifier(type.name)}]->()`, name)),
    ),
    ...model.entities.flatMap((type) =>
      references(type.fields).map((name) => mention('entities', `(x:${identifier(type.name)})`, name)),
    ),
  ];
  const { records } = await tx.run(
    `CYPHER 5 UNWIND $ids AS to CALL (to) { ${looks.join(' UNION ALL ')} } RETURN how, id, slot, to`,
    { ids },
  );
  const found = { ends: [], edges: [], roles: [], claims: [], entities: [] } as Record<keyof Referrers, Referrer[]>;
  for (const record of records)
    found[record.get('how') as keyof Referrers].push({
      id: record.get('id'),
      slot: record.get('slot'),
      to: record.get('to'),
    });
  return found;
}

const claimReferences = references(claimFields);

const mention = (how: keyof Referrers, pattern: string, name: string): string =>
  `MATCH ${pattern} WHERE x.${identifier(name)} = to RETURN '${how}' AS how, x.id AS id, '${name}' AS slot`;

/** Claims with a tie to one of these. */
export async function loadTiedTo(
  tx: Tx,
  claims: readonly string[],
): Promise<{ readonly id: string; readonly tie: TieName; readonly to: string }[]> {
  const { records } = await tx.run(
    `CYPHER 5 UNWIND $claims AS to MATCH (:Claim {id: to})<-[e:${Object.keys(CLAIM_TIES).join('|')}]-(x:Claim) RETURN x.id, type(e), to`,
    { claims },
  );
  return records.map((record) => ({ id: record.get(0), tie: record.get(1), to: record.get(2) }));
}
