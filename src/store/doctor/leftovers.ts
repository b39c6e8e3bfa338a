import { identifier } from '../../compile/identifier.ts';
import { CLAIM_EDGES, CLAIM_TIES } from '../../model/common-fields.ts';
import { typeOfId } from '../../model/model.ts';
import { allRows, type Check, type Round, rowsOf, type Ward } from './check.ts';
import { byId, dropOrphans } from './mend.ts';

/** What belongs to things, is left of them, or was put beside them. */

const CHECKS = {
  names: {
    name: 'names-without-owner',
    meaning: 'Every name in another language or of another time belongs to an entity.',
    mends: 'deletes those that nothing leads to',
    wayOut: 'Delete it in Cypher.',
  },
  external: {
    name: 'external-ids',
    meaning: 'Every external id belongs to one entity, and its key is its scheme and value.',
    mends: 'deletes those that nothing leads to, which keep others from having them',
    wayOut: 'Decide in Cypher to which entity it belongs; or merge the two.',
  },
  retired: {
    name: 'retired-ids',
    meaning: 'What is left of things that were removed or merged is only that, and leads to what survived.',
    mends: null,
    wayOut: 'Take away the labels and relationships that were given to it, or restore the thing.',
  },
  foreign: {
    name: 'unknown-relationships',
    meaning: 'Entities are tied by the relationships of the ontology.',
    mends: null,
    wayOut: 'Declare the type in src/ontology, or delete them in Cypher: nothing here reads them.',
  },
} as const satisfies Record<string, Check>;

const KNOWN = [...CLAIM_EDGES, ...Object.keys(CLAIM_TIES), 'NAMED', 'IDENTIFIED_BY', 'THEN'];

export const leftovers: Round = {
  name: 'what belongs to them',
  checks: Object.values(CHECKS),
  async *findings(ward) {
    for await (const rows of rowsOf(
      ward,
      'MATCH (x:Name) WHERE NOT EXISTS { (:Entity)-[:NAMED]->(x) } RETURN x.value, elementId(x)',
    ))
      for (const [value, key] of rows as [string, string][])
        yield {
          check: CHECKS.names,
          id: value ?? key,
          what: 'belongs to nobody',
          mend: { by: dropOrphans('Name', 'NAMED'), with: key },
        };
    yield* externalIds(ward);
    yield* retired(ward);
    yield* unknownRelationships(ward);
  },
};

async function* externalIds(ward: Ward) {
  const text = `MATCH (x:ExternalId) WITH x, COUNT { ()-[:IDENTIFIED_BY]->(x) } AS owners
    WHERE owners <> 1 OR x.key IS NULL OR x.key <> x.scheme + ':' + x.value RETURN coalesce(x.key, elementId(x)), elementId(x), owners`;
  for await (const rows of rowsOf(ward, text))
    for (const [id, key, owners] of rows as [string, string, number][])
      yield {
        check: CHECKS.external,
        id,
        what:
          owners === 0
            ? 'belongs to nobody'
            : owners > 1
              ? `belongs to ${owners} entities`
              : 'has another key than its scheme and value',
        ...(owners === 0 ? { mend: { by: dropOrphans('ExternalId', 'IDENTIFIED_BY'), with: key } } : {}),
      };
}

async function* retired(ward: Ward) {
  const text = `MATCH (x:Removed)
    RETURN x.id, labels(x), x.survivor, COUNT { (x)--() } - COUNT { (x)-[:IDENTIFIED_BY]->() },
      x.survivor IS NULL OR EXISTS { MATCH (:Entity {id: x.survivor}) } OR EXISTS { MATCH (:Removed {id: x.survivor}) } OR EXISTS { MATCH (:Revision {of: x.survivor}) }`;
  for await (const rows of rowsOf(ward, text)) {
    const living = await alive(
      ward,
      (rows as [string][]).map(([id]) => id),
    );
    for (const [id, labels, survivor, ties, leads] of rows as [string, string[], string | null, number, boolean][]) {
      if (labels.length > 1) yield { check: CHECKS.retired, id, what: `has the labels ${labels.join(', ')}` };
      if (ties > 0) yield { check: CHECKS.retired, id, what: `has ${ties} relationships` };
      if (living.has(id)) yield { check: CHECKS.retired, id, what: 'is removed, and is there' };
      if (!leads) yield { check: CHECKS.retired, id, what: `leads to ${survivor}, which was never there` };
    }
  }
}

/** Which of these ids something has. */
export async function alive(ward: Ward, ids: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  const note = (rows: unknown[][]) => {
    for (const [id] of rows) found.add(id as string);
  };
  note(await allRows(ward, 'UNWIND $ids AS id MATCH (x:Entity {id: id}) RETURN id', { ids }));
  note(await allRows(ward, 'UNWIND $ids AS id MATCH (x:Claim {id: id}) RETURN id', { ids }));
  for (const type of ward.model.relationships) {
    const some = ids.filter((id) => typeOfId(ward.model, id) === type);
    if (some.length > 0) note(await allRows(ward, `UNWIND $ids AS id MATCH ${byId(type)} RETURN id`, { ids: some }));
  }
  return found;
}

async function* unknownRelationships(ward: Ward) {
  const known = new Set([...KNOWN, ...ward.model.relationships.map(({ name }) => name)]);
  const types = await allRows(ward, 'CALL db.relationshipTypes() YIELD relationshipType RETURN relationshipType');
  for (const [type] of types as [string][]) {
    if (known.has(type)) continue;
    // The type is the database's own word, and quoted as one.
    const [row] = await allRows(ward, `MATCH (:Entity)-[r:${identifier(type)}]->(:Entity) RETURN count(r)`);
    const count = Number(row?.[0] ?? 0);
    if (count > 0) yield { check: CHECKS.foreign, id: type, what: `ties ${count} pairs of entities` };
  }
}
