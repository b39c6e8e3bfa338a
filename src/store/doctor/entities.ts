import { identifier } from '../../compile/identifier.ts';
import type { EntityType } from '../../model/declarations.ts';
import { endNamed, familiesOf, fieldsOfEntity, type Model, typeOfId } from '../../model/model.ts';
import { FINDING_KEYS, findingKeys } from '../finding-keys.ts';
import { STAMPS } from '../graph/commit.ts';
import type { StoredEntity } from '../graph/graph-state.ts';
import { fingerprint, type Properties } from '../graph/properties.ts';
import { settleEntity, testimony } from '../graph/settle.ts';
import { sameEntity } from '../records/next-entity.ts';
import { type Check, type Finding, type Round, rowsOf, type Ward } from './check.ts';
import { EVIDENCE, evidenceOf } from './claim-columns.ts';
import { mendDates, mendKeys, mendLabels, resettleEntities } from './mend.ts';
import { wrongReferences } from './references.ts';
import { missingFields, wrongDates, wrongValues } from './values.ts';
import { enumerated } from './words.ts';

/** What must hold of each entity. */

const BY_RECORD = 'Record the entity anew with what is missing or wrong, or remove it.';

const CHECKS = {
  id: {
    name: 'entity-id',
    meaning: 'Every entity has an id that begins with the name of its type.',
    mends: null,
    wayOut: 'Give the node an id of its type in Cypher, or delete it and record the entity anew.',
  },
  labels: {
    name: 'entity-labels',
    meaning: 'Every entity has the label of its type, those of its families, and of no others.',
    mends: 'sets the labels that follow from its id',
    wayOut: 'Its id and its labels tell of two types: decide which, and set the labels in Cypher.',
  },
  fields: {
    name: 'entity-fields',
    meaning: 'Every entity has what its type requires, such as a name.',
    mends: null,
    wayOut: BY_RECORD,
  },
  values: {
    name: 'entity-values',
    meaning: 'Every field of an entity holds a value of its kind, and of its list where that is closed.',
    mends: null,
    wayOut: BY_RECORD,
  },
  dates: {
    name: 'entity-dates',
    meaning: 'The first and last day of a date fit its text.',
    mends: 'derives the days from the text',
    wayOut: BY_RECORD,
  },
  keys: {
    name: 'search-keys',
    meaning: 'Every entity has the keys by which it is found, and they fit its names.',
    mends: 'derives the keys anew',
    wayOut: 'Give it a name first.',
  },
  standing: {
    name: 'entity-standing',
    meaning: 'Fields that claims speak of show the value that follows from the claims.',
    mends: 'derives the values anew',
    wayOut: 'Look at its claims: one of them cannot be read.',
  },
  references: {
    name: 'entity-references',
    meaning: 'A field that holds an id leads to an entity of the right type.',
    mends: null,
    wayOut: 'Record the field anew with an id that is there, or clear it.',
  },
} as const satisfies Record<string, Check>;

const ROW = `n.id, elementId(n), labels(n), properties(n), COLLECT { MATCH (n)-[:NAMED]->(m:Name) RETURN properties(m) },
  COLLECT { MATCH (n)-[:IDENTIFIED_BY]->(x) RETURN x.key ORDER BY x.key },
  COLLECT { MATCH (n)<-[:SUBJECT]-(c:Claim) WHERE c.valueKind IS NOT NULL RETURN ${EVIDENCE} }`;

interface Row {
  readonly key: string;
  readonly labels: readonly string[];
  readonly properties: Properties;
  readonly stored: StoredEntity | null;
  readonly evidence: readonly unknown[];
}

export const entities: Round = {
  name: 'entities',
  checks: Object.values(CHECKS),
  async *findings(ward) {
    const types = ward.model.entities.map(({ name }) => identifier(name)).join('|');
    for (const pattern of ['(n:Entity)', `(n:${types}) WHERE NOT n:Entity AND NOT n:Removed`])
      for await (const rows of rowsOf(ward, `MATCH ${pattern} RETURN ${ROW}`)) {
        ward.looked(rows.length);
        const read = rows.map((row) => readRow(ward.model, row));
        for (const row of read) yield* ofOne(ward.model, row);
        yield* references(ward, read);
      }
  },
};

function readRow(model: Model, row: unknown[]): Row {
  const [id, key, labels, properties, names, externalIds, evidence] = row as [
    string | null,
    string,
    string[],
    Properties,
    Properties[],
    string[],
    unknown[],
  ];
  const type = typeOf(model, id, labels);
  const stored = type && id !== null ? { id, type, properties, names, externalIds } : null;
  return { key: id ?? key, labels, properties, stored, evidence };
}

const labelled = (model: Model, labels: readonly string[]): EntityType[] =>
  labels.flatMap((label) => {
    const end = endNamed(model, label);
    return end?.is === 'entity' ? [end] : [];
  });

