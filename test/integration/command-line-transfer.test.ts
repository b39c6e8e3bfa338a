import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commands, plain } from '../support/command.ts';
import { testDatabase } from '../support/database.ts';
import { testGraph } from '../support/graph.ts';
import { tie } from '../support/told.ts';

/** `import`, `export` and `doctor` as programs and people see them: events, progress, files whole or not at all. */

const graph = testGraph();
const { run, show, start, folder } = commands(testDatabase());

const people = (count: number, prefix: string, description = 'One of many.') =>
  Array.from({ length: count }, (_, nth) =>
    JSON.stringify({ person: { id: `person:${prefix}-${nth}`, name: `${prefix} ${nth}`, description } }),
  ).join('\n');

beforeAll(async () => {
  const { problems } = await graph.record([
    { source: { id: 'source:herald', name: 'The Herald', kind: 'ARTICLE' } },
    { person: { id: 'person:ana', name: 'Ana Lima' } },
    { politicalParty: { id: 'political-party:reds', name: 'The Reds' } },
    tie('memberOf', 'person:ana', 'political-party:reds'),
  ]);
  expect(problems).toEqual([]);
});

const events = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('concordat export', () => {
  test('writes a file that is whole under its name, and says what is in it', async () => {
    const { code, out, err } = await run(['export', 'town.json']);
    expect([code, out]).toEqual([0, '']);
    expect(err).toMatch(/town\.json: 3 nodes, 1 edge, [\d.]+ k?B in [\d.]+ s\.\n$/);
    expect(JSON.parse(readFileSync(join(folder, 'town.json'), 'utf8')).nodes).toHaveLength(3);
    const told = events((await run(['export', 'town.json', '--json'])).out);
    expect(told.map(({ event }) => event)).toEqual(['start', 'done']);
    const piped = await run(['export', '-', '--format', 'json', '--ids', 'person:ana', '--depth', '0', '--quiet']);
    expect([piped.err, JSON.parse(piped.out).nodes.length]).toEqual(['', 1]);
  });

  test('leaves nothing where it is refused', async () => {
    const before = readdirSync(folder);
    for (const [args, message] of [
      [['export', 'town.gex'], /No format ends like town\.gex\.[\s\S]*→ Did you mean \.gexf\?/],
      [['export', 'nowhere/town.gexf'], /cannot be written: there is no folder nowhere/],
      [['export', '.', '--format', 'gexf'], /is a folder/],
      [['export', 'part.gexf', '--types', 'MEMBR_OF'], /Did you mean MEMBER_OF\?/],
      [['export', '-', '--format', 'gexf', '--json'], /--json tells of events on standard output/],
    ] as const)
      expect(await run(args)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(message) });
    expect(readdirSync(folder)).toEqual(before);
  });

  test('comes from a server as it does from the store', async () => {
    const server = start(['serve']);
    const [, url = ''] = await server.says(/Serving on (http:\S+)\/graphql/);
    expect((await run(['export', 'served.json', '--url', url])).code).toBe(0);
    const nodes = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')).nodes;
    expect(nodes('served.json')).toEqual(nodes('town.json'));
    server.child.kill('SIGTERM');
    await server.ended;
  });
});

describe('concordat import', () => {
  test('reports, tells each refusal, and ends with 1 where there is one', async () => {
    writeFileSync(join(folder, 'some.jsonl'), `${people(2, 'some')}\n{"person":{"id":"person:x","nam":"X"}}\n`);
    const tried = await run(['import', 'some.jsonl', '--dry-run', '--quiet']);
    expect([tried.code, tried.err]).toEqual([1, '']);
    expect(tried.out).toMatch(
      /3 rows, 1 refused[\s\S]*dry run[\s\S]*entities +2 +0 +0[\s\S]*line 3 {2}person\.nam {2}UNKNOWN_FIELD/,
    );
    const told = events((await run(['import', 'some.jsonl', '--json'])).out).filter(
      ({ event }) => event !== 'progress',
    );
    expect(told).toMatchObject([
      { event: 'start', file: 'some.jsonl' },
      { event: 'refusal', file: 'some.jsonl', line: 3, code: 'UNKNOWN_FIELD' },
      { event: 'done', rows: { read: 3, accepted: 2, refused: 1 }, rejects: 'some.jsonl.rejects.jsonl' },
    ]);
  });

  test('stopped by Ctrl-C, says what was done and how to go on, and goes on', async () => {
    writeFileSync(join(folder, 'many.jsonl'), people(2_000, 'many'));
    const first = start(['import', 'many.jsonl', '--json', '--batch', '50']);
    await new Promise<void>((resolve) => {
      first.child.stdout?.on('data', (chunk) => {
        if (String(chunk).includes('"progress"')) resolve();
      });
    });
    first.child.kill('SIGINT');
    const { code, err } = await first.ended;
    expect([code, err]).toEqual([
      130,
      expect.stringMatching(
        /SIGINT: stopping\.\nStopped in many\.jsonl after [\d,]+ rows?; what was recorded stays\. Run the same command again: it goes on where it was\.\n$/,
      ),
    ]);
    const again = events((await run(['import', 'many.jsonl', '--json', '--batch', '500'])).out).at(-1);
    expect(again).toMatchObject({ event: 'done', rows: { read: 2_000, refused: 0 }, entities: { created: 2_000 } });
    expect(Number(again?.['resumedAt'])).toBeGreaterThan(0);
    expect(await graph.rows("MATCH (n:Person) WHERE n.id STARTS WITH 'person:many-' RETURN count(n)")).toEqual([
      [2_000],
    ]);
  }, 120_000);

  test('shows a person how far it has come, with rate and time left, and nothing of it in CI', async () => {
    writeFileSync(join(folder, 'more.jsonl'), people(600, 'more', 'A long story. '.repeat(200)));
    const command = 'concordat import more.jsonl --fresh --batch 50';
    const shown = plain((await show(command)).out);
    expect(shown).toMatch(
      /more\.jsonl \(entities\) {2}[█░]+ {2}\d+ % {2}[\d.]+ [kM]?B {2}[\d.]+ [kM]?B\/s {2}[\d.]+ s left {2}[\d,]+ rows/,
    );
    expect(plain((await show(command, { CI: 'true' })).out)).not.toMatch(/% /);
  }, 120_000);
});

describe('concordat doctor', () => {
  test('ends with 1 while something is wrong, tells the way out, and mends what it can', async () => {
    await graph.connection.write('break', (tx) => tx.run("MATCH (n:Person {id: 'person:ana'}) REMOVE n:Actor"));
    const { code, out } = await run(['doctor', '--quiet']);
    expect(code).toBe(1);
    expect(out).toMatch(
      /✗ entity-labels {2}1\n[\s\S]* {2}- person:ana lacks Actor\n {2}→ concordat doctor --fix sets the labels/,
    );
    const fixed = await run(['doctor', '--fix', '--quiet']);
    expect([fixed.code, fixed.out]).toEqual([
      0,
      expect.stringMatching(/✓ entity-labels {2}1 mended\n[\s\S]*1 mended; nothing is wrong\.\n$/),
    ]);
    const told = events((await run(['doctor', '--json'])).out);
    expect(told.at(-1)).toMatchObject({ event: 'done', left: 0 });
    expect(told.every((each) => each['event'] === 'done' || typeof each['meaning'] === 'string')).toBe(true);
  }, 300_000);
});
