import { isGiven } from '../../compile/arguments.ts';
import { asIs, type Decode, decodeList } from '../../compile/emitter.ts';
import { entityPredicate } from '../../compile/filtering.ts';
import { handWritten } from '../../compile/hand-written.ts';
import { identifier } from '../../compile/identifier.ts';
import { emitEntity, emitParts, endOf, type Part } from '../../compile/objects.ts';
import { plainShape } from '../../compile/properties.ts';
import { type Root, withPrelude } from '../../compile/roots.ts';
import { inScope } from '../../compile/scope.ts';
import { AnyEntity, STORE_SET } from '../../model/common-fields.ts';
import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import { enumName } from '../../model/model.ts';
import { entityFilter } from '../filters.ts';
import type { Registry } from '../registry.ts';
import { rootScope } from '../scope.ts';
import { type Asked, andInScope, answeredBy, argument, type QuestionSpec, typeNamed, typePattern } from './question.ts';
import { byYear, type Counted, degreesOf, mostFirst } from './stats-numbers.ts';
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
  meaning: answeredBy(compile),
});

/** The relationships by which an entity belongs to a country. */
const BELONGS = ['CITIZEN_OF', 'LOCATED_IN', 'GOVERNS', 'APPLIES_IN', 'OPERATES_IN', 'PART_OF'];

/** Counts by type: an expression, and how to read its value. */
interface Counts {
  readonly text: string;
  read(raw: unknown): Counted[];
}

function compile(asked: Asked): Root {
  const { emitter, selected, place } = asked;
  const { relationships, entities } = emitter.model;
  const where = argument(asked, 'where');
  const predicate = isGiven(where) ? entityPredicate(emitter, where, AnyEntity, 'n', place.scope) : null;
  const matching = predicate === null ? '' : ` AND ${predicate}`;
  const found = new Map<string, string>();
  /** The rows of a file as a list in a variable: found once, before all else, whichever parts ask for them. */
  const once = (file: string, columns: string, marks: Readonly<Record<string, string>> = {}, order = ''): string => {
    const text = handWritten(emitter, file, {}, { matching, ...marks });
    // What was found before is handed on, whether it is needed or not: what has nothing in common would be multiplied.
    const before = emitter.prelude.map(({ variable }) => variable).join(', ');
    const rows =
      found.get(text) ??
      emitter.before(
        (name) =>
          `CALL (${before}) { CALL (${before}) { ${text} } WITH ${columns}${order} RETURN collect([${columns}]) AS ${name} }`,
      );
    found.set(text, rows);
    return rows;
  };
  const all = { types: typePattern(relationships), kept: andInScope(asked, relationships, 'r') };

  const typeCounts = (): Counts => {
    if (predicate === null)
      return {
        text: `[${entities.map(({ name }) => `COUNT { (:${identifier(name)}) }`).join(', ')}]`,
        read: (raw) => entities.map((type, nth): Counted => [enumName(type), (raw as number[])[nth] ?? 0]),
      };
    return {
      text: once('stats-types', 'labels, entities'),
      read: (raw) =>
        entities.map((type): Counted => {
          const of = (raw as [string[], number][]).filter(([labels]) => labels.includes(type.name));
          return [enumName(type), of.reduce((sum, [, count]) => sum + count, 0)];
        }),
    };
  };
  const relationshipCounts = (): Counts =>
    predicate === null
      ? {
          text: `[${relationships.map((type) => edgeCount(asked, type)).join(', ')}]`,
          read: (raw) => relationships.map(({ name }, nth): Counted => [name, (raw as number[])[nth] ?? 0]),
        }
      : { text: once('stats-relationships', 'type, relationships', all), read: (raw) => raw as Counted[] };

  const total = (counts: Counts) => ({
    text: counts.text,
    decode: ((raw) => counts.read(raw).reduce((sum, [, count]) => sum + count, 0)) as Decode,
  });
  const listed =
    (counts: () => Counts): Part =>
    (each) => {
      const shape = plainShape(emitter, each);
      const { text, read } = counts();
      return { text, decode: (raw, env) => shape(mostFirst(read(raw)), env) };
    };
  const claims = (column: 0 | 1, label: 'Claim' | 'Source') =>
    predicate === null
      ? { text: `COUNT { (:${label}) }`, decode: asIs }
      : { text: `${once('stats-claims', 'claims, sources')}[0][${column}]`, decode: asIs };

  const answer = emitParts(emitter, selected, place, {
    entityCount: () => (predicate === null ? { text: 'COUNT { (:Entity) }', decode: asIs } : total(typeCounts())),
    relationshipCount: () => total(relationshipCounts()),
    claimCount: () => claims(0, 'Claim'),
    sourceCount: () => claims(1, 'Source'),
    byType: listed(typeCounts),
    byRelationship: listed(relationshipCounts),
    byCountry: (each, inner) => {
      const belonging = BELONGS.map((name) => typeNamed(emitter.model, name));
      const rows = once(
        'stats-countries',
        'country, entities',
        { kept: andInScope(asked, belonging, 'r') },
        ' ORDER BY entities DESC, country.id',
      );
      const [row, country] = [emitter.variable('i'), emitter.variable('n')];
      const one = emitParts(emitter, each, inner, {
        country: (of, within) => emitEntity(emitter, endOf(emitter, 'Country'), of, country, within),
        count: () => ({ text: `${row}[1]`, decode: asIs }),
      });
      return {
        text: `COLLECT { UNWIND ${rows} AS ${row} WITH ${row}, ${row}[0] AS ${country} RETURN ${one.text} }`,
        decode: decodeList(one.decode),
      };
    },
    byYear: (each) => {
      const shape = plainShape(emitter, each);
      const dated = entities.flatMap((type) => {
        const date = beginning(type);
        return date
          ? [once('stats-years', 'year, entities', { type: identifier(type.name), date: identifier(date) })]
          : [];
      });
      const counts = typeCounts();
      return {
        text: `[${counts.text}, ${dated.join(' + ') || '[]'}]`,
        decode: (raw, env) => {
          const [types, years] = raw as [unknown, [number, number][]];
          return shape(
            byYear(
              counts.read(types).reduce((sum, [, count]) => sum + count, 0),
              years,
            ),
            env,
          );
        },
      };
    },
    degrees: (each) => {
      const shape = plainShape(emitter, each);
      return {
        text: once('stats-degrees', 'degree, entities', all),
        decode: (raw, env) => shape(degreesOf(raw as [number, number][]), env),
      };
    },
  });
  return {
    text: withPrelude(emitter, `RETURN ${answer.text}`),
    decode: (rows, env) => answer.decode(rows[0]?.[0], env),
  };
}

/** How many relationships of a type there are: the store's own count, unless the scope asks something of each. */
function edgeCount({ emitter, place }: Asked, type: RelationshipType): string {
  const conditions = inScope(emitter, place.scope, [type], 'r');
  const name = identifier(type.name);
  return conditions.length > 0
    ? `COUNT { ()-[r:${name}]->() WHERE ${conditions.join(' AND ')} }`
    : `COUNT { ()-[:${name}]->() }`;
}

/** The property with the earliest day on which an entity of a type may have begun: its first date; null where it has none. */
function beginning(type: EntityType): string | null {
  const first = type.fields.find(
    ({ kind, name }) => (kind === 'partialDate' || kind === 'date') && !STORE_SET.has(name),
  );
  if (!first) return null;
  return first.kind === 'date' ? first.name : `${first.name}Earliest`;
}
