import type { GraphQLResolveInfo } from 'graphql';
import { type Argument, argumentsOf, isGiven, items, placeOf, under } from '../../compile/arguments.ts';
import type { Emitter } from '../../compile/emitter.ts';
import { argumentsFor } from '../../compile/given.ts';
import { emitRevision } from '../../compile/objects.ts';
import { bindRoot } from '../../compile/plan.ts';
import { LAST_SEQUENCE, notReached, sequenceIn } from '../../compile/revisions.ts';
import { type Root, rootPlace, withPrelude } from '../../compile/roots.ts';
import type { Selected } from '../../compile/selection.ts';
import { asList, WholeNumber } from '../../compile/values.ts';
import { badInput } from '../../errors.ts';
import { enumName, type Model, typeOfId } from '../../model/model.ts';
import type { GraphContext } from '../context.ts';
import { entityTypeEnum, relationshipTypeEnum } from '../enums.ts';
import type { FieldSpec, Registry } from '../registry.ts';
import { revisionRef } from '../revisions.ts';
import { follow, type Told } from './follow.ts';

/** `changed(ids, types …)`: changes, as they happen. */
export const changed = (registry: Registry): FieldSpec => ({
  type: revisionRef(registry),
  nullable: false,
  description:
    'Every change, each once, in order, as it happens; begun with the cursor of one that was seen, every change after that one. All arguments but since say which: what fulfils all of them is told.',
  args: registry.args({
    ids: {
      type: ['ID'],
      description:
        'Only changes of these, of relationships that start or end at them, and of claims about them; at most 200.',
    },
    types: {
      type: [entityTypeEnum(registry)],
      description: 'Only changes of entities of these types; beside relationshipTypes, of either.',
    },
    relationshipTypes: {
      type: [relationshipTypeEnum(registry)],
      description: 'Only changes of relationships of these types; beside types, of either.',
    },
    since: {
      type: 'String',
      description: 'Cursor of the last change that was seen. Unless given, the changes begin now.',
    },
  }),
  access: 'reader',
  // An event is one change with what is selected of it, however many ids are named.
  cost: () => 1,
  meaning: { is: 'question', compile: batch },
});

/** Parameters of the statement that are not the field's arguments, but differ from batch to batch. */
const [SINCE, LIMIT] = ['since', 'limit'] as const;

/** The statement of a batch: all numbers after one, and beside each what is selected of the change, where it is wanted. */
function batch(emitter: Emitter, selected: Selected): Root {
  const place = rootPlace(emitter, selected);
  const wanted = conditions(emitter, argumentsFor(emitter, selected, place));
  const inner = emitRevision(emitter, selected, 'v', place);
  const item = wanted.length > 0 ? `CASE WHEN ${wanted.join(' AND ')} THEN ${inner.text} END` : inner.text;
  return {
    text: withPrelude(
      emitter,
      `MATCH (v:Revision) WHERE v.sequence > $${SINCE} WITH v${emitter.carried} ORDER BY v.sequence LIMIT $${LIMIT} RETURN v.sequence, ${item}`,
    ),
    decode: (rows, env): Told[] =>
      rows.map(([sequence, raw]) => ({
        sequence: Number(sequence),
        value: raw === null ? null : (inner.decode(raw, env) as object),
      })),
  };
}

/** What a change must fulfil to be told. */
function conditions(emitter: Emitter, given: Argument): string[] {
  const [ids, types, relationshipTypes] = ['ids', 'types', 'relationshipTypes'].map((name) => under(given, name)) as [
    Argument,
    Argument,
    Argument,
  ];
  const found: string[] = [];
  if (isGiven(ids)) {
    const named = emitter.param(ids, (argument) => idsIn(emitter.model, argument));
    // What a merge retired is told of under the id that it goes by now as well.
    const all = emitter.before(
      (name) =>
        `CALL () { MATCH (gone:Removed) WHERE gone.id IN ${named} AND gone.survivor IS NOT NULL RETURN ${named} + collect(gone.survivor) AS ${name} }`,
    );
    found.push(`(${['of', 'from', 'to'].map((end) => `v.${end} IN ${all}`).join(' OR ')})`);
  }
  const kinds = [
    ...(isGiven(types)
      ? [`(v.kind = 'ENTITY' AND v.type IN ${emitter.param(types, (argument) => typeNames(emitter.model, argument))})`]
      : []),
    ...(isGiven(relationshipTypes)
      ? [`(v.kind = 'RELATIONSHIP' AND v.type IN ${emitter.param(relationshipTypes, (argument) => some(argument))})`]
      : []),
  ];
  if (kinds.length > 0) found.push(`(${kinds.join(' OR ')})`);
  return found;
}

