import { type Argument, isGiven, placeOf, under } from '../../compile/arguments.ts';
import { asIs, at } from '../../compile/emitter.ts';
import { handWritten } from '../../compile/hand-written.ts';
import type { Listing } from '../../compile/listing.ts';
import { emitAnyEdge, emitEntity, emitParts } from '../../compile/objects.ts';
import type { OrderKey } from '../../compile/ordering.ts';
import { asList } from '../../compile/values.ts';
import { badInput } from '../../errors.ts';
import { AnyEntity, isSource, STORE_SET } from '../../model/common-fields.ts';
import type { RelationshipType } from '../../model/declarations.ts';
import type { Field } from '../../model/kinds.ts';
import type { Model } from '../../model/model.ts';
import { connection, forward } from '../connections.ts';
import { endRef } from '../entities.ts';
import type { Output, Registry } from '../registry.ts';
import { relationshipInterface } from '../relationships.ts';
import { scalar } from '../scalars.ts';
import { rootScope } from '../scope.ts';
import { type Asked, andInScope, argument, filled, listedBy, type QuestionSpec, typePattern } from './question.ts';

/** `timeline(about)`: what is dated about some entities. */
export const timeline = (registry: Registry): QuestionSpec => ({
  type: connection(registry, 'Timeline', 'dated facts', () => timelineEntry(registry)),
  nullable: false,
  description:
    'What is dated about some entities, by the earliest day that a date can mean: their own dates, and the beginnings, ends and other dates of their relationships. What happened or holds, but nobody says when, comes last, once, without a date; what a source does is left out there.',
  args: registry.args({
    about: {
      type: ['ID'],
      description: 'The entities, at most 200; must be given. Ids that nothing has are passed over.',
    },
    from: { type: scalar('Date'), description: 'Only what may have been on this day or later.' },
    to: { type: scalar('Date'), description: 'Only what may have been on this day or earlier.' },
    ...rootScope(registry),
    ...forward(),
  }),
  access: 'reader',
  meaning: listedBy(timelineListing),
});

const timelineEntry = (registry: Registry): Output =>
  registry.object('reader', 'TimelineEntry', 'A date of an entity, or of one of its relationships.', () => ({
    date: { type: scalar('PartialDate'), nullable: true, description: 'The date; null where none is known.' },
    field: {
      type: scalar('String'),
      nullable: false,
      description: 'Which date it is: a field of the entity, or of the relationship, such as birthDate or inForceOn.',
    },
    entity: {
      type: endRef(registry, 'Entity'),
      nullable: false,
      description:
        'Whose date it is, of the entities that were asked about. A relationship between two of them comes once, at the one where it starts.',
    },
    relationship: {
      type: relationshipInterface(registry),
      nullable: true,
      description: 'The relationship whose date it is; null where it is the entity’s own.',
    },
  }));

/** The variables of the statement. */
const VARIABLES = ['entity', 'r', 'field', 'date', 'earliest'] as const;

