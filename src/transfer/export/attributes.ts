import { claimFields, entityFields, nameFields, STORE_SET } from '../../model/common-fields.ts';
import { type Field, PARTS } from '../../model/kinds.ts';
import { familiesOf, type Model } from '../../model/model.ts';
import type { ExportAbout, ExportEdge, ExportNode } from './export-graph.ts';
import { writable } from './text.ts';

/**
 * Nodes and edges as flat attributes, for formats that know no values with parts: one way for all of them, so that each
 * file carries the same. Which there may be follows from the model. A date is an ISO prefix, as precise as it is known.
 */

export type AttributeKind = 'string' | 'integer' | 'float' | 'boolean' | 'date' | 'list';
export type AttributeValue = string | number | boolean | readonly string[];

export interface Attribute {
  readonly name: string;
  readonly kind: AttributeKind;
  /** What it means, for formats that have room. */
  readonly description: string;
}

export type AttributeValues = Readonly<Record<string, AttributeValue>>;

const attribute = (name: string, kind: AttributeKind, description: string): Attribute => ({ name, kind, description });

const PART_KINDS: Readonly<Record<string, AttributeKind>> = {
  exact: 'integer',
  value: 'float',
  elided: 'boolean',
};

/** The attributes that hold a field: its parts under the names that they have in the store. */
function attributesOf(field: Field): Attribute[] {
  const { name, kind, description } = field;
  const one = (as: AttributeKind) => [attribute(name, as, description)];
  switch (kind) {
    case 'textList':
      return one('list');
    case 'boolean':
    case 'integer':
    case 'float':
      return one(kind);
    case 'partialDate':
    case 'date':
      return one('date');
    case 'count':
    case 'amount':
    case 'quote':
      return Object.entries(PARTS[kind]).map(([suffix, part]) => {
        const bound = kind === 'count' ? 'integer' : 'float';
        const as = part === 'atLeast' || part === 'atMost' ? bound : (PART_KINDS[part] ?? 'string');
        return attribute(name + suffix, as, description);
      });
    default:
      return one('string');
  }
}

/** Each name once; one that is of two kinds is text. */
function distinct(attributes: readonly Attribute[]): Attribute[] {
  const byName = new Map<string, Attribute>();
  for (const each of attributes) {
    const known = byName.get(each.name);
    if (!known) byName.set(each.name, each);
    else if (known.kind !== each.kind) byName.set(each.name, { ...known, kind: 'string' });
  }
  return [...byName.values()];
}

const recorded = (fields: readonly Field[]): Field[] => fields.filter(({ name }) => !STORE_SET.has(name));

/** What nodes may carry: `id` and `label` first. */
export const nodeAttributes = (model: Model, view: ExportAbout['view']): Attribute[] =>
  distinct([
    attribute('id', 'string', 'Its id.'),
    attribute('label', 'string', 'The name of an entity, the text of a claim.'),
    attribute('type', 'string', 'The type of an entity; Claim.'),
    attribute('families', 'list', 'The families that the type belongs to.'),
    ...recorded(entityFields).flatMap(attributesOf),
    attribute('names', 'list', `${nameFields[0]?.description ?? ''} All that have a language or a time of their own.`),
    attribute('externalIds', 'list', 'SCHEME:value, in other stores.'),
    ...model.entities.flatMap((type) => type.fields.flatMap(attributesOf)),
    attribute('createdAt', 'string', 'When it was first recorded here.'),
    attribute('updatedAt', 'string', 'When its record last changed.'),
    ...(view === 'full' ? CLAIM : []),
  ]);

const CLAIM: readonly Attribute[] = [
  ...recorded(claimFields).flatMap(attributesOf),
  attribute('value', 'string', 'What is said of a field of the subject.'),
  attribute('states', 'list', 'What is said of properties of relationships, as JSON.'),
  attribute('asserts', 'list', 'Ids of the relationships that it asserts.'),
  attribute('retracted', 'boolean', 'Whether its source no longer carries it.'),
];

/** What edges may carry: `id`, `label` and `type` first; the label is the type, so that it is seen. */
export const edgeAttributes = (model: Model): Attribute[] =>
  distinct([
    attribute('id', 'string', 'Its id.'),
    attribute('label', 'string', 'Its type.'),
    attribute('type', 'string', 'Its type.'),
    attribute('symmetric', 'boolean', 'Whether it says the same from either end; it stands here once.'),
    attribute('validFrom', 'date', 'The day on which it begins, or on which an act happens.'),
    attribute('validTo', 'date', 'The day on which it no longer holds: the interval is half-open.'),
    attribute('observedFrom', 'date', 'The first day on which a source says that it holds.'),
    attribute('observedTo', 'date', 'The last day on which a source says that it holds.'),
    attribute('status', 'string', 'The strongest commitment among its claims.'),
    attribute('weakestStatus', 'string', 'The weakest commitment among its claims.'),
    attribute('hedged', 'boolean', 'Whether every claim of the grade in status is hedged.'),
    attribute('disputed', 'boolean', 'Whether a claim denies it, or disputes a claim that it rests on.'),
    attribute('confidence', 'integer', '0 to 100.'),
    attribute('claimCount', 'integer', 'How many claims it rests on.'),
    attribute('sourceCount', 'integer', 'How many sources carry them.'),
    attribute('claims', 'list', 'Ids of the claims that it rests on.'),
    ...model.relationships.flatMap((type) => type.fields.flatMap(attributesOf)),
    attribute('locator', 'string', 'Where in the source.'),
  ]);

