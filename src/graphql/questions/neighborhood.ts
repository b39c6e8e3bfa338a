import type { Emitted } from '../../compile/emitter.ts';
import { handWritten } from '../../compile/hand-written.ts';
import { withPrelude } from '../../compile/roots.ts';
import { entityTypeEnum, relationshipTypeEnum } from '../enums.ts';
import type { Registry } from '../registry.ts';
import { rootScope } from '../scope.ts';
import { emitGraph, graphType } from './graph-type.ts';
import {
  andInScope,
  andIsNoneOf,
  andIsOneOf,
  answeredBy,
  argument,
  avoidTypes,
  bounded,
  listed,
  numberWithin,
  type QuestionSpec,
  typePattern,
  typesGiven,
} from './question.ts';

const DEPTH = { min: 1, max: 3, absent: 1 };
const PER_NODE = { min: 1, max: 200, absent: 25 };
const LIMIT = { min: 1, max: 2_000, absent: 500 };

/** `neighborhood(ids, depth …)`: what lies around some entities. */
export const neighborhood = (registry: Registry): QuestionSpec => ({
  type: graphType(registry),
  nullable: false,
  description:
    'What lies around some entities, step by step, and every relationship of these types among what is found. It says what it leaves out.',
  args: registry.args({
    ids: { type: ['ID'], description: 'Where to begin, at most 200.', required: true },
    depth: { type: 'Int', description: 'How many steps, 1 to 3.', defaultValue: DEPTH.absent },
    types: { type: [relationshipTypeEnum(registry)], description: 'Follow only these types; all unless said.' },
    entityTypes: {
      type: [entityTypeEnum(registry)],
      description: 'Enter only entities of these types; all unless said.',
    },
    avoidTypes: avoidTypes(registry),
    perNode: {
      type: 'Int',
      description: 'How many relationships of each entity are followed, 1 to 200.',
      defaultValue: PER_NODE.absent,
    },
    limit: { type: 'Int', description: 'How many entities in all, 1 to 2000.', defaultValue: LIMIT.absent },
    ...rootScope(registry),
  }),
  access: 'reader',
  meaning: answeredBy((asked) => {
    const { emitter, selected, place } = asked;
    const types = typesGiven(emitter, argument(asked, 'types'));
    const [depth, perNode, limit] = [argument(asked, 'depth'), argument(asked, 'perNode'), argument(asked, 'limit')];
    const steps = Number(emitter.guard(depth, (given) => String(numberWithin(given, DEPTH))));
    const pattern = { types: typePattern(types), kept: andInScope(asked, types, 'r') };
    const entered = `${andIsNoneOf(asked, 'avoidTypes', 'm')}${andIsOneOf(asked, 'entityTypes', 'm')}`;
    const around = handWritten(
      emitter,
      'neighborhood',
      {
        ids: listed(argument(asked, 'ids')),
        perNode: bounded(perNode, PER_NODE),
        limit: bounded(limit, LIMIT),
      },
      { ...pattern, kept: `${entered}${pattern.kept}`, step: (step) => step.repeat(steps) },
    );
    const among = handWritten(emitter, 'graph', {}, { ...pattern, entities: 'WITH nodes' });
    const [perNodeSlot, limitSlot] = [
      emitter.slot(perNode, (given) => numberWithin(given, PER_NODE)),
      emitter.slot(limit, (given) => numberWithin(given, LIMIT)),
    ];
    const because: Emitted = {
      text: '[full, cut]',
      decode: (raw, { values }) => {
        const [full, cut] = raw as [boolean, number];
        const reasons = [
          ...(full ? [`limit: more than ${values[limitSlot]} entities; raise limit, or name types`] : []),
          ...(cut > 0
            ? [
                `perNode: ${cut === 1 ? 'one entity has' : `${cut} entities have`} more than ${values[perNodeSlot]} relationships to follow; raise perNode, or name types`,
              ]
            : []),
        ];
        return reasons.length > 0 ? reasons.join('. ') : null;
      },
    };
    const answer = emitGraph(emitter, selected, place, { nodes: 'nodes', edges: 'edges', because });
    return {
      text: withPrelude(emitter, `CALL () { ${around} } CALL (nodes) { ${among} } RETURN ${answer.text}`),
      decode: (rows, env) => answer.decode(rows[0]?.[0], env),
    };
  }),
});
