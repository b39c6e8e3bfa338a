import type { Model } from '../../model/model.ts';
import { beginsWithArray, documentRows, type JsonRow, lineRows } from '../json-rows.ts';
import { readFtmEntity } from '../vocabularies/ftm-entities.ts';
import { readFtmInterval } from '../vocabularies/ftm-intervals.ts';
import { isSchema } from '../vocabularies/ftm-model.ts';
import { ftmObject } from '../vocabularies/ftm-object.ts';
import { counted, leave, type Reading, reading, refuse } from '../vocabularies/reading.ts';
import { isObject } from '../vocabularies/values.ts';
import type { ImportFormat, ImportInput } from './format.ts';

/**
 * FollowTheMoney: one entity a line, or a JSON array of them, as `ftm` and OpenSanctions write them. What goes where is in
 * docs/exchange-formats.md. Fragments of one entity become one: the store makes lists grow.
 */
export const ftm: ImportFormat = {
  name: 'ftm',
  extensions: ['ftm.jsonl', 'ftm.json', 'ftm.ijson', 'entities.ftm.json'],
  title: 'FollowTheMoney',
  read: (input) => counted(read(input)),
  rejects: async (input) =>
    (await beginsWithArray(input.open()))
      ? { extension: 'ftm.json', head: '[\n', between: ',\n', tail: '\n]\n' }
      : { extension: 'ftm.jsonl', head: '', between: '\n', tail: '\n' },
};

async function* read(input: ImportInput): AsyncGenerator<Reading> {
  const rows = (await beginsWithArray(input.open())) ? documentRows(input.open()) : lineRows(input.open());
  for await (const row of rows) yield readRow(input, row);
}

function readRow({ model }: ImportInput, { line, text, value, broken }: JsonRow): Reading {
  const given = isObject(value) ? value['id'] : undefined;
  const id = typeof given === 'number' ? String(given) : given;
  const row = reading(line, typeof id === 'string' && id !== '' ? id : `line ${line}`, text);
  if (broken !== null) refuse(row, '', 'UNREADABLE', broken);
  else if (!isObject(value))
    refuse(row, '', 'UNKNOWN_RECORD', 'This is no entity: an entity is {"id", "schema", "properties"}.');
  else if (typeof id !== 'string' || id.trim() === '') refuse(row, 'id', 'MISSING_FIELD', 'This entity has no id.');
  else readObject(model, row, { ...value, id });
  return row;
}

function readObject(model: Model, row: Reading, value: Readonly<Record<string, unknown>>): void {
  const { schema, properties = {} } = value;
  if (typeof schema !== 'string' || !isSchema(model, schema)) {
    const given = JSON.stringify(schema) ?? 'Nothing';
    refuse(row, 'schema', 'UNKNOWN_RECORD', `${given} is no schema of FollowTheMoney.`);
  } else if (!isObject(properties)) {
    refuse(row, 'properties', 'INVALID_VALUE', 'properties must be an object: each property a list of values.');
  } else {
    const object = ftmObject(row, value, properties);
    if (!readFtmEntity(model, row, object) && !readFtmInterval(model, row, object))
      leave(row, schema, 'is a schema that has no counterpart in this graph');
  }
}
