import { beforeAll, describe, expect, it } from 'vitest';
import { testGraph } from '../support/graph.ts';
import { operatorsOf, SCANS } from '../support/plans.ts';
import { fact, tie } from '../support/told.ts';

/** `timeline(about)`: what is dated about some entities. */

const graph = testGraph();

beforeAll(async () => {
  const written = await graph.record([
    { source: { id: 'source:herald', name: 'Herald', publishedAt: '2024-02' } },
    { person: { id: 'person:ana', name: 'Ana', birthDate: '1970' } },
    { person: { id: 'person:bo', name: 'Bo' } },
    { position: { id: 'position:mayor', name: 'Mayor' } },
    { government: { id: 'government:city', name: 'City', foundedOn: '1970-01-01', dissolvedOn: '2030' } },
    { agreement: { id: 'agreement:port', name: 'Port', signedOn: '2021-03', inForceFrom: '2021-03-01' } },
    { agreementTerm: { id: 'agreement-term:fee', name: 'Fee' } },
    tie('termOf', 'agreement-term:fee', 'agreement:port'),
    tie('holdsPosition', 'person:ana', 'position:mayor', { validFrom: '2020-01-15', validTo: '2024' }),
    tie('partyTo', 'government:city', 'agreement:port', { signedOn: '2021-03-01', ratifiedOn: '2021-06' }),
    tie('familyOf', 'person:ana', 'person:bo', { kinship: 'SIBLING' }),
    tie('negotiated', 'person:ana', 'agreement:port', { on: '2021-02' }),
    tie('negotiated', 'person:bo', 'agreement:port'),
    tie('leads', 'person:bo', 'government:city', {
      claims: [fact('Bo leads.', { commitment: 'ALLEGED', observedOn: '2023-01-01' })],
    }),
    { mentions: { from: 'source:herald', to: 'person:ana' } },
    { mentions: { from: 'source:herald', to: 'person:bo', on: '2024-02-03' } },
  ]);
  expect(written.problems).toEqual([]);
});

