import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ConcordatError } from '../../src/errors.ts';
import { cityGraph } from '../support/city-graph.ts';
import type { PlainEntity } from '../support/oracle/plain-graph.ts';
import { allPaths, within } from '../support/plain-paths.ts';
import { draws } from '../support/thoroughness.ts';

/** Questions about the shape of the graph, held to answers that are found by trying everything. */

const graph = cityGraph();
let entities: PlainEntity[] = [];

beforeAll(() => {
  entities = [...graph.plain.entities.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
});

const entity = () => fc.nat().map((nth) => entities[nth % entities.length] as PlainEntity);
const notSource = (each: PlainEntity) => each.type !== 'Source';

async function answer<T>(query: string, variables: Record<string, unknown>): Promise<T> {
  const { data, errors } = await graph.ask(query, variables);
  expect(errors).toBeUndefined();
  return Object.values(data ?? {})[0] as T;
}

async function refusal(query: string, variables: Record<string, unknown> = {}) {
  const { errors } = await graph.ask(query, variables);
  const error = errors?.[0]?.originalError as ConcordatError | undefined;
  return { code: error?.code, ...error?.details };
}

interface Paths {
  readonly totalCount: number | null;
  readonly pageInfo: { readonly hasNextPage: boolean };
  readonly nodes: readonly {
    readonly length: number;
    readonly nodes: readonly { readonly id: string }[];
    readonly relationships: readonly { readonly id: string }[];
    readonly explanation: readonly string[];
  }[];
}

const PATHS = `query ($from: ID!, $to: ID!, $max: Int, $first: Int, $types: [RelationshipType!], $avoid: [ID!], $avoidTypes: [EntityType!]) {
  paths(from: $from, to: $to, maxLength: $max, first: $first, types: $types, avoid: $avoid, avoidTypes: $avoidTypes) {
    totalCount pageInfo { hasNextPage } nodes { length nodes { id } relationships { id } explanation }
  }
}`;

describe.concurrent('paths', () => {
  it('are all there are, the shortest first, none through an entity twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        entity(),
        entity(),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (from, to, max, sources) => {
          fc.pre(from !== to);
          const expected = allPaths(from, to, max, sources ? {} : { enters: notSource });
          const avoidTypes = sources ? { avoidTypes: [] } : { avoidTypes: ['SOURCE'] };
          const got = await answer<Paths>(PATHS, { from: from.id, to: to.id, max, first: 200, ...avoidTypes });
          const lengths = got.nodes.map((path) => path.length);
          expect(lengths).toEqual(expected.slice(0, 200).map((edges) => edges.length));
          for (const path of got.nodes) {
            const [ids, edges] = [path.nodes.map(({ id }) => id), path.relationships.map(({ id }) => id)];
            expect(new Set(ids).size).toBe(ids.length);
            expect([ids[0], ids.at(-1), path.explanation.length]).toEqual([from.id, to.id, path.length]);
            expect(expected.map(String)).toContain(String(edges));
          }
          expect(new Set(got.nodes.map(({ relationships }) => relationships.map(({ id }) => id).join())).size).toBe(
            lengths.length,
          );
          expect(got.totalCount).toBe(expected.length > 200 ? null : expected.length);
          expect(got.pageInfo.hasNextPage).toBe(expected.length > 200);
        },
      ),
      { numRuns: draws(8, 16), seed: 7 },
    );
  });

  it('keep to the types that are named, and pass by what is to be avoided', async () => {
    await fc.assert(
      fc.asyncProperty(entity(), entity(), fc.nat(), fc.nat(), async (from, to, nth, kind) => {
        fc.pre(from !== to);
        const all = allPaths(from, to, 3, { enters: notSource });
        const some = all[nth % Math.max(all.length, 1)];
        fc.pre(some !== undefined);
        const edges = (some ?? []).map((id) => graph.plain.edges.get(id));
        const types = [...new Set(edges.map((edge) => edge?.type ?? ''))];
        const avoided = entities[kind % entities.length] as PlainEntity;
        const expected = allPaths(from, to, 3, {
          follows: (edge) => types.includes(edge.type),
          enters: (each) => notSource(each) && each !== avoided,
        });
        const got = await answer<Paths>(PATHS, {
          from: from.id,
          to: to.id,
          max: 3,
          first: 200,
          types,
          avoid: [avoided.id],
          avoidTypes: ['SOURCE'],
        });
        expect(got.nodes.map(({ length }) => length)).toEqual(expected.slice(0, 200).map((each) => each.length));
      }),
      { numRuns: 8, seed: 11 },
    );
  });

  it('name what is wrong with what they are asked for', async () => {
    const [a, b] = entities as [PlainEntity, PlainEntity];
    const ask =
      '($from: ID!, $to: ID!, $max: Int, $first: Int) { paths(from: $from, to: $to, maxLength: $max, first: $first) { totalCount } }';
    const wrong = (variables: object) => refusal(`query ${ask}`, { from: a.id, to: b.id, ...variables });
    expect(await wrong({ to: 'person:nobody' })).toMatchObject({
      code: 'BAD_USER_INPUT',
      path: ['paths', 'to'],
      value: 'person:nobody',
    });
    expect(await wrong({ to: a.id })).toMatchObject({ code: 'BAD_USER_INPUT', path: ['paths', 'to'], value: a.id });
    expect(await wrong({ max: 9 })).toMatchObject({ code: 'LIMIT_EXCEEDED', path: ['paths', 'maxLength'], value: 9 });
    expect(await wrong({ max: 0 })).toMatchObject({ code: 'BAD_USER_INPUT', path: ['paths', 'maxLength'] });
    expect(await wrong({ first: 201 })).toMatchObject({ code: 'LIMIT_EXCEEDED', path: ['paths', 'first'] });
  });
});

