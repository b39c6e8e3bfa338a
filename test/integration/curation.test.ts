import { execute, parse } from 'graphql';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Reader } from '../../src/graphql/context.ts';
import type { Call, WriteReport } from '../../src/model/reports.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { asRecorded } from '../../src/store/log/as-recorded.ts';
import { createWriter } from '../../src/store/writer.ts';
import { dump } from '../support/dump.ts';
import { RECORDED_AT, testGraph } from '../support/graph.ts';
import { fact, tie } from '../support/told.ts';

/** What takes things away, and brings them back: retract, remove, restore, merge, unmerge, judge. */

const graph = testGraph();
const writer = createWriter(graph.connection, ontology);
const call = (operation: string): Call => ({ by: 'test', role: 'curator', operation });
const told = async (report: WriteReport) => report;

const record = (...records: object[]) => writer.record(records, { at: RECORDED_AT }, call('record'), told);
const retract = (...ids: string[]) => writer.retract(ids, 'The paper withdrew it.', call('retract'), told);
const remove = (ids: string[], cascade = false) =>
  writer.remove(ids, { reason: 'Entered by mistake.', cascade }, call('remove'), told);
const restore = (...ids: string[]) => writer.restore(ids, call('restore'), told);
const merge = (into: string, from: string[], dryRun = false) =>
  writer.merge({ into, from, reason: 'One and the same.' }, { dryRun }, call('merge'), told);
const unmerge = (id: string) => writer.unmerge(id, call('unmerge'), told);

const people = ['ana', 'anna', 'bo', 'cy'];
const world = [
  { source: { id: 'source:herald', name: 'The Herald', kind: 'ARTICLE' } },
  { source: { id: 'source:gazette', name: 'The Gazette', kind: 'ARTICLE' } },
  ...people.map((name) => ({ person: { id: `person:${name}`, name } })),
  {
    person: {
      id: 'person:anna',
      aliases: ['A. Lima'],
      birthDate: '1970-05',
      description: 'The mayor.',
      externalIds: [{ scheme: 'WIKIDATA', value: 'Q7' }],
      names: [{ value: 'Anna Lima', kind: 'LEGAL', validFrom: '1990' }],
    },
  },
  { position: { id: 'position:mayor', name: 'Mayor' } },
  { politicalParty: { id: 'political-party:bread', name: 'Bread' } },
  { event: { id: 'event:gala', name: 'The gala', kind: 'MEETING' } },
  { policy: { id: 'policy:curfew', name: 'Curfew' } },
  tie('holdsPosition', 'person:ana', 'position:mayor', { validFrom: '2020' }),
  tie('holdsPosition', 'person:anna', 'position:mayor', {
    validFrom: '2020',
    role: 'ACTING',
    claims: [fact('Anna is the mayor.', { source: 'source:gazette', id: 'claim:anna-mayor' })],
  }),
  tie('memberOf', 'person:anna', 'political-party:bread'),
  tie('familyOf', 'person:anna', 'person:bo', { kinship: 'SISTER' }),
  tie('associatedWith', 'person:ana', 'person:anna', { text: 'Often seen together.' }),
  {
    spokeOf: {
      from: 'person:anna',
      to: 'policy:curfew',
      act: 'CRITICIZED',
      event: 'event:gala',
      onBehalfOf: 'person:ana',
      addressee: 'person:bo',
      claims: [
        {
          text: 'Anna criticised the curfew.',
          commitment: 'EVALUATION',
          attribution: 'DIRECT_QUOTE',
          act: 'CRITICIZED',
          speaker: 'person:anna',
          event: 'event:gala',
          addressee: 'person:bo',
          source: 'source:gazette',
          quote: { text: 'It is too much.' },
        },
      ],
    },
  },
  { mentions: { from: 'source:herald', to: 'person:anna', count: { exact: 3 } } },
  { mentions: { from: 'source:herald', to: 'person:ana', count: { exact: 1 } } },
  {
    claim: fact('Anna was born in 1970.', {
      id: 'claim:born',
      subject: 'person:anna',
      predicate: 'birthDate',
      value: { date: '1970-05-02' },
      source: 'source:gazette',
    }),
  },
  {
    claim: fact('That is not so.', {
      id: 'claim:denial',
      polarity: 'NEGATED',
      subject: 'person:anna',
      predicate: 'MEMBER_OF',
      object: 'political-party:bread',
      disputes: ['claim:anna-mayor'],
    }),
  },
];

