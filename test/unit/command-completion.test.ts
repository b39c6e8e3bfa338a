import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bashCompletion } from '../../src/cli/completion/bash.ts';
import { commandTree } from '../../src/cli/completion/command-tree.ts';
import { fishCompletion } from '../../src/cli/completion/fish.ts';
import { zshCompletion } from '../../src/cli/completion/zsh.ts';
import { createProgram } from '../../src/cli/program.ts';

/** Completion as the shells make it of what is printed; bash is run. */

const tree = commandTree(createProgram());
const folder = mkdtempSync(join(tmpdir(), 'completion '));
writeFileSync(join(folder, 'bash'), bashCompletion(tree));
writeFileSync(join(folder, 'graph one.gexf'), '');
afterAll(() => rmSync(folder, { recursive: true }));

/** What bash offers after these words, the last of which is being typed. */
function offered(...words: string[]): string[] {
  const script = `source ./bash; COMP_WORDS=(concordat "$@"); COMP_CWORD=$#; _concordat; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script, 'bash', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe('bash completes', () => {
  test('commands, and commands of commands', () => {
    expect(offered('s')).toEqual(['serve', 'search', 'seed']);
    expect(offered('key', '')).toEqual(['create', 'list', 'revoke']);
  });

  test('options of the command that is being typed, once a dash is there', () => {
    expect(offered('query', '--f')).toEqual(['--format']);
    expect(offered('key', 'create', '--')).toEqual(['--name', '--role', '--expires', '--help']);
    expect(offered('import', '--dr')).toEqual(['--dry-run']);
  });

  test('choices of options and of arguments', () => {
    expect(offered('query', '--format', '')).toEqual(['table', 'json', 'ndjson']);
    expect(offered('key', 'create', '--role', 'c')).toEqual(['curator']);
    expect(offered('search', '--type', 'PRIS')).toEqual(['PRISON']);
    expect(offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  });

  test('files where files are expected, and nowhere else', () => {
    expect(offered('export', 'gr')).toEqual(['graph one.gexf']);
    expect(offered('import', '--mapping', 'gr')).toEqual(['graph one.gexf']);
    expect(offered('search', 'gr')).toEqual([]);
  });
});

describe('each shell', () => {
  const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };
  test.each(Object.entries(shells))('%s is told of every command and option', (_, print) => {
    const text = print(tree);
    for (const command of tree.commands) {
      expect(text).toContain(command.path.at(-1));
      for (const { flags } of command.options) expect(text).toContain(flags[0]?.slice(2));
    }
  });

  test.each(Object.entries(shells))('%s reads it, where it is installed', (shell, print) => {
    writeFileSync(join(folder, shell), print(tree));
    const { error, status, stderr } = spawnSync(shell, ['-n', shell], { cwd: folder, encoding: 'utf8' });
    // Of a shell that is not there, only bash, which runs these tests, would be a failure.
    if (error) expect(shell).not.toBe('bash');
    else expect([status, stderr]).toEqual([0, '']);
  });
});
