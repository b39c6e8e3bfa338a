import { entityId } from '../../model/identity.ts';
import { idPrefix, lookupName, type Model, typeOfId } from '../../model/model.ts';
import type { EntityRecord, GraphRecord } from '../../model/records.ts';
import type { Identified } from '../graph/graph-state.ts';
import { type Place, type Problems, within } from './problems.ts';

/** What records are called: within a call by tags, in the graph by ids. */

export function tagsOf(records: readonly (GraphRecord | null)[], problems: Problems): Map<string, number> {
  const tags = new Map<string, number>();
  records.forEach((record, index) => {
    if (!record?.tag) return;
    const first = tags.get(record.tag);
    if (first !== undefined)
      problems.add(
        { record: index, path: ['tag'] },
        'DUPLICATE',
        `The tag "${record.tag}" is already that of record ${first}.`,
        'Give each record a tag of its own.',
      );
    else tags.set(record.tag, index);
  });
  return tags;
}

export function idOfEntity(
  model: Model,
  record: EntityRecord,
  external: ReadonlyMap<string, Identified>,
  place: Place,
  problems: Problems,
): string | null {
  const prefix = idPrefix(record.type);
  if (record.id) {
    if (record.id.startsWith(`${prefix}:`)) return record.id;
    const other = typeOfId(model, record.id);
    problems.add(
      within(place, 'id'),
      'WRONG_TYPE',
      `The id ${record.id} is not one of a ${lookupName(record.type)}: those begin with ${prefix}:.`,
      other ? `It belongs to a ${other.name}.` : `Use ${prefix}:${record.id.split(':').slice(1).join('-')}.`,
    );
    return null;
  }
  for (const each of record.externalIds ?? []) {
    const known = external.get(`${each.scheme}:${each.value}`);
    if (known) return known.formerly ?? known.id;
  }
  const made = entityId(record.type, record.fields['name'] as string | undefined, record.externalIds ?? []);
  if (!made)
    problems.add(
      place,
      'MISSING_FIELD',
      `A ${lookupName(record.type)} needs an id, an external id, or a name to make one from.`,
      `Add id: ${prefix}:…`,
    );
  return made;
}
