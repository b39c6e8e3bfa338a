import { beforeAll, describe, expect, it } from 'vitest';
import { testGraph } from '../support/graph.ts';
import { operatorsOf, SCANS } from '../support/plans.ts';

/** `stances(on)`: who is for something and who is against it. */

const graph = testGraph();

const said = (text: string, more: object = {}) => ({
  text,
  commitment: 'EVALUATION',
  attribution: 'NARRATED',
  source: 'source:herald',
  ...more,
});
const stance = (from: string, to: string, stance: string, more: object = {}) => ({
  stanceOn: { from, to, stance, claims: [said(`${from} on ${to}`)], ...more },
});

beforeAll(async () => {
  const written = await graph.record([
    { source: { id: 'source:herald', name: 'The Herald' } },
    { person: { id: 'person:ana', name: 'Ana' } },
    { person: { id: 'person:bo', name: 'Bo' } },
    { position: { id: 'position:mayor', name: 'Mayor' } },
    { civilSocietyOrganization: { id: 'civil-society-organization:dockers', name: 'Dockers' } },
    { unnamedActor: { id: 'unnamed-actor:critics', name: 'Critics', number: 'SEVERAL', source: 'source:herald' } },
    { agreement: { id: 'agreement:port', name: 'Port agreement' } },
    { agreement: { id: 'agreement:quiet', name: 'Quiet agreement' } },
    { agreementTerm: { id: 'agreement-term:fee', name: 'The fee' } },
    { agreementTerm: { id: 'agreement-term:quay', name: 'The quay' } },
    {
      termOf: { from: 'agreement-term:fee', to: 'agreement:port', claims: [said('A fee.', { commitment: 'OFFERED' })] },
    },
    {
      termOf: {
        from: 'agreement-term:quay',
        to: 'agreement:port',
        claims: [said('A quay.', { commitment: 'AGREED' })],
      },
    },
    stance('person:ana', 'agreement:port', 'SUPPORTS', { on: '2024-03-01', inCapacityOf: 'position:mayor' }),
    stance('person:ana', 'agreement-term:fee', 'STRONGLY_OPPOSES', {
      claims: [
        said('Ana is against the fee, to judge by her words.', {
          id: 'claim:ours',
          attribution: 'ANALYST',
          hedged: true,
        }),
        said('Ana is not against the fee.', { id: 'claim:denial', polarity: 'NEGATED' }),
        said('Ana hates the fee.', { id: 'claim:outdated', rank: 'DEPRECATED' }),
        said('Ana loathes the fee.', { id: 'claim:taken-back' }),
      ],
    }),
    stance('person:bo', 'agreement:port', 'OPPOSES', { onBehalfOf: 'civil-society-organization:dockers' }),
    stance('civil-society-organization:dockers', 'agreement:port', 'OPPOSES', { on: '2024-05' }),
    stance('unnamed-actor:critics', 'agreement-term:quay', 'OPPOSES'),
    stance('unnamed-actor:critics', 'agreement:port', 'NEUTRAL'),
  ]);
  expect(written.problems).toEqual([]);
  await graph.connection.write('retract', (tx) =>
    tx.run(`MATCH (c:Claim {id: 'claim:taken-back'}) SET c.retractedAt = datetime('2024-06-07T08:09:10Z')`),
  );
});

interface Taken {
  readonly actor: { readonly name: string };
  readonly stance: string;
  readonly toward: { readonly name: string };
}

async function asked(args: string, selection = ''): Promise<{ totalCount: number; nodes: Taken[] }> {
  const { data, errors, statements } = await graph.ask(
    `{ stances(${args}) { totalCount nodes { actor { name } stance toward { name } ${selection} } } }`,
  );
  expect(errors ?? []).toEqual([]);
  expect(statements).toHaveLength(1);
  return (data as { stances: { totalCount: number; nodes: Taken[] } }).stances;
}
const told = ({ nodes }: { nodes: readonly Taken[] }) =>
  nodes.map(({ actor, stance, toward }) => `${actor.name} ${stance} ${toward.name}`);