function timelineListing(asked: Asked): Listing {
  const { emitter, place } = asked;
  const types = emitter.model.relationships;
  const found = handWritten(
    emitter,
    'timeline',
    {
      about: filled(asked.given, entitiesOf),
      from: filled(argument(asked, 'from'), (given) => given.value ?? null),
      to: filled(asked.given, endOf),
    },
    {
      fields: literal(ownDates(emitter.model)),
      types: typePattern(types),
      kept: andInScope(asked, types, 'r'),
      dates: datesByType(types),
      undated: `CASE WHEN type(r) IN ${literal(types.filter((type) => !mayBeUndated(type)).map(({ name }) => name))} THEN null ELSE dates[0][0] END`,
    },
  );
  const key = (name: string, text: string, more: Partial<OrderKey> = {}): OrderKey => ({
    ...{ name, text, descending: false, nullable: false, computed: false, indexed: false, as: 'plain' },
    ...more,
  });
  return {
    match: `CALL () { ${found} } WITH ${VARIABLES.join(', ')}`,
    where: [],
    variables: VARIABLES,
    keys: [
      key('date', 'earliest', { nullable: true, as: 'date' }),
      key('entity', 'entity.id'),
      key('relationship', "coalesce(r.id, '')"),
      key('field', 'field'),
    ],
    count: null,
    node: (selected) =>
      emitParts(emitter, selected, at(place, selected.key), {
        date: () => ({ text: 'date', decode: asIs }),
        field: () => ({ text: 'field', decode: asIs }),
        entity: (each, inner) => emitEntity(emitter, AnyEntity, each, 'entity', inner),
        relationship: (each, inner) => {
          const edge = emitAnyEdge(emitter, types, each, 'r', inner, {});
          return { text: `CASE WHEN r IS NULL THEN null ELSE ${edge.text} END`, decode: edge.decode };
        },
      }),
    part: () => {
      throw new Error('an edge to a dated fact has a cursor and a node');
    },
  };
}

const isDate = ({ kind, name }: Field): boolean => (kind === 'partialDate' || kind === 'date') && !STORE_SET.has(name);
const namesOfDates = (fields: readonly Field[]): string[] => fields.filter(isDate).map(({ name }) => name);

/** The names of the dates that entities have of their own, each once. */
const ownDates = (model: Model): string[] => [...new Set(model.entities.flatMap(({ fields }) => namesOfDates(fields)))];

/** The dates of a relationship, its beginning first: the name that its type gives each, and the property that holds it. */
const datesOf = ({ time, fields }: RelationshipType): [name: string, stored: string][] => [
  [time.from, 'validFrom'],
  ...(time.to === null ? [] : [[time.to, 'validTo'] as [string, string]]),
  ...namesOfDates(fields).map((name): [string, string] => [name, name]),
];

/** Whether a relationship without any date is still something that happened or holds at some time. */
const mayBeUndated = ({ time, pairs }: RelationshipType): boolean =>
  time.class !== 'timeless' && !pairs.every(({ from }) => from.every((end) => end.is === 'entity' && isSource(end)));

/** The dates of the relationship in `r`, as an expression: types whose dates have the same names share a branch. */
function datesByType(types: readonly RelationshipType[]): string {
  const groups = new Map<string, string[]>();
  for (const type of types) {
    const dates = literal(datesOf(type));
    groups.set(dates, [...(groups.get(dates) ?? []), type.name]);
  }
  const [most, ...others] = [...groups].sort(([, a], [, b]) => b.length - a.length);
  const cases = others.map(([dates, names]) => `WHEN type(r) IN ${literal(names)} THEN ${dates}`);
  return cases.length > 0 ? `CASE ${cases.join(' ')} ELSE ${most?.[0]} END` : (most?.[0] ?? '[]');
}

/** Names from the model as a literal list. */
const literal = (names: readonly (string | readonly string[])[]): string =>
  `[${names.map((name) => (typeof name === 'string' ? `'${name}'` : literal(name))).join(', ')}]`;

/** @throws BAD_USER_INPUT when nobody is named */
function entitiesOf(given: Argument): unknown {
  const about = under(given, 'about');
  if (isGiven(about)) return asList(about);
  throw badInput('timeline does not say about what.', {
    path: placeOf(about),
    suggestion: 'Name the entities: about: ["person:…"].',
  });
}

/** The last day. @throws BAD_USER_INPUT when it lies before the first */
function endOf(given: Argument): unknown {
  const [from, to] = [under(given, 'from'), under(given, 'to')];
  if (isGiven(from) && isGiven(to) && String(from.value) > String(to.value))
    throw badInput(`The timeline ends on ${to.value}, before it begins on ${from.value}.`, {
      path: placeOf(to),
      value: to.value,
      suggestion: 'Give the earlier day as from; both days are included.',
    });
  return to.value ?? null;
}
