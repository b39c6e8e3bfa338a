import { writableEdgeFields } from '../../../src/derive/records.ts';
import type { RelationshipType } from '../../../src/model/declarations.ts';
import { isLegal, recordName } from '../../../src/model/model.ts';
import { parsePartialDate } from '../../../src/model/partial-date.ts';
import { Choices } from '../oracle/choices.ts';
import { claimsOfEdge } from './claims.ts';
import { type Cast, type Drawn, fieldsFor, type Someone } from './graph.ts';

/** Edges for random graphs: between legal ends, parallel ones included, and many at one end. */

interface Legal {
  readonly type: RelationshipType;
  readonly pairs: readonly (readonly [from: Someone, to: Someone])[];
}

const legalAmong = ({ model, entities }: Cast): Legal[] =>
  model.relationships
    .map((type) => ({
      type,
      pairs: entities.flatMap((from) =>
        entities
          .filter((to) => to !== from && isLegal(type, from.type, to.type))
          .map((to): readonly [Someone, Someone] => [from, to]),
      ),
    }))
    .filter(({ pairs }) => pairs.length > 0);

/** One edge for each list, save where another is the same by its identity. */
export function edgesAmong(cast: Cast, lists: readonly (readonly number[])[]): Drawn[] {
  const legal = legalAmong(cast);
  const known = new Set<string>();
  return lists.flatMap((list, nth) => {
    const choices = new Choices(list);
    const { type, pairs } = choices.one(legal);
    return edge(cast, type, choices.one(pairs), nth, choices, known);
  });
}

/** Many edges of one type at one end: parallel, or to several, told apart by their day, role, text or act. */
export function hub(cast: Cast, lists: readonly (readonly number[])[]): Drawn[] {
  const apart = legalAmong(cast).filter(({ type }) =>
    type.identity.some((name) => name === 'validFrom' || isFree(type, name)),
  );
  const [first = []] = lists;
  if (apart.length === 0) return [];
  const { type, pairs } = new Choices(first).one(apart);
  const [center] = new Choices(first.slice(1)).one(pairs);
  const around = pairs.filter(([from]) => from === center).slice(0, 3);
  const free = type.identity.find((name) => isFree(type, name));
  const known = new Set<string>();
  return lists.flatMap((list, nth) => {
    const choices = new Choices(list);
    const special = free === undefined ? { [type.time.from]: dayNumber(nth) } : { [free]: `CASE_${nth}` };
    return edge(cast, type, choices.one(around), 1000 + nth, choices, known, special);
  });
}

const isFree = (type: RelationshipType, name: string): boolean =>
  type.fields.some((field) => field.name === name && (field.kind === 'text' || field.kind === 'openList'));

const dayNumber = (nth: number): string => new Date(Date.UTC(2020, 0, 1 + nth * 11)).toISOString().slice(0, 10);

function edge(
  cast: Cast,
  type: RelationshipType,
  [from, to]: readonly [Someone, Someone],
  nth: number,
  choices: Choices,
  known: Set<string>,
  special: Readonly<Record<string, unknown>> = {},
): Drawn[] {
  const fields: Record<string, unknown> = { ...fieldsFor(type, writableEdgeFields(type), choices, cast), ...special };
  const { from: begins, to: ends } = type.time;
  if (ends !== null && isAfter(fields[begins], fields[ends])) delete fields[ends];
  const identity = type.identity.map((name) => fields[name === 'validFrom' ? begins : name] ?? null);
  const both = type.symmetric ? [from.id, to.id].sort() : [from.id, to.id];
  const key = JSON.stringify([type.name, both, identity]);
  if (known.has(key)) return [];
  known.add(key);
  const own = from.type.name === 'Source' && choices.once(2) ? {} : { claims: claimsOfEdge(cast, nth, choices) };
  return [{ [recordName(type)]: { from: from.id, to: to.id, ...fields, ...own } }];
}

function isAfter(first: unknown, second: unknown): boolean {
  const [from, to] = [first, second].map((text) => (typeof text === 'string' ? parsePartialDate(text) : null));
  return from !== null && to !== null && from !== undefined && to !== undefined && from.earliest > to.latest;
}
