import { type Argument, isGiven, items, placeOf, under } from '../../compile/arguments.ts';
import type { Emitter, Place } from '../../compile/emitter.ts';
import { argumentsFor } from '../../compile/given.ts';
import type { Filling } from '../../compile/hand-written.ts';
import { identifier } from '../../compile/identifier.ts';
import type { Listing } from '../../compile/listing.ts';
import type { Meaning } from '../../compile/meaning.ts';
import { connectionRoot, type Root, rootPlace } from '../../compile/roots.ts';
import { inScope } from '../../compile/scope.ts';
import type { Selected } from '../../compile/selection.ts';
import { asList, asText, WholeNumber } from '../../compile/values.ts';
import { badInput, ConcordatError } from '../../errors.ts';
import type { RelationshipType } from '../../model/declarations.ts';
import { enumName, type Model, relationshipNamed } from '../../model/model.ts';
import { entityTypeEnum } from '../enums.ts';
import type { InputSpec, Registry, RootFieldSpec } from '../registry.ts';

/** What the questions share: root fields that are answered by statements written by hand. */

/** A root field of the schema. */
export type QuestionSpec = RootFieldSpec & { readonly meaning: Meaning };

/** What a question's compiler is handed. */
export interface Asked {
  readonly emitter: Emitter;
  readonly selected: Selected;
  readonly given: Argument;
  readonly place: Place;
}

/** The meaning of a root field that is a question. */
export const answeredBy = (compile: (asked: Asked) => Root): Meaning => ({
  is: 'question',
  compile: (emitter, selected) => {
    const place = rootPlace(emitter, selected);
    return compile({ emitter, selected, given: argumentsFor(emitter, selected, place), place });
  },
});

/** The meaning of a root field that is a question and a connection: the list's scope is the arguments'. */
export const listedBy = (list: (asked: Asked) => Listing): Meaning => ({
  is: 'question',
  compile: (emitter, selected) =>
    connectionRoot(emitter, selected, (_, given, place) => list({ emitter, selected, given, place })),
});

/** The relationship types that an argument names; all where it names none. */
export function typesGiven(emitter: Emitter, argument: Argument): readonly RelationshipType[] {
  if (!isGiven(argument)) return emitter.model.relationships;
  return [...new Set(items(argument).flatMap((item) => relationshipNamed(emitter.model, String(item.value)) ?? []))];
}

/** A relationship type that a question is about. @throws Error when the model has none of this name */
export function typeNamed(model: Model, name: string): RelationshipType {
  const type = relationshipNamed(model, name);
  if (!type) throw new Error(`a question is about ${name}, which the model does not have`);
  return type;
}

/** Types as part of a pattern: `:HOLDS_POSITION|MEMBER_OF`. No type at all matches nothing. */
export const typePattern = (types: readonly RelationshipType[]): string =>
  types.length > 0 ? `:${types.map((type) => identifier(type.name)).join('|')}` : ':`no type`';

/** Conditions on an edge of these types in the scope, to stand after others: ` AND …`, or nothing. */
export const andInScope = ({ emitter, place }: Asked, types: readonly RelationshipType[], edge: string): string =>
  inScope(emitter, place.scope, types, edge)
    .map((condition) => ` AND ${condition}`)
    .join('');

/** Labels of the entity types that an argument names. */
function labelsGiven(asked: Asked, name: string): string[] {
  const named = new Set(items(argument(asked, name)).map((item) => item.value));
  return asked.emitter.model.entities.filter((type) => named.has(enumName(type))).map((type) => identifier(type.name));
}

/** The condition that a node is of none of the types which an argument names: ` AND …`, or nothing. */
export function andIsNoneOf(asked: Asked, name: string, node: string): string {
  const labels = labelsGiven(asked, name);
  return labels.length > 0 ? ` AND NOT ${node}:${labels.join('|')}` : '';
}

/** The condition that a node is of one of the types which an argument names; nothing where it is not given. */
export function andIsOneOf(asked: Asked, name: string, node: string): string {
  if (!isGiven(argument(asked, name))) return '';
  const labels = labelsGiven(asked, name);
  return labels.length > 0 ? ` AND ${node}:${labels.join('|')}` : ' AND false';
}

/** The argument that names what is not passed through. */
export const avoidTypes = (registry: Registry): InputSpec => ({
  type: [entityTypeEnum(registry)],
  description: 'Types of entities that are not passed through nor entered; what is asked for by id may be of them.',
  defaultValue: ['SOURCE'],
});

/** An argument as one of a statement's parameters. */
export const filled = (argument: Argument, convert: Filling['convert']): Filling => ({ argument, convert });
export const text = (argument: Argument): Filling => filled(argument, asText);
/** A list of at most 200 values; an absent one is empty. */
export const listed = (argument: Argument): Filling =>
  filled(argument, (given) => (isGiven(given) ? asList(given) : []));

/**
 * A whole number within bounds.
 * @param absent what it is where it is not given
 */
export const bounded = (argument: Argument, bounds: { min: number; max: number; absent: number }): Filling =>
  filled(argument, (given) => new WholeNumber(numberWithin(given, bounds)));

/** @throws BAD_USER_INPUT below the least, LIMIT_EXCEEDED above the most */
export function numberWithin(
  given: Argument,
  { min, max, absent }: { min: number; max: number; absent: number },
): number {
  const value = (given.value ?? absent) as number;
  const name = String(given.path.at(-1));
  const place = { path: placeOf(given), value, suggestion: `${name}: ${min} to ${max}; ${absent} unless said.` };
  if (value < min) throw badInput(`${name} must be at least ${min}; it is ${value}.`, place);
  if (value > max) throw new ConcordatError('LIMIT_EXCEEDED', `${name} must be at most ${max}; it is ${value}.`, place);
  return value;
}

/** The value under a key of the arguments. */
export const argument = ({ given }: Asked, name: string): Argument => under(given, name);
