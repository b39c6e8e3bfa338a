import { badInput } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import { jsonElements } from '../json-elements.ts';
import { documentRows, type JsonRow } from '../json-rows.ts';
import type { Owners } from '../vocabularies/popolo-entities.ts';
import { counted, leave, type Reading, reading, refuse } from '../vocabularies/reading.ts';
import { type Held, readStixEntity, readStixRelationship } from '../vocabularies/stix-reading.ts';
import { extensionIn, tellStix } from '../vocabularies/stix-telling.ts';
import { isObject } from '../vocabularies/values.ts';
import type { ImportFormat, ImportInput } from './format.ts';

/** STIX 2.1 (and 2.0): a bundle, or an array of objects. What goes where is in docs/exchange-formats.md. */
export const stix: ImportFormat = {
  name: 'stix',
  extensions: ['stix.json', 'stix2.json', 'stix21.json'],
  title: 'STIX 2.1',
  read: (input) => counted(read(input)),
  rejects: async () => ({
    extension: 'stix.json',
    head: '{"type": "bundle", "objects": [\n',
    between: ',\n',
    tail: '\n]}\n',
  }),
};

async function* read(input: ImportInput): AsyncGenerator<Reading> {
  const held = await lookAt(input.model, input.open());
  const owners: Owners = new Map();
  for await (const row of documentRows(input.open())) {
    const one = readRow(input, row, held, owners);
    if (one) yield one;
  }
}

function readRow(
  { model }: ImportInput,
  { line, text, value, broken, key }: JsonRow,
  held: Held,
  owners: Owners,
): Reading | null {
  const id = isObject(value) ? value['id'] : undefined;
  const row = reading(line, typeof id === 'string' ? id : `line ${line}`, text);
  if (broken !== null) refuse(row, '', 'UNREADABLE', broken);
  else if (key !== '' && key !== 'objects') return null;
  else if (!isObject(value) || typeof value['type'] !== 'string')
    refuse(row, 'type', 'UNKNOWN_RECORD', 'This is no object of STIX: it has no type.');
  else if (typeof id !== 'string' || !/^[a-z][a-z0-9-]*--\S+$/.test(id))
    refuse(row, 'id', 'MISSING_FIELD', 'An object of STIX has an id such as identity--….');
  else if (value['type'] === 'relationship') {
    if (value['revoked'] === true) leave(row, 'relationship', 'was revoked by its producer');
    else readStixRelationship(model, row, value, held);
  } else {
    const told = tellStix(model, value);
    if (!('left' in told)) readStixEntity(row, value, told, held, owners);
    else if (told.left === '') return null;
    else leave(row, value['type'], told.left);
  }
  return row;
}

/**
 * What each object is, before any refers to another.
 * @throws BAD_USER_INPUT for a document of other things
 */
async function lookAt(model: Model, bytes: AsyncIterable<Uint8Array>): Promise<Held> {
  const held = new Map<string, NonNullable<ReturnType<Held['get']>> | null>();
  let others = '';
  let isBundle = false;
  for await (const { key, text } of jsonElements(bytes)) {
    if (key === '' || key === 'objects') isBundle = true;
    else others ||= key;
    const value = parsed(text);
    const { id, type } = value;
    if (typeof id !== 'string' || typeof type !== 'string' || type === 'relationship') continue;
    const told = tellStix(model, value);
    const own = extensionIn(value)?.['id'];
    held.set(id, 'left' in told ? null : { type: told, own: typeof own === 'string' ? own : null });
  }
  if (!isBundle && others !== '')
    throw badInput(`This is no bundle of STIX: it has ${others}, and no objects.`, {
      suggestion: 'Name the format that it is of: --format.',
    });
  return held;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
