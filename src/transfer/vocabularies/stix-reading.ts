import { kebabCase } from '../../model/casing.ts';
import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import { entityId } from '../../model/identity.ts';
import { isLegal, lookupName, type Model, recordName, relationshipNamed } from '../../model/model.ts';
import { countryId, countryRecord } from './countries.ts';
import { distinct, type ExternalId, ownRelationshipType } from './own-ids.ts';
import type { Owners } from './popolo-entities.ts';
import { WORLDWIDE } from './popolo-model.ts';
import { leave, type Reading, refuse } from './reading.ts';
import { pageRecords } from './sources.ts';
import { extensionIn, isActor, type StixObject } from './stix-telling.ts';
import { cleaned, isObject, listOf, readDate, schemeOf } from './values.ts';

/** Objects of STIX as entities and relationships. */

/** What each object of the file is; null for one that is left out. */
export type Held = ReadonlyMap<string, { readonly type: EntityType; readonly own: string | null } | null>;

const text = (given: unknown): string | null => {
  const said = typeof given === 'string' ? cleaned(given).trim() : '';
  return said === '' ? null : said;
};

/** How an object is referred to: by our own id where it has one, else by its external id; null where it is left out. */
export function stixRef(held: Held, id: string): object | null {
  const known = held.get(id);
  if (known === null) return null;
  return known?.own ? { id: known.own } : { externalId: { scheme: 'STIX', value: id } };
}

export function readStixEntity(row: Reading, object: StixObject, type: EntityType, held: Held, owners: Owners): void {
  const id = String(object['id']);
  const ours = extensionIn(object);
  const own = held.get(id)?.own ?? null;
  if (object['name'] !== undefined && typeof object['name'] !== 'string') {
    refuse(row, 'name', 'INVALID_VALUE', 'name must be a text.');
    return;
  }
  const externalIds = externalIdsOf(row, object, own, owners);
  const country = type.name === 'Country' && own === null ? countryId(String(object['country'])) : null;
  const all = distinct([
    ...(country ? [country] : []),
    ...(own === null ? [{ scheme: 'STIX', value: id }] : []),
    ...externalIds,
  ]);
  const made =
    own ?? (all.some((each) => WORLDWIDE.has(each.scheme)) ? null : entityId(type, undefined, all.slice(0, 1)));
  const name = text(object['name']) ?? placeName(object);
  const description = text(object['description']);
  row.records.push({
    [lookupName(type)]: {
      ...(made === null ? {} : { id: made }),
      ...(name === null ? {} : { name }),
      ...(description === null ? {} : { description }),
      ...(own === null ? foreignFields(object, type, country) : {}),
      ...(isObject(ours?.['fields']) ? ours['fields'] : {}),
      ...(Array.isArray(ours?.['names']) ? { names: ours['names'] } : {}),
      ...(all.length > 0 ? { externalIds: all } : {}),
    },
  });
  if (own !== null) return;
  const self = stixRef(held, id) ?? {};
  for (const reference of listOf(object['external_references']).filter(isObject))
    if (type.name !== 'Source') row.records.push(...pageRecords(reference['url'], reference['source_name'], self));
  if (type.name === 'Area' && typeof object['country'] === 'string') {
    const whole = countryRecord(object['country']);
    if (whole) row.records.push(whole.record, { partOf: { from: self, to: whole.ref } });
  }
  if (type.name === 'Source') mentionsOf(row, object, self, held);
  leaveRest(row, object);
}

const placeName = (object: StixObject): string | null =>
  ['city', 'administrative_area', 'region', 'country'].map((key) => text(object[key])).find((each) => each !== null) ??
  null;

function foreignFields(object: StixObject, type: EntityType, country: ExternalId | null): object {
  const aliases = listOf(object['aliases']).flatMap((each) => text(each) ?? []);
  const urls = listOf(object['external_references'])
    .filter(isObject)
    .flatMap((each) => text(each['url']) ?? []);
  const published = text(object['published']);
  const has = (name: string): boolean => type.fields.some((field) => field.name === name);
  return {
    ...(aliases.length > 0 ? { aliases } : {}),
    ...(has('latitude') && typeof object['latitude'] === 'number' ? { latitude: object['latitude'] } : {}),
    ...(has('longitude') && typeof object['longitude'] === 'number' ? { longitude: object['longitude'] } : {}),
    ...(country?.scheme === 'ISO3166' ? { iso2: country.value } : {}),
    ...(type.name === 'Source' ? { kind: 'DOCUMENT', ...(urls[0] ? { url: urls[0] } : {}) } : {}),
    ...(type.name === 'Source' && published ? { publishedAt: readDate(published) ?? undefined } : {}),
  };
}

function externalIdsOf(row: Reading, object: StixObject, own: string | null, owners: Owners): ExternalId[] {
  return listOf(object['external_references'])
    .filter(isObject)
    .flatMap((each) => {
      const scheme = typeof each['source_name'] === 'string' ? schemeOf(each['source_name']) : null;
      const value = text(each['external_id']);
      if (scheme === null || value === null) return [];
      const key = `${scheme}:${value}`;
      const owner = own ?? String(object['id']);
      const known = owners.get(key) ?? owner;
      owners.set(key, known);
      if (known !== owner) leave(row, 'external_references', 'has an id that another object of the file has as well');
      return known === owner ? [{ scheme, value }] : [];
    });
}

