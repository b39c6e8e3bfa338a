import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createKey } from '../../src/store/keys.ts';
import { commands, plain } from '../support/command.ts';
import { testDatabase } from '../support/database.ts';
import { testGraph } from '../support/graph.ts';
import { fact, tie } from '../support/told.ts';

/** `query`, `search`, `path` and `match`, over the store and over a server, as a person and as a program read them. */

const graph = testGraph();
const { run, show, start, folder } = commands(testDatabase());

beforeAll(async () => {
  const { problems } = await graph.record([
    { source: { id: 'source:herald', name: 'The Herald', kind: 'ARTICLE' } },
    { person: { id: 'person:ana', name: 'Ana Lima', birthDate: '1970-05' } },
    { person: { id: 'person:yamada', name: '山田太郎' } },
    { person: { id: 'person:leila', name: 'ليلى خالد' } },
    { person: { id: 'person:lee-1', name: 'Kim Lee' } },
    { person: { id: 'person:lee-2', name: 'Kim Lee', birthDate: '1981' } },
    { position: { id: 'position:mayor', name: 'Mayor of Veld' } },
    { agency: { id: 'agency:city', name: 'City of Veld' } },
    tie('holdsPosition', 'person:ana', 'position:mayor', { validFrom: '2020' }),
    { positionIn: { from: 'position:mayor', to: 'agency:city', claims: [fact('The mayor heads the city.')] } },
    tie('memberOf', 'person:yamada', 'agency:city'),
  ]);
  expect(problems).toEqual([]);
  await graph.rows('CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()');
});

const NAMES = '{ people(orderBy: [{ name: ASC }]) { totalCount nodes { id name birthDate } } }';

describe('concordat query', () => {
  test('answers with JSON where a program reads, from text, a file, and standard input alike', async () => {
    writeFileSync(
      join(folder, 'one.graphql'),
      'query One($id: ID) { person(id: $id) { name } } query Two { people { totalCount } }',
    );
    const one = { data: { person: { name: 'Ana Lima' } } };
    const asked = await run(['query', 'one.graphql', '--operation', 'One', '--variables', '{"id": "person:ana"}']);
    expect([asked.code, JSON.parse(asked.out)]).toEqual([0, one]);
    const piped = await run(['query', '-', '--quiet'], {}, '{ person(id: "person:ana") { name } }');
    expect([piped.err, JSON.parse(piped.out)]).toEqual(['', one]);
  });

  test('answers a person with a table whose columns stand straight in every script', async () => {
    const { code, out } = await show(`concordat query --quiet '${NAMES}'`);
    expect([code, plain(out)]).toEqual([
      0,
      [
        'id             name       birthDate',
        'person:ana     Ana Lima   1970-05',
        'person:lee-1   Kim Lee',
        'person:lee-2   Kim Lee    1981',
        'person:leila   ليلى خالد\u200E',
        'person:yamada  山田太郎',
        '',
      ].join('\n'),
    ]);
  });

  test('prints a line for each row, and ends quietly when nobody reads on', async () => {
    const { out } = await run(['query', NAMES, '--format', 'ndjson', '--quiet']);
    expect(
      out
        .trim()
        .split('\n')
        .map((row) => JSON.parse(row).id),
    ).toContain('person:yamada');
    const cut = await show(`concordat query --quiet --format ndjson '${NAMES}' | head -1; echo "\${PIPESTATUS[0]}"`);
    expect(cut.out).toMatch(/^\{"id":"person:ana".*\}\n0\n$/);
  });

  test('says what is wrong, where, and the way out, and ends with 1', async () => {
    const { code, out, err } = await run(['query', '{ person(id: "person:ana") { nam } }', '--quiet']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(
      'error: Cannot query field "nam" on type "Person". Did you mean "name" or "names"?\n  at     person.nam\n  value  "nam"\n  → Did you mean "name" or "names"?\n',
    );
    for (const [args, message] of [
      [['query', 'nowhere.graphql'], /There is no file nowhere\.graphql, and it is no GraphQL operation/],
      [['query', '{ people { totalCount } }', '--variables', 'x'], /The variables are no JSON/],
      [['query', '{ people(first: 201) { totalCount } }', '--quiet'], /at most 200/],
    ] as const)
      expect(await run(args)).toMatchObject({ code: 1, err: expect.stringMatching(message) });
  });

  test('refuses what costs too much, as a server does', async () => {
    const { code, err } = await run(['query', NAMES, '--quiet'], { CONCORDAT_COST_LIMIT: '10' });
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/at most 10 are allowed[\s\S]*→ Give people a smaller first/),
    ]);
  });

  test('writes in the name of the command line', async () => {
    const mutation = 'mutation { record(records: [{ person: { id: "person:new", name: "New" } }]) { created { id } } }';
    expect((await run(['query', mutation, '--quiet'])).code).toBe(0);
    expect(await graph.rows("MATCH (n:Person {id: 'person:new'}) RETURN n.createdBy")).toEqual([['command line']]);
    await graph.rows('RETURN 1');
  });
});

