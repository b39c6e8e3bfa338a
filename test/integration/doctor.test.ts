import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { type Diagnosis, examine, ROUNDS } from '../../src/store/doctor/examine.ts';
import { cleanGraph, testDatabase } from '../support/database.ts';
import { testGraph } from '../support/graph.ts';
import { violations } from '../support/invariants.ts';
import { projectFile } from '../support/project.ts';
import { fact, tie } from '../support/told.ts';

/** A small town's graph is broken in Cypher, as only somebody with the database's password could; the doctor looks at it. */

const graph = testGraph();
const database = testDatabase();

const records = [
  { source: { id: 'source:herald', name: 'The Herald', kind: 'ARTICLE', publishedAt: '2024-05' } },
  { source: { id: 'source:copy', name: 'A copy of it', kind: 'ARTICLE' } },
  {
    person: {
      ...{ id: 'person:ana', name: 'Ana Lima', birthDate: '1970-05', aliases: ['A. Lima'] },
      names: [{ value: 'أنا ليما', language: 'ar' }],
      externalIds: [{ scheme: 'WIKIDATA', value: 'Q1' }],
    },
  },
  { person: { id: 'person:ben', name: 'Ben Okafor' } },
  { politicalParty: { id: 'political-party:reds', name: 'The Reds' } },
  { politicalParty: { id: 'political-party:blues', name: 'The Blues' } },
  { position: { id: 'position:mayor', name: 'Mayor' } },
  tie('holdsPosition', 'person:ana', 'position:mayor', { tag: 'office', validFrom: '2020' }),
  tie('memberOf', 'person:ana', 'political-party:reds', { role: 'CHAIR' }),
  tie('memberOf', 'person:ben', 'political-party:blues'),
  tie('alliedWith', 'political-party:reds', 'political-party:blues'),
  { mentions: { from: 'source:herald', to: 'person:ana' } },
  {
    claim: {
      ...fact('Ana Lima was born on 17 May 1970.', { id: 'claim:born' }),
      ...{ subject: 'person:ana', predicate: 'birthDate', value: { date: '1970-05-17' } },
    },
  },
];

const doctor = (fix: boolean): Promise<Diagnosis> =>
  examine({
    connection: graph.connection,
    model: ontology,
    migrations: projectFile('cypher/migrations'),
    signal: new AbortController().signal,
    fix,
    progress: () => {},
  });

const found = ({ results }: Diagnosis): Record<string, number> =>
  Object.fromEntries(results.filter(({ count }) => count > 0).map(({ check, count }) => [check.name, count]));
const left = ({ results }: Diagnosis): string[] =>
  results.filter(({ count, mended, check }) => count > mended && !check.isNotice).map(({ check }) => check.name);
const breakIt = (text: string) => graph.connection.write('break', (tx) => tx.run(`CYPHER 5 ${text}`));

beforeAll(async () => {
  // Plans are kept by the database: the first look takes longest.
  await doctor(false);
}, 120_000);

beforeEach(async () => {
  await cleanGraph(database);
  await graph.connection.write('log', (tx) => tx.run('CYPHER 5 MATCH (n) DETACH DELETE n'));
  const { problems } = await graph.record(records);
  expect(problems).toEqual([]);
});

