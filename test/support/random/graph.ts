import fc from 'fast-check';
import { STORE_SET } from '../../../src/model/common-fields.ts';
import { INTERVALS, wrongWayRound } from '../../../src/model/date-order.ts';
import type { EntityType } from '../../../src/model/declarations.ts';
import type { Field } from '../../../src/model/kinds.ts';
import { concreteTypes, endNamed, fieldsOfEntity, idPrefix, lookupName, type Model } from '../../../src/model/model.ts';
import { Choices } from '../oracle/choices.ts';
import { claimsAbout, standalone } from './claims.ts';
import { edgesAmong, hub } from './edges.ts';
import { fieldValue, NAMES } from './values.ts';

/** Small graphs that the ontology allows, as records in the order in which one call takes them. */

export type Drawn = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface RandomGraph {
  readonly records: readonly Drawn[];
  /** Ids of claims that are to be taken back once they are written: no record can. */
  readonly withdrawn: readonly string[];
}

/** An entity that edges and claims may name. */
export interface Someone {
  readonly id: string;
  readonly type: EntityType;
}

/** What a graph is drawn among. */
export interface Cast {
  readonly model: Model;
  readonly entities: readonly Someone[];
  /** The id of one of a type or family. */
  idOf(end: string, choices: Choices): string | undefined;
}

const numbers = fc.array(fc.nat(), { minLength: 24, maxLength: 60, size: 'max' });

/** How many there are of each at most: a few hundred records are what one call takes in good time. */
const ENTITIES = 26;
const EDGES = 70;
const HUB = 60;

/** Graphs of the model. Fewer and shorter lists make smaller graphs of simpler records. */
export function randomGraphs(model: Model): fc.Arbitrary<RandomGraph> {
  const lists = (minLength: number, maxLength: number) => fc.array(numbers, { minLength, maxLength, size: 'max' });
  return fc
    .record({ entities: lists(10, ENTITIES), edges: lists(20, EDGES), claims: lists(0, 20), hub: lists(50, HUB) })
    .map((drawn) => build(model, drawn));
}

type Lists = Readonly<Record<'entities' | 'edges' | 'claims' | 'hub', readonly number[][]>>;

function build(model: Model, drawn: Lists): RandomGraph {
  const source = model.entities.find((type) => type.name === 'Source');
  if (!source) throw new Error('the model has no sources');
  const choices = drawn.entities.map((list) => new Choices(list));
  // Claims need a source; the first two are always there.
  const entities = choices.map((each, nth): Someone => {
    const type = nth < 2 ? source : each.one(model.entities);
    return { type, id: `${idPrefix(type)}:r${nth}` };
  });
  const cast: Cast = {
    model,
    entities,
    idOf(end, by) {
      const wanted = endNamed(model, end);
      const types = wanted ? concreteTypes(model, wanted) : [];
      const fitting = entities.filter(({ type }) => types.includes(type));
      return fitting.length > 0 ? by.one(fitting).id : undefined;
    },
  };
  const edges = [...edgesAmong(cast, drawn.edges), ...hub(cast, drawn.hub)];
  const records = entities.map(({ type, id }, nth): Drawn => {
    const by = choices[nth] ?? new Choices([]);
    const fields = fieldsFor(type, fieldsOfEntity(type), by, cast);
    const claims = claimsAbout(cast, type, nth, by);
    return { [lookupName(type)]: { id, ...fields, name: nameFor(by, nth), ...(claims.length > 0 ? { claims } : {}) } };
  });
  const alone = standalone(cast, drawn.claims);
  const withdrawn = [...edges, ...alone].flatMap((record) =>
    Object.values(record).flatMap((each) => ((each['claims'] ?? []) as { id: string }[]).slice(1).map(({ id }) => id)),
  );
  return { records: [...records, ...edges, ...alone], withdrawn: withdrawn.filter((_, nth) => nth % 4 === 0) };
}

/** Now and then a name that somebody else has too. */
const nameFor = (choices: Choices, nth: number): string => {
  const name = choices.one(NAMES);
  return choices.once(4) ? name : `${name} ${nth}`;
};

/** Some of the fields that a record may give, absent about half of the time; dates that exclude each other left out. */
export function fieldsFor(
  type: EntityType | { readonly is: 'relationship' },
  fields: readonly Field[],
  choices: Choices,
  cast: Cast,
): Record<string, unknown> {
  const open = fields.filter((field) => !STORE_SET.has(field.name) && field.name !== 'name');
  const given: Record<string, unknown> = {};
  for (const field of open) {
    const value =
      field.required || choices.once(2) ? fieldValue(field, choices, (end) => cast.idOf(end, choices)) : undefined;
    if (value !== undefined) given[field.name] = value;
  }
  if (type.is === 'entity')
    for (const { second } of wrongWayRound(INTERVALS, fields, (name) => given[name])) delete given[second];
  return given;
}
