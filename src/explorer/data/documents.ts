import type { Legend } from './legend.ts';
import type { Edge, Entity } from './things.ts';

/** The parts of queries that bring entities and relationships as the page draws them. */

export const ENTITY = 'id name type';

/** The fields of a relationship; the dates of some types have names of their own. */
export function edgeFields(legend: Legend): string {
  const own = [...legend.relationships.values()]
    .filter(({ time }) => time.class !== 'timeless' && time.from !== 'validFrom')
    .map(({ graphqlType, time }) => `... on ${graphqlType} { ${time.from} ${time.to ?? ''} }`);
  return `id relationshipType: type from { id } to { id } validFrom validTo observedFrom observedTo status hedged disputed ${own.join(' ')}`;
}

export type RawEdge = Readonly<Record<string, unknown>>;

/** A relationship as it came, in the page's form. */
export function readEdge(raw: RawEdge, legend: Legend): Edge {
  const type = String(raw['relationshipType']);
  const time = legend.relationships.get(type)?.time;
  const text = (name: string | null | undefined): string | null => {
    const value = name ? raw[name] : null;
    return typeof value === 'string' ? value : null;
  };
  return {
    id: String(raw['id']),
    type,
    from: (raw['from'] as Entity).id,
    to: (raw['to'] as Entity).id,
    begins: text(time?.from),
    ends: text(time?.to),
    observedFrom: text('observedFrom'),
    observedTo: text('observedTo'),
    status: String(raw['status']),
    hedged: raw['hedged'] === true,
    disputed: raw['disputed'] === true,
  };
}
