import { isGiven } from '../../compile/arguments.ts';
import { asIs, decodeList, type Emitted, type Place } from '../../compile/emitter.ts';
import { entityPredicate } from '../../compile/filtering.ts';
import { handWritten } from '../../compile/hand-written.ts';
import { identifier } from '../../compile/identifier.ts';
import { emitEntity, emitParts, endOf } from '../../compile/objects.ts';
import { plainShape } from '../../compile/properties.ts';
import { type Root, withPrelude } from '../../compile/roots.ts';
import { inScope } from '../../compile/scope.ts';
import type { Selected } from '../../compile/selection.ts';
import { AnyEntity, STORE_SET } from '../../model/common-fields.ts';
import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import { enumName } from '../../model/model.ts';
import { entityFilter } from '../filters.ts';
import type { Registry } from '../registry.ts';
import { rootScope } from '../scope.ts';
import { type Asked, andInScope, answeredBy, argument, type QuestionSpec, typeNamed, typePattern } from './question.ts';
import { byYear, type Counted, degreesOf, mostFirst, totalOf } from './stats-numbers.ts';
import { statsType } from './stats-type.ts';

/** `stats(where)`: numbers about the graph. */
export const stats = (registry: Registry): QuestionSpec => ({
  type: statsType(registry),
  nullable: false,
  description: 'Numbers about the whole graph, or about those of its entities that a filter keeps.',
  args: registry.args({
    where: { type: entityFilter(registry, AnyEntity), description: 'About which entities; all unless said.' },
    ...rootScope(registry),
  }),
  access: 'reader',
  meaning: answeredBy((asked) => {
    const { emitter, selected, place } = asked;
    const counting = startCounting(asked);
    const answer = emitParts(emitter, selected, place, {
      entityCount: () => (counting.isWhole ? storeCount('Entity') : total(entitiesByType(counting))),
      relationshipCount: () => total(relationshipsByType(counting)),
      claimCount: () => (counting.isWhole ? storeCount('Claim') : claims(counting, 0)),
      sourceCount: () => (counting.isWhole ? storeCount('Source') : claims(counting, 1)),
      byType: (each) => listed(counting, entitiesByType(counting), each),
      byRelationship: (each) => listed(counting, relationshipsByType(counting), each),
      byCountry: (each, inner) => countries(counting, each, inner),
      byYear: (each) => years(counting, each),
      degrees: (each) => degrees(counting, each),
    });
    return {
      text: withPrelude(emitter, `RETURN ${answer.text}`),
      decode: (rows, env) => answer.decode(rows[0]?.[0], env),
    } satisfies Root;
  }),
});

/** What the parts of one answer share. */
interface Counting extends Asked {
  /** Whether nothing is filtered, so that the store's own counts serve. */
  readonly isWhole: boolean;
  /** The marks of a file that looks at relationships of every type. */
  ofAnyType(): Record<string, string>;
  /**
   * The rows of a file as a list in a variable: found once, before all else, whichever parts ask for them.
   * @param columns the columns of the file that a row of the list has
   * @param marks the file's marks, beside `matching`
   */
  once(file: string, columns: string, marks?: Readonly<Record<string, string>>, order?: string): string;
}

function startCounting(asked: Asked): Counting {
  const { emitter, place } = asked;
  const where = argument(asked, 'where');
  const predicate = isGiven(where) ? entityPredicate(emitter, where, AnyEntity, 'n', place.scope) : null;
  const matching = predicate === null ? '' : ` AND ${predicate}`;
  const found = new Map<string, string>();
  let ofAnyType: Record<string, string> | null = null;
  return {
    ...asked,
    isWhole: predicate === null,
    ofAnyType() {
      const { relationships } = emitter.model;
      ofAnyType ??= { types: typePattern(relationships), kept: andInScope(asked, relationships, 'r') };
      return ofAnyType;
    },
    once(file, columns, marks = {}, order = '') {
      const text = handWritten(emitter, file, {}, { matching, ...marks });
      // What was found before is handed on, needed or not: parts that have nothing in common would be multiplied.
      const before = emitter.prelude.map(({ variable }) => variable).join(', ');
      const rows =
        found.get(text) ??
        emitter.before(
          (name) =>
            `CALL (${before}) { CALL (${before}) { ${text} } WITH ${columns}${order} RETURN collect([${columns}]) AS ${name} }`,
        );
      found.set(text, rows);
      return rows;
    },
  };
}

const storeCount = (label: string): Emitted => ({ text: `COUNT { (:${identifier(label)}) }`, decode: asIs });

/** Counts by type: an expression, and how to read its value. */
interface Counts {
  readonly text: string;
  read(raw: unknown): Counted[];
}

