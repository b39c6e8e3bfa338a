import { items, placeOf, under } from '../../compile/arguments.ts';
import { objectTypeOf } from '../../compile/connections.ts';
import { asIs } from '../../compile/emitter.ts';
import { handWritten } from '../../compile/hand-written.ts';
import { emitEntity, emitParts } from '../../compile/objects.ts';
import { DEFAULT_FIRST, MAXIMUM_FIRST } from '../../compile/paging.ts';
import { type Root, withPrelude } from '../../compile/roots.ts';
import { below, selectedFields } from '../../compile/selection.ts';
import { LIST_LIMIT, WholeNumber } from '../../compile/values.ts';
import { badInput } from '../../errors.ts';
import { AnyEntity } from '../../model/common-fields.ts';
import { endRef } from '../entities.ts';
import { entityTypeEnum, relationshipTypeEnum } from '../enums.ts';
import type { Output, Registry } from '../registry.ts';
import { relationshipInterface } from '../relationships.ts';
import { scalar } from '../scalars.ts';
import { rootScope } from '../scope.ts';
import { eachEdge, eachEntity } from './graph-type.ts';
import {
  type Asked,
  andInScope,
  andIsNoneOf,
  answeredBy,
  argument,
  bounded,
  filled,
  listed,
  numberWithin,
  type QuestionSpec,
  typeNamed,
  typePattern,
  typesGiven,
} from './question.ts';

/** `commonConnections(ids)`: what several entities share. */
export const commonConnections = (registry: Registry): QuestionSpec => ({
  type: [commonConnection(registry)],
  nullable: false,
  description:
    'What several entities share: everything that at least minShared of them are tied to, and through which relationships. First what most of them share, among equals what is tied to the least else, which tells the most. Posts are seen through: holders of two posts in one organization share the organization. That two of the entities are tied to each other is nothing that they share.',
  args: registry.args({
    ids: {
      type: ['ID'],
      description: 'The entities, 2 to 200. Ids that nothing has are passed over.',
      required: true,
    },
    types: {
      type: [relationshipTypeEnum(registry)],
      description:
        'By which types of relationship; any unless said. Posts are seen through where HOLDS_POSITION and POSITION_IN are both among them.',
    },
    avoidTypes: {
      type: [entityTypeEnum(registry)],
      description:
        'Types of entities that are not looked at, neither as what is shared nor, POSITION, as what is seen through.',
      defaultValue: ['SOURCE'],
    },
    minShared: {
      type: 'Int',
      description: 'How many of the entities must be tied to it, 2 to as many as are given.',
      defaultValue: 2,
    },
    ...rootScope(registry),
    first: { type: 'Int', description: `How many, 1 to ${MAXIMUM_FIRST}; ${DEFAULT_FIRST} unless said.` },
  }),
  access: 'reader',
  meaning: answeredBy(compile),
});

const commonConnection = (registry: Registry): Output =>
  registry.object('reader', 'CommonConnection', 'Something that several entities are tied to.', () => ({
    entity: { type: endRef(registry, 'Entity'), nullable: false, description: 'What they share.' },
    connectedTo: {
      type: [endRef(registry, 'Entity')],
      nullable: false,
      description: 'Those of the entities that are tied to it, in the order in which they were asked for.',
    },
    count: { type: scalar('Int'), nullable: false, description: 'How many of them.' },
    relationships: {
      type: [relationshipInterface(registry)],
      nullable: false,
      description: 'The relationships through which they are, each once, by id; through a post, those of both steps.',
    },
  }));

function compile(asked: Asked): Root {
  const { emitter, selected, place } = asked;
  const types = typesGiven(emitter, argument(asked, 'types'));
  const steps = ['HOLDS_POSITION', 'POSITION_IN'].map((name) => typeNamed(emitter.model, name));
  const seesThrough = steps.every((type) => types.includes(type)) && !avoids(asked, 'POSITION');
  const [held, within] = steps.map((type, nth) => andInScope(asked, [type], nth === 0 ? 'h' : 'i'));
  const isListed = selectedFields(objectTypeOf(selected), below(selected.nodes), emitter.around).some(
    ({ field }) => field?.name === 'relationships',
  );
  const found = handWritten(
    emitter,
    'common-connections',
    {
      ids: listed(argument(asked, 'ids')),
      minShared: filled(asked.given, (given) => new WholeNumber(leastShared(given))),
      first: bounded(argument(asked, 'first'), { min: 1, max: MAXIMUM_FIRST, absent: DEFAULT_FIRST }),
    },
    {
      types: typePattern(types),
      kept: andInScope(asked, types, 'r'),
      seenThrough: seesThrough ? `true${held}${within}` : 'false',
      allowed: `true${andIsNoneOf(asked, 'avoidTypes', 'x')}`,
      listed: String(isListed),
    },
  );
  const answer = emitParts(emitter, selected, place, {
    entity: (each, inner) => emitEntity(emitter, AnyEntity, each, 'entity', inner),
    connectedTo: (each, inner) => eachEntity(emitter, 'connectedTo', each, inner),
    count: () => ({ text: 'size(connectedTo)', decode: asIs }),
    relationships: (each, inner) => eachEdge(emitter, 'relationships', each, inner),
  });
  const order = 'size(connectedTo) DESC, degree, entity.id';
  return {
    text: withPrelude(emitter, `CALL () { ${found} } RETURN ${answer.text} ORDER BY ${order}`),
    decode: (rows, env) => rows.map(([row]) => answer.decode(row, env)),
  };
}

const avoids = (asked: Asked, type: string): boolean =>
  items(argument(asked, 'avoidTypes')).some(({ value }) => value === type);

/** How many must share. @throws BAD_USER_INPUT when so many are not even given */
function leastShared(given: Asked['given']): number {
  const ids = under(given, 'ids');
  const several = new Set(ids.value as string[]).size;
  if (several < 2)
    throw badInput(`commonConnections compares at least two entities; ${several} is given.`, {
      path: placeOf(ids),
      value: ids.value,
      suggestion: 'For what one entity is tied to, ask for its relationships.',
    });
  const minShared = under(given, 'minShared');
  const least = numberWithin(minShared, { min: 2, max: LIST_LIMIT, absent: 2 });
  if (least > several)
    throw badInput(`minShared is ${least}, but only ${several} entities are given.`, {
      path: placeOf(minShared),
      value: least,
      suggestion: `minShared: 2 to ${several}.`,
    });
  return least;
}
