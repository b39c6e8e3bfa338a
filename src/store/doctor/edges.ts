import { identifier } from '../../compile/identifier.ts';
import type { RelationshipType } from '../../model/declarations.ts';
import { edgeId } from '../../model/identity.ts';
import {
  fieldsOfRelationship,
  idPrefix,
  isLegal,
  type Model,
  relationshipNamed,
  storedName,
  typeAmong,
} from '../../model/model.ts';
import { STAMPS } from '../graph/commit.ts';
import type { StoredEdge } from '../graph/graph-state.ts';
import { fingerprint, type Properties } from '../graph/properties.ts';
import { settleEdge, testimony } from '../graph/settle.ts';
import { edgeFields, isOwnEvidence, sameEdge } from '../records/next-edge.ts';
import { type Check, type Finding, type Round, rowsOf, type Ward } from './check.ts';
import { EVIDENCE, type EvidenceRow, evidenceOf } from './claim-columns.ts';
import { differing, textsOf } from './entities.ts';
import { firstIdentities } from './first-identities.ts';
import { mendDates, resettleEdges } from './mend.ts';
import { wrongReferences } from './references.ts';
import { missingFields, wrongDates, wrongValues } from './values.ts';
import { enumerated } from './words.ts';

/** What must hold of each relationship. */

const CHECKS = {
  id: {
    name: 'relationship-id',
    meaning: 'Every relationship has the id that follows from its type, its ends and its identity.',
    mends: null,
    wayOut:
      'Record the relationship anew, with its claims, and delete this one in Cypher: others may know it by its id.',
  },
  ends: {
    name: 'relationship-ends',
    meaning: 'Every relationship leads from and to entities that its type allows.',
    mends: null,
    wayOut: 'Delete it in Cypher, and record what was meant; docs/ontology.md lists the legal ends.',
  },
  twins: {
    name: 'symmetric-twice',
    meaning: 'A symmetric relationship is stored once, from the end whose id comes first.',
    mends: null,
    wayOut: 'Record its claims for the other one, and delete this one in Cypher.',
  },
  claims: {
    name: 'relationship-without-claim',
    meaning: 'Every relationship rests on a standing claim, save those that start at a source.',
    mends: null,
    wayOut: 'Record it with a claim and its source, or delete it in Cypher.',
  },
  list: {
    name: 'relationship-claims',
    meaning: 'A relationship lists the claims that assert it, and no others.',
    mends: 'takes out of the list what is not there or does not assert it',
    wayOut: 'None of the claims that it lists asserts it: record it with one that does, or delete it in Cypher.',
  },
  standing: {
    name: 'relationship-standing',
    meaning: 'Status, counts, dates of observation and what claims state follow from the claims.',
    mends: 'derives them anew',
    wayOut: 'Look at its claims: one of them cannot be read.',
  },
  fields: {
    name: 'relationship-fields',
    meaning: 'Every relationship has what its type requires, and each field a value of its kind.',
    mends: null,
    wayOut: 'Record it anew by its id, with what is missing or wrong.',
  },
  dates: {
    name: 'relationship-dates',
    meaning: 'The first and last day of a date fit its text.',
    mends: 'derives the days from the text',
    wayOut: 'Record it anew by its id, with the date.',
  },
  references: {
    name: 'relationship-references',
    meaning: 'A property that holds an id leads to an entity of the right type.',
    mends: null,
    wayOut: 'Record the relationship anew by its id, with an id that is there.',
  },
} as const satisfies Record<string, Check>;

interface Row {
  readonly key: string;
  readonly edge: StoredEdge;
  readonly labels: readonly [readonly string[], readonly string[]];
  readonly evidence: readonly EvidenceRow[];
  /** Ids of others of the type between the same two. */
  readonly twins: readonly { readonly id: string; readonly properties: Properties }[];
}