function entitiesByType({ emitter, isWhole, once }: Counting): Counts {
  const { entities } = emitter.model;
  if (isWhole)
    return {
      text: `[${entities.map(({ name }) => storeCount(name).text).join(', ')}]`,
      read: (raw) => entities.map((type, nth) => [enumName(type), (raw as number[])[nth] ?? 0]),
    };
  return {
    text: once('stats-types', 'labels, entities'),
    read: (raw) =>
      entities.map((type) => {
        const ofType = (raw as [string[], number][]).filter(([labels]) => labels.includes(type.name));
        return [enumName(type), ofType.reduce((sum, [, count]) => sum + count, 0)];
      }),
  };
}

function relationshipsByType(counting: Counting): Counts {
  const { relationships } = counting.emitter.model;
  if (!counting.isWhole)
    return {
      text: counting.once('stats-relationships', 'type, relationships', counting.ofAnyType()),
      read: (raw) => raw as Counted[],
    };
  return {
    text: `[${relationships.map((type) => edgeCount(counting, type)).join(', ')}]`,
    read: (raw) => relationships.map(({ name }, nth) => [name, (raw as number[])[nth] ?? 0]),
  };
}

/** How many relationships of a type there are: the store's own count, unless the scope asks something of each. */
function edgeCount({ emitter, place }: Counting, type: RelationshipType): string {
  const conditions = inScope(emitter, place.scope, [type], 'r');
  const name = identifier(type.name);
  return conditions.length > 0
    ? `COUNT { ()-[r:${name}]->() WHERE ${conditions.join(' AND ')} }`
    : `COUNT { ()-[:${name}]->() }`;
}

const total = ({ text, read }: Counts): Emitted => ({ text, decode: (raw) => totalOf(read(raw)) });

function listed({ emitter }: Counting, { text, read }: Counts, each: Selected): Emitted {
  const shape = plainShape(emitter, each);
  return { text, decode: (raw, env) => shape(mostFirst(read(raw)), env) };
}

const claims = ({ once }: Counting, column: 0 | 1): Emitted => ({
  text: `${once('stats-claims', 'claims, sources')}[0][${column}]`,
  decode: asIs,
});

/** The relationships by which an entity belongs to a country. */
const BELONGS = ['CITIZEN_OF', 'LOCATED_IN', 'GOVERNS', 'APPLIES_IN', 'OPERATES_IN', 'PART_OF'];

function countries(counting: Counting, each: Selected, place: Place): Emitted {
  const { emitter } = counting;
  const belonging = BELONGS.map((name) => typeNamed(emitter.model, name));
  const kept = andInScope(counting, belonging, 'r');
  const rows = counting.once('stats-countries', 'country, entities', { kept }, ' ORDER BY entities DESC, country.id');
  const [row, country] = [emitter.variable('i'), emitter.variable('n')];
  const one = emitParts(emitter, each, place, {
    country: (of, inner) => emitEntity(emitter, endOf(emitter, 'Country'), of, country, inner),
    count: () => ({ text: `${row}[1]`, decode: asIs }),
  });
  return {
    text: `COLLECT { UNWIND ${rows} AS ${row} WITH ${row}, ${row}[0] AS ${country} RETURN ${one.text} }`,
    decode: decodeList(one.decode),
  };
}

/** Each type's index over its first date is walked, and nothing else. */
function years(counting: Counting, each: Selected): Emitted {
  const { emitter } = counting;
  const shape = plainShape(emitter, each);
  const dated = emitter.model.entities.flatMap((type) => {
    const date = beginning(type);
    const marks = date ? { type: identifier(type.name), date: identifier(date) } : null;
    return marks ? [counting.once('stats-years', 'year, entities', marks)] : [];
  });
  const counts = entitiesByType(counting);
  return {
    text: `[${counts.text}, ${dated.join(' + ') || '[]'}]`,
    decode: (raw, env) => {
      const [types, began] = raw as [unknown, [number, number][]];
      return shape(byYear(totalOf(counts.read(types)), began), env);
    },
  };
}

/** The property with the earliest day on which an entity of a type may have begun: its first date; null where it has none. */
function beginning({ fields }: EntityType): string | null {
  const first = fields.find(({ kind, name }) => (kind === 'partialDate' || kind === 'date') && !STORE_SET.has(name));
  if (!first) return null;
  return first.kind === 'date' ? first.name : `${first.name}Earliest`;
}

function degrees(counting: Counting, each: Selected): Emitted {
  const shape = plainShape(counting.emitter, each);
  return {
    text: counting.once('stats-degrees', 'degree, entities', counting.ofAnyType()),
    decode: (raw, env) => shape(degreesOf(raw as Counted<number>[]), env),
  };
}
