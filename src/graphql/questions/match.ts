import { type Argument, isGiven, items, placeOf, under } from '../../compile/arguments.ts';
import { asIs, type Env } from '../../compile/emitter.ts';
import { handWritten } from '../../compile/hand-written.ts';
import { emitEntity, emitParts } from '../../compile/objects.ts';
import { plainShape } from '../../compile/properties.ts';
import { withPrelude } from '../../compile/roots.ts';
import { likely } from '../../compile/search-query.ts';
import { badInput, ConcordatError } from '../../errors.ts';
import { type Candidate, type Known, likenessOf, type Reason } from '../../model/candidate-match.ts';
import { AnyEntity } from '../../model/common-fields.ts';
import { enumName } from '../../model/model.ts';
import type { Registry } from '../registry.ts';
import { rootScope } from '../scope.ts';
import { candidateInput, matchResultType } from './match-type.ts';
import { answeredBy, argument, filled, numberWithin, type QuestionSpec } from './question.ts';

/** `match(candidates)`: which entities of the graph are those of another data set. */
export const match = (registry: Registry): QuestionSpec => ({
  type: [matchResultType(registry)],
  nullable: false,
  description:
    'For each candidate, the entities that it may be, with a score and its reasons; one result a candidate, in their order.',
  args: registry.args({
    candidates: {
      type: [candidateInput(registry)],
      description: `What is looked for, at most ${LIMITS.candidates}.`,
      required: true,
    },
    threshold: { type: 'Float', description: 'The least score that is answered, from 0 to 1.', defaultValue: 0.7 },
    first: { type: 'Int', description: `How many a candidate, 1 to ${FIRST.max}; ${FIRST.absent} unless said.` },
    ...rootScope(registry),
  }),
  access: 'reader',
  meaning: answeredBy((asked) => {
    const { emitter, selected, place } = asked;
    const list = argument(asked, 'candidates');
    const label = new Map(emitter.model.entities.map((type) => [enumName(type), type.name]));
    const found = handWritten(emitter, 'match', {
      candidates: filled(list, (given) =>
        candidatesWithin(given).map(({ candidate, type }) => [
          likely([candidate.name, ...candidate.aliases], type),
          candidate.externalIds,
          type === null ? null : (label.get(type) ?? null),
        ]),
      ),
    });
    const candidates = emitter.slot(list, (given) => candidatesWithin(given).map(({ candidate }) => candidate));
    const threshold = emitter.slot(argument(asked, 'threshold'), thresholdWithin);
    const first = emitter.slot(argument(asked, 'first'), (given) => numberWithin(given, FIRST));
    const result = emitParts(emitter, selected, place, {
      index: () => ({ text: 'nth', decode: asIs }),
      matches: (each, inner) => {
        const one = emitParts(emitter, each, inner, {
          entity: (entity, below) => emitEntity(emitter, AnyEntity, entity, 'n', below),
          score: () => ({ text: 'null', decode: (_, env) => (env as WithScore).scored.score }),
          reasons: (reason) => {
            const shape = plainShape(emitter, reason);
            return { text: 'null', decode: (_, env) => shape((env as WithScore).scored.reasons, env) };
          },
        });
        return {
          text: `[nth, COLLECT { UNWIND found AS n RETURN [${KNOWN}, ${one.text}] }]`,
          decode: (raw, env) => {
            const [nth, rows] = raw as [number, [KnownRow, unknown][]];
            const candidate = (env.values[candidates] as Candidate[])[nth] as Candidate;
            return rows
              .map(([row, entity]) => ({ id: row[0], entity, scored: likenessOf(candidate, knownOf(row)) }))
              .filter(({ scored }) => scored.score >= (env.values[threshold] as number))
              .sort((a, b) => b.scored.score - a.scored.score || (a.id < b.id ? -1 : 1))
              .slice(0, env.values[first] as number)
              .map(({ entity, scored }) => one.decode(entity, { ...env, scored } as WithScore));
          },
        };
      },
    });
    return {
      text: withPrelude(emitter, `CALL () { ${found} } WITH nth, found ORDER BY nth RETURN ${result.text}`),
      decode: (rows, env) => rows.map(([row]) => result.decode(row, env)),
    };
  }),
});

