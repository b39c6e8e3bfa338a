import { type JsonElement, jsonElements } from '../json-elements.ts';
import { documentRows, type JsonRow } from '../json-rows.ts';
import { type Owners, readPopoloEntity } from '../vocabularies/popolo-entities.ts';
import { type Around, readMembership } from '../vocabularies/popolo-memberships.ts';
import { classOf, classOfKey, type PopoloClass } from '../vocabularies/popolo-model.ts';
import { idOf, PopoloObject } from '../vocabularies/popolo-object.ts';
import { counted, leave, type Reading, reading, refuse } from '../vocabularies/reading.ts';
import { cleaned, isObject, readDate } from '../vocabularies/values.ts';
import type { ImportFormat, ImportInput } from './format.ts';

/**
 * Popolo: one JSON document of persons, organizations, memberships, posts, areas and events, as EveryPolitician and PopIt
 * write it, or an array of persons. What goes where is in docs/exchange-formats.md.
 */
export const popolo: ImportFormat = {
  name: 'popolo',
  extensions: ['popolo.json', 'ep-popolo-v1.0.json'],
  title: 'Popolo: EveryPolitician, PopIt',
  read: (input) => counted(read(input)),
  rejects: async () => ({ extension: 'popolo.json', head: '[\n', between: ',\n', tail: '\n]\n' }),
};

async function* read(input: ImportInput): AsyncGenerator<Reading> {
  const around = await lookAround(input.open());
  const owners: Owners = new Map();
  for await (const row of documentRows(input.open())) yield readRow(input, row, around, owners);
}

function readRow({ model }: ImportInput, json: JsonRow, around: Around, owners: Owners): Reading {
  const { value } = json;
  const id = isObject(value) ? idOf(value['id']) : null;
  const known = classOfKey(json.key);
  const row = reading(json.line, id ?? `line ${json.line}`, withClass(json.text, known));
  if (json.broken !== null) refuse(row, json.key, 'UNREADABLE', json.broken);
  else if (known === null) leave(row, json.key);
  else if (!isObject(value)) refuse(row, json.key, 'UNKNOWN_RECORD', 'This is no object.');
  else {
    const popolo = known ?? classOf(value);
    if (popolo === 'Membership') readMembership(model, row, value, around);
    else {
      const object = new PopoloObject(row, value);
      if (readPopoloEntity(model, object, popolo, owners)) nested(object, popolo, id);
      object.leaveRest();
    }
  }
  return row;

  function nested(object: PopoloObject, popolo: PopoloClass, id: string | null): void {
    const within =
      id === null
        ? {}
        : popolo === 'Person'
          ? { person_id: id }
          : popolo === 'Organization'
            ? { organization_id: id }
            : popolo === 'Post'
              ? { post_id: id }
              : {};
    for (const each of object.objects('memberships')) readMembership(model, row, each, around, within);
    if (popolo !== 'Organization' || id === null) return;
    for (const each of object.objects('posts')) {
      const post = new PopoloObject(row, { organization_id: id, ...each });
      if (readPopoloEntity(model, post, 'Post', owners)) nested(post, 'Post', idOf(each['id']));
      post.leaveRest();
    }
  }
}

/** An object as it stands in a file of rejects, which is one array: there it says itself what the key said that held it. */
const withClass = (text: string, popolo: PopoloClass | null | undefined): string =>
  popolo ? text.replace(/^\{\s*(?=")/, `{"@type": "${popolo}", `) : text;

/** Reads what memberships name before they are read: names of areas, and dates of legislative periods. */
async function lookAround(bytes: AsyncIterable<Uint8Array>): Promise<Around> {
  const areas = new Map<string, string>();
  const terms = new Map<string, { from: string | null; to: string | null }>();
  for await (const element of jsonElements(bytes)) {
    if (element.key !== 'areas' && element.key !== 'events') continue;
    const value = parsed(element);
    const id = idOf(value['id']);
    if (id === null) continue;
    if (element.key === 'areas' && typeof value['name'] === 'string') areas.set(id, cleaned(value['name']).trim());
    if (element.key === 'events') terms.set(id, { from: dateOf(value['start_date']), to: dateOf(value['end_date']) });
  }
  return { areas, terms };
}

const dateOf = (given: unknown): string | null => (typeof given === 'string' ? readDate(given) : null);

/** What is broken is told by whoever reads the rows. */
function parsed({ text }: JsonElement): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
