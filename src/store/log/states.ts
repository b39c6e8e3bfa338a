import neo4j from 'neo4j-driver';
import { claimFields } from '../../model/common-fields.ts';
import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import { fieldsOfEntity, type Model, typeOfId } from '../../model/model.ts';
import { FINDING_KEYS } from '../finding-keys.ts';
import type { StoredClaim, StoredEdge, StoredEntity } from '../graph/graph-state.ts';
import { floatsOf, nativeDate, nativeInstant, type Properties } from '../graph/properties.ts';

/**
 * What a thing is at one moment, as text that loses nothing: native dates, instants and floating numbers are tagged, so
 * that it can be written back as it was. Keys that follow from the rest are left out.
 */

export type Stored = StoredEntity | StoredEdge | StoredClaim;
export type Kind = 'ENTITY' | 'RELATIONSHIP' | 'CLAIM';

export const kindOf = (state: Stored): Kind =>
  'ties' in state ? 'CLAIM' : 'from' in state ? 'RELATIONSHIP' : 'ENTITY';

export const typeNameOf = (state: Stored): string => ('type' in state ? state.type.name : 'Claim');

/** The two ends by which a thing is also found: an edge's, a claim's subject and object. */
export function endsOf(state: Stored): { from?: string; to?: string } {
  const [from, to] =
    'ties' in state ? [state.subject, state.object] : 'from' in state ? [state.from, state.to] : [null, null];
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

const DERIVED = new Set<string>(FINDING_KEYS);

/** JSON of a state. */
export function stateText(state: Stored): string {
  const { id: _, ...rest } = state;
  const floats = floatsOf('ties' in state ? claimFields : fieldsOfType(state.type));
  return JSON.stringify({
    ...rest,
    ...('type' in state ? { type: state.type.name } : {}),
    ...('disputedBy' in rest ? { disputedBy: undefined } : {}),
    ...('names' in state ? { names: state.names.map((name) => encoded(name, new Set())) } : {}),
    properties: encoded(state.properties, floats),
  });
}

/** The state that a text holds. `type` of an edge or entity is looked up in the model. */
export function readState(model: Model, id: string, text: string): Stored {
  const raw = JSON.parse(text) as Record<string, unknown>;
  const properties = decoded(raw['properties'] as Properties);
  if ('ties' in raw) return { ...(raw as unknown as StoredClaim), id, properties, disputedBy: [] };
  const type = typeNamed(model, id, String(raw['type']));
  if (type.is === 'relationship') return { ...(raw as unknown as StoredEdge), id, type, properties };
  const names = (raw['names'] as Properties[]).map(decoded);
  return { ...(raw as unknown as StoredEntity), id, type, properties, names };
}

function typeNamed(model: Model, id: string, name: string): EntityType | RelationshipType {
  const type =
    model.entities.find((each) => each.name === name) ??
    model.relationships.find((each) => each.name === name) ??
    typeOfId(model, id);
  if (!type || (type.is !== 'entity' && type.is !== 'relationship'))
    throw new Error(`${id} was a ${name}, which the model does not know any more`);
  return type;
}

const fieldsOfType = (type: EntityType | RelationshipType) =>
  type.is === 'entity' ? fieldsOfEntity(type) : type.fields;

function encoded(properties: Properties, floats: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name, value]) => !DERIVED.has(name) && value !== undefined && value !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, encodedValue(value, floats.has(name))]),
  );
}

function encodedValue(value: unknown, isFloat: boolean): unknown {
  if (neo4j.isInt(value)) return value.toNumber();
  if (typeof value === 'number') return isFloat ? { $float: value } : value;
  if (neo4j.isDate(value as object)) return { $date: String(value) };
  if (neo4j.isDateTime(value as object)) return { $instant: new Date(String(value)).toISOString() };
  return value;
}

const decoded = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, decodedValue(value)]));

function decodedValue(value: unknown): unknown {
  if (typeof value === 'number') return neo4j.int(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const [[tag, inner] = []] = Object.entries(value);
  if (tag === '$float') return inner;
  if (tag === '$date') return nativeDate(inner as string);
  if (tag === '$instant') return nativeInstant(new Date(inner as string));
  throw new Error(`a state holds a value of an unknown kind: ${JSON.stringify(value)}`);
}
