import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../support/command.ts';
import { cleanGraph, testDatabase } from '../support/database.ts';
import { projectFile } from '../support/project.ts';

/** The command line as a user runs it: the built program, in a process of its own, from another folder. */

const database = testDatabase();
const { start, run, show, folder: elsewhere } = commands(database);
beforeAll(() => cleanGraph(database));

const ask = async (url: string, query: string) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data: unknown };
};

describe('concordat serve', () => {
  test('fills an empty store, serves, and on SIGTERM answers what is in flight before it ends', async () => {
    const server = start(['serve', '--seed', projectFile('seeds/el-salvador-2025')]);
    const [, url = ''] = await server.says(/Serving on (http:\S+)\/graphql/);
    expect(await ask(url, '{ person(name: "nayib bukele") { name } }')).toEqual({
      data: { person: { name: 'Nayib Bukele' } },
    });
    const ready = await fetch(`${url}/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([200, { ready: true }]);
    // Slow on the first run, since the database has to plan it: long enough to be in flight.
    const inFlight = ask(
      url,
      '{ entities(first: 10) { nodes { relationships(first: 10) { nodes { claims(first: 10) { nodes { relationships { from { name } to { name } } } } } } } } }',
    );
    await new Promise((resolve) => setImmediate(resolve));
    await fetch(`${url}/live`);
    server.child.kill('SIGTERM');
    expect(await inFlight).toHaveProperty('data.entities');
    const { code, err } = await server.ended;
    expect(code).toBe(0);
    expect(err).toMatch(/\d{3} created, 0 updated, 0 unchanged/);
    await expect(fetch(`${url}/live`)).rejects.toThrow();
  });

  test('loads nothing into a store that holds something', async () => {
    const server = start(['serve', '--seed', projectFile('seeds/el-salvador-2025')]);
    await server.says(/Serving on/);
    server.child.kill('SIGINT');
    const { code, err } = await server.ended;
    expect([code, err.includes('created')]).toEqual([0, false]);
  });

  test('ends when npm, which started it, is ended', async () => {
    const script = `"${process.execPath}" "${projectFile('dist/cli.js')}" serve; true`;
    const shell = start([], { npm_lifecycle_event: 'start' }, ['/bin/sh', '-c', script]);
    const [, url = ''] = await shell.says(/Serving on (http:\S+)\/graphql/);
    shell.child.kill('SIGKILL');
    const { err } = await shell.ended;
    expect(err).toContain('npm is gone: stopping.');
    await expect(fetch(`${url}/live`)).rejects.toThrow();
  });

  test('says which port is taken, and the way out', async () => {
    const first = start(['serve']);
    const [, port = ''] = await first.says(/Serving on http:\/\/127\.0\.0\.1:(\d+)/);
    const second = await start(['serve'], { PORT: port }).ended;
    expect(second.code).toBe(1);
    expect(second.err).toMatch(new RegExp(`cannot listen on 127\\.0\\.0\\.1:${port}.*Set PORT`));
    first.child.kill('SIGTERM');
    await first.ended;
  });
});

describe('concordat seed', () => {
  test('reports, and a second time finds everything unchanged', async () => {
    writeFileSync(join(elsewhere, 'people.yaml'), '- person:\n    name: Ana Lima\n');
    expect((await start(['seed', '.']).ended).out).toContain('1 created, 0 updated, 0 unchanged');
    const again = await start(['seed', elsewhere]).ended;
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('0 created, 0 updated, 1 unchanged')]);
  });

  test('ends with 1 and tells file, line, path, code and way out when something is wrong', async () => {
    writeFileSync(join(elsewhere, 'people.yaml'), '- person:\n    name: Ana Lima\n    birthdate: "1970"\n');
    const { code, err, out } = await start(['seed', '.']).ended;
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('1 problem; nothing was changed');
    expect(err).toMatch(/people\.yaml:3 {2}person\.birthdate {2}UNKNOWN_FIELD\n.*\n\s+→ Did you mean birthDate\?/);
  });

  test('says when there is no such folder', async () => {
    const { code, err } = await start(['seed', 'nowhere']).ended;
    expect([code, err]).toEqual([1, expect.stringContaining('There is no folder nowhere.')]);
  });
});

describe('concordat key', () => {
  const key = (...args: string[]) => start(['key', ...args]).ended;

  test('makes a key that is printed alone, works at once on a server, is listed, and can be revoked', async () => {
    const server = start(['serve'], { CONCORDAT_ANONYMOUS_READING: 'false' });
    const [, url = ''] = await server.says(/Serving on (http:\S+)\/graphql/);
    const status = async (authorization: string) =>
      (await fetch(`${url}/ontology.json`, { headers: authorization ? { authorization } : {} })).status;
    expect(await status('')).toBe(401);
    const made = await key('create', '--name', 'Ana', '--role', 'reader', '--expires', '90d');
    expect(made.out).toMatch(/^concordat_[a-z0-9]{12}_[\w-]{43}\n$/);
    const id = made.out.split('_')[1] ?? '';
    expect(made.err).toContain(`Key ${id} for Ana: reader, until `);
    expect(made.err).not.toContain(made.out.trim());
    expect(await status(`Bearer ${made.out.trim()}`)).toBe(200);
    const listed = await key('list');
    expect(listed.out).toMatch(new RegExp(`^id .*\n${id} +Ana +reader +valid `));
    expect(listed.out).not.toContain(made.out.trim().slice(-43));
    expect((await key('revoke', id)).err).toMatch(/is revoked since/);
    expect((await key('list')).out).toMatch(new RegExp(`${id} +Ana +reader +revoked `));
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);
  });

  test.each([
    [2, ['create', '--name', 'Ana'], /required option '--role/],
    [2, ['create', '--name', 'Ana', '--role', 'owner'], /Allowed choices are reader, editor, curator, admin/],
    [1, ['create', '--name', 'seed', '--role', 'editor'], /A key cannot be named "seed"[\s\S]*→ /],
    [2, ['create', '--name', 'Ana', '--role', 'editor', '--expires', 'soon'], /Give days, such as 90d/],
    [2, ['create', '--name', 'Ana', '--role', 'editor', '--expires', '2027-02-30'], /Give days/],
    [2, ['create', '--name', 'Ana', '--role', 'editor', '--expires', '2020-01-01'], /would have ended already/],
    [1, ['revoke', 'zzzzzzzzzzzz'], /There is no key zzzzzzzzzzzz/],
  ])('ends with %d for %j, and says what is wrong', async (expected, args, message) => {
    const { code, out, err } = await key(...args);
    expect([code, out, err]).toEqual([expected, '', expect.stringMatching(message)]);
  });
});

describe('the configuration', () => {
  test('is printed with secrets hidden', async () => {
    const { code, out } = await start(['--print-config'], { NEO4J_PASSWORD: 'geheim' }).ended;
    expect(code).toBe(0);
    expect(out).toContain('NEO4J_PASSWORD=(hidden)');
    expect(out).not.toContain('geheim');
    expect(out).toContain('PORT=0');
  });

  test('is refused with every setting that is wrong, before anything is started', async () => {
    const { code, err } = await start(['serve'], { PORT: 'many', NEO4J_URI: 'http://x', NEO4J_PASSWORD: 'geheim' })
      .ended;
    expect(code).toBe(1);
    expect(err).toMatch(/PORT="many"/);
    expect(err).toMatch(/NEO4J_URI="http:\/\/x": must start with neo4j:\/\//);
    expect(err).not.toContain('geheim');
  });
});

describe('concordat', () => {
  test('alone tells what there is and where to begin, within 80 columns', async () => {
    const { code, out, err } = await run([]);
    expect([code, err]).toEqual([0, '']);
    for (const name of ['serve', 'query', 'search', 'path', 'match', 'import', 'export', 'doctor', 'completion'])
      expect(out).toMatch(new RegExp(`^  ${name} +[a-z]`, 'm'));
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('refuses an unknown command with the nearest, and an unknown option, as wrong usage', async () => {
    expect(await run(['serach'])).toEqual({
      code: 2,
      out: '',
      err: "error: unknown command 'serach'\n(Did you mean search?)\n→ See: concordat --help\n",
    });
    expect(await run(['search', 'x', '--limmit', '3'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /unknown option '--limmit'\n\(Did you mean --limit\?\)\n→ See: concordat search --help/,
      ),
    });
  });

  test('explains every command with examples', async () => {
    const names = ['serve', 'migrate', 'key', 'doctor', 'query', 'search', 'path', 'match', 'seed', 'import', 'export'];
    for (const { code, out } of await Promise.all(names.map((name) => run([name, '--help'])))) {
      expect(code).toBe(0);
      expect(out).toMatch(/Examples:\n {2}.+\n {4}\$ /);
    }
  });

  test('is in colour on a terminal, and nowhere else, unless the environment says otherwise', async () => {
    const colour = '\u001B[';
    expect((await show('concordat')).out).toContain(colour);
    expect((await show('concordat', { NO_COLOR: '1' })).out).not.toContain(colour);
    expect((await run([])).out).not.toContain(colour);
    expect((await run([], { FORCE_COLOR: '1' })).out).toContain(colour);
    expect((await run(['key', 'revoke', 'x'])).err).not.toContain(colour);
  });
});
