import type { EntityType } from '../../model/declarations.ts';
import { entityId } from '../../model/identity.ts';
import { fieldsOfEntity, lookupName, type Model, recordName } from '../../model/model.ts';
import { distinct, type ExternalId, ownEntityType, wikidataId } from './own-ids.ts';
import { NOTES, type PopoloClass, popoloClassOf, relationshipOf, schemeOfClass, WORLDWIDE } from './popolo-model.ts';
import { idOf, type PopoloObject } from './popolo-object.ts';
import { leave, refuse } from './reading.ts';
import { pageRecords } from './sources.ts';
import { tellType } from './telling.ts';
import { cleaned, isObject, readDate, schemeOf, toToken } from './values.ts';

/** Persons, organizations, posts, areas and events of Popolo as entities, with what their properties tell of others. */

/** How anything of a class is referred to: by its own id where it is one of this graph, else by its external id. */
export function popoloRef(model: Model, popolo: PopoloClass, id: string): object {
  const own = ownEntityType(model, id);
  return own && popoloClassOf(own) === popolo ? { id } : { externalId: { scheme: schemeOfClass(popolo), value: id } };
}

/** What a file says only once: an identifier that a second object has as well tells the two apart no more. */
export type Owners = Map<string, string>;

/** Reads an object; answers how to refer to it, null where it was refused. */
export function readPopoloEntity(
  model: Model,
  object: PopoloObject,
  popolo: PopoloClass,
  owners: Owners,
): object | null {
  const { row } = object;
  const id = object.id('id');
  const classification = object.text('classification') ?? object.text('type');
  const told = tellType(model, 'popolo', popolo, { words: classification === null ? [] : [classification] });
  if (!told) return null;
  const own = id === null ? null : ownEntityType(model, id);
  const isOwn = own !== null && popoloClassOf(own) === popolo;
  const type = isOwn ? own : told.type;
  const name = object.name(...(popolo === 'Post' ? ['label', 'name', 'role'] : ['name'])) ?? nameOfParts(object);
  const externalIds = identifiersOf(object, popolo, isOwn ? null : id, owners);
  if (id === null && externalIds.length === 0) {
    refuse(row, 'id', 'MISSING_FIELD', `This ${popolo.toLowerCase()} has no id, and no identifier to know it by.`);
    return null;
  }
  const isWorldwide = externalIds.some((each) => WORLDWIDE.has(each.scheme));
  const [first] = externalIds;
  // Without an identifier that holds everywhere, nobody else's entity is met by a number that is theirs.
  const made = isOwn ? id : isWorldwide ? null : entityId(type, undefined, first ? [first] : []);
  row.records.push({
    [lookupName(type)]: {
      ...(made === null ? {} : { id: made }),
      ...(name === null ? {} : { name }),
      ...namesOf(object, name),
      ...fieldsOf(object, type, told.type === type ? (told.kind ?? null) : null, classification),
      ...descriptionOf(object),
      ...(externalIds.length > 0 ? { externalIds } : {}),
    },
  });
  const self = isOwn ? { id } : first ? { externalId: first } : { id: made };
  tiesOf(model, object, popolo, self);
  for (const property of ['sources', 'links'])
    for (const page of object.objects(property)) row.records.push(...pageRecords(page['url'], page['note'], self));
  return self;
}

const nameOfParts = (object: PopoloObject): string | null => {
  const parts = [object.value['given_name'], object.value['family_name']].filter(
    (part): part is string => typeof part === 'string' && part.trim() !== '',
  );
  return parts.length === 0 ? null : parts.map((part) => cleaned(part).trim()).join(' ');
};

