import { nameFields } from '../model/common-fields.ts';
import { endNamed, enumName, relationFields } from '../model/model.ts';
import { stateOn } from '../model/temporal.ts';
import { isGiven, items, under } from './arguments.ts';
import { emitClaimField } from './claim-fields.ts';
import { emitNested } from './connections.ts';
import { degrees } from './degrees.ts';
import { asIs, type BoundEnds, type Emitted, type Emitter, type FieldEmitters, type Place } from './emitter.ts';
import { argumentsFor } from './given.ts';
import { identifier } from './identifier.ts';
import { claimsOfEdge, claimsOfEntity, relation, relationships, sourcesOf, statements } from './listings.ts';
import { type Meaning, meaningOf } from './meaning.ts';
import { emitEntity, emitReference, endOf } from './objects.ts';
import { people } from './people.ts';
import { emitProperty, plainShape } from './properties.ts';
import { emitRevisionField } from './revision-fields.ts';
import { historyOf } from './revisions.ts';
import { scopeWithin } from './scope.ts';
import type { Selected } from './selection.ts';
import { asText } from './values.ts';

/** The fields of entities and edges, each compiled by what it means. */

/** A field of the entity in a variable. */
function emitEntityField(emitter: Emitter, selected: Selected, variable: string, place: Place): Emitted {
  const meaning = meaningFor(selected);
  switch (meaning.is) {
    case 'property':
      return meaning.field.kind === 'reference'
        ? emitReference(emitter, meaning.field.to, `${variable}.${identifier(meaning.stored)}`, selected, place)
        : emitProperty(emitter, selected, meaning.field, meaning.stored, variable);
    case 'entityType':
      return { text: `labels(${variable})`, decode: (raw) => typeAmong(emitter, raw as string[]) };
    case 'names':
      return names(emitter, selected, variable);
    case 'externalIds':
      return externalIds(emitter, selected, variable);
    case 'relation':
      return emitNested(emitter, selected, place, (_, given, within) =>
        relation(emitter, meaning.relation, variable, given, within),
      );
    case 'relationships':
      return emitNested(emitter, selected, place, (_, given, within) =>
        relationships(emitter, variable, given, within),
      );
    case 'relationshipCounts':
      return relationshipCounts(emitter, selected, variable, place);
    case 'claims':
      return emitNested(emitter, selected, place, (_, given, within) =>
        claimsOfEntity(emitter, variable, given, within),
      );
    case 'statements':
      return emitNested(emitter, selected, place, (_, given, within) => statements(emitter, variable, given, within));
    case 'people':
      return emitNested(emitter, selected, place, (_, given, within) => people(emitter, variable, given, within));
    case 'sources':
      return emitNested(emitter, selected, place, (_, __, within) => sourcesOf(emitter, 'entity', variable, within));
    case 'history':
      return emitNested(emitter, selected, place, (_, given, within) =>
        historyOf(emitter, [`${variable}.id`], [variable], given, within),
      );
    default:
      throw new Error(`${selected.field?.name} is no field of an entity`);
  }
}

/** A field of the edge in a variable. */
const edgeFieldEmitter =
  (ends: BoundEnds) =>
  (emitter: Emitter, selected: Selected, variable: string, place: Place): Emitted => {
    const meaning = meaningFor(selected);
    switch (meaning.is) {
      case 'property':
        return meaning.field.kind === 'reference'
          ? emitReference(emitter, meaning.field.to, `${variable}.${identifier(meaning.stored)}`, selected, place)
          : emitProperty(emitter, selected, meaning.field, meaning.stored, variable);
      case 'relationshipType':
        return { text: `type(${variable})`, decode: asIs };
      case 'end':
        return edgeEnd(emitter, selected, meaning.end, variable, ends[meaning.end], place);
      case 'state':
        return edgeState(emitter, selected, variable, place);
      case 'claims':
        return emitNested(emitter, selected, place, (_, given, within) =>
          claimsOfEdge(emitter, variable, given, within),
        );
      case 'sources':
        return emitNested(emitter, selected, place, (_, __, within) =>
          sourcesOf(emitter, 'relationship', variable, within),
        );
      case 'history':
        return emitNested(emitter, selected, place, (_, given, within) =>
          historyOf(emitter, [`${variable}.id`], [variable], given, within),
        );
      default:
        throw new Error(`${selected.field?.name} is no field of a relationship`);
    }
  };

function meaningFor(selected: Selected): Meaning {
  const meaning = selected.field ? meaningOf(selected.field) : undefined;
  if (!meaning) throw new Error(`the field ${selected.field?.name} has no meaning`);
  return meaning;
}

