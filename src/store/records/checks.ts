import { claimFields, nameFields } from '../../model/common-fields.ts';
import { INTERVALS, USUAL_ORDERS, wrongWayRound } from '../../model/date-order.ts';
import type { EntityType } from '../../model/declarations.ts';
import type { Field } from '../../model/kinds.ts';
import { concreteTypes, covers, endNamed, fieldsOfEntity, isLegal, type Model } from '../../model/model.ts';
import type { Properties } from '../graph/properties.ts';
import type { NextClaim, NextEdge, NextEntity } from './next.ts';
import { edgeFields } from './next-edge.ts';
import { type Place, type Problems, within } from './problems.ts';

/** What the graph must be after a call: ends that exist and may meet, references that fit, dates in order. */

/** What is known of ids that are referred to. */
export interface Known {
  /** The type of an entity, in this call or in the store; undefined when there is none. */
  typeOf(id: string): EntityType | undefined;
  /** Whether it was there, and was removed. */
  isRemoved(id: string): boolean;
}

function missing(id: string, known: Known, place: Place, problems: Problems): void {
  if (known.isRemoved(id))
    problems.add(place, 'UNKNOWN_REFERENCE', `${id} was removed.`, `restore(ids: ["${id}"]) brings it back.`);
  else
    problems.add(
      place,
      'UNKNOWN_REFERENCE',
      `There is no entity ${id}.`,
      'Record it first, in an earlier file or in the same call.',
    );
}

/** Problems that stop a call, and notices that do not. */
export interface Findings {
  readonly problems: Problems;
  readonly notices: Problems;
}

/** Checks that an id leads to an entity of the type or family that is wanted. */
function leads(model: Model, id: string, wanted: string, known: Known, place: Place, problems: Problems): void {
  const type = known.typeOf(id);
  const end = endNamed(model, wanted);
  if (!type) missing(id, known, place, problems);
  else if (end && !covers(end, type))
    problems.add(
      place,
      'WRONG_TYPE',
      `${id} is a ${type.name}; ${place.path.at(-1)} must be a ${wanted}.`,
      `Allowed: ${concreteTypes(model, end)
        .map((one) => one.name)
        .join(', ')}.`,
    );
}

function references(
  model: Model,
  fields: readonly Field[],
  properties: Properties,
  known: Known,
  place: Place,
  problems: Problems,
): void {
  for (const field of fields) {
    const id = field.kind === 'reference' ? properties[field.name] : undefined;
    if (field.kind === 'reference' && typeof id === 'string')
      leads(model, id, field.to, known, within(place, field.name), problems);
  }
}

function dates(
  fields: readonly Field[],
  properties: Properties,
  spelled: (name: string) => string,
  place: Place,
  findings: Findings,
): void {
  const value = (name: string) => properties[name];
  for (const { first, second } of wrongWayRound(INTERVALS, fields, value))
    findings.problems.add(
      within(place, spelled(first)),
      'IMPOSSIBLE_DATES',
      `${spelled(first)} ${String(value(first))} is after ${spelled(second)} ${String(value(second))}.`,
      'Swap or correct them; leave out what is unknown.',
    );
  for (const { first, second } of wrongWayRound(USUAL_ORDERS, fields, value))
    findings.notices.add(
      within(place, spelled(first)),
      'IMPOSSIBLE_DATES',
      `${spelled(first)} ${String(value(first))} is after ${spelled(second)} ${String(value(second))}, which is unusual; recorded as given.`,
    );
}

const asIs = (name: string): string => name;

export function checkEntity(model: Model, entity: NextEntity, known: Known, findings: Findings): void {
  const { place, type } = entity;
  if (!place) return;
  references(model, fieldsOfEntity(type), entity.asRecorded, known, place, findings.problems);
  dates(fieldsOfEntity(type), entity.asRecorded, asIs, place, findings);
  entity.names.forEach((name, nth) => {
    dates(nameFields, name, asIs, within(place, 'names', nth), findings);
  });
}

export function checkEdge(model: Model, edge: NextEdge, known: Known, findings: Findings): void {
  const { place, type } = edge;
  if (!place) return;
  const [from, to] = [known.typeOf(edge.from), known.typeOf(edge.to)];
  for (const [end, id, found] of [
    ['from', edge.from, from],
    ['to', edge.to, to],
  ] as const)
    if (!found) missing(id, known, within(place, end), findings.problems);
  if (from && to && !isLegal(type, from, to)) {
    const pairs = type.pairs.map(
      (pair) => `${pair.from.map((one) => one.name).join(' | ')} → ${pair.to.map((one) => one.name).join(' | ')}`,
    );
    findings.problems.add(
      place,
      'ILLEGAL_PAIR',
      `${type.name} cannot lead from a ${from.name} (${edge.from}) to a ${to.name} (${edge.to}).`,
      `Legal: ${pairs.join('; ')}.`,
    );
  }
  if (edge.from === edge.to)
    findings.problems.add(
      place,
      'ILLEGAL_PAIR',
      `${type.name} cannot lead from ${edge.from} to itself.`,
      'Name two different ends.',
    );
  const spelled = (name: string) =>
    name === 'validFrom' ? type.time.from : name === 'validTo' ? (type.time.to ?? name) : name;
  references(model, type.fields, edge.asRecorded, known, place, findings.problems);
  dates(edgeFields(type), edge.asRecorded, spelled, place, findings);
}

export function checkClaim(
  model: Model,
  claim: NextClaim,
  known: Known,
  claimExists: (id: string) => boolean,
  findings: Findings,
): void {
  const { place } = claim;
  if (!place) return;
  const { problems } = findings;
  if (claim.source === null)
    problems.add(
      within(place, 'source'),
      'CLAIM_WITHOUT_SOURCE',
      `The claim "${excerpt(claim.properties['text'])}" names no source.`,
      'Add source: the id of a source record; an analyst’s own note is a source too.',
    );
  else leads(model, claim.source, 'Source', known, within(place, 'source'), problems);
  if (claim.subject === null)
    problems.add(
      within(place, 'subject'),
      'MISSING_FIELD',
      `The claim "${excerpt(claim.properties['text'])}" has no subject.`,
      'Name what it is about, or the relationships that it asserts.',
    );
  else leads(model, claim.subject, 'Entity', known, within(place, 'subject'), problems);
  if (claim.object !== null) leads(model, claim.object, 'Entity', known, within(place, 'object'), problems);
  if (claim.speaker !== null) leads(model, claim.speaker, 'Actor', known, within(place, 'speaker'), problems);
  references(model, claimFields, claim.properties, known, place, problems);
  dates(claimFields, claim.properties, asIs, place, findings);
  for (const [tie, ids] of Object.entries(claim.ties))
    for (const id of ids) {
      const at = within(place, tie.toLowerCase());
      if (!claimExists(id))
        problems.add(at, 'UNKNOWN_REFERENCE', `There is no claim ${id}.`, 'Record it first, or in the same call.');
      if (id === claim.id)
        problems.add(at, 'INVALID_VALUE', `The claim ${id} cannot ${tie.toLowerCase().replace(/s$/, '')} itself.`);
    }
}

const excerpt = (text: unknown): string => {
  const whole = typeof text === 'string' ? text : '';
  return whole.length > 60 ? `${whole.slice(0, 57)}…` : whole;
};