/** The type that an entity's id tells; else that of its labels, where there is one. */
function typeOf(model: Model, id: string | null, labels: readonly string[]): EntityType | null {
  const told = typeof id === 'string' ? typeOfId(model, id) : undefined;
  if (told?.is === 'entity') return told;
  const types = labelled(model, labels);
  return types.length === 1 ? (types[0] ?? null) : null;
}

function* ofOne(model: Model, row: Row): Iterable<Finding> {
  const { key, labels, properties, stored } = row;
  const types = labelled(model, labels);
  if (typeof properties['id'] !== 'string') {
    yield { check: CHECKS.id, id: key, what: `has no id, and the labels ${labels.join(', ')}` };
    return;
  }
  const told = typeOfId(model, key);
  if (told?.is !== 'entity') yield { check: CHECKS.id, id: key, what: 'begins with the name of no type' };
  const { type } = stored ?? {};
  if (!stored || !type) return;
  yield* ofLabels(model, row, type, types);
  const fields = fieldsOfEntity(type);
  const missing = missingFields(fields, properties);
  if (missing.length > 0) yield { check: CHECKS.fields, id: key, what: `has no ${enumerated(missing)}` };
  for (const what of wrongValues(fields, properties)) yield { check: CHECKS.values, id: key, what };
  const dates = wrongDates(fields, properties);
  if (dates)
    yield {
      check: CHECKS.dates,
      id: key,
      what: `${enumerated(Object.keys(dates))} do not fit`,
      mend: { by: mendDates.entities, with: { dates, texts: textsOf(dates, properties) } },
    };
  yield* ofKeys(stored);
  yield* ofStanding(row, stored);
}

/** The texts that days were derived from, by name: they are mended only while those are what they were. */
export const textsOf = (dates: Properties, properties: Properties): Properties =>
  Object.fromEntries(
    Object.keys(dates).map((name) => {
      const text = name.replace(/(Earliest|Latest)$/, '');
      return [text, properties[text] ?? null];
    }),
  );

function* ofLabels(
  model: Model,
  { key, labels }: Row,
  type: EntityType,
  types: readonly EntityType[],
): Iterable<Finding> {
  const wanted = new Set([type.name, ...familiesOf(type).map(({ name }) => name)]);
  // Labels that the ontology does not know are somebody's own: for Bloom, for a notebook.
  const surplus = labels.filter((label) => endNamed(model, label) && !wanted.has(label));
  const lacking = [...wanted].filter((label) => !labels.includes(label));
  if (surplus.length + lacking.length === 0) return;
  const what = [
    ...(lacking.length > 0 ? [`lacks ${enumerated(lacking)}`] : []),
    ...(surplus.length > 0 ? [`has ${enumerated(surplus)}`] : []),
  ].join(' and ');
  const isClear = typeOfId(model, key) === type && (types.length === 0 || types.includes(type));
  yield {
    check: CHECKS.labels,
    id: key,
    what,
    ...(isClear ? { mend: { by: mendLabels, with: { lacking, surplus } } } : {}),
  };
}

function* ofKeys({ id, type, properties, names }: StoredEntity): Iterable<Finding> {
  if (typeof properties['name'] !== 'string') return;
  const keys = findingKeys(type, properties, names);
  const wrong = FINDING_KEYS.filter(
    (name) => JSON.stringify(properties[name] ?? null) !== JSON.stringify(keys[name] ?? null),
  );
  if (wrong.length > 0)
    yield { check: CHECKS.keys, id, what: `${enumerated(wrong)} do not fit`, mend: { by: mendKeys, with: null } };
}

const APART = new Set([...STAMPS, ...FINDING_KEYS]);

function* ofStanding({ evidence }: Row, stored: StoredEntity): Iterable<Finding> {
  const { id, properties } = stored;
  if (typeof properties['name'] !== 'string' || (evidence.length === 0 && properties['asRecorded'] === undefined))
    return;
  const claims = evidence
    .map(evidenceOf)
    .map(({ claim }) => testimony(claim.id, claim, claim.disputedBy.length > 0, ''));
  const settled = settleEntity(sameEntity(stored), claims);
  if (fingerprint(settled, APART) === fingerprint(properties, APART)) return;
  const wrong = differing(settled, properties);
  yield {
    check: CHECKS.standing,
    id,
    what: `${enumerated(wrong)} should follow from claims`,
    mend: { by: resettleEntities, with: null },
  };
}

/** Names of properties in which two sets differ. */
export const differing = (a: Properties, b: Properties): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (name) => !APART.has(name) && fingerprint({ x: a[name] }) !== fingerprint({ x: b[name] }),
  );

async function* references(ward: Ward, rows: readonly Row[]): AsyncIterable<Finding> {
  const referring = rows.flatMap(({ stored }) =>
    stored ? [{ id: stored.id, fields: fieldsOfEntity(stored.type), properties: stored.properties }] : [],
  );
  for (const [id, problems] of await wrongReferences(ward, referring))
    for (const what of problems) yield { check: CHECKS.references, id, what };
}