describe('the doctor', () => {
  test('finds nothing in what the store itself has written, and every check says what it is for', async () => {
    await breakIt("MERGE (m:ConcordatMigration {version: 'V001'}) MERGE (n:ConcordatMigration {version: 'V002'})");
    expect(await violations(graph.connection)).toEqual([]);
    expect(found(await doctor(false))).toEqual({});
    for (const { name, meaning, wayOut } of ROUNDS.flatMap(({ checks }) => checks)) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect([meaning, wayOut].every((text) => /[.>]$/.test(text))).toBe(true);
    }
  });

  const mendable: [string, string, string[]][] = [
    ['labels that are missing', "MATCH (n:Person {id: 'person:ana'}) REMOVE n:Actor", ['entity-labels']],
    [
      'an entity without its family of all',
      "MATCH (n:Person {id: 'person:ben'}) REMOVE n:Entity",
      ['entity-labels', 'vanished'],
    ],
    ['labels of another type', "MATCH (n:Person {id: 'person:ana'}) SET n:Gang:Organization", ['entity-labels']],
    [
      'days that do not fit',
      "MATCH (n:Source {id: 'source:herald'}) SET n.publishedAtLatest = date('2030-01-01')",
      ['entity-dates'],
    ],
    [
      'days of a relationship that are missing',
      'MATCH ()-[r:HOLDS_POSITION]->() REMOVE r.validFromEarliest',
      ['relationship-dates'],
    ],
    ['keys that are missing', "MATCH (n {id: 'person:ben'}) REMOVE n.nameKey, n.searchNames", ['search-keys']],
    ['keys that are stale', "MATCH (n {id: 'person:ben'}) SET n.name = 'Ben Adeyemi'", ['search-keys', 'history']],
    [
      'a status that does not follow',
      "MATCH ()-[r:HOLDS_POSITION]->() SET r.status = 'ALLEGED', r.claimCount = 7",
      ['relationship-standing'],
    ],
    [
      'a field that claims speak of',
      "MATCH (n {id: 'person:ana'}) SET n.birthDate = '1999', n.birthDateEarliest = date('1999-01-01'), n.birthDateLatest = date('1999-12-31')",
      ['entity-standing'],
    ],
    [
      'a list with a claim that is not there',
      "MATCH ()-[r:HOLDS_POSITION]->() SET r.claims = r.claims + 'claim:none'",
      ['relationship-claims'],
    ],
    [
      'a claim that is not listed',
      "MATCH ()-[r:ALLIED_WITH]->() CREATE (c:Claim {id: 'claim:more', text: 'They are allies.', predicate: 'ALLIED_WITH', commitment: 'FACT', attribution: 'NARRATED', hedged: false, polarity: 'POSITIVE', rank: 'NORMAL', recordedAt: datetime(), recordedBy: 'x', version: 1, asserts: [r.id]}) WITH c MATCH (s:Source {id: 'source:copy'}), (p {id: 'political-party:reds'}) CREATE (c)-[:STATED_IN]->(s), (c)-[:SUBJECT]->(p)",
      ['claim-asserts'],
    ],
    ['a mark that is wrong', "MATCH (c:Claim {id: 'claim:born'}) SET c:Unheld", ['claim-waiting']],
    [
      'a name that nobody has',
      "MATCH (m:Name) DETACH DELETE m CREATE (:Name {value: 'Nobody'})",
      ['names-without-owner'],
    ],
    [
      'an external id that nobody has',
      "CREATE (:ExternalId {key: 'WIKIDATA:Q2', scheme: 'WIKIDATA', value: 'Q2'})",
      ['external-ids'],
    ],
    ['a counter that is behind', 'MATCH (f:ConcordatFeed) SET f.sequence = 2', ['feed']],
    [
      'a change that nobody told of',
      "MATCH (n {id: 'person:ben'}) SET n.description = 'A teacher.', n.searchText = 'a teacher'",
      ['history'],
    ],
    ['an index that is missing', 'DROP INDEX entity_name_key', ['schema']],
    ['a constraint that is missing', 'DROP CONSTRAINT holds_position_id', ['schema']],
  ];

  test.each(mendable)('finds and mends %s', async (_, text, checks) => {
    await breakIt("MERGE (m:ConcordatMigration {version: 'V001'}) MERGE (n:ConcordatMigration {version: 'V002'})");
    await breakIt(text);
    const seen = found(await doctor(false));
    for (const check of checks) expect(seen).toHaveProperty([check]);
    const mended = await doctor(true);
    expect(left(mended)).toEqual([]);
    expect(mended.results.reduce((sum, each) => sum + each.mended, 0)).toBeGreaterThan(0);
    expect(found(await doctor(false))).toEqual({});
    expect(await violations(graph.connection)).toEqual([]);
  });

  const told: [string, string, string[]][] = [
    ['an entity without a name', "MATCH (n {id: 'person:ben'}) REMOVE n.name", ['entity-fields']],
    ['an id of another type', "MATCH (n {id: 'person:ben'}) SET n.id = 'gang:ben'", ['entity-labels', 'vanished']],
    ['an id of no type', "MATCH (n {id: 'person:ben'}) SET n.id = 'nobody:ben'", ['entity-id']],
    ['an entity without an id', "CREATE (:Entity:Actor:Person {name: 'Nobody'})", ['entity-id']],
    ['a value that is not in its list', "MATCH (n {id: 'source:herald'}) SET n.kind = 'an article'", ['entity-values']],
    ['a date that is none', "MATCH (n {id: 'source:herald'}) SET n.publishedAt = 'last May'", ['entity-values']],
    [
      'illegal ends',
      "MATCH (a {id: 'position:mayor'}), (b {id: 'person:ana'}) CREATE (a)-[:MEMBER_OF {id: 'member-of:x', claims: []}]->(b)",
      ['relationship-ends', 'relationship-without-claim', 'relationship-id'],
    ],
    [
      'a relationship without claims',
      'MATCH ()-[r:MEMBER_OF]->() SET r.claims = [] WITH r MATCH (c:Claim) WHERE r.id IN c.asserts REMOVE c.asserts',
      ['relationship-without-claim'],
    ],
    [
      'one whose claims are not there',
      "MATCH ()-[r:HOLDS_POSITION]->() SET r.claims = ['claim:none'] WITH r MATCH (c:Claim) WHERE r.id IN c.asserts REMOVE c.asserts",
      ['relationship-claims'],
    ],
    ['one whose id does not fit', "MATCH ()-[r:HOLDS_POSITION]->() SET r.id = 'holds-position:1'", ['relationship-id']],
    [
      'a symmetric one that is stored twice',
      "MATCH (a)-[r:ALLIED_WITH]->(b) CREATE (b)-[:ALLIED_WITH {id: 'allied-with:other', claims: r.claims, status: 'FACT'}]->(a)",
      ['symmetric-twice'],
    ],
    ['a role that is none', "MATCH ()-[r:MEMBER_OF]->() SET r.role = 'the chair'", ['relationship-fields']],
    [
      'a reference to nothing',
      "MATCH ()-[r:HOLDS_POSITION]->() SET r.onBehalfOf = 'person:none'",
      ['relationship-references'],
    ],
    ['a claim without a source', "MATCH (:Claim {id: 'claim:born'})-[s:STATED_IN]->() DELETE s", ['claim-source']],
    ['a claim without a subject', "MATCH (:Claim {id: 'claim:born'})-[s:SUBJECT]->() DELETE s", ['claim-subject']],
    [
      'a commitment that there is not',
      "MATCH (c:Claim {id: 'claim:born'}) SET c.commitment = 'SURE'",
      ['claim-fields'],
    ],
    [
      'a claim that refers to nothing',
      "MATCH (c:Claim {id: 'claim:born'}) SET c.event = 'event:none'",
      ['claim-references'],
    ],
    [
      'a retired id that leads nowhere',
      "CREATE (:Removed {id: 'person:old', kind: 'ENTITY', type: 'Person', survivor: 'person:never'})",
      ['retired-ids'],
    ],
    [
      'a retired id that is there',
      "CREATE (:Removed {id: 'person:ana', kind: 'ENTITY', type: 'Person'})",
      ['retired-ids'],
    ],
    [
      'a relationship of no known type',
      "MATCH (a {id: 'person:ana'}), (b {id: 'person:ben'}) CREATE (a)-[:KNOWS]->(b)",
      ['unknown-relationships'],
    ],
    ['a gap in the log', 'MATCH (v:Revision {sequence: 3}) DELETE v', ['feed']],
    ['something that was deleted', "MATCH (n {id: 'person:ben'}) DETACH DELETE n", ['vanished']],
  ];

  test.each(told)('tells of %s, and of the way out', async (_, text, checks) => {
    await breakIt("MERGE (m:ConcordatMigration {version: 'V001'}) MERGE (n:ConcordatMigration {version: 'V002'})");
    await breakIt(text);
    const diagnosis = await doctor(false);
    for (const check of checks) expect(found(diagnosis)).toHaveProperty([check]);
    const result = diagnosis.results.find(({ check }) => check.name === checks[0]);
    expect(result?.examples.length).toBeGreaterThan(0);
    expect(left(await doctor(true))).toContain(checks[0]);
  });

  test('makes no constraint that things break, and names them', async () => {
    await breakIt('DROP CONSTRAINT entity_id');
    await breakIt("MATCH (n {id: 'person:ben'}) CREATE (m:Entity:Actor:Person) SET m = properties(n)");
    const diagnosis = await doctor(true);
    expect(left(diagnosis)).toEqual(expect.arrayContaining(['duplicate-ids', 'schema']));
    await breakIt("MATCH (n:Entity {id: 'person:ben'}) WHERE NOT EXISTS { (n)--() } DELETE n");
    await doctor(true);
    expect(found(await doctor(false))).not.toHaveProperty('schema');
  });
});
