import { references } from '../../src/model/kinds.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import type { Connection } from '../../src/store/connection.ts';
import { deriveEdge, type Evidence } from '../../src/store/graph/claim-rules.ts';
import {
  loadClaims,
  loadEdges,
  loadEntities,
  loadRoots,
  type StoredClaim,
  type StoredEdge,
  type StoredEntity,
  type Tx,
} from '../../src/store/graph/graph-state.ts';
import { testimony } from '../../src/store/graph/settle.ts';
import { stateText } from '../../src/store/log/states.ts';

/** What must hold of any graph that was only ever written to by the store, whatever was asked of it. */

interface Everything {
  readonly entities: ReadonlyMap<string, StoredEntity>;
  readonly edges: ReadonlyMap<string, StoredEdge>;
  readonly claims: ReadonlyMap<string, StoredClaim>;
}

/** Says, in words, what does not hold; nothing when all does. Reads the whole graph. */
export async function violations(connection: Connection): Promise<string[]> {
  return connection.write('violations', async (tx) => {
    const all = await everything(tx);
    return [
      ...dangling(all),
      ...(await unfounded(tx, all)),
      ...(await leftovers(tx, all)),
      ...(await unreplayed(tx, all)),
    ];
  });
}

async function column(tx: Tx, text: string): Promise<string[]> {
  return (await tx.run(text)).records.map((record) => record.get(0) as string);
}

async function everything(tx: Tx): Promise<Everything> {
  const types = ontology.relationships.map(({ name }) => name).join('|');
  return {
    entities: await loadEntities(tx, ontology, await column(tx, 'MATCH (n:Entity) RETURN n.id')),
    edges: await loadEdges(tx, ontology, await column(tx, `MATCH ()-[r:${types}]->() RETURN r.id`)),
    claims: await loadClaims(tx, await column(tx, 'MATCH (c:Claim) RETURN c.id')),
  };
}

const listedBy = (edge: StoredEdge | undefined): string[] => (edge?.properties['claims'] as string[] | undefined) ?? [];

function dangling({ entities, edges, claims }: Everything): string[] {
  const found: string[] = [];
  const lead = (of: string, slot: string, id: unknown) => {
    if (typeof id === 'string' && !entities.has(id)) found.push(`${of}: ${slot} leads to ${id}, which is not there`);
  };
  for (const { id, type, properties } of [...entities.values(), ...edges.values()])
    for (const slot of references(type.fields)) lead(id, slot, properties[slot]);
  for (const claim of claims.values()) {
    if (claim.subject === null) found.push(`${claim.id}: has no subject`);
    if (claim.source === null) found.push(`${claim.id}: has no source`);
    for (const slot of ['onBehalfOf', 'inCapacityOf', 'addressee', 'event'])
      lead(claim.id, slot, claim.properties[slot]);
    for (const edge of (claim.properties['asserts'] as string[] | undefined) ?? [])
      if (edges.has(edge) && !listedBy(edges.get(edge)).includes(claim.id))
        found.push(`${claim.id}: asserts ${edge}, which does not list it`);
  }
  return found;
}

/** Edges that rest on nothing, or on what does not carry them, or do not show what follows from their claims. */
async function unfounded(tx: Tx, { edges, claims }: Everything): Promise<string[]> {
  const sources = [...claims.values()].flatMap(({ source }) => source ?? []);
  const roots = await loadRoots(tx, [...new Set(sources)]);
  return [...edges.values()].flatMap((edge): string[] => {
    const listed = listedBy(edge);
    const evidence = listed.flatMap((id): Evidence[] => {
      const claim = claims.get(id);
      return claim ? [testimony(id, claim, claim.disputedBy.length > 0, '').evidence] : [];
    });
    if (evidence.length < listed.length) return [`${edge.id}: lists a claim that is not there`];
    for (const id of listed)
      if (!((claims.get(id)?.properties['asserts'] as string[] | undefined) ?? []).includes(edge.id))
        return [`${edge.id}: lists ${id}, which does not assert it`];
    if (listed.length === 0) return edge.from.startsWith('source:') ? [] : [`${edge.id}: rests on nothing`];
    const shape = { type: edge.type, from: edge.from, act: edge.properties['act'] };
    const derived = deriveEdge(shape, evidence, (source) => roots.get(source) ?? source);
    if (!derived) return [`${edge.id}: no claim carries it`];
    return (['status', 'weakestStatus', 'disputed', 'hedged', 'claimCount', 'sourceCount'] as const).flatMap((name) =>
      edge.properties[name] === derived[name]
        ? []
        : [`${edge.id}: ${name} is ${String(edge.properties[name])}, which should be ${String(derived[name])}`],
    );
  });
}

/** What is left of things that are no more. */
async function leftovers(tx: Tx, { entities, edges, claims }: Everything): Promise<string[]> {
  const isThere = (id: string) => entities.has(id) || edges.has(id) || claims.has(id);
  const { records } = await tx.run(
    `MATCH (x:Removed) RETURN x.id, labels(x), x.survivor,
       COUNT { (x)--() } - COUNT { (x)-[:IDENTIFIED_BY]->() }, EXISTS { MATCH (:Revision {of: x.survivor}) }`,
  );
  return records.flatMap((record) => {
    const [id, labels, survivor, ties, wasThere] = record.keys.map((key) => record.get(key)) as [
      string,
      string[],
      string | null,
      number,
      boolean,
    ];
    return [
      ...(labels.length === 1 ? [] : [`${id}: is removed and has the labels ${labels.join(', ')}`]),
      ...(ties === 0 ? [] : [`${id}: is removed and has ${ties} relationships`]),
      ...(isThere(id) ? [`${id}: is removed and is there`] : []),
      ...(survivor === null || isThere(survivor) || wasThere
        ? []
        : [`${id}: leads to ${survivor}, which was never there`]),
    ];
  });
}

/** Whether the last revision of everything is what it is now, and the revisions are numbered without a gap. */
async function unreplayed(tx: Tx, { entities, edges, claims }: Everything): Promise<string[]> {
  const { records } = await tx.run(
    `MATCH (v:Revision) WHERE v.kind <> 'JUDGEMENT' WITH v ORDER BY v.sequence
     WITH v.of AS id, last(collect(v)) AS latest RETURN id, latest.after`,
  );
  const last = new Map(records.map((record) => [record.get(0) as string, record.get(1) as string | null]));
  const now = new Map([...entities, ...edges, ...claims].map(([id, state]) => [id, stateText(state)]));
  const found = [...new Set([...last.keys(), ...now.keys()])].flatMap((id) => {
    const [told, is] = [last.get(id) ?? null, now.get(id) ?? null];
    return canonical(told) === canonical(is)
      ? []
      : [`${id}: history ends at ${told ?? 'nothing'}, but there is ${is ?? 'nothing'}`];
  });
  const [numbers] = (
    await tx.run('MATCH (v:Revision) RETURN count(v), min(v.sequence), max(v.sequence), count(DISTINCT v.sequence)')
  ).records;
  const [count, first, end, distinct] = (numbers?.keys ?? []).map((key) => Number(numbers?.get(key)));
  if (count && (first !== 1 || end !== count || distinct !== count))
    found.push(`${count} revisions are numbered from ${first} to ${end}`);
  return found;
}

/** The same text for states that differ only in the order of keys and of names. */
function canonical(text: string | null): string | null {
  if (text === null) return null;
  const state = JSON.parse(text) as { names?: object[] };
  if (state.names) state.names = state.names.map((name) => JSON.stringify(name)).sort() as never;
  return JSON.stringify(state, (_, value) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