export const relationships: Round = {
  name: 'relationships',
  checks: Object.values(CHECKS),
  async *findings(ward) {
    const { relationships: types } = ward.model;
    // Two statements for all types: what the database takes long for is to plan them.
    for (const some of [types.filter((type) => !type.symmetric), types.filter((type) => type.symmetric)])
      for await (const rows of some.length > 0 ? rowsOf(ward, statement(some)) : []) {
        ward.looked(rows.length);
        const read = rows.flatMap((row) => readRow(ward.model, row));
        for (const row of read) yield* ofOne(ward.model, row);
        yield* ofIds(ward, read);
        const referring = read.map(({ key, edge: { type, properties } }) => ({
          id: key,
          fields: type.fields,
          properties,
        }));
        for (const [id, problems] of await wrongReferences(ward, referring))
          for (const what of problems) yield { check: CHECKS.references, id, what };
      }
  },
};

const statement = (types: readonly RelationshipType[]): string => {
  const twins = types.some((type) => type.symmetric)
    ? 'COLLECT { MATCH (a)-[o]-(b) WHERE type(o) = type(r) AND elementId(o) <> elementId(r) RETURN [o.id, properties(o)] }'
    : '[]';
  return `MATCH (a)-[r:${types.map(({ name }) => identifier(name)).join('|')}]->(b)
    RETURN type(r), r.id, elementId(r), a.id, b.id, labels(a), labels(b), properties(r),
      COLLECT { UNWIND coalesce(r.claims, []) AS claim MATCH (c:Claim {id: claim}) RETURN ${EVIDENCE} }, ${twins}`;
};

function readRow(model: Model, row: unknown[]): Row[] {
  const [name, id, key, from, to, fromLabels, toLabels, properties, evidence, twins] = row as [
    string,
    string | null,
    string,
    string | null,
    string | null,
    string[],
    string[],
    Properties,
    unknown[],
    [string, Properties][],
  ];
  const type = relationshipNamed(model, name);
  if (!type) return [];
  return [
    {
      key: id ?? key,
      edge: { id: id ?? '', type, from: from ?? '', to: to ?? '', properties },
      labels: [fromLabels, toLabels],
      evidence: evidence.map(evidenceOf),
      twins: twins.map(([other, of]) => ({ id: other, properties: of })),
    },
  ];
}

function* ofOne(model: Model, row: Row): Iterable<Finding> {
  const { key, edge, labels, twins } = row;
  const { type, properties } = edge;
  const [from, to] = [typeAmong(model, labels[0]), typeAmong(model, labels[1])];
  if (!from || !to || !isLegal(type, from, to))
    yield {
      check: CHECKS.ends,
      id: key,
      what: `leads from ${edge.from || 'what has no id'} (${from?.name ?? labels[0].join(', ')}) to ${edge.to || 'what has no id'} (${to?.name ?? labels[1].join(', ')})`,
    };
  const twin = twins.find((other) => sameIdentity(type, other.properties, properties));
  if (type.symmetric && (edge.from > edge.to || (twin && twin.id < edge.id)))
    yield {
      check: CHECKS.twins,
      id: key,
      what: twin ? `says what ${twin.id} says` : `is stored from ${edge.from}, though ${edge.to} comes first`,
    };
  const missing = missingFields(type.fields, properties);
  if (missing.length > 0) yield { check: CHECKS.fields, id: key, what: `has no ${enumerated(missing)}` };
  for (const what of wrongValues(storedFields(type), properties)) yield { check: CHECKS.fields, id: key, what };
  const dates = wrongDates(edgeFields(type), properties);
  if (dates)
    yield {
      check: CHECKS.dates,
      id: key,
      what: `${enumerated(Object.keys(dates))} do not fit`,
      ...(edge.id ? { mend: { by: mendDates.relationships, with: { dates, texts: textsOf(dates, properties) } } } : {}),
    };
  yield* ofClaims(model, row);
}

/** Fields by the names that they are stored under; an edge's own names for its dates are others. */
const storedFields = (type: RelationshipType) =>
  fieldsOfRelationship(type).filter(({ name }) => storedName(type, name) === name || name.startsWith('valid'));

