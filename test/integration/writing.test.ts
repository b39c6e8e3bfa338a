import { beforeAll, describe, expect, test } from 'vitest';
import { testGraph } from '../support/graph.ts';

const graph = testGraph();

/** Every node and edge with its labels and properties, in a stable order: two dumps are equal when two graphs are. */
const dump = async (): Promise<string> => {
  const nodes = await graph.rows(
    'MATCH (n) WHERE NOT n:ConcordatLock AND NOT n:ConcordatCall RETURN labels(n), properties(n) ORDER BY coalesce(n.id, n.key, n.value, n.version)',
  );
  const edges = await graph.rows(
    'MATCH (a)-[r]->(b) RETURN type(r), a.id, b.id, properties(r) ORDER BY type(r), a.id, coalesce(b.id, b.key, b.value), r.id',
  );
  return JSON.stringify([nodes, edges], (_, value) =>
    value?.constructor?.name === 'Date' || value?.constructor?.name === 'DateTime' ? `${value}` : value,
  );
};

const says = { commitment: 'FACT', attribution: 'NARRATED', source: 'source:gazette' };

/** Veld: a small town with a mayor, a guild, a jail and a gazette. */
const veld = [
  { source: { id: 'source:gazette', name: 'The Veld Gazette', kind: 'ARTICLE' } },
  { source: { id: 'source:reprint', name: 'A reprint of the Gazette', kind: 'ARTICLE' } },
  { source: { id: 'source:note', name: 'A note of ours', kind: 'ANALYST_NOTE' } },
  { person: { id: 'person:ana', name: 'Ana Lima', aliases: ['The Mayor'], birthDate: '1970-05' } },
  { person: { id: 'person:bo', name: 'Bo Ek' } },
  { position: { id: 'position:mayor', name: 'Mayor of Veld' } },
  { government: { id: 'government:veld', name: 'City of Veld' } },
  { civilSocietyOrganization: { id: 'civil-society-organization:guild', name: 'Bakers’ Guild' } },
  { prison: { id: 'prison:jail', name: 'Veld Jail', capacity: 12 } },
  { agreement: { id: 'agreement:bread', name: 'The Bread Accord' } },
  { agreementTerm: { id: 'agreement-term:loaves', name: 'A loaf a day' } },
  {
    holdsPosition: {
      tag: 'ana-mayor',
      from: 'person:ana',
      to: 'position:mayor',
      validFrom: '2020',
      claims: [{ id: 'claim:mayor', text: 'Ana Lima is the mayor.', ...says, observedOn: '2025-02-03' }],
    },
  },
  {
    positionIn: {
      from: 'position:mayor',
      to: 'government:veld',
      claims: [{ id: 'claim:post', text: 'The mayor leads the city.', ...says }],
    },
  },
  { termOf: { tag: 'loaves', from: 'agreement-term:loaves', to: 'agreement:bread', ordinal: 1 } },
  {
    claim: {
      id: 'claim:offer',
      text: 'The guild offers a loaf a day.',
      commitment: 'OFFERED',
      attribution: 'DIRECT_QUOTE',
      act: 'OFFERED',
      speaker: 'civil-society-organization:guild',
      quote: { text: 'A loaf a day.', language: 'en' },
      source: 'source:gazette',
      locator: 'page 1',
      asserts: ['loaves'],
    },
  },
  {
    partyTo: {
      tag: 'guild-party',
      from: 'civil-society-organization:guild',
      to: 'agreement:bread',
      role: 'PARTY',
      participation: 'SIGNATORY',
      signedOn: '2024-01-02',
      inForceOn: '2024-02',
      claims: [{ id: 'claim:party', text: 'The guild is a party.', ...says }],
    },
  },
];

const problem = async (record: object) => {
  const before = await dump();
  const written = await graph.record([record]);
  expect(await dump(), 'a refused call changes nothing').toBe(before);
  return written.problems[0];
};

beforeAll(async () => {
  const written = await graph.record(veld);
  expect(written.problems).toEqual([]);
});

