import { ModelError } from '../errors.ts';
import { entityFields, relationshipFields } from './common-fields.ts';
import type { EntityType, Family, RelationshipType } from './declarations.ts';
import type { Field } from './kinds.ts';
import { covers, datesOf, lookupName, type Model, relationFields, relationshipTypeName } from './model.ts';

/**
 * What a model must be, each rule by itself. "The model is wrong" is kept apart from "the data is wrong": these errors
 * reach only whoever edits the ontology, and name both things that are at odds.
 */
export function checkModel(model: Model): void {
  for (const rule of [
    namesAreWellFormed,
    everythingIsDescribed,
    typeNamesAreUnique,
    rootFieldsAreUnique,
    endsAreDeclared,
    endsDoNotOverlap,
    symmetryHolds,
    fieldsMeetNoNameTwice,
    oneNameHasOneKind,
    identityIsDeclared,
    referencesLead,
  ])
    rule(model);
}

const fail = (message: string): never => {
  throw new ModelError(message);
};

const label = (item: Family | EntityType | RelationshipType): string =>
  `${item.is === 'entity' ? 'entity type' : item.is} ${item.name}`;

const everything = (model: Model) => [...model.families, ...model.entities, ...model.relationships];

function namesAreWellFormed(model: Model): void {
  for (const item of [...model.families, ...model.entities]) {
    if (!/^[A-Z][A-Za-z0-9]*$/.test(item.name)) fail(`The ${label(item)} must be named in PascalCase.`);
    if (!/^[a-z][A-Za-z0-9]*$/.test(item.plural))
      fail(`The plural "${item.plural}" of the ${label(item)} must be camelCase.`);
  }
  for (const item of model.relationships) {
    if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(item.name)) fail(`The ${label(item)} must be named in UPPER_SNAKE_CASE.`);
    for (const name of Object.values(item.names))
      if (!/^[a-z][A-Za-z0-9]*$/.test(name)) fail(`The name "${name}" of the ${label(item)} must be camelCase.`);
  }
  for (const item of [...model.entities, ...model.relationships])
    for (const field of item.fields)
      if (!/^[a-z][A-Za-z0-9]*$/.test(field.name))
        fail(`The field "${field.name}" of the ${label(item)} must be camelCase.`);
}

function everythingIsDescribed(model: Model): void {
  for (const item of everything(model)) {
    if (item.description.trim() === '') fail(`The ${label(item)} has no description.`);
    if (item.is === 'family') continue;
    for (const field of item.fields)
      if (field.description.trim() === '') fail(`The field "${field.name}" of the ${label(item)} has no description.`);
  }
}

/** Names that GraphQL types of this project have whatever the ontology says. */
const TAKEN_TYPES = [
  'Node',
  'Relationship',
  'Claim',
  'Query',
  'Mutation',
  'Subscription',
  'Name',
  'ExternalId',
  'Quote',
  'Count',
  'Amount',
];

function typeNamesAreUnique(model: Model): void {
  const seen = new Map<string, string>(TAKEN_TYPES.map((name) => [name, `the built-in type ${name}`]));
  for (const item of everything(model)) {
    const name = item.is === 'relationship' ? relationshipTypeName(item) : item.name;
    const other = seen.get(name);
    if (other) fail(`The ${label(item)} and ${other} would both be the GraphQL type ${name}.`);
    seen.set(name, `the ${label(item)}`);
  }
}

/** Root fields that are there whatever the ontology says. */
const TAKEN_ROOTS = [
  'node',
  'nodes',
  'claim',
  'claims',
  'search',
  'suggest',
  'match',
  'paths',
  'neighborhood',
  'graph',
  'commonConnections',
  'stances',
  'timeline',
  'stats',
  'ontology',
  'changes',
];

function rootFieldsAreUnique(model: Model): void {
  const seen = new Map<string, string>(TAKEN_ROOTS.map((name) => [name, 'a built-in root field']));
  const take = (name: string, item: Family | EntityType) => {
    const other = seen.get(name);
    if (other) fail(`The root field "${name}" of the ${label(item)} is already that of ${other}.`);
    seen.set(name, `the ${label(item)}`);
  };
  for (const item of [...model.families, ...model.entities]) take(item.plural, item);
  for (const item of model.entities) take(lookupName(item), item);
}

function endsAreDeclared(model: Model): void {
  const known = new Set<unknown>([...model.families, ...model.entities]);
  for (const type of model.entities)
    for (const one of type.families)
      if (!known.has(one))
        fail(
          `The ${label(type)} belongs to the ${label(one)}, which is not in the model. Export it from the ontology.`,
        );
  for (const relationship of model.relationships) {
    if (relationship.pairs.length === 0) fail(`The ${label(relationship)} has no legal ends.`);
    for (const pair of relationship.pairs)
      for (const end of [...pair.from, ...pair.to])
        if (!known.has(end))
          fail(
            `The ${label(relationship)} names the ${label(end)} as an end, which is not in the model. Export it from the ontology.`,
          );
  }
}

