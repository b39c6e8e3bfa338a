import type { Api } from '../data/api.ts';
import type { Knowledge } from '../data/knowledge.ts';
import type { Legend } from '../data/legend.ts';
import type { Edge, Entity } from '../data/things.ts';

/** Loading the store at large, up to a bound that is said: one file of the export, which holds nodes and edges alike. */

interface File {
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly nodes: readonly { readonly key: string; readonly attributes: Readonly<Record<string, unknown>> }[];
  readonly edges: readonly {
    readonly key: string;
    readonly source: string;
    readonly target: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
}

export interface Whole {
  readonly ids: readonly string[];
  readonly isTruncated: boolean;
}

/** @param types of entities; all where none is named @throws Refused */
export async function loadWhole(
  api: Api,
  legend: Legend,
  knowledge: Knowledge,
  { limit, types }: { readonly limit: number; readonly types: readonly string[] },
): Promise<Whole> {
  const among = types.length > 0 ? `&types=${types.map(encodeURIComponent).join(',')}` : '';
  const response = await api.get(`/export/explore.graphology.json?limit=${limit}${among}`);
  const file = (await response.json()) as File;
  // Files call types as GraphQL does, `Person`; the page as its enum does.
  const enums = new Map([...legend.entities.values()].map(({ type, graphqlType }) => [graphqlType, type]));
  const entities = file.nodes.map(
    ({ key, attributes }): Entity => ({
      id: key,
      name: String(attributes['name'] ?? attributes['label'] ?? key),
      type: enums.get(String(attributes['type'])) ?? String(attributes['type'] ?? ''),
    }),
  );
  const edges = file.edges.map(({ key, source, target, attributes }): Edge => {
    const text = (name: string): string | null => (typeof attributes[name] === 'string' ? attributes[name] : null);
    return {
      id: key,
      type: String(attributes['type'] ?? ''),
      from: source,
      to: target,
      begins: text('validFrom'),
      ends: text('validTo'),
      observedFrom: text('observedFrom'),
      observedTo: text('observedTo'),
      status: String(attributes['status'] ?? ''),
      hedged: attributes['hedged'] === true,
      disputed: attributes['disputed'] === true,
    };
  });
  knowledge.learnWhole(entities, edges);
  return { ids: entities.map(({ id }) => id), isTruncated: response.headers.has('x-concordat-truncated') };
}
