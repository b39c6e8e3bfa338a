import type { Field } from '../../model/kinds.ts';
import { fieldsOfEntity } from '../../model/model.ts';
import type { StoredEntity } from '../graph/graph-state.ts';
import { type Properties, toProperties, withField } from '../graph/properties.ts';
import type { EntityDraft } from './drafts.ts';
import { cleared, conflict, type NextEntity, recordedProperties } from './next.ts';
import { type Problems, within } from './problems.ts';

/** An entity that is brought in only because something else bears on it. */
export const sameEntity = (stored: StoredEntity): NextEntity => ({
  before: stored,
  place: null,
  id: stored.id,
  type: stored.type,
  asRecorded: recordedProperties(stored, fieldsOfEntity(stored.type)),
  names: [...stored.names],
  externalIds: [...stored.externalIds],
});

/**
 * Lays an entity's draft over what is there.
 * @param keepsName whether another name than it has becomes an alias, and one that it has becomes none
 */
export function nextEntity(
  draft: EntityDraft,
  earlier: NextEntity | undefined,
  stored: StoredEntity | undefined,
  problems: Problems,
  keepsName = false,
): NextEntity {
  const fields = fieldsOfEntity(draft.type);
  const before = earlier?.before ?? stored ?? null;
  conflict(draft.place, draft.expectedVersion, before, draft.id, problems);
  if (before && before.type !== draft.type)
    problems.add(
      within(draft.place, 'id'),
      'WRONG_TYPE',
      `${draft.id} is a ${before.type.name} in the store, not a ${draft.type.name}.`,
    );
  let recorded = earlier ? earlier.asRecorded : before ? recordedProperties(before, fields) : {};
  let names = earlier ? earlier.names : before ? [...before.names] : [];
  let externalIds = earlier ? earlier.externalIds : before ? [...before.externalIds] : [];
  const lists = new Set(['names', 'externalIds']);
  if (draft.clear.includes('names')) names = [];
  if (draft.clear.includes('externalIds')) externalIds = [];
  recorded = cleared(
    recorded,
    fields,
    draft.clear.filter((name) => !lists.has(name)),
    draft.place,
    problems,
  );
  let otherNames: readonly string[] = [];
  const called = draft.fields['name'];
  for (const field of fields) {
    const value = draft.fields[field.name];
    if (value === undefined) continue;
    if (keepsName && field.name === 'name' && typeof recorded['name'] === 'string') {
      otherNames = value === recorded['name'] ? [] : [value as string];
      continue;
    }
    if (field.kind === 'textList') {
      const had = (recorded[field.name] as string[] | undefined) ?? [];
      const isName = (each: string) => keepsName && field.name === 'aliases' && each === (recorded['name'] ?? called);
      const added = (value as string[]).filter((each) => !isName(each));
      if (added.length > 0 || (value as string[]).length === 0)
        recorded = { ...recorded, [field.name]: [...new Set([...had, ...added])] };
    } else recorded = withField(recorded, field, value);
  }
  if (otherNames.length > 0)
    recorded = {
      ...recorded,
      aliases: [...new Set([...((recorded['aliases'] as string[] | undefined) ?? []), ...otherNames])],
    };
  const key = (name: Properties) => JSON.stringify([name['value'], name['language'] ?? null, name['kind'] ?? null]);
  const known = new Set(names.map(key));
  for (const name of draft.record.names ?? []) if (!known.has(key(name))) names = [...names, nameProperties(name)];
  externalIds = [
    ...new Set([...externalIds, ...(draft.record.externalIds ?? []).map((each) => `${each.scheme}:${each.value}`)]),
  ];
  for (const field of fields)
    if (field.required && recorded[field.name] === undefined)
      problems.add(
        draft.place,
        'MISSING_FIELD',
        `${draft.id} has no ${field.name}, which a new ${draft.type.name} needs.`,
        `Add ${field.name}: ${field.description}`,
      );
  const belongs = draft.fields['source'];
  if (draft.type.name === 'UnnamedActor' && before && belongs !== undefined && before.properties['source'] !== belongs)
    problems.add(
      within(draft.place, 'source'),
      'IDENTITY_CHANGED',
      `${draft.id} belongs to ${String(before.properties['source'])} and cannot move to ${String(belongs)}: an unnamed actor is never merged across sources.`,
      'Record another unnamed actor for the other source.',
    );
  return { before, place: draft.place, id: draft.id, type: draft.type, asRecorded: recorded, names, externalIds };
}

function nameProperties(name: Readonly<Record<string, unknown>>): Properties {
  const dates = ['validFrom', 'validTo'].map(
    (each): Field => ({ kind: 'partialDate', name: each, description: '', required: false }),
  );
  let properties: Properties = { ...name };
  for (const field of dates)
    if (name[field.name] !== undefined) properties = { ...properties, ...toProperties(field, name[field.name]) };
  return properties;
}