/** What a node carries; what is absent has no key. */
export function attributesOfNode(node: ExportNode): AttributeValues {
  const { id, type, label, claim } = node;
  const values: Record<string, AttributeValue> = {
    id: writable(id),
    label: writable(label),
    type: type?.name ?? 'Claim',
  };
  if (type) values['families'] = familiesOf(type).map(({ name }) => name);
  flatten(values, node.fields);
  flatten(values, node.derived);
  if (node.names.length > 0) values['names'] = node.names.map((name) => writable(String(name['value'])));
  if (node.externalIds.length > 0)
    values['externalIds'] = node.externalIds.map(({ scheme, value }) => writable(`${scheme}:${value}`));
  if (node.createdAt !== null) values['createdAt'] = node.createdAt;
  if (node.updatedAt !== null) values['updatedAt'] = node.updatedAt;
  if (claim) {
    const [said] = Object.values((claim.fields['value'] as object | undefined) ?? {});
    delete values['valueText'];
    if (said !== undefined) values['value'] = writable(typeof said === 'object' ? JSON.stringify(said) : String(said));
    const states = claim.fields['states'] as readonly unknown[] | undefined;
    if (states) values['states'] = states.map((each) => writable(JSON.stringify(each)));
    if (claim.asserts.length > 0) values['asserts'] = claim.asserts.map(writable);
    values['retracted'] = claim.retracted;
  }
  return values;
}

/** What an edge carries, its ends aside. */
export function attributesOfEdge({ id, type, relationship, fields, standing }: ExportEdge): AttributeValues {
  const values: Record<string, AttributeValue> = { id: writable(id), label: type, type };
  if (relationship) values['symmetric'] = relationship.symmetric;
  flatten(values, fields);
  if (!standing) return values;
  const { observedFrom, observedTo, status, weakestStatus, confidence, claims } = standing;
  if (observedFrom !== null) values['observedFrom'] = observedFrom;
  if (observedTo !== null) values['observedTo'] = observedTo;
  if (status) values['status'] = status;
  if (weakestStatus) values['weakestStatus'] = weakestStatus;
  values['hedged'] = standing.hedged;
  values['disputed'] = standing.disputed;
  if (confidence !== null) values['confidence'] = confidence;
  values['claimCount'] = standing.claimCount;
  values['sourceCount'] = standing.sourceCount;
  if (claims.length > 0) values['claims'] = claims.map(writable);
  return values;
}

/** Suffixes in the store of parts, whichever kind they are of. */
const SUFFIXES: Readonly<Record<string, string>> = Object.fromEntries(
  [PARTS.count, PARTS.amount, PARTS.quote].flatMap((parts) =>
    Object.entries(parts).map(([suffix, part]) => [part, suffix]),
  ),
);

function flatten(values: Record<string, AttributeValue>, fields: Readonly<Record<string, unknown>>): void {
  for (const name in fields) {
    const value = fields[name];
    if (typeof value === 'string') values[name] = writable(value);
    else if (typeof value === 'number' || typeof value === 'boolean') values[name] = value;
    else if (Array.isArray(value)) values[name] = value.map((each) => writable(String(each)));
    else if (value)
      for (const [part, inner] of Object.entries(value)) {
        const suffix = SUFFIXES[part];
        if (suffix) values[name + suffix] = typeof inner === 'string' ? writable(inner) : (inner as number | boolean);
      }
  }
}

/** What a file says of itself, in one line. */
export function described({ name, counts, parameters, truncated, view, exportedAt }: ExportAbout): string {
  const asked = Object.entries(parameters).map(([key, value]) => `${key}=${value}`);
  return writable(
    [
      `${name}: ${counts.nodes} nodes and ${counts.edges} edges, with ${counts.claims} claims, as of ${exportedAt}.`,
      asked.length > 0 ? `Asked for: ${asked.join(' ')}.` : 'The whole graph.',
      view === 'full' ? 'Claims are nodes.' : 'Claims are attributes of the relationships that rest on them.',
      truncated === null ? 'Nothing was left out.' : `TRUNCATED. ${truncated}.`,
    ].join(' '),
  );
}