function typeAmong(emitter: Emitter, labels: readonly string[]): string | null {
  for (const label of labels) {
    const end = endNamed(emitter.model, label);
    if (end?.is === 'entity') return enumName(end);
  }
  return null;
}

function names(emitter: Emitter, selected: Selected, variable: string): Emitted {
  const node = emitter.variable('m');
  const shape = plainShape(emitter, selected);
  const list = nameFields.map((field) => `${node}.${field.name}`).join(', ');
  return {
    text: `COLLECT { MATCH (${variable})-[:NAMED]->(${node}:Name) RETURN [${list}] ORDER BY ${node}.value, ${node}.language, ${node}.kind }`,
    decode: (raw, env) =>
      shape(
        (raw as unknown[][]).map((row) =>
          Object.fromEntries(nameFields.map((field, nth) => [field.name, row[nth] ?? null])),
        ),
        env,
      ),
  };
}

function externalIds(emitter: Emitter, selected: Selected, variable: string): Emitted {
  const node = emitter.variable('x');
  const shape = plainShape(emitter, selected);
  return {
    text: `COLLECT { MATCH (${variable})-[:IDENTIFIED_BY]->(${node}:ExternalId) RETURN [${node}.scheme, ${node}.value] ORDER BY ${node}.key }`,
    decode: (raw, env) =>
      shape(
        (raw as unknown[][]).map(([scheme, value]) => ({ scheme, value })),
        env,
      ),
  };
}

/** How many edges of each type and direction an entity has, in the scope. */
function relationshipCounts(emitter: Emitter, selected: Selected, variable: string, place: Place): Emitted {
  const given = argumentsFor(emitter, selected, place);
  const wanted = under(given, 'types');
  const named = isGiven(wanted) ? new Set(items(wanted).map((item) => item.value)) : null;
  const possible = new Set(
    (place.types ?? []).flatMap((type) =>
      relationFields(emitter.model, endOf(emitter, type)).map(({ relationship }) => relationship),
    ),
  );
  const types = emitter.model.relationships.filter((type) => possible.has(type) && (!named || named.has(type.name)));
  const counted = degrees(emitter, variable, types, scopeWithin(given, place.scope));
  const shape = plainShape(emitter, selected);
  return { text: counted.text, decode: (raw, env) => shape(counted.read(raw), env) };
}

function edgeEnd(
  emitter: Emitter,
  selected: Selected,
  end: 'from' | 'to',
  edge: string,
  bound: string | undefined,
  place: Place,
): Emitted {
  const node = bound ?? emitter.variable('n');
  const inner = emitEntity(emitter, endOf(emitter, 'Entity'), selected, node, place);
  if (bound) return inner;
  return {
    text: `head(COLLECT { WITH ${end === 'from' ? 'startNode' : 'endNode'}(${edge}) AS ${node} RETURN ${inner.text} })`,
    decode: inner.decode,
  };
}

const DATES = [
  'validFromEarliest',
  'validFromLatest',
  'validToEarliest',
  'validToLatest',
  'observedFrom',
  'observedTo',
] as const;

/** The state on a day: the argument's, else that of the scope, else today. */
function edgeState(emitter: Emitter, selected: Selected, edge: string, place: Place): Emitted {
  const { asOf } = scopeWithin(argumentsFor(emitter, selected, place), place.scope);
  const slot = asOf ? emitter.slot(asOf, asText) : null;
  const classes = new Map(emitter.model.relationships.map((type) => [type.name, type.time.class]));
  return {
    text: `[type(${edge}), ${DATES.map((date) => `toString(${edge}.${date})`).join(', ')}]`,
    decode: (raw, env) => {
      const [type, fromEarliest, fromLatest, toEarliest, toLatest, observedFrom, observedTo] = raw as [
        string,
        ...(string | null)[],
      ];
      const day = slot === null ? env.today : (env.values[slot] as string);
      const known = (date: string | null | undefined) => date ?? null;
      return stateOn(day, classes.get(type) ?? 'state', {
        fromEarliest: known(fromEarliest),
        fromLatest: known(fromLatest),
        toEarliest: known(toEarliest),
        toLatest: known(toLatest),
        observedFrom: known(observedFrom),
        observedTo: known(observedTo),
      });
    },
  };
}

/** All of them together: what an emitter is made with. */
export const fieldEmitters: FieldEmitters = {
  entity: emitEntityField,
  claim: emitClaimField,
  revision: emitRevisionField,
  edge: edgeFieldEmitter,
};
