import { badInput, ConcordatError } from '../../errors.ts';
import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import { gradesFrom } from '../../model/grades.ts';
import { enumName, type Model, relationshipNamed } from '../../model/model.ts';
import { nearest } from '../../model/nearest.ts';
import { isDay } from '../../model/partial-date.ts';
import { type Commitment, GRADES } from '../../model/vocabulary.ts';

/** What an export is asked for: read off an address or handed over by the command line, and checked once for both. */

export interface ExportRequest {
  /** The file's name without its extension; nothing else follows from it. */
  readonly name: string;
  /** Entities to begin with. Without `ids` and `query` it is the whole graph. */
  readonly ids?: readonly string[];
  /** Words, as `search` finds them; what is found stands beside `ids`. */
  readonly query?: string;
  /** Steps by which what was begun with is grown, 0 to 4; 1 unless said where there are `ids`, else 0. */
  readonly depth?: number;
  /** Names of relationship types, and values of EntityType. */
  readonly types?: readonly string[];
  /** ISO day. */
  readonly asOf?: string;
  readonly minCommitment?: string;
  readonly view: 'contracted' | 'full';
  /** Entities, at most. */
  readonly limit?: number;
}

/** The same, looked up in the model. */
export interface CheckedRequest {
  readonly name: string;
  readonly ids: readonly string[];
  readonly query: string | null;
  readonly depth: number;
  readonly entityTypes: readonly EntityType[];
  readonly relationshipTypes: readonly RelationshipType[];
  readonly asOf: string | null;
  readonly minCommitment: Commitment | null;
  readonly view: 'contracted' | 'full';
  readonly limit: number | null;
  /** As an address gives them, in a fixed order; defaults left out. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Names of what an address may ask for, in the order in which they are written. */
export const EXPORT_PARAMETERS = ['ids', 'query', 'depth', 'types', 'asOf', 'minCommitment', 'view', 'limit'] as const;

const DEEPEST = 4;
/** Entities of a part that somebody begins with ids or words, unless a limit is given; and the most that one may be. */
export const DEFAULT_LIMIT = 5_000;
export const MOST = 100_000;
const MOST_IDS = 1_000;
const LONGEST_QUERY = 1_000;

const list = (text: string): string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/**
 * Reads what an address asks for.
 * @param also names that something else reads
 * @throws BAD_USER_INPUT for a parameter that there is not, or that is given twice or cannot be read
 */
export function readRequest(name: string, parameters: URLSearchParams, also: readonly string[] = []): ExportRequest {
  const known: readonly string[] = EXPORT_PARAMETERS;
  for (const key of new Set(parameters.keys())) {
    if (!known.includes(key) && !also.includes(key))
      throw badInput(`An export has no parameter ${key}.`, {
        path: [key],
        value: parameters.get(key),
        suggestion: suggestionFor(key, known),
      });
    if (parameters.getAll(key).length > 1)
      throw badInput(`${key} is given more than once.`, {
        path: [key],
        value: parameters.getAll(key),
        suggestion: key === 'ids' || key === 'types' ? `Separate them by commas: ${key}=a,b.` : 'Give it once.',
      });
  }
  const given = (key: (typeof EXPORT_PARAMETERS)[number]) => parameters.get(key) || undefined;
  // Empty ones are kept, to be refused: a list that came out empty must not ask for everything.
  const [ids, query] = [parameters.get('ids') ?? undefined, parameters.get('query') ?? undefined];
  const [types, asOf] = [given('types'), given('asOf')];
  const [depth, limit, minCommitment] = [
    whole(parameters, 'depth'),
    whole(parameters, 'limit'),
    given('minCommitment'),
  ];
  return {
    name,
    ...(ids === undefined ? {} : { ids: list(ids) }),
    ...(query === undefined ? {} : { query }),
    ...(depth === undefined ? {} : { depth }),
    ...(types === undefined ? {} : { types: list(types) }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(minCommitment === undefined ? {} : { minCommitment }),
    view: viewOf(given('view') ?? 'contracted'),
    ...(limit === undefined ? {} : { limit }),
  };
}

function suggestionFor(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  return near ? `Did you mean ${near}?` : `There are ${known.join(', ')}.`;
}

function whole(parameters: URLSearchParams, key: string): number | undefined {
  const text = parameters.get(key);
  if (!text) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const range = key === 'depth' ? `0 to ${DEEPEST}` : `1 to ${MOST}`;
  throw badInput(`${key} must be a whole number, ${range}; it is ${JSON.stringify(text)}.`, {
    path: [key],
    value: text,
    suggestion: `Write it in digits, such as ${key}=${key === 'depth' ? 1 : 100}.`,
  });
}

function viewOf(view: string): 'contracted' | 'full' {
  if (view === 'contracted' || view === 'full') return view;
  throw badInput(`There is no view ${JSON.stringify(view)}.`, {
    path: ['view'],
    value: view,
    suggestion: 'contracted: claims as attributes of relationships; full: claims as nodes.',
  });
}

/**
 * Checks what is asked for and looks it up in the model.
 * @throws BAD_USER_INPUT or LIMIT_EXCEEDED, with the parameter's name as its path
 */
export function checkRequest(model: Model, request: ExportRequest): CheckedRequest {
  const { name, asOf = null, limit = null, view } = request;
  const ids = [...new Set(request.ids ?? [])];
  const query = request.query?.trim() || null;
  const isPart = ids.length > 0 || query !== null;
  if (request.ids !== undefined && ids.length === 0) throw empty('ids');
  if (request.query !== undefined && query === null) throw empty('query');
  if (ids.length > MOST_IDS) throw tooMany('ids', `at most ${MOST_IDS} ids`, ids.length);
  if (query !== null && query.length > LONGEST_QUERY)
    throw tooMany('query', `at most ${LONGEST_QUERY} characters`, query.length);
  if (request.depth !== undefined && !isPart)
    throw badInput('depth says how far something is grown, and there are neither ids nor a query.', {
      path: ['depth'],
      value: request.depth,
      suggestion: 'Give ids or query, or leave depth out for the whole graph.',
    });
  const depth = request.depth ?? (ids.length > 0 ? 1 : 0);
  if (!Number.isInteger(depth) || depth < 0 || depth > DEEPEST)
    throw badInput(`depth must be 0 to ${DEEPEST}; it is ${depth}.`, {
      path: ['depth'],
      value: depth,
      suggestion: '1',
    });
  if (limit !== null && (!Number.isInteger(limit) || limit < 1))
    throw badInput(`limit must be a whole number from 1; it is ${limit}.`, {
      path: ['limit'],
      value: limit,
      suggestion: 'Leave it out for as much as there is.',
    });
  if (limit !== null && limit > MOST)
    throw new ConcordatError('LIMIT_EXCEEDED', `limit must be at most ${MOST}; it is ${limit}.`, {
      path: ['limit'],
      value: limit,
      suggestion: 'Leave limit, ids and query out for the whole graph, however large it is.',
    });
  if (asOf !== null && !isDay(asOf))
    throw badInput(`asOf must be a day; it is ${JSON.stringify(asOf)}.`, {
      path: ['asOf'],
      value: asOf,
      suggestion: 'Such as 2025-02-04.',
    });
  const { entityTypes, relationshipTypes } = typesOf(model, request.types ?? []);
  const minCommitment = request.minCommitment === undefined ? null : gradeOf(request.minCommitment);
  const parameters = {
    ...(ids.length > 0 ? { ids: ids.join(',') } : {}),
    ...(query === null ? {} : { query }),
    ...(isPart && depth !== (ids.length > 0 ? 1 : 0) ? { depth: String(depth) } : {}),
    ...((request.types ?? []).length > 0 ? { types: [...new Set(request.types)].sort().join(',') } : {}),
    ...(asOf === null ? {} : { asOf }),
    ...(minCommitment === null ? {} : { minCommitment }),
    ...(view === 'contracted' ? {} : { view }),
    ...(limit === null ? {} : { limit: String(limit) }),
  };
  return { name, ids, query, depth, entityTypes, relationshipTypes, asOf, minCommitment, view, limit, parameters };
}

const empty = (name: string): ConcordatError =>
  badInput(`${name} is given and says nothing.`, {
    path: [name],
    value: '',
    suggestion: `Give it a value, or leave ${name} out: without ids and query it is the whole graph.`,
  });

const tooMany = (name: string, most: string, is: number): ConcordatError =>
  new ConcordatError('LIMIT_EXCEEDED', `${name} takes ${most}; ${is} are given.`, {
    path: [name],
    value: is,
    suggestion: 'Leave ids and query out for the whole graph, or narrow it by types.',
  });

/** Of either sort all, where none of that sort is named. */
function typesOf(model: Model, names: readonly string[]) {
  const relationships = new Set<RelationshipType>();
  const entities = new Set<EntityType>();
  for (const name of names) {
    const relationship = relationshipNamed(model, name.toUpperCase());
    const entity = model.entities.find((type) => enumName(type) === name.toUpperCase() || type.name === name);
    if (relationship) relationships.add(relationship);
    else if (entity) entities.add(entity);
    else throw unknownType(model, name);
  }
  return {
    relationshipTypes: relationships.size > 0 ? [...relationships] : model.relationships,
    entityTypes: entities.size > 0 ? [...entities] : model.entities,
  };
}

function unknownType(model: Model, name: string): ConcordatError {
  const there = [...model.relationships.map((type) => type.name), ...model.entities.map(enumName)];
  const near = nearest(name, there);
  return badInput(`There is no type ${JSON.stringify(name)}, of relationships or of entities.`, {
    path: ['types'],
    value: name,
    suggestion: near ? `Did you mean ${near}?` : 'Such as HOLDS_POSITION, or PERSON; /ontology.json lists all.',
  });
}

function gradeOf(given: string): Commitment {
  const grade = GRADES.find((each) => each === given.toUpperCase());
  if (grade && gradesFrom(grade).length > 0) return grade;
  throw badInput(`minCommitment cannot be ${JSON.stringify(given)}.`, {
    path: ['minCommitment'],
    value: given,
    suggestion: `One of ${GRADES.join(', ')}.`,
  });
}