function endsDoNotOverlap(model: Model): void {
  for (const relationship of model.relationships)
    for (const side of ['from', 'to'] as const) {
      const ends = [...new Set(relationship.pairs.flatMap((pair) => pair[side]))];
      for (const one of ends)
        for (const other of ends)
          if (one !== other && covers(one, other))
            fail(
              `The ${label(relationship)} names both the ${label(one)} and the ${label(other)} at its ${side} end: the first covers the second. Keep one.`,
            );
          else
            for (const type of model.entities)
              if (one !== other && covers(one, type) && covers(other, type))
                fail(
                  `At its ${side} end the ${label(relationship)} meets the ${label(type)} twice: through ${one.name} and through ${other.name}.`,
                );
    }
}

function symmetryHolds(model: Model): void {
  for (const relationship of model.relationships)
    if (relationship.symmetric)
      for (const pair of relationship.pairs)
        if (pair.from.length !== pair.to.length || pair.from.some((end) => !pair.to.includes(end)))
          fail(
            `The ${label(relationship)} has one name for both directions, but its ends differ: ${pair.from.map((end) => end.name).join(', ')} and ${pair.to.map((end) => end.name).join(', ')}.`,
          );
}

/** Fields that stand on every entity beside the declared ones. */
const ENTITY_EXTRAS = [
  'id',
  'type',
  'names',
  'externalIds',
  'relationships',
  'relationshipCounts',
  'claims',
  'statements',
  'sources',
  'history',
  'people',
];
const EDGE_EXTRAS = ['id', 'type', 'from', 'to', 'state', 'claims', 'sources', 'claimIds'];

function fieldsMeetNoNameTwice(model: Model): void {
  for (const type of [...model.entities, ...model.families]) {
    const seen = new Map<string, string>(ENTITY_EXTRAS.map((name) => [name, 'a field that every entity has']));
    const take = (name: string, what: string) => {
      const other = seen.get(name);
      if (other) fail(`On ${type.name}, "${name}" is both ${other} and ${what}. Rename one.`);
      seen.set(name, what);
    };
    for (const field of entityFields) take(field.name, 'a field that every entity has');
    if (type.is === 'entity') for (const field of type.fields) take(field.name, `the own field of ${type.name}`);
    for (const field of relationFields(model, type))
      take(field.name, `the ${field.side} name of ${field.relationship.name}`);
  }
  for (const relationship of model.relationships) {
    const seen = new Map<string, string>(EDGE_EXTRAS.map((name) => [name, 'a field that every relationship has']));
    for (const field of [...relationshipFields, ...datesOf(relationship), ...relationship.fields]) {
      const other = seen.get(field.name);
      if (other) fail(`On ${relationship.name}, "${field.name}" is both ${other} and an own field. Rename one.`);
      seen.set(field.name, 'a field of it');
    }
  }
}

/** Whatever would be one GraphQL type: fragments over several types merge only then. */
const graphqlKind = (field: Field): string =>
  field.kind === 'statusOf'
    ? 'closedList Commitment'
    : field.kind === 'closedList'
      ? `closedList ${field.list.name}`
      : field.kind === 'reference'
        ? `reference ${field.to}`
        : field.kind === 'openList'
          ? 'text'
          : field.kind;

function oneNameHasOneKind(model: Model): void {
  const check = (
    items: readonly { name: string; fields: readonly Field[] }[],
    common: readonly Field[],
    what: string,
  ) => {
    const seen = new Map<string, { kind: string; on: string }>();
    for (const item of [{ name: `every ${what}`, fields: common }, ...items])
      for (const field of item.fields) {
        const kind = graphqlKind(field);
        const other = seen.get(field.name);
        if (other && other.kind !== kind)
          fail(
            `The field "${field.name}" is ${other.kind} on ${other.on} but ${kind} on ${item.name}: one name has one type on every ${what}, so that fragments merge.`,
          );
        seen.set(field.name, other ?? { kind, on: item.name });
      }
  };
  check(model.entities, entityFields, 'entity');
  check(model.relationships, relationshipFields, 'relationship');
}

function identityIsDeclared(model: Model): void {
  for (const relationship of model.relationships) {
    const names = new Set([relationship.time.from, ...relationship.fields.map((field) => field.name)]);
    for (const name of relationship.identity)
      if (!names.has(name))
        fail(
          `The identity of the ${label(relationship)} names "${name}", which is none of its fields: ${[...names].join(', ')}.`,
        );
    if (relationship.orderedBy !== null && !names.has(relationship.orderedBy))
      fail(
        `The ${label(relationship)} is ordered by "${relationship.orderedBy}", which is none of its fields: ${[...names].join(', ')}.`,
      );
  }
}

function referencesLead(model: Model): void {
  const known = new Set([...model.families, ...model.entities].map((end) => end.name));
  for (const item of [...model.entities, ...model.relationships])
    for (const field of item.fields) {
      if (field.kind === 'reference' && !known.has(field.to))
        fail(`The field "${field.name}" of the ${label(item)} refers to ${field.to}, which is not in the model.`);
      if (field.kind === 'statusOf') {
        const target = model.relationships.find((each) => each.name === field.relationship);
        if (!target)
          fail(
            `The field "${field.name}" of the ${label(item)} is the status of ${field.relationship}, which is not in the model.`,
          );
        else if (
          item.is !== 'entity' ||
          !relationFields(model, item).some((each) => each.relationship === target && each.side === 'forward')
        )
          fail(
            `The field "${field.name}" of the ${label(item)} is the status of ${field.relationship}, which does not start at it.`,
          );
      }
    }
}