describe('stances', () => {
  it('are on a thing and on its terms, from those most against it to those most for it, then by name', async () => {
    const found = await asked('on: "agreement:port"');
    expect(found.totalCount).toBe(6);
    expect(told(found)).toEqual([
      'Ana STRONGLY_OPPOSES The fee',
      'Bo OPPOSES Port agreement',
      'Critics OPPOSES The quay',
      'Dockers OPPOSES Port agreement',
      'Critics NEUTRAL Port agreement',
      'Ana SUPPORTS Port agreement',
    ]);
  });

  it('leave the terms out when asked to', async () => {
    const found = await asked('on: "agreement:port", includeTerms: false');
    expect(told(found).every((one) => one.endsWith('Port agreement'))).toBe(true);
    expect(found.totalCount).toBe(4);
  });

  it('are those that are named; an empty list names none', async () => {
    expect(told(await asked('on: "agreement:port", stance: [SUPPORTS, NEUTRAL]'))).toEqual([
      'Critics NEUTRAL Port agreement',
      'Ana SUPPORTS Port agreement',
    ]);
    expect((await asked('on: "agreement:port", stance: []')).totalCount).toBe(0);
  });

  it('are none on what nobody spoke of, on a term by itself, and on what is not there', async () => {
    expect((await asked('on: "agreement:quiet"')).totalCount).toBe(0);
    expect(told(await asked('on: "agreement-term:quay"'))).toEqual(['Critics OPPOSES The quay']);
    expect((await asked('on: "agreement:nowhere"')).totalCount).toBe(0);
  });

  it('keep undated ones on any day, and those that were taken by then; a term counts as far as it holds then', async () => {
    expect((await asked('on: "agreement:port", asOf: "2024-04-01"')).totalCount).toBe(5);
    expect(told(await asked('on: "agreement:port", asOf: "2024-04-01", certain: true'))).toEqual([
      'Ana SUPPORTS Port agreement',
    ]);
    expect(told(await asked('on: "agreement:port", minCommitment: AGREED'))).not.toContain(
      'Ana STRONGLY_OPPOSES The fee',
    );
    expect((await asked('on: "agreement:port", minCommitment: AGREED')).totalCount).toBe(5);
  });

  it('say in which post, for whom, and by which standing claims', async () => {
    const { nodes } = await asked(
      'on: "agreement:port"',
      'onBehalfOf { name } inCapacityOf { name } relationship { from { name } to { name } state(asOf: "2024-04-01") } claims { id attribution }',
    );
    expect(nodes.find(({ toward }) => toward.name === 'The fee')).toMatchObject({
      claims: [{ id: 'claim:ours', attribution: 'ANALYST' }],
      relationship: { from: { name: 'Ana' }, to: { name: 'The fee' }, state: 'UNKNOWN' },
    });
    expect(nodes.find(({ actor }) => actor.name === 'Bo')).toMatchObject({ onBehalfOf: { name: 'Dockers' } });
    expect(nodes.at(-1)).toMatchObject({ inCapacityOf: { name: 'Mayor' }, relationship: { state: 'PAST' } });
  });

  it('are read page by page, each once', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await graph.ask(
        'query($after: String) { stances(on: "agreement:port", first: 2, after: $after) { nodes { actor { name } stance toward { name } } pageInfo { hasNextPage hasPreviousPage endCursor } } }',
        { after },
      );
      expect(errors ?? []).toEqual([]);
      type Page = { nodes: Taken[]; pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string } };
      const page = (data as { stances: Page }).stances;
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      seen.push(...told(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(told(await asked('on: "agreement:port"')));
  });

  it('are found from what they are on', async () => {
    const { statements } = await graph.ask(
      '{ stances(on: "agreement:port", asOf: "2024-04-01", minCommitment: AGREED) { totalCount nodes { actor { name } claims { text } } } }',
    );
    const operators = await operatorsOf(graph.connection, statements[0]?.text ?? '');
    expect(operators.filter((operator) => SCANS.test(operator))).toEqual([]);
  });
});