describe('concordat search', () => {
  test('tells score, type, name, id, and by what it was found', async () => {
    const { code, out } = await run(['search', 'ana', 'lima', '--quiet']);
    expect([code, out]).toEqual([
      0,
      'score  type    name      id          found by\n 1.00  PERSON  Ana Lima  person:ana  name\n',
    ]);
    const json = await run(['search', '山田', '--json', '--quiet']);
    expect(JSON.parse(json.out.split('\n')[0] ?? '')).toMatchObject({ id: 'person:yamada', type: 'PERSON' });
    expect((await run(['search', 'xyzzyx', '--quiet'])).out).toBe('Nothing goes by "xyzzyx".\n');
    expect(await run(['search', 'x', '--limit', '0'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/1 to 200/),
    });
  });
});

describe('concordat path', () => {
  test('draws each way, with a sentence a step', async () => {
    const { code, out } = await run(['path', 'ana lima', '山田太郎', '--quiet']);
    expect(code).toBe(0);
    expect(out).toBe(
      [
        '1  3 steps',
        '   Ana Lima —holds the position→ Mayor of Veld —is a position in→ City of Veld ←is a member of— 山田太郎',
        ...out.split('\n').slice(2),
      ].join('\n'),
    );
    expect(
      out
        .split('\n')
        .slice(2, 5)
        .every((line) => /^ {3}· .+source: The Herald/.test(line)),
    ).toBe(true);
  });

  test('lists the candidates of a name that several go by, and what is near to one that nobody does', async () => {
    const several = await run(['path', 'Kim Lee', 'Ana Lima', '--quiet']);
    expect([several.code, several.out]).toEqual([1, '']);
    expect(several.err).toMatch(
      /error: 2 .* go by the name "Kim Lee":\n[\s\S]*- Kim Lee, PERSON: person:lee-1\n {2}- Kim Lee, PERSON, 1981: person:lee-2\n/,
    );
    const none = await run(['path', 'Ana Limaa', 'City of Veld', '--quiet']);
    expect(none.err).toMatch(/Nothing goes by "Ana Limaa"\. Did you mean:\n {2}- Ana Lima: person:ana/);
  });
});

describe('concordat match', () => {
  test('tells what one thing may be, and why', async () => {
    const { code, out } = await run(['match', 'Ana Lima', '--type', 'PERSON', '--birth-date', '1970', '--quiet']);
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^[01]\.\d\d {2}Ana Lima {2}PERSON {2}person:ana\n {6}1\.00 {2}name: /),
    ]);
  });

  test('reads a list, as CSV or as JSON lines, and answers a line each', async () => {
    writeFileSync(
      join(folder, 'list.csv'),
      'name,type,birthDate,aliases\nAna Lima,PERSON,1970-05,A. L.;Lima\nNobody At All,,,\n',
    );
    writeFileSync(join(folder, 'list.jsonl'), '{"name":"Ana Lima","type":"PERSON"}\n');
    const { out } = await run(['match', '--file', 'list.csv', '--json', '--quiet']);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { name: 'Ana Lima', matches: [{ id: 'person:ana' }] },
      { name: 'Nobody At All', matches: [] },
    ]);
    expect((await run(['match', '--file', 'list.jsonl', '--quiet'])).out).toMatch(
      /^looked for {2}score[\s\S]*person:ana/,
    );
    writeFileSync(join(folder, 'bad.csv'), 'nane\nx\n');
    expect((await run(['match', '--file', 'bad.csv', '--quiet'])).err).toMatch(
      /"nane" in line 2[\s\S]*→ Did you mean name\?/,
    );
  });
});

describe('a server', () => {
  test('is asked with a key, which the list of processes does not show', async () => {
    const call = { name: 'reader', role: 'reader' as const, createdBy: 'test', expiresAt: null };
    const { text } = await createKey(graph.connection, call);
    const server = start(['serve'], { CONCORDAT_ANONYMOUS_READING: 'false' });
    const [, url = ''] = await server.says(/Serving on (http:\S+)\/graphql/);
    const ask = ['query', '{ person(id: "person:ana") { name } }', '--url', url];
    expect(await run(ask)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^error: .*\n/) });
    expect(JSON.parse((await run(ask, { CONCORDAT_KEY: text })).out)).toEqual({
      data: { person: { name: 'Ana Lima' } },
    });
    writeFileSync(join(folder, 'key'), `${text}\n`);
    expect((await run([...ask, '--key', '@key'])).code).toBe(0);
    // What it does at once on starting is read from what the system shows of it while it waits for its query.
    const waiting = start(['query', '-', '--key', text, '--url', url]);
    const shown = await shownArguments(waiting.child.pid ?? 0);
    waiting.child.stdin?.end('{ people { totalCount } }');
    expect((await waiting.ended).code).toBe(0);
    expect(shown).not.toContain(text);
    server.child.kill('SIGTERM');
    await server.ended;
  });

  test('that is not there is named, with the ways out', async () => {
    const { code, err } = await run(['search', 'x', '--url', 'http://127.0.0.1:9']);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/There is no answer at http:\/\/127\.0\.0\.1:9\/graphql[\s\S]*concordat serve/),
    ]);
  });
});

/** The arguments of a process as everybody sees them, once it has named itself. */
async function shownArguments(pid: number): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  for (;;) {
    const shown = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
    if (!shown.includes('cli.js')) return shown;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