beforeEach(async () => {
  await graph
    .rows('MATCH (n) WHERE NOT n:ConcordatMigration AND NOT n:ConcordatDerivation DETACH DELETE n RETURN 0')
    .catch(() => {});
  await graph.connection.write('clean', (tx) =>
    tx.run('MATCH (n) WHERE NOT n:ConcordatMigration AND NOT n:ConcordatDerivation DETACH DELETE n'),
  );
  const { problems } = await record(...world);
  expect(problems).toEqual([]);
});

describe('merging', () => {
  test('moves everything, folds what is double, and comes undone to the letter', async () => {
    const before = await dump(graph);
    const merged = await merge('person:ana', ['person:anna']);
    expect(merged.problems).toEqual([]);
    const [[name, born, aliases] = []] = await graph.rows(
      "MATCH (n:Person {id: 'person:ana'}) RETURN n.name, n.birthDate, n.aliases",
    );
    expect([name, born, aliases]).toEqual(['ana', '1970-05-02', ['anna', 'A. Lima']]);
    expect(await graph.rows("MATCH (n:Removed {id: 'person:anna'}) RETURN n.survivor")).toEqual([['person:ana']]);
    const holds = await graph.rows(
      "MATCH (:Person {id: 'person:ana'})-[r:HOLDS_POSITION]->() RETURN r.claimCount, r.sourceCount, r.role, r.disputed",
    );
    expect(holds).toEqual([[2, 2, 'ACTING', true]]);
    const again = await record(...world);
    expect(again.problems).toEqual([]);
    expect([...again.outcomes].filter(([, outcome]) => outcome !== 'unchanged')).toEqual([]);
    const undone = await unmerge(merged.merges[0] ?? '');
    expect(undone.problems).toEqual([]);
    expect(await dump(graph)).toEqual(before);
    expect((await record(...world)).problems).toEqual([]);
    expect(await dump(graph)).toEqual(before);
  });
});

describe('removing', () => {
  test('is refused with what would dangle, or takes it along, and comes back to the letter', async () => {
    const before = await dump(graph);
    const refused = await remove(['person:anna']);
    expect(refused.problems.map(({ code }) => code)).toEqual(['DANGLING']);
    expect(refused.dangling.length).toBeGreaterThan(8);
    expect(await dump(graph)).toEqual(before);
    const removed = await remove(['person:anna'], true);
    expect(removed.problems).toEqual([]);
    expect((await dump(graph)).filter((line) => line.includes('person:anna'))).toEqual([]);
    const again = await record(...world);
    expect(again.problems).toEqual([]);
    expect(again.notices.length).toBeGreaterThan(0);
    expect([...again.outcomes.values()].filter((outcome) => outcome !== 'unchanged')).toEqual([]);
    expect((await restore('person:anna')).problems).toEqual([]);
    expect(await dump(graph)).toEqual(before);
  });

  test.each(['event:gala', 'source:gazette', 'position:mayor', 'person:bo', 'policy:curfew', 'claim:anna-mayor'])(
    '%s and restoring it leaves everything as it was',
    async (id) => {
      const before = await dump(graph);
      expect((await remove([id], true)).problems).toEqual([]);
      expect((await dump(graph)).filter((line) => line.includes(`"${id}"`))).toEqual([]);
      expect((await restore(id)).problems).toEqual([]);
      expect(await dump(graph)).toEqual(before);
    },
  );
});

