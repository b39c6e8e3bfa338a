import { createHash } from 'node:crypto';
import { kebabCase } from '../../model/casing.ts';
import type { EntityType, RelationshipType } from '../../model/declarations.ts';

/** What is known of STIX 2.1 beyond the ontology's mappings: https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html */

const NAMESPACE_URL = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

function uuid5(namespace: Buffer, name: string): string {
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const NAMESPACE = Buffer.from(uuid5(NAMESPACE_URL, 'urn:concordat:stix').replaceAll('-', ''), 'hex');

/** The id of an object: the same for the same id of this graph, on any machine. */
export const stixId = (type: string, id: string): string => `${type}--${uuid5(NAMESPACE, id)}`;

/** Whoever writes these files, as STIX wants to know for an extension. */
export const WRITER = stixId('identity', 'writer');
/** Of what STIX lacks: the type of an entity, its fields, how far a relationship is committed to. */
export const EXTENSION = stixId('extension-definition', 'properties');

/** The object that an entity of a type is written as. */
export function stixTypeOf(type: EntityType): { readonly type: string; readonly identityClass: string | null } | null {
  const [object, identityClass] = type.maps.stix?.split('/') ?? [];
  return object ? { type: object, identityClass: identityClass ?? null } : null;
}

/** What STIX calls a relationship. */
export const stixRelationshipOf = (type: RelationshipType): string => type.maps.stix ?? kebabCase(type.name);

/** When this extension was defined, for objects that have no time of their own. */
export const DEFINED = '2025-01-01T00:00:00.000Z';