function mentionsOf(row: Reading, object: StixObject, self: object, held: Held): void {
  for (const id of listOf(object['object_refs'])) {
    if (typeof id !== 'string' || id === object['id'] || id.startsWith('relationship--')) continue;
    const to = stixRef(held, id);
    if (to === null) leave(row, 'object_refs', 'refers to objects that are left out');
    else row.records.push({ mentions: { from: self, to } });
  }
}

/** Properties that are read, or that say nothing of what the object is. */
const READ = new Set(
  `type spec_version id created modified created_by_ref revoked name description identity_class aliases country region city
administrative_area latitude longitude published object_refs external_references extensions object_marking_refs granular_markings
resource_level x_mitre_deprecated x_mitre_version x_mitre_attack_spec_version x_mitre_domains x_mitre_modified_by_ref sectors roles
labels relationship_type source_ref target_ref start_time stop_time confidence lang`.split(/\s+/),
);

function leaveRest(row: Reading, object: StixObject): void {
  for (const [key, value] of Object.entries(object)) if (!READ.has(key) && listOf(value).length > 0) leave(row, key);
}

export function readStixRelationship(model: Model, row: Reading, object: StixObject, held: Held): void {
  const ours = extensionIn(object);
  const type = typeof ours?.['type'] === 'string' ? relationshipNamed(model, ours['type']) : undefined;
  if (ours && type) {
    readOurs(model, row, object, ours, type);
    return;
  }
  const [from, to] = [object['source_ref'], object['target_ref']];
  const said = text(object['relationship_type']);
  if (typeof from !== 'string' || typeof to !== 'string' || said === null) {
    refuse(
      row,
      'relationship_type',
      'MISSING_FIELD',
      'A relationship has source_ref, relationship_type and target_ref.',
    );
    return;
  }
  const [start, end] = [stixRef(held, from), stixRef(held, to)];
  if (start === null || end === null) {
    leave(row, said, 'is a relationship of objects that are left out');
    return;
  }
  const [a, b] = [held.get(from)?.type, held.get(to)?.type];
  const relationship = relationshipOf(model, said, a, b);
  if (!relationship) {
    leave(row, said, 'is a relationship that has no counterpart in this graph');
    return;
  }
  const dates = {
    [relationship.time.from]: readDate(text(object['start_time']) ?? ''),
    ...(relationship.time.to === null ? {} : { [relationship.time.to]: readDate(text(object['stop_time']) ?? '') }),
  };
  row.records.push({
    [recordName(relationship)]: {
      from: start,
      to: end,
      ...Object.fromEntries(Object.entries(dates).filter(([, date]) => date !== null)),
      ...(relationship.name === 'ASSOCIATED_WITH' && said !== 'related-to' ? { text: said } : {}),
    },
  });
  const { confidence } = object;
  const claim = text(object['description']);
  if (claim !== null || typeof confidence === 'number')
    row.claim = {
      text: claim ?? `${said.replaceAll('-', ' ')}.`,
      ...(typeof confidence === 'number' ? { confidence } : {}),
    };
  leaveRest(row, object);
}

/** The relationship of that name that may lead from the one to the other; else that the two have to do with each other. */
function relationshipOf(
  model: Model,
  said: string,
  from: EntityType | undefined,
  to: EntityType | undefined,
): RelationshipType | undefined {
  const named = model.relationships.filter((type) => type.maps.stix === said || kebabCase(type.name) === said);
  if (!from || !to) return named[0] ?? relationshipNamed(model, 'ASSOCIATED_WITH');
  const legal = named.find((type) => isLegal(type, from, to));
  return (
    legal ?? (isActor(model, from) && isActor(model, to) ? relationshipNamed(model, 'ASSOCIATED_WITH') : undefined)
  );
}

function readOurs(model: Model, row: Reading, object: StixObject, ours: StixObject, type: RelationshipType): void {
  const fields = isObject(ours['fields']) ? ours['fields'] : {};
  const { validFrom, validTo, ...own } = fields;
  const id = ours['id'];
  row.records.push({
    [recordName(type)]: {
      ...(typeof id === 'string' && ownRelationshipType(model, id) === type ? { id } : {}),
      from: { id: ours['from'] },
      to: { id: ours['to'] },
      ...own,
      ...(validFrom === undefined ? {} : { [type.time.from]: validFrom }),
      ...(validTo === undefined || type.time.to === null ? {} : { [type.time.to]: validTo }),
    },
  });
  const { confidence } = object;
  const status = typeof ours['status'] === 'string' ? ours['status'] : 'FACT';
  const isPlain = status === 'FACT' && ours['hedged'] !== true && typeof confidence !== 'number';
  if (!isPlain)
    row.claim = {
      text: text(object['description']) ?? `${type.phrase.forward}.`,
      commitment: status,
      ...(ours['hedged'] === true ? { hedged: true } : {}),
      ...(typeof confidence === 'number' ? { confidence } : {}),
    };
}