describe('a graph that is recorded', () => {
  test('stands in the store with labels, relationship types and native dates', async () => {
    const [[labels, name, earliest, latest]] = (await graph.rows(
      "MATCH (n {id: 'person:ana'}) RETURN labels(n), n.name, toString(n.birthDateEarliest), toString(n.birthDateLatest)",
    )) as [unknown[]];
    expect(new Set(labels as string[])).toEqual(new Set(['Person', 'Actor', 'Entity']));
    expect([name, earliest, latest]).toEqual(['Ana Lima', '1970-05-01', '1970-05-31']);
    expect(
      await graph.rows(
        "MATCH (:Person {id: 'person:ana'})-[r:HOLDS_POSITION]->(p) RETURN p.name, r.validFrom, toString(r.validFromLatest), toString(r.observedFrom)",
      ),
    ).toEqual([['Mayor of Veld', '2020', '2020-12-31', '2025-02-03']]);
    expect(
      await graph.rows(
        "MATCH (c:Claim {id: 'claim:offer'})-[s:STATED_IN]->(x) MATCH (c)-[:SPEAKER]->(y) RETURN s.locator, x.id, y.id",
      ),
    ).toEqual([['page 1', 'source:gazette', 'civil-society-organization:guild']]);
  });

  test('is the same to the byte when it is recorded again', async () => {
    const before = await dump();
    const again = await graph.record(veld);
    expect([...again.outcomes.values()].every((outcome) => outcome === 'unchanged')).toBe(true);
    expect(await dump()).toBe(before);
  });

  test('keeps dates of a relationship under their stored names whatever its records call them', async () => {
    expect(
      await graph.rows('MATCH ()-[r:PARTY_TO]->() RETURN r.validFrom, r.signedOn, toString(r.signedOnEarliest)'),
    ).toEqual([['2024-02', '2024-01-02', '2024-01-02']]);
  });
});

describe('an upsert', () => {
  test('leaves what it does not name, adds to lists, and never renames by alias', async () => {
    await graph.record([{ person: { id: 'person:ana', name: 'Ana Lima', gender: 'female', aliases: ['Ms Lima'] } }]);
    expect(
      await graph.rows(
        "MATCH (n:Person {id: 'person:ana'}) RETURN n.name, n.birthDate, n.gender, n.aliases, n.version",
      ),
    ).toEqual([['Ana Lima', '1970-05', 'female', ['The Mayor', 'Ms Lima'], 2]]);
  });

  test('clears what it is told to clear', async () => {
    await graph.record([{ person: { id: 'person:ana', clear: ['gender', 'birthDate'] } }]);
    expect(
      await graph.rows("MATCH (n:Person {id: 'person:ana'}) RETURN n.gender, n.birthDate, n.birthDateEarliest"),
    ).toEqual([[null, null, null]]);
  });

  test('finds an entity by its external id', async () => {
    await graph.record([{ gang: { name: 'The Crows', externalIds: [{ scheme: 'WIKIDATA', value: 'Q1' }] } }]);
    const again = await graph.record([
      { gang: { name: 'The Crows of Veld', externalIds: [{ scheme: 'WIKIDATA', value: 'Q1' }] } },
    ]);
    expect([...again.outcomes]).toEqual([['gang:wikidata-Q1', 'updated']]);
  });

  test('is refused when somebody changed it in between', async () => {
    expect(await problem({ person: { id: 'person:bo', gender: 'male', expectedVersion: 7 } })).toMatchObject({
      code: 'CONFLICT',
      path: ['person', 'expectedVersion'],
    });
  });
});