const identityOf = (type: RelationshipType, properties: Properties): unknown[] =>
  type.identity.map((name) => properties[storedName(type, name)] ?? null);

const sameIdentity = (type: RelationshipType, a: Properties, b: Properties): boolean =>
  JSON.stringify(identityOf(type, a)) === JSON.stringify(identityOf(type, b));

const assertsIt = ({ claim }: EvidenceRow, id: string): boolean =>
  ((claim.properties['asserts'] as string[] | undefined) ?? []).includes(id);

function* ofClaims(model: Model, { key, edge, evidence }: Row): Iterable<Finding> {
  const listed = (edge.properties['claims'] as string[] | undefined) ?? [];
  const held = evidence.filter((each) => assertsIt(each, edge.id));
  const next = { ...sameEdge(edge), claims: new Set(held.map(({ claim }) => claim.id)) };
  if (listed.length === 0 && !isOwnEvidence(next, model)) {
    yield { check: CHECKS.claims, id: key, what: 'lists no claim' };
    return;
  }
  const roots = new Map(held.map(({ claim, root }) => [claim.source ?? '', root ?? claim.source ?? '']));
  const settled = settleEdge(
    model,
    next,
    held.map(({ claim }) => testimony(claim.id, claim, claim.disputedBy.length > 0, '')),
    (source) => roots.get(source) ?? source,
  );
  const mend = settled && edge.id ? { mend: { by: resettleEdges, with: null } } : {};
  const astray = listed.filter((id) => !next.claims.has(id));
  if (astray.length > 0)
    yield { check: CHECKS.list, id: key, what: `lists ${astray[0]}, which ${whyNot(astray[0], evidence)}`, ...mend };
  if (!settled) {
    if (astray.length === 0) yield { check: CHECKS.claims, id: key, what: 'none of its claims stands' };
    return;
  }
  const wrong = differing(settled, edge.properties).filter((name) => name !== 'claims');
  if (wrong.length > 0 && fingerprint(settled, STAMPS) !== fingerprint(edge.properties, STAMPS))
    yield { check: CHECKS.standing, id: key, what: `${enumerated(wrong)} should follow from its claims`, ...mend };
}

const whyNot = (id: string | undefined, evidence: readonly EvidenceRow[]): string =>
  evidence.some(({ claim }) => claim.id === id) ? 'does not assert it' : 'is not there';

/** Ids that do not follow; one may have been made before a date of the identity was known. */
async function* ofIds(ward: Ward, rows: readonly Row[]): AsyncIterable<Finding> {
  const doubtful: Row[] = [];
  for (const row of rows) {
    const { key, edge } = row;
    if (edge.id === '') yield { check: CHECKS.id, id: key, what: `a ${edge.type.name} has no id` };
    else if (!edge.id.startsWith(`${idPrefix(edge.type)}:`))
      yield { check: CHECKS.id, id: key, what: `does not begin with ${idPrefix(edge.type)}:` };
    else if (!candidates(edge).includes(edge.id)) doubtful.push(row);
  }
  if (doubtful.length === 0) return;
  const first = await firstIdentities(
    ward,
    doubtful.map(({ edge }) => edge),
  );
  for (const { key, edge } of doubtful)
    if (first.get(edge.id) !== edge.id) yield { check: CHECKS.id, id: key, what: `should be ${candidates(edge)[0]}` };
}

/** Ids that an edge may have: by its identity as it is, and with any of it unknown when it was made. */
function candidates({ type, from, to, properties }: StoredEdge): string[] {
  const named = type.identity.map((name) => [name, properties[storedName(type, name)] ?? null] as const);
  const subsets = 1 << named.length;
  return Array.from({ length: subsets }, (_, mask) =>
    edgeId(
      type,
      from,
      to,
      Object.fromEntries(named.map(([name, value], nth) => [name, mask & (1 << nth) ? null : value])),
    ),
  );
}
