import { type RecordSchemas, recordSchemas } from '../../derive/records.ts';
import type { Model } from '../../model/model.ts';
import type { GraphRecord, Problem } from '../../model/records.ts';

/** Inputs of whatever origin, read as records. */

/** Records in their places, null where one could not be read, and every problem of shape. */
export interface ReadRecords {
  readonly records: readonly (GraphRecord | null)[];
  readonly problems: readonly Problem[];
}

const known = new WeakMap<Model, RecordSchemas>();

/** The schemas of a model, made once: there are many. */
export function schemasOf(model: Model): RecordSchemas {
  const schemas = known.get(model) ?? recordSchemas(model);
  known.set(model, schemas);
  return schemas;
}

export function readRecords(model: Model, inputs: readonly unknown[]): ReadRecords {
  const schemas = schemasOf(model);
  const problems: Problem[] = [];
  const records = inputs.map((input, index) => {
    const result = schemas.parse(input, index);
    if ('record' in result) return result.record;
    problems.push(...result.problems);
    return null;
  });
  return { records, problems };
}
