import type { EntityType } from '../../model/declarations.ts';
import type { Field } from '../../model/kinds.ts';
import { fieldsOfEntity, type Model, ownEdgeFields } from '../../model/model.ts';
import type { ExportEdge, ExportNode } from '../export/export-graph.ts';
import { codeOf } from './countries.ts';
import { isPlainFact, spokenOf } from './edge-words.ts';
import { ftmId } from './ftm-ids.ts';
import { IDENTIFIERS, RANGES } from './ftm-model.ts';
import { tellingWord } from './telling.ts';
import { cleaned, fromToken } from './values.ts';

/** Entities and relationships as FollowTheMoney's objects. */

type Properties = Map<string, string[]>;

function add(properties: Properties, name: string, ...values: readonly string[]): void {
  const known = properties.get(name) ?? [];
  for (const value of values.map(cleaned)) if (value !== '' && !known.includes(value)) known.push(value);
  if (known.length > 0) properties.set(name, known);
}

const line = (object: object): string => `${JSON.stringify(object)}\n`;

const IS_LEGAL = new Set(['Person', 'Organization', 'Company', 'PublicBody']);
const GENDERS = new Set(['male', 'female', 'other']);

/** An entity; empty where FollowTheMoney has no schema for its type. `more` are values that relationships tell. */
export function ftmEntity(model: Model, node: ExportNode, more: ReadonlyMap<string, readonly string[]>): string {
  const schema = node.type?.maps.ftm;
  if (!node.type || !schema) return '';
  const written = schema === 'Document' && node.fields['kind'] === 'ARTICLE' ? 'Article' : schema;
  const properties: Properties = new Map();
  add(properties, 'name', node.label);
  if (schema === 'Document') {
    add(properties, 'fileName', node.label);
    add(properties, 'title', node.label);
  }
  names(properties, node, IS_LEGAL.has(schema));
  for (const field of fieldsOfEntity(node.type)) property(properties, node.type, field, node.fields[field.name]);
  if (schema !== 'Person' && IS_LEGAL.has(schema))
    add(properties, 'classification', tellingWord(model, 'ftm', node.type, node.fields['kind']));
  add(properties, 'topics', ...(node.type.told.topics?.slice(0, 1) ?? []));
  const code = schema === 'Territory' ? codeOf(node.fields, node.externalIds) : null;
  if (code !== null && node.type.name === 'Country') {
    add(properties, 'country', code);
    add(properties, 'territoryCode', code);
    add(properties, 'level', 'country');
  }
  const referents = identifiers(properties, node, schema, code);
  for (const [name, values] of more) add(properties, name, ...values);
  return line({
    id: ftmId(node.id),
    caption: node.label,
    schema: written,
    ...(referents.length > 0 ? { referents } : {}),
    properties: Object.fromEntries(properties),
  });
}

function names(properties: Properties, node: ExportNode, isLegal: boolean): void {
  const aliases = node.fields['aliases'];
  if (Array.isArray(aliases)) add(properties, 'alias', ...(aliases as string[]));
  for (const { value, kind } of node.names) {
    const name =
      kind === 'FORMER'
        ? 'previousName'
        : kind === 'WEAK'
          ? 'weakAlias'
          : kind === 'ACRONYM' && isLegal
            ? 'abbreviation'
            : 'alias';
    add(properties, name, String(value));
  }
}

/** What FollowTheMoney has no property for is a keyword that names the field. */
function property(properties: Properties, type: EntityType, field: Field, value: unknown): void {
  if (value === undefined || value === null || field.name === 'name' || field.name === 'aliases') return;
  if (field.name === 'description') {
    add(properties, 'description', String(value));
    return;
  }
  if (field.name === 'topics') {
    const known = field.kind === 'textList' ? field.wellKnown : [];
    for (const topic of value as string[])
      add(
        properties,
        ...((known.includes(topic) ? ['topics', topic] : ['keywords', `topic: ${topic}`]) as [string, string]),
      );
    return;
  }
  if (field.kind === 'reference' || field.kind === 'statusOf' || field.kind === 'dateTime' || field.name === 'version')
    return;
  const name = field.maps?.ftm;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const fits =
    (name !== 'gender' || GENDERS.has(text)) && (name !== 'sourceUrl' || /^https?:\/\/[^\s]+\.[^\s]+$/.test(text));
  if (name && fits) add(properties, name, text);
  // The code of a country stands in properties of its own.
  else if (type.name !== 'Country' || field.name !== 'iso2') add(properties, 'keywords', `${field.name}: ${text}`);
}

