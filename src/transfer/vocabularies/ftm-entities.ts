import type { EntityType } from '../../model/declarations.ts';
import type { Field } from '../../model/kinds.ts';
import { fieldsOfEntity, lookupName, type Model, recordName, relationshipNamed } from '../../model/model.ts';
import { countryId, countryRecord } from './countries.ts';
import { ownIdOf } from './ftm-ids.ts';
import { COUNTRY_TIES, IDENTIFIERS, READ_AS, toldByProperties } from './ftm-model.ts';
import type { FtmObject } from './ftm-object.ts';
import { distinct, type ExternalId, ownEntityType, wikidataId } from './own-ids.ts';
import { leave, type Reading, refuse } from './reading.ts';
import { pageRecords } from './sources.ts';
import { tellType } from './telling.ts';
import { bestDate, readDate, toToken } from './values.ts';

/** Things of FollowTheMoney as entities, with the relationships that their properties tell. */

/** How anything of a file is referred to: by its own id where it is one of this graph, else by its external id. */
export function ftmRef(model: Model, id: string): object {
  const own = ownIdOf(model, id);
  return own === null ? { externalId: { scheme: 'FTM', value: id } } : { id: own };
}

/** Reads a thing; false where its schema is none of ours. */
export function readFtmEntity(model: Model, row: Reading, object: FtmObject): boolean {
  const schema = READ_AS[object.schema] ?? object.schema;
  const code = schema === 'Territory' ? countryOf(object) : null;
  const topics = object.take('topics');
  const words = [...(code ? ['country'] : []), ...object.take('classification'), ...object.take('level')];
  const told = tellType(model, 'ftm', schema, { words, topics });
  if (!told) return false;
  const ownId = ownIdOf(model, object.id);
  const ownType = ownId === null ? null : ownEntityType(model, ownId);
  const isOwn = ownType !== null && ownType.maps.ftm === schema;
  const type = isOwn ? ownType : told.type;
  if (!isOwn && object.schema === 'LegalEntity')
    leave(row, 'schema', `LegalEntity does not say what it is, and is read as a ${told.type.name}`);
  if (object.isOdd('name')) {
    refuse(row, 'name', 'INVALID_VALUE', 'name must be a list of texts.');
    return true;
  }
  const said = keywordsOf(type, object.take('keywords'));
  const fields: Record<string, unknown> = { ...said.fields };
  if (told.kind && type === told.type && fields['kind'] === undefined) fields['kind'] = told.kind;
  if (object.schema === 'Article' && !isOwn) fields['kind'] = 'ARTICLE';
  if (code) fields['iso2'] = code.value.length === 2 ? code.value.toUpperCase() : undefined;
  for (const field of fieldsOfEntity(type)) {
    const property = field.maps?.ftm;
    if (!property) continue;
    const value = readValue(row, field, property, object.take(property));
    if (value !== undefined) fields[field.name] = value;
  }
  const externalIds = distinct([
    ...(code ? [code] : []),
    ...(isOwn ? [] : [{ scheme: 'FTM', value: object.id }]),
    ...(isOwn ? [] : [wikidataId(object.id)].filter((each) => each !== null)),
    ...object.referents.filter((each) => each !== object.id).map((value) => ({ scheme: 'FTM', value })),
    ...Object.entries(IDENTIFIERS).flatMap(([property, { scheme }]) =>
      object.take(property).map((value) => ({ scheme, value })),
    ),
    ...said.externalIds,
  ]);
  // The topic that tells the type stands there for others; the id has told it already.
  const about = [...topics.filter((each) => !isOwn || each !== type.told.topics?.[0]), ...said.topics];
  const description = ['description', 'summary', 'notes', 'biography'].flatMap((each) => object.take(each));
  row.records.push({
    [lookupName(type)]: defined({
      ...(isOwn ? { id: ownId } : {}),
      ...namesOf(object),
      ...fields,
      ...(description.length > 0 ? { description: [...new Set(description)].join('\n') } : {}),
      ...(about.length > 0 ? { topics: about } : {}),
      ...(externalIds.length > 0 ? { externalIds } : {}),
    }),
  });
  ties(model, row, object, type);
  if (schema !== 'Document')
    for (const url of object.take('sourceUrl'))
      row.records.push(...pageRecords(url, undefined, ftmRef(model, object.id)));
  object.leaveRest();
  return true;
}

