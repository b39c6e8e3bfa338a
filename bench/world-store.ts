import neo4j from 'neo4j-driver';
import { identifier } from '../src/compile/identifier.ts';
import type { EntityType, RelationshipType } from '../src/model/declarations.ts';
import type { Field } from '../src/model/kinds.ts';
import { endNamed, familiesOf, fieldsOfEntity, type Model, relationshipNamed, storedName } from '../src/model/model.ts';
import { findingKeys } from '../src/store/finding-keys.ts';
import { nativeInstant, type Properties, toProperties } from '../src/store/graph/properties.ts';
import { edgeFields } from '../src/store/records/next-edge.ts';
import { SOURCE, type WorldClaim, type WorldEdge, type WorldNode } from './world-shape.ts';

/** A made-up world as the store holds it: the properties that the one door would write. A test compares the two. */

/** When the whole world was recorded. */
export const RECORDED = new Date('2025-02-05T12:00:00Z');
const by = 'bench';
const stamps = (): Properties => {
  const at = nativeInstant(RECORDED);
  return { createdAt: at, createdBy: by, updatedAt: at, version: neo4j.int(1) };
};

const named = (fields: readonly Field[]): ReadonlyMap<string, Field> =>
  new Map(fields.map((field) => [field.name, field]));
const memo = new Map<EntityType | RelationshipType, ReadonlyMap<string, Field>>();
function fieldsOf(type: EntityType | RelationshipType): ReadonlyMap<string, Field> {
  const known = memo.get(type) ?? named(type.is === 'entity' ? fieldsOfEntity(type) : edgeFields(type));
  memo.set(type, known);
  return known;
}

function stored(type: EntityType | RelationshipType, fields: Readonly<Record<string, unknown>>): Properties {
  const properties: Properties = {};
  for (const [name, value] of Object.entries(fields)) {
    const field = fieldsOf(type).get(type.is === 'relationship' ? storedName(type, name) : name);
    if (!field) throw new Error(`${type.name} has no field ${name}`);
    Object.assign(properties, toProperties(field, value));
  }
  return properties;
}

const entityTypeOf = (model: Model, name: string): EntityType => {
  const type = endNamed(model, name);
  if (type?.is !== 'entity') throw new Error(`no entity type ${name}`);
  return type;
};

/** The labels of a type as a pattern spells them: `:Person:Actor:Entity` without the first colon. */
export function labelsOf(model: Model, name: string): string {
  const type = entityTypeOf(model, name);
  return [type, ...familiesOf(type)].map((one) => identifier(one.name)).join(':');
}

export function nodeProperties(model: Model, node: WorldNode): Properties {
  const type = entityTypeOf(model, node.type);
  const shown = stored(type, node.fields);
  return { id: node.id, ...shown, ...findingKeys(type, shown, []), ...stamps() };
}

export function edgeProperties(model: Model, edge: WorldEdge, claim: WorldClaim): Properties {
  const type = relationshipNamed(model, edge.type);
  if (!type) throw new Error(`no relationship ${edge.type}`);
  return {
    id: edge.id,
    ...stored(type, edge.fields),
    status: claim.commitment,
    weakestStatus: claim.commitment,
    hedged: false,
    disputed: false,
    claimCount: 1,
    sourceCount: 1,
    claims: [claim.id],
    ...stamps(),
  };
}

export function claimProperties(claim: WorldClaim): Properties {
  return {
    id: claim.id,
    text: claim.text,
    predicate: claim.asserts[0]?.type,
    commitment: claim.commitment,
    hedged: false,
    polarity: 'POSITIVE',
    attribution: 'DOCUMENT',
    rank: 'NORMAL',
    asserts: claim.asserts.map((edge) => edge.id),
    recordedAt: nativeInstant(RECORDED),
    recordedBy: by,
    version: neo4j.int(1),
  };
}

/** Where a claim leads, beside its source: the ends of the first edge that it asserts. */
export const claimEnds = (claim: WorldClaim): { subject: string; object: string; source: string } => ({
  subject: claim.asserts[0]?.from ?? '',
  object: claim.asserts[0]?.to ?? '',
  source: SOURCE.id,
});