function identifiersOf(object: PopoloObject, popolo: PopoloClass, id: string | null, owners: Owners): ExternalId[] {
  const given = object.objects('identifiers').flatMap((each) => {
    const [scheme, value] = [each['scheme'] ?? each['identifier_type'], idOf(each['identifier'])];
    const stored = typeof scheme === 'string' ? schemeOf(scheme) : null;
    if (stored === null || value === null || value.length > 2_000) {
      leave(object.row, 'identifiers', 'has no scheme, or no identifier');
      return [];
    }
    return [{ scheme: stored, value }];
  });
  const wikidata = object.text('wikidata') ?? object.text('wikidata_id');
  const item = wikidata === null ? null : wikidataId(wikidata.replace(/^.*\//, ''));
  const [, scheme = '', value = ''] = /^([A-Za-z_]+):(\S+)$/.exec(object.text('identifier') ?? '') ?? [];
  const other = schemeOf(scheme);
  const found = [...(item ? [item] : []), ...given, ...(other && value ? [{ scheme: other, value }] : [])];
  const ordered = [
    ...found.filter((each) => WORLDWIDE.has(each.scheme)),
    ...found.filter((each) => !WORLDWIDE.has(each.scheme)),
  ].filter((each) => {
    const owner = `${popolo} ${id ?? ''}`;
    const key = `${each.scheme}:${each.value}`;
    const known = owners.get(key) ?? owner;
    owners.set(key, known);
    if (known !== owner)
      leave(object.row, 'identifiers', 'has an identifier that another object of the file has as well');
    return known === owner;
  });
  return distinct([...(id === null ? [] : [{ scheme: schemeOfClass(popolo), value: id }]), ...ordered]);
}

function namesOf(object: PopoloObject, name: string | null): object {
  const aliases = new Set<string>();
  const names: object[] = [];
  for (const each of [...object.objects('other_names'), ...object.objects('other_labels')]) {
    const given = each['name'] ?? each['label'];
    const value = typeof given === 'string' ? cleaned(given).trim() : '';
    if (value === '') {
      leave(object.row, 'other_names', 'holds a name that is no text');
      continue;
    }
    const note = typeof each['note'] === 'string' ? each['note'].trim() : '';
    const token = NOTES[note.toLowerCase()] ?? (note === '' ? null : toToken(note));
    const kind = token !== null && ['LEGAL', 'ALIAS', 'ACRONYM', 'FORMER', 'WEAK'].includes(token) ? token : null;
    if (note !== '' && kind === null) leave(object.row, 'other_names.note');
    const language = [each['lang'], each['language']].find((tag) => typeof tag === 'string' && tag !== '');
    const dates = { validFrom: dateOf(each['start_date']), validTo: dateOf(each['end_date']) };
    if (kind === null && !language && !dates.validFrom && !dates.validTo) {
      if (value !== name) aliases.add(value);
      continue;
    }
    names.push({
      value,
      ...(language ? { language } : {}),
      ...(kind ? { kind } : {}),
      ...(dates.validFrom ? { validFrom: dates.validFrom } : {}),
      ...(dates.validTo ? { validTo: dates.validTo } : {}),
    });
  }
  return { ...(aliases.size > 0 ? { aliases: [...aliases] } : {}), ...(names.length > 0 ? { names } : {}) };
}

const dateOf = (given: unknown): string | null => (typeof given === 'string' ? readDate(given) : null);

function fieldsOf(object: PopoloObject, type: EntityType, kind: string | null, classification: string | null): object {
  const fields: Record<string, unknown> = {};
  for (const field of fieldsOfEntity(type)) {
    const property = field.maps?.popolo;
    if (!property) continue;
    const value = field.kind === 'partialDate' ? object.date(property) : object.text(property);
    if (value !== null) fields[field.name] = value;
  }
  const declared = type.fields.find((field) => field.name === 'kind');
  const word = type.maps.popolo === 'Post' ? object.text('role') : classification;
  const own = kind ?? (word === null || type.told.words?.includes(word.toLowerCase()) ? null : toToken(word));
  if (declared && own !== null) fields['kind'] = own;
  else if (
    !declared &&
    word !== null &&
    !type.told.words?.includes(word.toLowerCase()) &&
    own !== null &&
    type.maps.popolo !== 'Person'
  )
    leave(object.row, 'classification', `has no place in a ${lookupName(type)}`);
  if (type.fields.some((field) => field.name === 'latitude')) Object.assign(fields, pointOf(object.raw('geometry')));
  return fields;
}

function pointOf(geometry: unknown): object {
  const at = isObject(geometry) && geometry['type'] === 'Point' ? geometry['coordinates'] : null;
  if (!Array.isArray(at)) return {};
  const [longitude, latitude] = at as unknown[];
  return typeof longitude === 'number' && typeof latitude === 'number' ? { latitude, longitude } : {};
}

function descriptionOf(object: PopoloObject): object {
  const texts = ['description', 'biography', 'summary', 'abstract'].map((each) => object.text(each));
  const description = [...new Set(texts.filter((each) => each !== null))].join('\n');
  return description === '' ? {} : { description };
}

function tiesOf(model: Model, object: PopoloObject, popolo: PopoloClass, self: object): void {
  const tie = (property: string, of: string, far: PopoloClass): void => {
    const other = object.id(property) ?? object.id(property.replace(/_id$/, ''));
    const relationship = relationshipOf(model, of);
    if (other !== null && relationship)
      object.row.records.push({ [recordName(relationship)]: { from: self, to: popoloRef(model, far, other) } });
  };
  if (popolo === 'Organization') {
    tie('parent_id', 'Organization.parent_id', 'Organization');
    tie('area_id', 'Organization.area_id', 'Area');
  }
  if (popolo === 'Area') tie('parent_id', 'Organization.parent_id', 'Area');
  if (popolo === 'Post') tie('organization_id', 'Post.organization_id', 'Organization');
  if (popolo !== 'Event') return;
  const organizer = object.id('organization_id') ?? object.id('organization');
  const attendees = object.objects('attendees').map((each) => idOf(each));
  const takePart = (who: object, role: object): void => {
    object.row.records.push({ participatedIn: { from: who, to: self, ...role } });
  };
  if (organizer !== null) takePart(popoloRef(model, 'Organization', organizer), { role: 'ORGANIZER' });
  for (const id of attendees) if (id !== null) takePart(popoloRef(model, 'Person', id), {});
}