function namesOf(object: FtmObject): object {
  const titles = ['title', 'fileName'].flatMap((each) => (object.schema === 'Person' ? [] : object.take(each)));
  const given = [...object.take('name'), ...titles];
  const alias = object.take('alias');
  const parts = ['firstName', 'middleName', 'lastName'].flatMap((each) => object.take(each).slice(0, 1));
  const all = [...given, ...alias, ...(given.length + alias.length === 0 && parts.length > 0 ? [parts.join(' ')] : [])];
  const name = object.caption !== null && all.includes(object.caption) ? object.caption : all[0];
  const aliases = [...new Set(all)].filter((each) => each !== name);
  const names = (
    [
      ['previousName', 'FORMER'],
      ['weakAlias', 'WEAK'],
      ['abbreviation', 'ACRONYM'],
    ] as const
  ).flatMap(([property, kind]) => object.take(property).map((value) => ({ value, kind })));
  const first = name ?? names[0]?.value;
  return {
    ...(first === undefined ? {} : { name: first }),
    ...(aliases.length > 0 ? { aliases } : {}),
    ...(names.length > 0 ? { names } : {}),
  };
}

/** The country that a territory is; null for a part of one. */
function countryOf(object: FtmObject): ExternalId | null {
  const codes = [...object.take('territoryCode'), ...object.take('country')];
  const level = object.take('level');
  if (level.length > 0 && !level.includes('country')) return null;
  const [code] = object.take('territoryCode');
  if (code !== undefined) return countryId(code);
  return level.includes('country') && codes[0] !== undefined ? countryId(codes[0]) : null;
}

/** Fields and external ids that FollowTheMoney has no property for, as they are written: `kind: LEGISLATURE`, `BIOGUIDE: B000001`. */
function keywordsOf(type: EntityType, keywords: readonly string[]) {
  const fields: Record<string, unknown> = {};
  const externalIds: ExternalId[] = [];
  const topics: string[] = [];
  for (const keyword of keywords) {
    const [, key = '', value = ''] = /^([A-Za-z][A-Za-z0-9_]*): (.+)$/su.exec(keyword) ?? [];
    const field = type.fields.find((each) => each.name === key);
    if (field && field.kind !== 'reference') fields[key] = parsed(field, value);
    else if (key === 'topic') topics.push(value);
    else if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(key)) externalIds.push({ scheme: key, value });
  }
  return { fields, externalIds, topics };
}

function parsed(field: Field, value: string): unknown {
  if (field.kind === 'integer' || field.kind === 'float') return Number(value);
  if (field.kind !== 'count' && field.kind !== 'amount') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

/** The value of a field among those of its property; one field holds one, the others are left out. */
export function readValue(row: Reading, field: Field, property: string, values: readonly string[]): unknown {
  if (values.length === 0) return undefined;
  if (field.kind === 'partialDate') {
    const dates = values.map(readDate);
    if (dates.includes(null)) leave(row, property, 'is no date');
    const { date, others } = bestDate(dates.filter((each) => each !== null));
    if (others.length > 0) leave(row, property, 'has several values that contradict each other: the first is kept');
    return date ?? undefined;
  }
  const [first = ''] = values;
  if (values.length > 1) leave(row, property, 'has several values: the first is kept');
  if (field.kind === 'openList') {
    const token = toToken(first);
    if (token === null) leave(row, property, 'cannot be spelled as a word');
    return token ?? undefined;
  }
  if (field.kind !== 'float' && field.kind !== 'integer') return first;
  const number = Number(first.replace('%', ''));
  if (Number.isFinite(number)) return number;
  leave(row, property, 'is no number');
  return undefined;
}

/** What the properties of a thing say of its standing to others. */
function ties(model: Model, row: Reading, object: FtmObject, type: EntityType): void {
  const self = ftmRef(model, object.id);
  for (const { relationship, schema, property, on } of toldByProperties(model)) {
    if (property in COUNTRY_TIES || schema !== object.schema) continue;
    for (const id of object.take(property)) {
      const other = ftmRef(model, id);
      row.records.push({
        [recordName(relationship)]: on === 'from' ? { from: self, to: other } : { from: other, to: self },
      });
    }
  }
  const isOrganization = type.families.some((family) => family.name === 'Organization');
  for (const [property, tie] of Object.entries(COUNTRY_TIES)) {
    const name = type.name === 'Person' ? tie.person : isOrganization ? tie.organization : undefined;
    const relationship = name ? relationshipNamed(model, name) : undefined;
    if (!relationship) {
      // What a thing has to do with a country is not said; of a country it is the country itself.
      if (type.name === 'Country') object.take(property);
      continue;
    }
    for (const code of object.take(property)) {
      const country = countryRecord(code);
      if (country) row.records.push(country.record, { [recordName(relationship)]: { from: self, to: country.ref } });
      else leave(row, property, 'is no code of a country');
    }
  }
}

const defined = (record: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