describe('claims', () => {
  const term =
    "MATCH (:AgreementTerm {id: 'agreement-term:loaves'})-[r:TERM_OF]->() RETURN r.status, r.claimCount, r.disputed, r.sourceCount";

  test('what is offered stays offered, whatever is agreed about the agreement', async () => {
    await graph.record([
      {
        claim: {
          id: 'claim:settled',
          text: 'The accord is settled.',
          commitment: 'AGREED',
          attribution: 'NARRATED',
          source: 'source:gazette',
          subject: 'agreement:bread',
        },
      },
    ]);
    expect(await graph.rows(term)).toEqual([['OFFERED', 1, false, 1]]);
  });

  test('an analyst’s claim adds, and does not raise the status', async () => {
    await graph.record([
      {
        claim: {
          id: 'claim:ours',
          text: 'We think it is agreed.',
          commitment: 'AGREED',
          attribution: 'ANALYST',
          source: 'source:note',
          subject: 'agreement-term:loaves',
          asserts: [await termId()],
        },
      },
    ]);
    expect(await graph.rows(term)).toEqual([['OFFERED', 2, false, 2]]);
  });

  test('a claim of another source raises it, and both stand', async () => {
    await graph.record([
      {
        claim: {
          id: 'claim:agreed',
          text: 'The term is agreed.',
          commitment: 'AGREED',
          attribution: 'NARRATED',
          source: 'source:reprint',
          asserts: [await termId()],
        },
      },
    ]);
    expect(await graph.rows(term)).toEqual([['AGREED', 3, false, 3]]);
  });

  test('sources that repeat one another count once, from when that is known', async () => {
    await graph.record([{ derivedFrom: { from: 'source:reprint', to: 'source:gazette' } }]);
    expect(await graph.rows(term)).toEqual([['AGREED', 3, false, 2]]);
    expect(await graph.rows('MATCH ()-[r:DERIVED_FROM]->() RETURN r.status, r.claimCount, r.sourceCount')).toEqual([
      ['FACT', 0, 1],
    ]);
  });

  test('a negated claim disputes the edge and does not carry it', async () => {
    await graph.record([
      {
        claim: {
          id: 'claim:denied',
          text: 'There is no such term.',
          ...says,
          polarity: 'NEGATED',
          asserts: [await termId()],
        },
      },
    ]);
    expect(await graph.rows(term)).toEqual([['AGREED', 3, true, 2]]);
  });

  test('a negated claim about what nobody asserts waits for it', async () => {
    await graph.record([
      {
        claim: {
          id: 'claim:not-mayor',
          text: 'Bo Ek was never mayor.',
          ...says,
          polarity: 'NEGATED',
          subject: 'person:bo',
          predicate: 'HOLDS_POSITION',
          object: 'position:mayor',
          asserts: [await mayorId()],
        },
      },
    ]);
    expect(await graph.rows("MATCH (:Person {id: 'person:bo'})-[r:HOLDS_POSITION]->() RETURN r.id")).toEqual([]);
    await graph.record([
      { holdsPosition: { from: 'person:bo', to: 'position:mayor', claims: [{ text: 'Bo Ek is mayor.', ...says }] } },
    ]);
    expect(
      await graph.rows(
        "MATCH (:Person {id: 'person:bo'})-[r:HOLDS_POSITION]->() RETURN r.disputed, r.claimCount, size(r.claims)",
      ),
    ).toEqual([[true, 1, 2]]);
    expect(await graph.rows('MATCH (c:Unheld) RETURN c.id')).toEqual([]);
  });

  test('of a field show the most committed value, and the record’s again when none stands', async () => {
    const capacity = "MATCH (n:Prison {id: 'prison:jail'}) RETURN n.capacity";
    const claim = (id: string, number: number, commitment: string, more = {}) => ({
      claim: {
        id,
        text: `The jail holds ${number}.`,
        commitment,
        attribution: 'NARRATED',
        source: 'source:gazette',
        subject: 'prison:jail',
        predicate: 'capacity',
        value: { number },
        ...more,
      },
    });
    await graph.record([claim('claim:40', 40, 'ALLEGED')]);
    expect(await graph.rows(capacity)).toEqual([[40]]);
    await graph.record([claim('claim:30', 30, 'FACT')]);
    expect(await graph.rows(capacity)).toEqual([[30]]);
    await graph.record([claim('claim:40', 40, 'ALLEGED', { rank: 'PREFERRED' })]);
    expect(await graph.rows(capacity)).toEqual([[40]]);
    await graph.record([
      claim('claim:40', 40, 'ALLEGED', { rank: 'DEPRECATED' }),
      claim('claim:30', 30, 'FACT', { rank: 'DEPRECATED' }),
    ]);
    expect(await graph.rows(capacity)).toEqual([[12]]);
  });

  test('state properties of an edge beside its identity, and the most committed is shown', async () => {
    const signed = 'MATCH ()-[r:PARTY_TO]->() RETURN r.signedOn, r.participation';
    await graph.record([
      {
        claim: {
          id: 'claim:signed-later',
          text: 'It was signed in March.',
          commitment: 'ALLEGED',
          attribution: 'NARRATED',
          source: 'source:reprint',
          asserts: [await partyId()],
          states: [{ property: 'signedOn', value: '2024-03' }],
        },
      },
    ]);
    expect(await graph.rows(signed)).toEqual([['2024-01-02', 'SIGNATORY']]);
    await graph.record([{ claim: { id: 'claim:signed-later', rank: 'PREFERRED' } }]);
    expect(await graph.rows(signed)).toEqual([['2024-03', 'SIGNATORY']]);
  });
});

const one = async (text: string) => String((await graph.rows(text))[0]?.[0]);
const termId = () => one('MATCH ()-[r:TERM_OF]->() RETURN r.id');
const partyId = () => one('MATCH ()-[r:PARTY_TO]->() RETURN r.id');
const mayorId = async () => {
  const { edgeId } = await import('../../src/model/identity.ts');
  const { relationshipNamed } = await import('../../src/model/model.ts');
  const { ontology } = await import('../../src/ontology/ontology.ts');
  const type = relationshipNamed(ontology, 'HOLDS_POSITION');
  if (!type) throw new Error('no HOLDS_POSITION');
  return edgeId(type, 'person:bo', 'position:mayor', {});
};