describe('retracting', () => {
  test('the last claim of an edge retracts the edge, and restoring it brings both back', async () => {
    const before = await dump(graph);
    const retracted = await retract('claim:anna-mayor');
    expect(retracted.problems).toEqual([]);
    expect([...retracted.outcomes.values()].sort()).toEqual(['removed', 'retracted']);
    const again = await record(...world);
    expect(again.problems).toEqual([]);
    expect([...again.outcomes.values()].filter((outcome) => outcome !== 'unchanged')).toEqual([]);
    expect((await restore('claim:anna-mayor')).problems).toEqual([]);
    expect(await dump(graph)).toEqual(before);
  });
});

describe('the graph as it was recorded', () => {
  const query = parse(
    'query($id: ID!) { entity(id: $id) { id name version ... on Person { birthDate { text } aliases positionsHeld { edges { node { name } relationship { status claimCount claims { nodes { text source { name } } } } } } relationships { totalCount } claims { totalCount } } } }',
  );
  const ask = async (reader: Reader, id: string) => {
    const result = await execute({
      schema: graph.schema,
      document: query,
      variableValues: { id },
      contextValue: { model: ontology, reader, today: graph.today },
    });
    expect(result.errors).toBeUndefined();
    return result.data?.['entity'];
  };

  test('at an instant is that of then, whatever was merged, removed, retracted or changed since', async () => {
    const before = await ask(graph.connection, 'person:anna');
    const lines = await dump(graph);
    const then = new Date();
    await writer.record(
      [{ person: { id: 'person:anna', birthDate: '1999', clear: ['description'] } }],
      {},
      call('record'),
      told,
    );
    await retract('claim:anna-mayor');
    await remove(['position:mayor'], true);
    await merge('person:ana', ['person:anna']);
    const past = asRecorded(graph.connection, ontology, then, ['person:anna']);
    expect(await ask(past, 'person:anna')).toEqual(before);
    expect(
      await ask(
        asRecorded(graph.connection, ontology, new Date(RECORDED_AT.getTime() - 1), ['person:anna']),
        'person:anna',
      ),
    ).toBeNull();
    expect(lines.length).toBeGreaterThan(10);
    const now = await dump(graph);
    await ask(past, 'person:anna');
    expect(await dump(graph)).toEqual(now);
  });
});

describe('what history says', () => {
  test('of a claim that is retracted and restored is just that', async () => {
    await retract('claim:anna-mayor');
    await restore('claim:anna-mayor');
    const actions = await graph.rows("MATCH (v:Revision {of: 'claim:anna-mayor'}) RETURN v.action ORDER BY v.sequence");
    expect(actions.flat()).toEqual(['CREATED', 'RETRACTED', 'RESTORED']);
  });

  test('of a judgement is its reason, and a merge minds it', async () => {
    const input = { a: 'person:ana', b: 'person:anna', judgement: 'DIFFERENT', reason: 'Two birthdays.' } as const;
    expect((await writer.judge(input, call('judge'), told)).problems).toEqual([]);
    expect(await graph.rows("MATCH (v:Revision {kind: 'JUDGEMENT'}) RETURN v.action, v.reason")).toEqual([
      ['JUDGED', 'Two birthdays.'],
    ]);
    expect((await merge('person:ana', ['person:anna'])).problems.map(({ code }) => code)).toEqual(['CONFLICT']);
  });

  test('of namesakes: whoever has the id of another by name alone is told so', async () => {
    const { problems, notices } = await record({ person: { name: 'cy', description: 'A singer.' } });
    expect(problems).toEqual([]);
    expect(notices.map(({ code, message }) => [code, message.includes('person:cy')])).toEqual([['DUPLICATE', true]]);
    expect((await record({ person: { name: 'cy', description: 'A singer.' } })).notices).toEqual([]);
  });
});