interface WithScore extends Env {
  readonly scored: { readonly score: number; readonly reasons: readonly Reason[] };
}

const FIRST = { min: 1, max: 20, absent: 5 };
const LIMITS = { candidates: 100, perCandidate: 20, characters: 1_000 };

/** What is compared of an entity: where it belongs to a country only through a place, the country counts. */
const KNOWN = `[n.id, n.name, n.aliases, COLLECT { MATCH (n)-[:NAMED]->(m:Name) RETURN m.value ORDER BY m.value }, COLLECT { MATCH (n)-[:CITIZEN_OF|LOCATED_IN|ORIGINATES_FROM|GOVERNS]->(:Place)-[:PART_OF*0..2]->(c:Country) WITH DISTINCT c ORDER BY c.id LIMIT 10 RETURN [c.name, c.iso2, c.iso3, c.id, c.aliases] }, n.birthDate, COLLECT { MATCH (n)-[:IDENTIFIED_BY]->(x:ExternalId) RETURN x.key ORDER BY x.key }]`;
type KnownRow = [
  id: string,
  name: string,
  aliases: string[] | null,
  names: string[],
  countries: [string, string | null, string | null, string, string[] | null][],
  birthDate: string | null,
  externalIds: string[],
];

const knownOf = ([, name, aliases, names, countries, birthDate, externalIds]: KnownRow): Known => ({
  name,
  otherNames: [...(aliases ?? []), ...names],
  countries: countries.map(([called, iso2, iso3, id, others]) =>
    [called, iso2, iso3, id, ...(others ?? [])].filter((each): each is string => each !== null),
  ),
  birthDate,
  externalIds,
});

interface Given {
  readonly candidate: Candidate;
  readonly type: string | null;
}

/** @throws LIMIT_EXCEEDED when there are too many, or one is too long */
function candidatesWithin(given: Argument): Given[] {
  const all = items(given);
  atMost(given, all.length, LIMITS.candidates, 'candidates', 'Ask in several calls.');
  return all.map((each) => {
    const [name, aliases, ids] = ['name', 'aliases', 'externalIds'].map((key) => under(each, key)) as [
      Argument,
      Argument,
      Argument,
    ];
    for (const list of [aliases, ids])
      atMost(list, items(list).length, LIMITS.perCandidate, 'values', 'Name those that tell most.');
    for (const text of [name, ...items(aliases)])
      atMost(text, String(text.value).length, LIMITS.characters, 'characters', 'Give the name alone.');
    const value = each.value as Record<string, unknown>;
    return {
      type: (value['type'] as string | null | undefined) ?? null,
      candidate: {
        name: String(name.value),
        aliases: isGiven(aliases) ? (aliases.value as string[]) : [],
        country: (value['country'] as string | null | undefined) ?? null,
        birthDate: (value['birthDate'] as string | null | undefined) ?? null,
        externalIds: items(ids).map(({ value: id }) => {
          const { scheme, value: inside } = id as { scheme: string; value: string };
          return `${scheme}:${inside}`;
        }),
      },
    };
  });
}

function atMost(argument: Argument, is: number, most: number, what: string, suggestion: string): void {
  if (is > most)
    throw new ConcordatError(
      'LIMIT_EXCEEDED',
      `${argument.path.at(-1)} takes at most ${most} ${what}; ${is} are given.`,
      {
        path: placeOf(argument),
        value: is,
        suggestion,
      },
    );
}

/** @throws BAD_USER_INPUT outside of 0 to 1 */
function thresholdWithin(given: Argument): number {
  const value = given.value as number | null | undefined;
  if (value === null || value === undefined) return 0.7;
  if (!(value >= 0 && value <= 1))
    throw badInput(`threshold must be from 0 to 1; it is ${value}.`, {
      path: placeOf(given),
      value,
      suggestion: 'Leave it out for 0.7.',
    });
  return value;
}