interface Part {
  readonly nodes: readonly { readonly id: string }[];
  readonly relationships: readonly { readonly id: string }[];
  readonly truncated: boolean;
  readonly truncatedBecause: string | null;
  readonly frontier: readonly {
    readonly entity: { readonly id: string };
    readonly counts: readonly { readonly count: number }[];
  }[];
}

const PART =
  'nodes { id } relationships { id } truncated truncatedBecause frontier { entity { id } counts { type direction count } }';
const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id).sort();

/** The edges among entities, and how many of each lead out. */
function expectedPart(among: ReadonlySet<PlainEntity>) {
  const edges = [...graph.plain.edges.values()];
  const inside = edges.filter(({ from, to }) => among.has(from) && among.has(to)).map(({ id }) => id);
  const rim = [...among]
    .map((each) => [each.id, new Set(each.edges.filter((edge) => !inside.includes(edge.id))).size] as const)
    .filter(([, count]) => count > 0);
  return { nodes: [...among].map(({ id }) => id).sort(), inside: inside.sort(), rim: new Map(rim) };
}

function checkPart(part: Part, among: ReadonlySet<PlainEntity>) {
  const { nodes, inside, rim } = expectedPart(among);
  expect(ids(part.nodes)).toEqual(nodes);
  expect(ids(part.relationships)).toEqual(inside);
  const counted = new Map(
    part.frontier.map(({ entity: { id }, counts }) => [id, counts.reduce((sum, { count }) => sum + count, 0)]),
  );
  expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(rim));
}

describe.concurrent('a graph of some entities', () => {
  it('is induced: it has every relationship among them, and tells what leads out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entity(), { minLength: 1, maxLength: 30 }), async (some) => {
        const part = await answer<Part>(`query ($ids: [ID!]!) { graph(ids: $ids) { ${PART} } }`, {
          ids: [...some.map(({ id }) => id), 'person:nobody'],
        });
        checkPart(part, new Set(some));
        expect([part.truncated, part.truncatedBecause]).toEqual([false, null]);
      }),
      { numRuns: draws(6, 12), seed: 3 },
    );
  });
});

describe.concurrent('a neighbourhood', () => {
  const ASK = `query ($ids: [ID!]!, $depth: Int, $limit: Int, $perNode: Int, $enter: [EntityType!]) {
    neighborhood(ids: $ids, depth: $depth, limit: $limit, perNode: $perNode, entityTypes: $enter) { ${PART} }
  }`;

  it('is everything within so many steps, where no limit says otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(entity(), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 3 }),
        async (some, depth) => {
          const part = await answer<Part>(ASK, { ids: some.map(({ id }) => id), depth, limit: 2000, perNode: 200 });
          checkPart(part, within(some, depth, { enters: notSource }));
          expect([part.truncated, part.truncatedBecause]).toEqual([false, null]);
        },
      ),
      { numRuns: draws(6, 12), seed: 5 },
    );
  });

  it('says which limit left something out, and keeps to it', async () => {
    const busiest = [...entities].sort((a, b) => b.edges.length - a.edges.length)[0] as PlainEntity;
    const few = await answer<Part>(ASK, { ids: [busiest.id], depth: 2, limit: 2000, perNode: 1 });
    expect([few.truncated, few.truncatedBecause]).toEqual([
      true,
      expect.stringMatching(/^perNode: .* have more than 1 relationships to follow/),
    ]);
    const small = await answer<Part>(ASK, { ids: [busiest.id], depth: 3, limit: 4, perNode: 200 });
    expect(small.nodes.length).toBe(4);
    expect(small.truncatedBecause).toMatch(/^limit: more than 4 entities/);
    checkPart(small, new Set(small.nodes.map(({ id }) => graph.plain.entities.get(id) as PlainEntity)));
  });

  it('enters only the types that are named', async () => {
    const start = entities.find((each) => each.type === 'Agreement') as PlainEntity;
    const part = await answer<Part>(ASK, {
      ids: [start.id],
      depth: 3,
      limit: 2000,
      perNode: 200,
      enter: ['AGREEMENT_TERM', 'POPULATION_GROUP'],
    });
    checkPart(part, within([start], 3, { enters: ({ type }) => ['AgreementTerm', 'PopulationGroup'].includes(type) }));
  });

  it('refuses what is beyond its bounds', async () => {
    const ask = (rest: string) => refusal(`{ neighborhood(ids: ["person:x"], ${rest}) { truncated } }`);
    expect(await ask('depth: 4')).toMatchObject({ code: 'LIMIT_EXCEEDED', path: ['neighborhood', 'depth'], value: 4 });
    expect(await ask('perNode: 201')).toMatchObject({ code: 'LIMIT_EXCEEDED', path: ['neighborhood', 'perNode'] });
    expect(await ask('limit: 0')).toMatchObject({ code: 'BAD_USER_INPUT', path: ['neighborhood', 'limit'] });
  });
});
