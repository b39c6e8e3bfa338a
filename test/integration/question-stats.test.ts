import { beforeAll, describe, expect, it } from 'vitest';
import { testGraph } from '../support/graph.ts';
import { operatorsOf, SCANS } from '../support/plans.ts';
import { fact, tie } from '../support/told.ts';

/** `stats`: numbers about the graph. */

const graph = testGraph();

const ALL =
  'entityCount relationshipCount claimCount sourceCount byType { type count } byRelationship { type count } byCountry { country { name } count } byYear { year count } degrees { distribution { atLeast atMost count } max mean }';

/** An answer as it would be sent. */
const plain = (data: unknown): Record<string, unknown> => JSON.parse(JSON.stringify(data));

async function asked(args: string, selection = ALL): Promise<Record<string, unknown>> {
  const { data, errors, statements } = await graph.ask(`{ stats${args} { ${selection} } }`);
  expect(errors ?? []).toEqual([]);
  expect(statements).toHaveLength(1);
  return plain(data)['stats'] as Record<string, unknown>;
}

describe('numbers about a graph that is empty', () => {
  it('are nothing', async () => {
    expect(await asked('')).toEqual({
      ...{ entityCount: 0, relationshipCount: 0, claimCount: 0, sourceCount: 0 },
      ...{ byType: [], byRelationship: [], byCountry: [], byYear: [] },
      degrees: { distribution: [], max: null, mean: null },
    });
  });
});