/** External ids as properties and keywords; those of FollowTheMoney are ids that the entity was known by there. */
function identifiers(properties: Properties, node: ExportNode, schema: string, code: string | null): string[] {
  const referents: string[] = [];
  for (const { scheme, value } of node.externalIds) {
    const [name] =
      Object.entries(IDENTIFIERS).find(([, each]) => each.scheme === scheme && (each.of?.includes(schema) ?? true)) ??
      [];
    if (scheme === 'FTM') referents.push(value);
    else if (code !== null && value.toLowerCase() === code) continue;
    else if (name !== undefined && (name !== 'wikidataId' || /^Q\d+$/.test(value)) && !properties.has(name))
      add(properties, name, value);
    else add(properties, 'keywords', `${scheme}: ${value}`);
  }
  return referents;
}

/** A relationship between what FollowTheMoney has schemas for; empty for others. */
export function ftmInterval(edge: ExportEdge, from: EntityType | null, to: EntityType | null): string {
  const { relationship } = edge;
  const [start, end] = [from?.maps.ftm, to?.maps.ftm];
  if (!relationship || !start || !end) return '';
  const properties: Properties = new Map();
  const range = relationship.maps.ftm ? RANGES[relationship.maps.ftm] : undefined;
  const isNative =
    relationship.ftmEnds !== null && range?.[0].includes(start) && range[1].includes(end) && isPlainFact(edge.standing);
  const [first, second] = isNative && relationship.ftmEnds ? relationship.ftmEnds : (['subject', 'object'] as const);
  add(properties, first, ftmId(edge.from));
  add(properties, second, ftmId(edge.to));
  dates(properties, edge, 'startDate');
  if (!isNative) {
    add(properties, 'role', spokenOf(relationship, edge.standing));
    if (edge.standing && edge.standing.status !== 'FACT') add(properties, 'status', edge.standing.status);
  }
  const words: string[] = edge.standing?.disputed ? ['disputed: a claim denies it'] : [];
  for (const field of ownEdgeFields(relationship)) {
    const value = edge.fields[field.name];
    if (value === undefined || value === null) continue;
    const name = isNative ? field.maps?.ftm : undefined;
    if (isNative && field.kind === 'amount' && isPlainSum(value)) {
      add(properties, 'amount', String(value.value));
      if (value.currency) add(properties, 'currency', value.currency);
    } else if (name) add(properties, name, field.kind === 'openList' ? fromToken(String(value)) : String(value));
    else words.push(`${field.name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  }
  if (words.length > 0) add(properties, 'description', words.join('\n'));
  return line({
    id: ftmId(edge.id),
    schema: isNative ? relationship.maps.ftm : 'UnknownLink',
    properties: Object.fromEntries(properties),
  });
}

/** A sum that is its value and its currency, and nothing more. */
const isPlainSum = (value: unknown): value is { readonly value: number; readonly currency?: string } =>
  typeof value === 'object' &&
  value !== null &&
  'value' in value &&
  Object.keys(value).every((key) => key === 'value' || key === 'currency');

function dates(properties: Properties, { relationship, fields }: ExportEdge, start: string): void {
  const { validFrom, validTo } = fields;
  if (typeof validFrom === 'string') add(properties, relationship?.time.class === 'act' ? 'date' : start, validFrom);
  if (typeof validTo === 'string') add(properties, 'endDate', validTo);
}

/** A policy's being aimed at something, as a listing; empty where it is no plain fact. */
export function ftmSanction(edge: ExportEdge, policyName: string): string {
  if (!isPlainFact(edge.standing)) return '';
  const properties: Properties = new Map();
  const { programId, reason, validFrom, validTo } = edge.fields;
  add(properties, 'entity', ftmId(edge.to));
  add(properties, 'program', policyName);
  add(properties, 'recordId', edge.from);
  if (typeof programId === 'string') add(properties, 'programId', programId);
  if (typeof reason === 'string') add(properties, 'reason', reason);
  if (typeof validFrom === 'string') add(properties, 'listingDate', validFrom);
  if (typeof validTo === 'string') add(properties, 'endDate', validTo);
  return line({ id: ftmId(edge.id), schema: 'Sanction', properties: Object.fromEntries(properties) });
}
