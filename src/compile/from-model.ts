import type { GraphQLResolveInfo } from 'graphql';
import type { Model } from '../model/model.ts';
import { Emitter } from './emitter.ts';
import { fieldEmitters } from './fields.ts';
import { meaningOf } from './meaning.ts';
import { plainShape } from './properties.ts';

/** The answer to a root field that the model itself answers, shaped by the selection: there is no statement. */
export function answerFromModel(model: Model, info: GraphQLResolveInfo): unknown {
  const field = info.parentType.getFields()[info.fieldName];
  const meaning = field ? meaningOf(field) : undefined;
  if (!field || meaning?.is !== 'model') throw new Error(`${info.fieldName} is not answered by the model`);
  const around = { schema: info.schema, fragments: info.fragments, variables: info.variableValues };
  const emitter = new Emitter(model, around, fieldEmitters);
  const shape = plainShape(emitter, { key: String(info.path.key), field, nodes: info.fieldNodes });
  return shape(meaning.read(model), { values: [], today: '' });
}