describe('numbers', () => {
  beforeAll(async () => {
    const written = await graph.record([
      { source: { id: 'source:herald', name: 'Herald', publishedAt: '2024-02' } },
      { source: { id: 'source:other', name: 'Other' } },
      { country: { id: 'country:north', name: 'North' } },
      { country: { id: 'country:south', name: 'South' } },
      { area: { id: 'area:coast', name: 'Coast' } },
      ...['ana', 'bo', 'cy'].map((name) => ({ person: { id: `person:${name}`, name, birthDate: '1970' } })),
      { person: { id: 'person:di', name: 'di', deathDate: '1999' } },
      { company: { id: 'company:quay', name: 'quay', foundedOn: '1970-05-06' } },
      tie('citizenOf', 'person:ana', 'country:north'),
      tie('citizenOf', 'person:ana', 'country:south', { validTo: '2000' }),
      tie('locatedIn', 'person:ana', 'country:north'),
      tie('locatedIn', 'company:quay', 'country:north'),
      tie('locatedIn', 'person:bo', 'area:coast'),
      tie('partOf', 'area:coast', 'country:north'),
      tie('familyOf', 'person:ana', 'person:bo', { kinship: 'SIBLING' }),
      tie('employedBy', 'person:bo', 'company:quay', { claims: [fact('Maybe.', { commitment: 'ALLEGED' })] }),
      tie('employedBy', 'person:cy', 'company:quay', { claims: [fact('Yes.', { source: 'source:other' })] }),
    ]);
    expect(written.problems).toEqual([]);
  });

  it('about the whole graph', async () => {
    expect(await asked('')).toEqual({
      ...{ entityCount: 10, relationshipCount: 9, claimCount: 9, sourceCount: 2 },
      byType: [
        { type: 'PERSON', count: 4 },
        ...['COUNTRY', 'SOURCE'].map((type) => ({ type, count: 2 })),
        ...['AREA', 'COMPANY'].map((type) => ({ type, count: 1 })),
      ],
      byRelationship: [
        { type: 'LOCATED_IN', count: 3 },
        ...['CITIZEN_OF', 'EMPLOYED_BY'].map((type) => ({ type, count: 2 })),
        ...['FAMILY_OF', 'PART_OF'].map((type) => ({ type, count: 1 })),
      ],
      // Ana counts once for the North; Bo, who lives in a part of it, does not.
      byCountry: [
        { country: { name: 'North' }, count: 3 },
        { country: { name: 'South' }, count: 1 },
      ],
      // Of di only the death is known.
      byYear: [
        { year: 1970, count: 4 },
        { year: 2024, count: 1 },
        { year: null, count: 5 },
      ],
      degrees: {
        distribution: [
          { atLeast: 0, atMost: 0, count: 3 },
          { atLeast: 1, atMost: 1, count: 2 },
          { atLeast: 2, atMost: 3, count: 3 },
          { atLeast: 4, atMost: 7, count: 2 },
        ],
        ...{ max: 4, mean: 1.8 },
      },
    });
  });

  it('about the entities that a filter keeps, relationships between two of them once', async () => {
    expect(await asked('(where: {type: {eq: PERSON}, name: {in: ["ana", "bo", "cy"]}})')).toEqual({
      ...{ entityCount: 3, relationshipCount: 7, claimCount: 7, sourceCount: 2 },
      byType: [{ type: 'PERSON', count: 3 }],
      byRelationship: [
        ...['CITIZEN_OF', 'EMPLOYED_BY', 'LOCATED_IN'].map((type) => ({ type, count: 2 })),
        { type: 'FAMILY_OF', count: 1 },
      ],
      byCountry: ['North', 'South'].map((name) => ({ country: { name }, count: 1 })),
      byYear: [{ year: 1970, count: 3 }],
      degrees: {
        distribution: [
          { atLeast: 1, atMost: 1, count: 1 },
          { atLeast: 2, atMost: 3, count: 1 },
          { atLeast: 4, atMost: 7, count: 1 },
        ],
        ...{ max: 4, mean: 8 / 3 },
      },
    });
    expect(await asked('(where: {name: {eq: "nobody"}})')).toMatchObject({
      ...{ entityCount: 0, relationshipCount: 0, claimCount: 0, sourceCount: 0 },
      ...{ byType: [], byRelationship: [], byCountry: [], byYear: [] },
      degrees: { distribution: [], max: null, mean: null },
    });
  });

  it('are found once, whichever parts ask for them', async () => {
    const { statements } = await graph.ask(
      '{ stats(where: {name: {eq: "ana"}}, asOf: "2020-01-01") { entityCount relationshipCount byType { count } again: byRelationship { count } byRelationship { type } byYear { year } } }',
    );
    const text = statements[0]?.text ?? '';
    expect(text.match(/WITH DISTINCT r /g)).toHaveLength(1);
    expect(text.match(/labels\(n\) AS labels/g)).toHaveLength(1);
  });

  it('by words, and with the same filter twice under other names', async () => {
    const { data, errors } = await graph.ask(
      '{ a: stats(where: {name: {matches: "quay"}}) { n: entityCount byCountry { country { id name } } byYear { year } } b: stats { entityCount } }',
    );
    expect(errors ?? []).toEqual([]);
    expect(plain(data)).toEqual({
      a: { n: 1, byCountry: [{ country: { id: 'country:north', name: 'North' } }], byYear: [{ year: 1970 }] },
      b: { entityCount: 10 },
    });
  });

  it('count relationships as far as they hold on a day, with a commitment', async () => {
    const some = 'entityCount relationshipCount byCountry { country { name } count } degrees { max }';
    expect(await asked('(asOf: "2020-01-01", minCommitment: FACT)', some)).toEqual({
      ...{ entityCount: 10, relationshipCount: 7, degrees: { max: 4 } },
      byCountry: [{ country: { name: 'North' }, count: 3 }],
    });
    expect(await asked('(where: {name: {eq: "ana"}}, asOf: "2020-01-01")', some)).toMatchObject({
      relationshipCount: 3,
    });
  });

  it('are read off the store’s own counts where nothing is filtered', async () => {
    const of = async (selection: string) => {
      const { statements } = await graph.ask(`{ stats { ${selection} } }`);
      return new Set(await operatorsOf(graph.connection, statements[0]?.text ?? ''));
    };
    const counts = await of(
      'entityCount relationshipCount claimCount sourceCount byType { type count } byRelationship { type count }',
    );
    expect([...counts].filter((operator) => SCANS.test(operator) || /Expand|Seek|IndexScan/.test(operator))).toEqual(
      [],
    );
    expect(counts).toContain('NodeCountFromCountStore');
    expect(counts).toContain('RelationshipCountFromCountStore');
    const years = await of('byYear { year count } entityCount');
    expect([...years].filter((operator) => SCANS.test(operator))).toEqual([]);
    expect(years).toContain('NodeIndexScan');
  });
});
