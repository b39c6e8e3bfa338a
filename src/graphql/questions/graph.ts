import { handWritten } from '../../compile/hand-written.ts';
import { withPrelude } from '../../compile/roots.ts';
import type { Registry } from '../registry.ts';
import { rootScope } from '../scope.ts';
import { emitGraph, graphType, WHOLE } from './graph-type.ts';
import { andInScope, answeredBy, argument, listed, type QuestionSpec, typePattern } from './question.ts';

/** `graph(ids)`: the induced sub-graph. */
export const graph = (registry: Registry): QuestionSpec => ({
  type: graphType(registry),
  nullable: false,
  description: 'Some entities, and every relationship among them. Ids that nothing has are passed over.',
  args: registry.args({
    ids: { type: ['ID'], description: 'The entities, at most 200.', required: true },
    ...rootScope(registry),
  }),
  access: 'reader',
  meaning: answeredBy((asked) => {
    const { emitter, selected, place } = asked;
    const types = emitter.model.relationships;
    const found = handWritten(
      emitter,
      'graph',
      { ids: listed(argument(asked, 'ids')) },
      { entities: (inside) => inside, types: typePattern(types), kept: andInScope(asked, types, 'r') },
    );
    const answer = emitGraph(emitter, selected, place, { nodes: 'entities', edges: 'edges', because: WHOLE });
    return {
      text: withPrelude(emitter, `CALL () { ${found} } RETURN ${answer.text}`),
      decode: (rows, env) => answer.decode(rows[0]?.[0], env),
    };
  }),
});