/** A list that names something. @throws BAD_USER_INPUT where it is empty: nothing would ever be told */
function some(argument: Argument): string[] {
  if (items(argument).length > 0) return asList(argument) as string[];
  const name = argument.path.at(-1);
  throw badInput(`${name} is empty, so that nothing would ever be told.`, {
    path: placeOf(argument),
    value: argument.value,
    suggestion: `Leave ${name} out for everything.`,
  });
}

/** @throws BAD_USER_INPUT where one of them can be nobody's id */
function idsIn(model: Model, argument: Argument): string[] {
  const ids = some(argument);
  ids.forEach((id, nth) => {
    if (typeOfId(model, id) || /^(claim|judgement):/.test(id)) return;
    throw badInput(`Nothing has an id like "${id}".`, {
      path: [...placeOf(argument), nth],
      value: id,
      suggestion: 'Ids begin with the type, such as "person:…". Look one up by name: entity(name: …) { id }.',
    });
  });
  return ids;
}

const typeNames = (model: Model, argument: Argument): string[] => {
  const named = new Set(some(argument));
  return model.entities.filter((type) => named.has(enumName(type))).map(({ name }) => name);
};

/** How many changes a statement reads at most, where nothing says that it should be fewer. */
const LARGEST_BATCH = 200;

/**
 * Begins to follow the changes: what the arguments are is checked before anything is told.
 * @throws ConcordatError for arguments that cannot be, and where the database does not answer yet
 */
export async function changesAsTheyHappen(
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<AsyncIterable<object>> {
  const { feed, reader } = context;
  if (!feed)
    throw badInput('Nothing can be followed here.', { path: [info.fieldName], suggestion: 'Ask for changes.' });
  const bound = bindRoot(context.model, info, context.today);
  const operation = `${info.operation.name?.value ?? 'anonymous'}.${String(info.path.key)}`;
  const batch = Math.min(context.batch ?? LARGEST_BATCH, LARGEST_BATCH);
  const start = await startOf(context, info, operation);
  return follow({
    feed,
    start,
    batch,
    ...(context.signal ? { signal: context.signal } : {}),
    ...(context.stillMay ? { stillMay: context.stillMay } : {}),
    read: async (since, signal) => {
      const { text, parameters } = bound.statement;
      const beside = { [SINCE]: new WholeNumber(since), [LIMIT]: new WholeNumber(batch) };
      return bound.decode(
        await reader.read({ text, parameters: { ...parameters, ...beside } }, { operation, signal }),
      ) as Told[];
    },
  });
}

/** The number of the last change that is not told: that of the cursor, or of the last one that there is. */
async function startOf({ reader, signal }: GraphContext, info: GraphQLResolveInfo, operation: string): Promise<number> {
  const [node] = info.fieldNodes;
  const field = info.parentType.getFields()[info.fieldName];
  if (!node || !field) throw new Error('a field has a node');
  const since = under(argumentsOf({ field, node, path: [String(info.path.key)] }, info.variableValues), 'since');
  const given = isGiven(since) ? sequenceIn(since) : null;
  const text = `CYPHER 5 WITH $${SINCE} AS since RETURN ${LAST_SEQUENCE}, EXISTS { MATCH (v:Revision) WHERE v.sequence = since }`;
  const parameters = { [SINCE]: given === null ? null : new WholeNumber(given) };
  const [[last, isThere] = []] = await reader.read({ text, parameters }, { operation, ...(signal ? { signal } : {}) });
  if (given === null) return Number(last);
  if (given > Number(last) && isThere !== true) throw notReached(since);
  return given;
}
