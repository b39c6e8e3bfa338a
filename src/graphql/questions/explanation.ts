import type { Emitted, Emitter } from '../../compile/emitter.ts';
import { identifier } from '../../compile/identifier.ts';
import type { RelationshipType } from '../../model/declarations.ts';
import { relationshipNamed } from '../../model/model.ts';

/** Paths in words: a sentence a step, as the ontology reads its relationships, with what makes one believe it. */

/** How many sources a sentence names. */
const NAMED_SOURCES = 2;

/** What a step's row holds, in order. */
type Step = [
  type: string,
  isForward: boolean,
  from: string,
  to: string,
  status: string | null,
  hedged: boolean | null,
  disputed: boolean | null,
  validFrom: string | null,
  validTo: string | null,
  telling: (string | null)[],
  claims: [source: string, isOurs: boolean][],
];

/** The sentences of a path in a variable, which is a list of its nodes and a list of its relationships. */
export function explained(emitter: Emitter, path: string): Emitted {
  const [nth, edge, near, far, claim, source] = ['i', 'r', 'n', 'n', 'c', 'n'].map((prefix) =>
    emitter.variable(prefix),
  ) as [string, string, string, string, string, string];
  const names = tellingFields(emitter.model.relationships);
  const telling = names.map((name) => `${edge}.${identifier(name)}`).join(', ');
  const standing = `${claim}.polarity = 'POSITIVE' AND ${claim}.retractedAt IS NULL AND ${claim}.rank <> 'DEPRECATED'`;
  const claims = `COLLECT { MATCH (${claim}:Claim) WHERE ${claim}.id IN ${edge}.claims AND ${standing} MATCH (${claim})-[:STATED_IN]->(${source}) WITH DISTINCT ${source}, ${claim}.attribution = 'ANALYST' AS ours ORDER BY ${source}.id RETURN [${source}.name, ours] }`;
  const facts = [
    `type(${edge})`,
    `startNode(${edge}) = ${near}`,
    `${near}.name`,
    `${far}.name`,
    ...['status', 'hedged', 'disputed', 'validFrom', 'validTo'].map((name) => `${edge}.${name}`),
    `[${telling}]`,
    claims,
  ];
  return {
    text: `COLLECT { UNWIND range(0, size(${path}[1]) - 1) AS ${nth} WITH ${path}[1][${nth}] AS ${edge}, ${path}[0][${nth}] AS ${near}, ${path}[0][${nth} + 1] AS ${far} RETURN [${facts.join(', ')}] }`,
    decode: (raw) => (raw as Step[]).map((step) => sentence(relationshipNamed(emitter.model, step[0]), names, step)),
  };
}

/** Fields that tell one relationship of a type from another, such as the act of who spoke of something. */
const tellingFields = (types: readonly RelationshipType[]): string[] => [...new Set(types.flatMap(tellingOf))].sort();

const tellingOf = (type: RelationshipType): string[] =>
  type.fields
    .filter((field) => type.identity.includes(field.name))
    .filter((field) => ['closedList', 'openList', 'text'].includes(field.kind))
    .map((field) => field.name);

function sentence(type: RelationshipType | undefined, names: readonly string[], step: Step): string {
  const [name, isForward, near, far, status, hedged, disputed, from, to, telling, claims] = step;
  const phrase = type?.phrase[isForward ? 'forward' : 'reverse'] ?? name;
  const own = type ? tellingOf(type) : [];
  const said = names.flatMap((each, nth) => (own.includes(each) && telling[nth] ? [telling[nth]] : []));
  const isOurs = claims.length > 0 && claims.every(([, ours]) => ours);
  const about = [
    ...said,
    ...(from !== null && to !== null
      ? [`${from} to ${to}`]
      : from !== null
        ? [`from ${from}`]
        : to !== null
          ? [`until ${to}`]
          : []),
    ...(status && status !== 'FACT' ? [`commitment ${status}`] : []),
    ...(hedged ? ['hedged'] : []),
    ...(disputed ? ['disputed'] : []),
    ...(isOurs ? ['added by an analyst'] : []),
    ...sources([...new Set(claims.map(([source]) => source))]),
  ];
  return `${near} ${phrase} ${far}${about.length > 0 ? ` (${about.join('; ')})` : ''}.`;
}

/** A relationship that starts at a source is its own evidence, and has no claim. */
function sources(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const named = names.slice(0, NAMED_SOURCES).join(', ');
  const more = names.length - NAMED_SOURCES;
  return [`source: ${named}${more > 0 ? ` and ${more} more` : ''}`];
}
