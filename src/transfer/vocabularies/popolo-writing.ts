import { fieldsOfEntity, type Model } from '../../model/model.ts';
import type { ExportEdge, ExportNode } from '../export/export-graph.ts';
import { type PopoloClass, popoloClassOf } from './popolo-model.ts';
import { tellingWord } from './telling.ts';
import { fromToken } from './values.ts';

/** Entities and memberships as Popolo's objects. */

/** What relationships tell of an entity that is written. */
export interface ToldHere {
  readonly [property: string]: unknown;
}

/** An entity of one of Popolo's classes. */
export function popoloEntity(model: Model, node: ExportNode, told: ToldHere): object {
  const { type, fields } = node;
  const popolo = type && popoloClassOf(type);
  if (!type || !popolo) return {};
  const own = fieldsOfEntity(type).flatMap((field) => {
    const value = fields[field.name];
    return field.maps?.popolo && value !== undefined && value !== null ? [[field.maps.popolo, value]] : [];
  });
  return {
    id: node.id,
    ...(popolo === 'Post' ? { label: node.label } : { name: node.label }),
    ...wordOf(model, node, popolo),
    ...(Object.fromEntries(own) as object),
    ...(typeof fields['description'] === 'string'
      ? { [popolo === 'Person' ? 'biography' : 'description']: fields['description'] }
      : {}),
    ...pointOf(fields),
    ...namesOf(node),
    ...(node.externalIds.length > 0
      ? {
          identifiers: node.externalIds.map(({ scheme, value }) => ({
            scheme: scheme.toLowerCase(),
            identifier: value,
          })),
        }
      : {}),
    ...told,
  };
}

function wordOf(model: Model, { type, fields }: ExportNode, popolo: PopoloClass): object {
  const kind = fields['kind'];
  if (popolo === 'Post') return typeof kind === 'string' ? { role: fromToken(kind) } : {};
  if (popolo === 'Event') return typeof kind === 'string' ? { classification: fromToken(kind) } : {};
  if (popolo === 'Person' || !type) return {};
  return { classification: tellingWord(model, 'popolo', type, kind) };
}

const pointOf = ({ latitude, longitude }: ExportNode['fields']): object =>
  typeof latitude === 'number' && typeof longitude === 'number'
    ? { geometry: { type: 'Point', coordinates: [longitude, latitude] } }
    : {};

function namesOf({ fields, names }: ExportNode): object {
  const aliases = Array.isArray(fields['aliases']) ? (fields['aliases'] as string[]) : [];
  const others = [
    ...aliases.map((name) => ({ name })),
    ...names.map(({ value, language, kind, validFrom, validTo }) => ({
      name: value,
      ...(language ? { lang: language } : {}),
      ...(typeof kind === 'string' ? { note: fromToken(kind) } : {}),
      ...(validFrom ? { start_date: validFrom } : {}),
      ...(validTo ? { end_date: validTo } : {}),
    })),
  ];
  return others.length > 0 ? { other_names: others } : {};
}

/** A membership; null for what is none: Popolo knows persons and organizations that belong to a post or an organization. */
export function popoloMembership(edge: ExportEdge, from: PopoloClass | null, to: PopoloClass | null): object | null {
  const { relationship, fields } = edge;
  const mapped = relationship?.maps.popolo;
  if (!relationship || !mapped?.startsWith('Membership')) return null;
  if ((from !== 'Person' && from !== 'Organization') || (to !== 'Post' && to !== 'Organization')) return null;
  const said: Record<string, unknown> = {};
  for (const field of relationship.fields) {
    const value = fields[field.name];
    if (value === undefined || value === null) continue;
    if (field.maps?.popolo === 'area.name') said['area'] = { name: value };
    else if (field.maps?.popolo) said[field.maps.popolo] = field.kind === 'openList' ? fromToken(String(value)) : value;
  }
  return {
    id: edge.id,
    ...(relationship.name === 'MEMBER_OF' || to === 'Post' ? {} : { label: relationship.phrase.forward }),
    ...(from === 'Person' ? { person_id: edge.from } : { member: { '@type': 'Organization', id: edge.from } }),
    ...(to === 'Post' ? { post_id: edge.to } : { organization_id: edge.to }),
    ...said,
    ...(typeof fields['validFrom'] === 'string' ? { start_date: fields['validFrom'] } : {}),
    ...(typeof fields['validTo'] === 'string' ? { end_date: fields['validTo'] } : {}),
  };
}