describe('a record is refused, naming the place and the way out, when', () => {
  const claim = { text: 'So it is.', ...says };
  test.each<[string, object, object]>([
    [
      'it is of no known type',
      { persn: { name: 'X' } },
      { code: 'UNKNOWN_RECORD', suggestion: 'Did you mean person?' },
    ],
    ['it has two keys', { person: {}, gang: {} }, { code: 'UNKNOWN_RECORD' }],
    [
      'it has an unknown field',
      { person: { name: 'X', birthdate: '1970' } },
      { code: 'UNKNOWN_FIELD', path: ['person', 'birthdate'], suggestion: 'Did you mean birthDate?' },
    ],
    [
      'a claim in it has an unknown field',
      { memberOf: { from: 'person:ana', to: 'government:veld', claims: [{ ...claim, speeker: 'person:bo' }] } },
      { code: 'UNKNOWN_FIELD', path: ['memberOf', 'claims', 0, 'speeker'], suggestion: 'Did you mean speaker?' },
    ],
    [
      'a date is none',
      { person: { name: 'X', birthDate: '1970-13' } },
      { code: 'INVALID_VALUE', path: ['person', 'birthDate'] },
    ],
    [
      'a date is a number',
      { person: { name: 'X', birthDate: 1970 } },
      { code: 'INVALID_VALUE', message: expect.stringContaining('in quotes') },
    ],
    [
      'a closed list lacks the value',
      { spokeOf: { from: 'person:ana', to: 'agreement:bread', act: 'SHOUTED', claims: [claim] } },
      { code: 'INVALID_VALUE', path: ['spokeOf', 'act'] },
    ],
    [
      'an open list is not in capitals',
      { prison: { name: 'X', securityLevel: 'maximum' } },
      { code: 'INVALID_VALUE', message: expect.stringContaining('UPPER_SNAKE_CASE') },
    ],
    ['a name is missing', { person: { id: 'person:new' } }, { code: 'MISSING_FIELD' }],
    [
      'an id has another type’s prefix',
      { person: { id: 'gang:x', name: 'X' } },
      { code: 'WRONG_TYPE', path: ['person', 'id'] },
    ],
    [
      'the pair is illegal',
      { holdsPosition: { from: 'government:veld', to: 'position:mayor', claims: [claim] } },
      { code: 'ILLEGAL_PAIR', suggestion: 'Legal: Person → Position.' },
    ],
    [
      'it leads to itself',
      { alliedWith: { from: 'government:veld', to: 'government:veld', claims: [claim] } },
      { code: 'ILLEGAL_PAIR' },
    ],
    [
      'an end is not there',
      { memberOf: { from: 'person:nobody', to: 'government:veld', claims: [claim] } },
      { code: 'UNKNOWN_REFERENCE', path: ['memberOf', 'from'] },
    ],
    [
      'an end is left out',
      { memberOf: { to: 'government:veld', claims: [claim] } },
      { code: 'MISSING_FIELD', path: ['memberOf', 'from'] },
    ],
    [
      'a tag is not there',
      { memberOf: { from: 'annna', to: 'government:veld', claims: [claim] } },
      { code: 'UNKNOWN_REFERENCE', path: ['memberOf', 'from'] },
    ],
    [
      'it ends before it starts',
      {
        memberOf: {
          from: 'person:ana',
          to: 'government:veld',
          validFrom: '2024',
          validTo: '2023-12-31',
          claims: [claim],
        },
      },
      { code: 'IMPOSSIBLE_DATES', path: ['memberOf', 'validFrom'] },
    ],
    [
      'its own dates are the wrong way round, by their own names',
      { targets: { from: 'policy:x', to: 'person:ana', listedOn: '2024', delistedOn: '2020', claims: [claim] } },
      expect.anything(),
    ],
    [
      'somebody dies before birth',
      { person: { name: 'X', birthDate: '2000', deathDate: '1999' } },
      { code: 'IMPOSSIBLE_DATES' },
    ],
    [
      'a claim names no source',
      { claim: { text: 'So it is.', commitment: 'FACT', attribution: 'NARRATED', subject: 'person:ana' } },
      { code: 'CLAIM_WITHOUT_SOURCE', path: ['claim', 'source'] },
    ],
    [
      'a claim’s source is no source',
      { claim: { ...claim, subject: 'person:ana', source: 'person:bo' } },
      { code: 'WRONG_TYPE', path: ['claim', 'source'] },
    ],
    [
      'a relationship rests on no claim',
      { memberOf: { from: 'person:ana', to: 'government:veld' } },
      { code: 'RELATIONSHIP_WITHOUT_CLAIM' },
    ],
    [
      'it rests on a question alone',
      { memberOf: { from: 'person:ana', to: 'government:veld', claims: [{ ...claim, commitment: 'QUESTION' }] } },
      { code: 'RELATIONSHIP_WITHOUT_CLAIM' },
    ],
    [
      'it rests on a denial alone',
      { memberOf: { from: 'person:ana', to: 'government:veld', claims: [{ ...claim, polarity: 'NEGATED' }] } },
      { code: 'RELATIONSHIP_WITHOUT_CLAIM' },
    ],
    [
      'a speaker cannot speak',
      { claim: { ...claim, subject: 'person:ana', speaker: 'prison:jail' } },
      { code: 'WRONG_TYPE', path: ['claim', 'speaker'] },
    ],
    [
      'a predicate is neither relationship nor field',
      { claim: { ...claim, subject: 'person:ana', predicate: 'HOLD_POSITION', object: 'position:mayor' } },
      { code: 'INVALID_VALUE', suggestion: 'Did you mean HOLDS_POSITION?' },
    ],
    [
      'a remark has an object',
      { claim: { ...claim, subject: 'person:ana', predicate: 'REMARK', object: 'person:bo' } },
      { code: 'INVALID_VALUE' },
    ],
    [
      'a value is of the wrong kind for its field',
      { claim: { ...claim, subject: 'prison:jail', predicate: 'capacity', value: { text: 'many' } } },
      { code: 'INVALID_VALUE', suggestion: 'Give value: { number: … }.' },
    ],
    [
      'an external id is somebody else’s',
      { gang: { id: 'gang:other', name: 'Others', externalIds: [{ scheme: 'WIKIDATA', value: 'Q1' }] } },
      { code: 'DUPLICATE' },
    ],
    [
      'a count is upside down',
      { populationGroup: { name: 'X', size: { atLeast: 9, atMost: 3 } } },
      { code: 'INVALID_VALUE', message: expect.stringContaining('atLeast above atMost') },
    ],
    [
      'what is cleared is required',
      { person: { id: 'person:ana', clear: ['name'] } },
      { code: 'UNKNOWN_FIELD', path: ['person', 'clear', 0] },
    ],
    [
      'an edge’s id leads nowhere',
      { memberOf: { id: 'member-of:nowhere' } },
      { code: 'UNKNOWN_REFERENCE', path: ['memberOf', 'id'] },
    ],
    [
      'a number could not be read back',
      { prison: { name: 'X', capacity: 3_000_000_000 } },
      { code: 'INVALID_VALUE', path: ['prison', 'capacity'] },
    ],
    [
      'a name is too long for an index',
      { person: { name: 'x'.repeat(2_001) } },
      { code: 'INVALID_VALUE', path: ['person', 'name'] },
    ],
    [
      'a claim’s id does not say that it is one',
      { claim: { ...claim, id: 'person:oops', subject: 'person:ana' } },
      { code: 'INVALID_VALUE', path: ['claim', 'id'] },
    ],
    ['it is half a surrogate pair', { person: { name: '\ud83d' } }, { code: 'INVALID_VALUE' }],
  ])('%s', async (_, record, expected) => {
    expect(await problem(record)).toEqual(
      typeof expected === 'object' && 'asymmetricMatch' in expected ? expected : expect.objectContaining(expected),
    );
  });

  test('an unnamed actor moves to another source', async () => {
    await graph.record([
      {
        unnamedActor: { id: 'unnamed-actor:bakers', name: 'some bakers', number: 'SEVERAL', source: 'source:gazette' },
      },
    ]);
    expect(await problem({ unnamedActor: { id: 'unnamed-actor:bakers', source: 'source:reprint' } })).toMatchObject({
      code: 'IDENTITY_CHANGED',
    });
  });

  test('one call has several problems, all of them are told', async () => {
    const written = await graph.record([
      { person: { name: 'X', birthDate: 'soon' } },
      { gang: {} },
      { memberOf: { from: 'person:ana', to: 'government:veld' } },
    ]);
    expect(written.problems.map((each) => [each.record, each.code])).toEqual([
      [0, 'INVALID_VALUE'],
      [1, 'MISSING_FIELD'],
      [2, 'RELATIONSHIP_WITHOUT_CLAIM'],
    ]);
  });
});

test('an unusual order of different dates is a notice, and is recorded as given', async () => {
  const written = await graph.record([
    { agreement: { name: 'The Salt Accord', signedOn: '2024', inForceFrom: '2023' } },
  ]);
  expect(written.problems).toEqual([]);
  expect(written.notices).toMatchObject([{ path: ['agreement', 'signedOn'] }]);
});
