import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { projectFile } from '../support/project.ts';

/** What the Dockerfile promises, as far as it can be read; `test/containers` builds and runs it. */

/** Instructions with their arguments, lines that go on put together. */
const instructions = readFileSync(projectFile('Dockerfile'), 'utf8')
  .replace(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [name = '', ...rest] = line.split(' ');
    return { name, argument: rest.join(' ') };
  });
const stages = instructions.filter(({ name }) => name === 'FROM');
const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
const inLast = (name: string) => last.filter((each) => each.name === name).map(({ argument }) => argument);
const copied = instructions
  .filter(({ name, argument }) => name === 'COPY' && !argument.startsWith('--from'))
  .flatMap(({ argument }) => argument.split(' ').slice(0, -1));

const ignore = readFileSync(projectFile('.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

describe('Dockerfile', () => {
  test('builds in stages on one pinned official image', () => {
    expect(stages.length).toBeGreaterThan(1);
    expect(new Set(stages.map(({ argument }) => argument.split(' ')[0]))).toEqual(new Set(['node:20-bookworm-slim']));
  });

  test('installs from the lock file only, and takes no development packages along', () => {
    const installs = instructions.filter(({ name, argument }) => name === 'RUN' && argument.includes('npm'));
    for (const { argument } of installs) expect(argument).not.toMatch(/npm (i|install|update)\b/);
    const modules = inLast('COPY').find((argument) => argument.includes('node_modules'));
    expect(modules).toMatch(/^--from=dependencies /);
    const stage = stages.findIndex(({ argument }) => argument.endsWith(' AS dependencies'));
    const at = instructions.indexOf(stages[stage] as (typeof stages)[number]);
    const next = instructions.indexOf(stages[stage + 1] as (typeof stages)[number]);
    expect(instructions.slice(at, next).find(({ name }) => name === 'RUN')?.argument).toContain('npm ci --omit=dev');
  });

  test('runs as a user without rights, with nothing of its own afterwards', () => {
    expect(inLast('USER')).toEqual(['node']);
    const user = last.findIndex(({ name }) => name === 'USER');
    expect(last.slice(user).filter(({ name }) => ['COPY', 'ADD', 'RUN'].includes(name))).toEqual([]);
    expect(inLast('COPY').filter((argument) => argument.includes('--chown'))).toEqual([]);
  });

  test('says whether it is ready, with node alone', () => {
    const [check = ''] = inLast('HEALTHCHECK');
    const command = JSON.parse(check.slice(check.indexOf('CMD ') + 4)) as string[];
    expect(command.slice(0, 2)).toEqual(['node', '-e']);
    expect(command[2]).toContain('/ready');
    // Its program is one that node can parse.
    expect(() => new Function(command[2] ?? '')).not.toThrow();
  });

  test('starts node itself, so that it gets the signals', () => {
    expect(JSON.parse(inLast('ENTRYPOINT')[0] ?? '')).toEqual(['node', 'dist/cli.js']);
    expect(JSON.parse(inLast('CMD')[0] ?? '')).toEqual(['serve', '--seed', 'seeds/el-salvador-2025']);
    expect(inLast('STOPSIGNAL')).toEqual(['SIGTERM']);
  });

  test('holds no secret', () => {
    const set = instructions.filter(({ name }) => name === 'ENV' || name === 'ARG').map(({ argument }) => argument);
    expect(set.join(' ')).not.toMatch(/PASSWORD|TOKEN|SECRET|KEY/i);
  });

  test('copies what is there and what .dockerignore lets in, which begins by leaving everything out', () => {
    expect(ignore[0]).toBe('*');
    for (const path of copied) {
      expect([path, existsSync(projectFile(path))]).toEqual([path, true]);
      expect(ignore).toContain(`!${path}`);
    }
    for (const path of ['node_modules', '.git', '.env', 'docs']) expect(ignore).not.toContain(`!${path}`);
  });
});
