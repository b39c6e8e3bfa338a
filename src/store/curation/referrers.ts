import { identifier } from '../../compile/identifier.ts';
import { CLAIM_EDGES, CLAIM_TIES, claimFields } from '../../model/common-fields.ts';
import type { RelationshipType } from '../../model/declarations.ts';
import type { Field } from '../../model/kinds.ts';
import type { Model } from '../../model/model.ts';
import type { TieName, Tx } from '../graph-state.ts';

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

export const references = (fields: readonly Field[]): string[] =>
  fields.filter((field) => field.kind === 'reference').map((field) => field.name);

/** Finds everything that refers to entities; each look is an index's or the entity's own. */
export async function loadReferrers(tx: Tx, model: Model, ids: readonly string[]): Promise<Referrers> {
  const find = async (text: string): Promise<Referrer[]> => {
    const { records } = await tx.run(`CYPHER 5 UNWIND $ids AS to ${text}`, { ids });
    return records.map((record) => ({ id: record.get(0), slot: record.get(1), to: record.get(2) }));
  };
  const byProperty = async (looks: readonly { readonly pattern: string; readonly name: string }[]) => {
    const found: Referrer[] = [];
    for (const { pattern, name } of looks)
      found.push(...(await find(`MATCH ${pattern} WHERE x.${identifier(name)} = to RETURN x.id, '${name}', to`)));
    return found;
  };
  const types = model.relationships.map((type) => identifier(type.name)).join('|');
  return {
    ends: await find(
      `MATCH (n:Entity {id: to})-[x:${types}]-() RETURN x.id, CASE WHEN startNode(x) = n THEN 'from' ELSE 'to' END, to`,
    ),
    edges: await byProperty(
      model.relationships.flatMap((type: RelationshipType) =>
        references(type.fields).map((name) => ({ pattern: `()-[x:${identifier(type.name)}]->()`, name })),
      ),
    ),
    roles: await find(`MATCH (n:Entity {id: to})<-[e:${CLAIM_EDGES.join('|')}]-(x:Claim) RETURN x.id, type(e), to`),
    claims: await byProperty(references(claimFields).map((name) => ({ pattern: '(x:Claim)', name }))),
    entities: await byProperty(
      model.entities.flatMap((type) =>
        references(type.fields).map((name) => ({ pattern: `(x:${identifier(type.name)})`, name })),
      ),
    ),
  };
}

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
