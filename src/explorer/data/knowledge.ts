import type { Api } from './api.ts';
import { ENTITY, edgeFields, type RawEdge, readEdge } from './documents.ts';
import type { Legend } from './legend.ts';
import type { Edge, Entity } from './things.ts';

/** What has been fetched, so that steps back and filters ask for nothing again. */

export interface Graph {
  readonly nodes: readonly Entity[];
  readonly relationships: readonly RawEdge[];
}

export interface Knowledge {
  entity(id: string): Entity | undefined;
  edge(id: string): Edge | undefined;
  /** Those of the ids that are known, in their order, and every edge among them. */
  among(ids: readonly string[]): { readonly entities: readonly Entity[]; readonly edges: readonly Edge[] };
  /** Keeps what an answer brought. */
  learn(graph: Graph): void;
  /** Keeps a whole part of the graph, of which every relationship is there. */
  learnWhole(entities: readonly Entity[], edges: readonly Edge[]): void;
  /** Fetches what is missing to show these, edges among them included. Ids that nothing has are passed over. */
  complete(ids: readonly string[], signal?: AbortSignal): Promise<void>;
}

/** How many ids `graph` takes at once; of two halves, each is one part of those that are asked for. */
const MOST_IDS = 200;
const MOST_GROUPS = 20;

export function createKnowledge(api: Api, legend: Legend): Knowledge {
  const entities = new Map<string, Entity>();
  const edges = new Map<string, Edge>();
  const ends = new Map<string, Set<string>>();
  /** Groups of ids of which all edges between any two are known, the latest first. */
  let groups: readonly ReadonlySet<string>[] = [];
  const GRAPH = `query Explore($ids: [ID!]!) { graph(ids: $ids) { nodes { ${ENTITY} } relationships { ${edgeFields(legend)} } } }`;

  const keep = (edge: Edge): void => {
    edges.set(edge.id, edge);
    for (const end of [edge.from, edge.to]) {
      const known = ends.get(end);
      if (known) known.add(edge.id);
      else ends.set(end, new Set([edge.id]));
    }
  };
  const learn = ({ nodes, relationships }: Graph): void => {
    for (const { id, name, type } of nodes) entities.set(id, { id, name, type });
    for (const raw of relationships) keep(readEdge(raw, legend));
  };
  const note = (ids: readonly string[]): void => {
    groups = [new Set(ids), ...groups].slice(0, MOST_GROUPS);
  };
  const ask = async (ids: readonly string[], signal?: AbortSignal): Promise<void> => {
    learn((await api.ask<{ graph: Graph }>(GRAPH, { ids }, signal)).graph);
  };

  return {
    entity: (id) => entities.get(id),
    edge: (id) => edges.get(id),
    among(ids) {
      const asked = new Set(ids);
      const found = [...asked].flatMap((id) => entities.get(id) ?? []);
      const between = new Map<string, Edge>();
      for (const { id } of found)
        for (const one of ends.get(id) ?? []) {
          const edge = edges.get(one);
          if (edge && asked.has(edge.from) && asked.has(edge.to)) between.set(one, edge);
        }
      return { entities: found, edges: [...between.values()] };
    },
    learn,
    learnWhole(some, between) {
      for (const each of some) entities.set(each.id, each);
      for (const edge of between) keep(edge);
      note(some.map(({ id }) => id));
    },
    async complete(ids, signal) {
      const all = [...new Set(ids)];
      // Against whichever group spares the most.
      const missing = groups
        .map((group) => all.filter((id) => !group.has(id)))
        .reduce((least, each) => (each.length < least.length ? each : least), all);
      if (missing.length === 0) return;
      if (all.length <= MOST_IDS) await ask(all, signal);
      else
        for (const pair of pairsOf(missing, all)) {
          signal?.throwIfAborted();
          await ask(pair, signal);
        }
      note(all);
    },
  };
}

/** Lists of ids such that each missing one meets each of all in some list. */
function pairsOf(missing: readonly string[], all: readonly string[]): string[][] {
  const isMissing = new Set(missing);
  const [fresh, old] = [partsOf(missing), partsOf(all.filter((id) => !isMissing.has(id)))];
  return fresh.flatMap((part, index) => [...fresh.slice(index + 1), ...old, []].map((other) => [...part, ...other]));
}

function partsOf(ids: readonly string[]): string[][] {
  const half = MOST_IDS / 2;
  return Array.from({ length: Math.ceil(ids.length / half) }, (_, part) => ids.slice(part * half, (part + 1) * half));
}
