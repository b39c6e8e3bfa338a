import { beforeAll, describe, expect, it } from 'vitest';
import { testGraph } from '../support/graph.ts';
import { fact, tie } from '../support/told.ts';

/** `commonConnections(ids)`: what several entities share. */

const graph = testGraph();

beforeAll(async () => {
  const written = await graph.record([
    { source: { id: 'source:herald', name: 'The Herald' } },
    ...['ana', 'bo', 'cy', 'di'].map((name) => ({ person: { id: `person:${name}`, name } })),
    { position: { id: 'position:mayor', name: 'Mayor' } },
    { position: { id: 'position:clerk', name: 'Clerk' } },
    { government: { id: 'government:city', name: 'City' } },
    { company: { id: 'company:quay', name: 'Quay' } },
    { company: { id: 'company:crane', name: 'Crane' } },
    { politicalParty: { id: 'political-party:tide', name: 'Tide' } },
    tie('holdsPosition', 'person:ana', 'position:mayor', { validFrom: '2020', validTo: '2022' }),
    tie('holdsPosition', 'person:bo', 'position:clerk', { validFrom: '2023' }),
    tie('positionIn', 'position:mayor', 'government:city'),
    tie('positionIn', 'position:clerk', 'government:city'),
    tie('memberOf', 'person:ana', 'political-party:tide'),
    tie('memberOf', 'person:bo', 'political-party:tide', { claims: [fact('Perhaps.', { commitment: 'ALLEGED' })] }),
    tie('memberOf', 'person:cy', 'political-party:tide'),
    tie('employedBy', 'person:cy', 'company:quay'),
    tie('owns', 'company:crane', 'company:quay'),
    tie('owns', 'person:cy', 'company:crane'),
    tie('familyOf', 'person:ana', 'person:bo', { kinship: 'SIBLING' }),
    tie('familyOf', 'person:cy', 'person:ana', { kinship: 'COUSIN' }),
    tie('familyOf', 'person:cy', 'person:bo', { kinship: 'COUSIN' }),
    { mentions: { from: 'source:herald', to: 'person:ana' } },
    { mentions: { from: 'source:herald', to: 'person:bo' } },
  ]);
  expect(written.problems).toEqual([]);
});

interface Common {
  readonly entity: { readonly name: string };
  readonly connectedTo: readonly { readonly name: string }[];
  readonly count: number;
  readonly relationships: readonly { type: string; from: { name: string }; to: { name: string } }[];
}

async function asked(args: string): Promise<Common[]> {
  const { data, errors, statements } = await graph.ask(
    `{ commonConnections(${args}) { entity { name } connectedTo { name } count relationships { type from { name } to { name } } } }`,
  );
  expect(errors ?? []).toEqual([]);
  expect(statements).toHaveLength(1);
  return (data as { commonConnections: Common[] }).commonConnections;
}
const refusal = async (args: string) =>
  (await graph.ask(`{ commonConnections(${args}) { count } }`)).errors?.[0]?.originalError;
const told = (found: readonly Common[]) =>
  found.map(({ entity, connectedTo }) => `${entity.name}: ${connectedTo.map(({ name }) => name).join(', ')}`);

const two = 'ids: ["person:ana", "person:bo"]';
const three = 'ids: ["person:cy", "person:bo", "person:ana"]';

describe('common connections', () => {
  it('are what both are tied to, posts seen through, with the relationships of both steps; their own tie is none', async () => {
    const found = await asked(two);
    expect(told(found)).toEqual(['City: ana, bo', 'Tide: ana, bo', 'cy: ana, bo']);
    expect(found[0]?.relationships.map(({ type, from, to }) => `${from.name} ${type} ${to.name}`).sort()).toEqual([
      'Clerk POSITION_IN City',
      'Mayor POSITION_IN City',
      'ana HOLDS_POSITION Mayor',
      'bo HOLDS_POSITION Clerk',
    ]);
    expect(found[2]?.relationships.map(({ type }) => type)).toEqual(['FAMILY_OF', 'FAMILY_OF']);
  });

  it('come first that most share, and may be one of the entities where it ties others together', async () => {
    const found = await asked(three);
    expect(told(found)).toEqual(['Tide: cy, bo, ana', 'City: bo, ana', 'ana: cy, bo', 'bo: cy, ana', 'cy: bo, ana']);
    expect(told(await asked(`${three}, minShared: 3`))).toEqual(['Tide: cy, bo, ana']);
    expect(found.map(({ count }) => count)).toEqual([3, 2, 2, 2, 2]);
  });

  it('see a post through from the body as well', async () => {
    expect(told(await asked('ids: ["government:city", "political-party:tide"]'))).toEqual([
      'ana: City, Tide',
      'bo: City, Tide',
    ]);
  });

  it('are by the types that are named, and through posts only where both steps are among them', async () => {
    expect(told(await asked(`${two}, types: [MEMBER_OF, HOLDS_POSITION]`))).toEqual(['Tide: ana, bo']);
    expect(told(await asked(`${two}, types: [POSITION_IN, HOLDS_POSITION]`))).toEqual(['City: ana, bo']);
    expect(await asked(`${two}, types: []`)).toEqual([]);
  });

  it('avoid sources unless asked for, and other types where asked to', async () => {
    expect(told(await asked(`${two}, avoidTypes: []`))).toContain('The Herald: ana, bo');
    expect(told(await asked(`${two}, avoidTypes: [SOURCE, POSITION, PERSON]`))).toEqual(['Tide: ana, bo']);
  });

  it('hold on the day and with the commitment that are asked for, at every step', async () => {
    expect(told(await asked(`${two}, asOf: "2021-05-05"`))).not.toContain('City: ana, bo');
    expect(told(await asked(`${two}, minCommitment: FACT`))).toEqual(['City: ana, bo', 'cy: ana, bo']);
  });

  it('pass over ids that nothing has and that are named twice, and share nothing with what is not there', async () => {
    expect(told(await asked('ids: ["person:ana", "person:ana", "person:nobody", "person:bo"]'))).toHaveLength(3);
    expect(await asked('ids: ["person:ana", "person:nobody"]')).toEqual([]);
    expect(await asked('ids: ["person:di", "person:ana"]')).toEqual([]);
  });

  it('are as many as asked for', async () => {
    expect(told(await asked(`${three}, first: 2`))).toEqual(['Tide: cy, bo, ana', 'City: bo, ana']);
  });

  it('refuse to compare one with nothing, and numbers out of bounds', async () => {
    expect(await refusal('ids: ["person:ana", "person:ana"]')).toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { path: ['commonConnections', 'ids'] },
    });
    expect(await refusal(`${two}, minShared: 3`)).toMatchObject({ code: 'BAD_USER_INPUT', details: { value: 3 } });
    expect(await refusal(`${two}, minShared: 1`)).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await refusal(`${two}, first: 201`)).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});