interface Entry {
  readonly date: string | null;
  readonly field: string;
  readonly entity: { readonly name: string };
  readonly relationship: { readonly type: string } | null;
}
interface Page {
  readonly totalCount: number;
  readonly nodes: readonly Entry[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

async function asked(args: string, variables: Record<string, unknown> = {}): Promise<Page> {
  const { data, errors, statements } = await graph.ask(
    `query($after: String) { timeline(${args}, after: $after) { totalCount nodes { date field entity { name } relationship { type } } pageInfo { hasNextPage endCursor } } }`,
    variables,
  );
  expect(errors ?? []).toEqual([]);
  expect(statements).toHaveLength(1);
  return (data as { timeline: Page }).timeline;
}
const refusal = async (args: string) =>
  (await graph.ask(`{ timeline${args} { totalCount } }`)).errors?.[0]?.originalError;
const told = ({ nodes }: Page) =>
  nodes.map(({ date, field, entity, relationship }) =>
    [date ?? 'undated', entity.name, ...(relationship ? [relationship.type] : []), field].join(' '),
  );

const ana = 'about: ["person:ana"]';
const port = 'about: ["agreement:port"]';

describe('a timeline', () => {
  it('tells an entity’s own dates and those of its relationships, by the earliest day that each can mean', async () => {
    const found = await asked(ana);
    expect(told(found)).toEqual([
      '1970 Ana birthDate',
      '2020-01-15 Ana HOLDS_POSITION validFrom',
      '2021-02 Ana NEGOTIATED on',
      '2024 Ana HOLDS_POSITION validTo',
    ]);
    expect(found.totalCount).toBe(4);
  });

  it('calls dates as they are declared, and tells last what happened or holds and is not dated', async () => {
    expect(told(await asked(port))).toEqual([
      '2021-02 Port NEGOTIATED on',
      '2021-03-01 Port inForceFrom',
      '2021-03 Port signedOn',
      '2021-03-01 Port PARTY_TO signedOn',
      '2021-06 Port PARTY_TO ratifiedOn',
      'undated Port NEGOTIATED on',
    ]);
  });

  it('tells of a relationship between two of the entities once, at the one where it starts', async () => {
    const found = await asked('about: ["agreement:port", "government:city", "agreement:port"]');
    expect(told(found).filter((one) => one.includes('PARTY_TO'))).toEqual([
      '2021-03-01 City PARTY_TO signedOn',
      '2021-06 City PARTY_TO ratifiedOn',
    ]);
    expect(told(found)[0]).toBe('1970-01-01 City foundedOn');
  });

  it('has what a source dates, and leaves out what it does not', async () => {
    expect(told(await asked('about: ["person:bo"]'))).toEqual([
      '2024-02-03 Bo MENTIONS on',
      ...['undated Bo LEADS validFrom', 'undated Bo NEGOTIATED on'],
    ]);
    expect(told(await asked('about: ["source:herald"]'))).toEqual([
      '2024-02 Herald publishedAt',
      '2024-02-03 Herald MENTIONS on',
    ]);
  });

  it('keeps what may lie between two days, both included, and what is undated', async () => {
    expect(told(await asked(`${ana}, from: "1970-12-31", to: "2020-01-15"`))).toEqual([
      '1970 Ana birthDate',
      '2020-01-15 Ana HOLDS_POSITION validFrom',
    ]);
    expect(told(await asked(`${ana}, from: "1971-01-01", to: "2020-01-14"`))).toEqual([]);
    expect(told(await asked(`${ana}, from: "2024-12-31"`))).toEqual(['2024 Ana HOLDS_POSITION validTo']);
    expect(told(await asked('about: ["person:bo"], from: "2025-01-01"'))).toHaveLength(2);
  });

  it('is seen from a day and by commitment, where that is asked for', async () => {
    expect(told(await asked(`${ana}, asOf: "2019-01-01"`))).toEqual(['1970 Ana birthDate']);
    expect(told(await asked('about: ["person:bo"], minCommitment: FACT'))).not.toContain('undated Bo LEADS validFrom');
  });

  it('is empty about what is not there, and about nobody', async () => {
    expect(await asked('about: ["person:nobody"]')).toMatchObject({ totalCount: 0, nodes: [] });
    expect(await asked('about: []')).toMatchObject({ totalCount: 0, nodes: [] });
  });

  it('is read page by page, each entry once, undated ones too', async () => {
    const about = 'about: ["agreement:port", "person:bo", "government:city", "person:ana"]';
    const whole = await asked(about);
    expect(whole.nodes).toHaveLength(whole.totalCount);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Page = await asked(`${about}, first: 2`, { after });
      seen.push(...told(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(told(whole));
  });

  it('refuses to be about it is not said what, to end before it begins, and another list’s cursor', async () => {
    expect(await refusal('')).toMatchObject({ code: 'BAD_USER_INPUT', details: { path: ['timeline', 'about'] } });
    expect(await refusal(`(${ana}, from: "2024-01-02", to: "2024-01-01")`)).toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { path: ['timeline', 'to'], value: '2024-01-01' },
    });
    expect(await refusal(`(${ana}, after: "WyJ4Il0")`)).toMatchObject({ code: 'BAD_USER_INPUT' });
    const many = JSON.stringify(Array.from({ length: 201 }, (_, nth) => `person:${nth}`));
    expect(await refusal(`(about: ${many})`)).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('is found from the entities', async () => {
    const { statements } = await graph.ask(
      `{ timeline(${ana}, from: "2020-01-01", asOf: "2021-01-01") { totalCount nodes { date relationship { id claims { totalCount } } } } }`,
    );
    const operators = await operatorsOf(graph.connection, statements[0]?.text ?? '');
    expect(operators.filter((operator) => SCANS.test(operator))).toEqual([]);
  });
});
