import type { EntityType } from '../../model/declarations.ts';
import { enumName, fieldsOfEntity } from '../../model/model.ts';
import { isDay, parsePartialDate } from '../../model/partial-date.ts';
import type { ExportEdge, ExportNode } from '../export/export-graph.ts';
import { codeOf } from './countries.ts';
import { isPlainFact, spokenOf } from './edge-words.ts';
import { DEFINED, EXTENSION, stixId, stixRelationshipOf, stixTypeOf, WRITER } from './stix-model.ts';
import { cleaned } from './values.ts';

/** Entities and relationships as objects of STIX 2.1; what it lacks stands in our extension. */

/** Whoever writes, and what the extension is: the first objects of a bundle. */
export const PREAMBLE: readonly object[] = [
  {
    type: 'identity',
    spec_version: '2.1',
    id: WRITER,
    created: DEFINED,
    modified: DEFINED,
    name: 'concordat',
    identity_class: 'system',
  },
  {
    type: 'extension-definition',
    spec_version: '2.1',
    id: EXTENSION,
    created_by_ref: WRITER,
    created: DEFINED,
    modified: DEFINED,
    name: 'concordat',
    description: 'Types, fields and commitment of a knowledge graph of actors, institutions and policies.',
    schema:
      'On objects: id and type of the entity, fields by their names in records, names. On relationships: id, type, from and to as ids of entities, fields, status (FACT to ALLEGED, EVALUATION, QUESTION) and hedged: what is no FACT is written as related-to.',
    version: '1.0.0',
    extension_types: ['property-extension'],
  },
];

const instant = (given: string | null, otherwise: string): string => {
  const time = given === null ? Number.NaN : Date.parse(given);
  return Number.isNaN(time) ? otherwise : new Date(time).toISOString();
};

/** The later of two instants. */
const later = (a: string, b: string): string => [a, b].sort()[1] ?? a;

const midnight = (day: string): string => `${day}T00:00:00.000Z`;

/** An entity. `mentioned` are the ids of what a source mentions. */
export function stixObject(node: ExportNode, at: string, mentioned: readonly string[]): object | null {
  const stix = node.type && stixTypeOf(node.type);
  if (!node.type || !stix) return null;
  const id = stixId(stix.type, node.id);
  const created = instant(node.createdAt, at);
  const modified = instant(node.updatedAt, created);
  const { description } = node.fields;
  return {
    type: stix.type,
    spec_version: '2.1',
    id,
    created_by_ref: WRITER,
    created,
    modified: later(created, modified),
    name: node.label,
    ...(typeof description === 'string' ? { description } : {}),
    ...native(node, node.type, stix.type, stix.identityClass),
    ...(stix.type === 'report'
      ? { published: published(node, created), object_refs: [...new Set([...mentioned])] }
      : {}),
    ...(stix.type === 'report' && mentioned.length === 0 ? { object_refs: [id] } : {}),
    ...referencesOf(node),
    extensions: { [EXTENSION]: extensionOf(node, node.type) },
  };
}

function native(node: ExportNode, type: EntityType, object: string, identityClass: string | null): object {
  const { fields } = node;
  if (object === 'identity') return { identity_class: identityClass };
  const aliases = Array.isArray(fields['aliases']) ? (fields['aliases'] as string[]) : [];
  if (object === 'threat-actor')
    return { threat_actor_types: ['crime-syndicate'], ...(aliases.length > 0 ? { aliases } : {}) };
  if (object !== 'location') return {};
  const code = type.name === 'Country' ? codeOf(fields, node.externalIds) : null;
  const { latitude, longitude } = fields;
  if (code !== null && code.length === 2) return { country: code.toUpperCase() };
  return typeof latitude === 'number' && typeof longitude === 'number'
    ? { latitude, longitude }
    : { region: node.label };
}

/** STIX wants an instant: the first that a partial date can mean. */
function published({ fields }: ExportNode, otherwise: string): string {
  const given = fields['publishedAt'];
  const date = typeof given === 'string' ? parsePartialDate(given) : null;
  return date === null ? otherwise : midnight(date.earliest);
}

function referencesOf({ externalIds, fields }: ExportNode): object {
  const { url } = fields;
  const references = [
    ...(typeof url === 'string' ? [{ source_name: 'url', url }] : []),
    ...externalIds.map(({ scheme, value }) => ({
      source_name: scheme.toLowerCase().replaceAll('_', '-'),
      external_id: value,
    })),
  ];
  return references.length > 0 ? { external_references: references } : {};
}

function extensionOf(node: ExportNode, type: EntityType): object {
  const fields = Object.fromEntries(
    fieldsOfEntity(type)
      .filter(
        ({ name, kind }) =>
          name !== 'name' && name !== 'description' && kind !== 'statusOf' && kind !== 'dateTime' && name !== 'version',
      )
      .flatMap(({ name }) => {
        const value = node.fields[name];
        return value === undefined || value === null ? [] : [[name, value]];
      }),
  );
  const names = node.names.map(({ origin: _, ...name }) =>
    Object.fromEntries(Object.entries(name).filter(([, value]) => value !== undefined && value !== null)),
  );
  return {
    extension_type: 'property-extension',
    id: node.id,
    type: enumName(type),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    ...(names.length > 0 ? { names } : {}),
  };
}

/** A relationship; null where an end has no object. What is no plain fact is `related-to`, and the extension says what. */
export function stixRelationship(edge: ExportEdge, from: EntityType, to: EntityType, at: string): object | null {
  const { relationship, standing, fields } = edge;
  const [source, target] = [stixTypeOf(from), stixTypeOf(to)];
  if (!relationship || !source || !target) return null;
  const isPlain = isPlainFact(standing);
  const { validFrom, validTo } = fields;
  const start = typeof validFrom === 'string' && isDay(validFrom) ? midnight(validFrom) : null;
  const stop = typeof validTo === 'string' && isDay(validTo) ? midnight(validTo) : null;
  const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
  const words = [
    ...(isPlain ? [] : [spokenOf(relationship, standing)]),
    ...(standing?.disputed ? ['A claim denies it.'] : []),
  ];
  return {
    type: 'relationship',
    spec_version: '2.1',
    id: stixId('relationship', edge.id),
    created_by_ref: WRITER,
    created: at,
    modified: at,
    relationship_type: isPlain ? stixRelationshipOf(relationship) : 'related-to',
    ...(words.length > 0 ? { description: cleaned(words.join('. ')) } : {}),
    source_ref: stixId(source.type, edge.from),
    target_ref: stixId(target.type, edge.to),
    ...(start ? { start_time: start } : {}),
    ...(stop && (!start || stop > start) ? { stop_time: stop } : {}),
    ...(typeof standing?.confidence === 'number' ? { confidence: standing.confidence } : {}),
    extensions: {
      [EXTENSION]: {
        extension_type: 'property-extension',
        id: edge.id,
        type: relationship.name,
        from: edge.from,
        to: edge.to,
        ...(Object.keys(said).length > 0 ? { fields: said } : {}),
        ...(standing ? { status: standing.status, hedged: standing.hedged } : {}),
      },
    },
  };
}
