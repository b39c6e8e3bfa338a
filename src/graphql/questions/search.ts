import { at, type Emitted, type Place } from '../../compile/emitter.ts';
import type { Listing } from '../../compile/listing.ts';
import { emitEntity } from '../../compile/objects.ts';
import { idKey, type OrderKey } from '../../compile/ordering.ts';
import { plainShape } from '../../compile/properties.ts';
import { connectionRoot } from '../../compile/roots.ts';
import { asText } from '../../compile/values.ts';
import { AnyEntity } from '../../model/common-fields.ts';
import { findBest, type Held } from '../../model/highlight.ts';
import { enumName, type Model, typeAmong } from '../../model/model.ts';
import { SearchMode } from '../../model/vocabulary.ts';
import { forward } from '../connections.ts';
import { closedListEnum, entityTypeEnum } from '../enums.ts';
import type { Registry } from '../registry.ts';
import { rootScope } from '../scope.ts';
import { type Asked, answeredBy, argument, type QuestionSpec } from './question.ts';
import { searchConnection } from './search-type.ts';
import { byLucene, byWords, RANKED, type Sought } from './sought.ts';

/** `search(query)`: ranked, whatever the script, case, accents and small typos. */
export const search = (registry: Registry): QuestionSpec => ({
  type: searchConnection(registry),
  nullable: false,
  description:
    'Entities by words in their names, descriptions and texts, the best first. Accents, case, script and small typos do not matter.',
  args: registry.args({
    query: { type: 'String', description: 'What to look for, at most 1,000 characters.', required: true },
    types: { type: [entityTypeEnum(registry)], description: 'Only things of these types.' },
    mode: { type: closedListEnum(registry, SearchMode), description: 'How the query is read.', defaultValue: 'SIMPLE' },
    ...rootScope(registry),
    ...forward(),
  }),
  access: 'reader',
  meaning: answeredBy((asked) =>
    connectionRoot(asked.emitter, asked.selected, (_, __, within) => listing(asked, within)),
  ),
});

function listing(asked: Asked, place: Place): Listing {
  const { emitter } = asked;
  const [query, types] = [argument(asked, 'query'), argument(asked, 'types')];
  const sought =
    argument(asked, 'mode').value === 'LUCENE' ? byLucene(emitter, query, types) : byWords(emitter, query, types);
  // How many there are of each type: the sum, the facets, and whether it is more than are ranked, are read off it.
  const counts = () =>
    `COLLECT { CALL () { ${sought.everything()} } WITH labels(n) AS each, count(*) AS number RETURN [each, number] }`;
  const score: OrderKey = {
    name: 'score',
    text: 'score',
    descending: true,
    nullable: false,
    computed: false,
    indexed: false,
    as: 'plain',
  };
  const slot = emitter.slot(query, asText);
  return {
    match: `CALL () { ${sought.ranked} } WITH n, score`,
    where: [],
    variables: ['n', 'score'],
    keys: [score, idKey('n')],
    count: null,
    get counted() {
      return { text: counts(), decode: (raw: unknown) => total(raw as Counted) };
    },
    node: (selected) => emitEntity(emitter, AnyEntity, selected, 'n', at(place, selected.key)),
    part: (name) =>
      name === 'score'
        ? { text: 'score', decode: (raw) => Math.round((raw as number) * 1e4) / 1e4 }
        : why(name, slot, sought),
    whole: (name, selected) => {
      if (name === 'truncated') return { text: counts(), decode: (raw) => total(raw as Counted) > RANKED };
      const shape = plainShape(emitter, selected);
      return { text: counts(), decode: (raw, env) => shape(facets(emitter.model, raw as Counted), env) };
    },
  };
}

/** What an entity may be found by, as the statement returns it; its names first. */
const TEXTS =
  '[n.name, n.aliases, COLLECT { MATCH (n)-[:NAMED]->(m:Name) RETURN m.value ORDER BY m.value }, n.description, n.text]';
const NAMES = new Set(['name', 'aliases', 'names']);

/** Which field fits, or its value with the words marked: worked out here, for the items of the page alone. */
function why(part: string, slot: number, sought: Sought): Emitted {
  return {
    text: TEXTS,
    decode: (raw, env) => {
      const [name, aliases, names, description, text] = raw as [
        string,
        string[] | null,
        string[],
        ...(string | null)[],
      ];
      const held: Held[] = [
        { field: 'name', text: name },
        ...(aliases ?? []).map((alias) => ({ field: 'aliases', text: alias })),
        ...names.map((value) => ({ field: 'names', text: value })),
        ...(description ? [{ field: 'description', text: description }] : []),
        ...(text ? [{ field: 'text', text }] : []),
      ];
      const query = String(env.values[slot]);
      const found = findBest(held, (field) => NAMES.has(field), query, sought.words(query));
      return part === 'matchedOn' ? (found?.field ?? 'name') : (found?.marked ?? null);
    },
  };
}

/** Labels, with how many things have them. */
type Counted = readonly [string[], number][];

const total = (counted: Counted): number => counted.reduce((sum, [, count]) => sum + count, 0);

/** The commonest type first. */
function facets(model: Model, counted: Counted): { type: string; count: number }[] {
  const byType = new Map<string, number>();
  for (const [labels, count] of counted) {
    const type = typeAmong(model, labels);
    if (type) byType.set(enumName(type), (byType.get(enumName(type)) ?? 0) + count);
  }
  return [...byType]
    .map(([type, count]) => ({ type, count }))
    .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1));
}
