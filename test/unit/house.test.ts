import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectFile } from '../support/project.ts';

/** Which room may import which. `config.ts` and `errors.ts` are open to all; `cli` puts the rooms together. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  ontology: ['model'],
  derive: ['model'],
  compile: ['model'],
  graphql: ['model', 'derive', 'compile', 'store'],
  store: ['model', 'derive', 'compile'],
  transfer: ['ontology', 'model', 'derive', 'compile', 'store'],
  server: ['graphql', 'transfer', 'model', 'derive', 'store', 'explorer'],
  explorer: [],
  database: [],
  cli: ['ontology', 'model', 'derive', 'compile', 'graphql', 'store', 'transfer', 'server', 'database'],
};

/** Packages that only one room may know. */
const ONLY_IN: Readonly<Record<string, readonly string[]>> = {
  'neo4j-driver': ['store', 'database'],
  '@pothos/core': ['graphql'],
  'graphql-yoga': ['server'],
  zod: ['derive', 'store', 'transfer', 'config.ts'],
  'any-ascii': ['model'],
  commander: ['cli'],
  yaml: ['transfer'],
  'csv-parse': ['transfer'],
  saxes: ['transfer'],
  '@streamparser/json': ['transfer'],
  yazl: ['transfer'],
  sigma: ['explorer'],
  graphology: ['explorer'],
  'cli-progress': ['cli'],
  jose: ['server'],
  'rate-limiter-flexible': ['server'],
  '@redis/client': ['server'],
};

const src = projectFile('src');

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? files(join(folder, entry.name))
      : entry.name.endsWith('.ts')
        ? [join(folder, entry.name)]
        : [],
  );
}

const roomOf = (file: string): string => {
  const [first = '', ...rest] = relative(src, file).split('/');
  return rest.length > 0 ? first : first === 'cli.ts' ? 'cli' : first;
};

const imports = files(src).flatMap((file) =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)\b[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
    ),
  ].map((match) => ({
    file,
    target: match[1] ?? match[2] ?? match[3] ?? '',
  })),
);

describe('the house', () => {
  test('has only rooms that its table knows', () => {
    const rooms = new Set(files(src).map(roomOf));
    for (const room of rooms) expect(['config.ts', 'errors.ts', ...Object.keys(MAY_IMPORT)]).toContain(room);
  });

  test('has imports that point inward', () => {
    const wrong = imports
      .filter(({ target }) => target.startsWith('.'))
      .map(({ file, target }) => ({
        from: roomOf(file),
        to: roomOf(resolve(dirname(file), target)),
        file: relative(src, file),
        target,
      }))
      .filter(
        ({ from, to }) =>
          from !== to && !['config.ts', 'errors.ts'].includes(to) && !(MAY_IMPORT[from] ?? []).includes(to),
      );
    expect(wrong).toEqual([]);
  });

  test('knows each package in the rooms that it belongs to', () => {
    const wrong = imports
      .filter(({ file, target }) => ONLY_IN[target] && !ONLY_IN[target]?.includes(roomOf(file)))
      .map(({ file, target }) => `${relative(src, file)} imports ${target}`);
    expect(wrong).toEqual([]);
  });

  test('has no drawers and no barrels', () => {
    const drawers = files(src).filter((file) => /\/(utils?|helpers?|types?|index|common|misc)\.ts$/.test(file));
    expect(drawers.map((file) => relative(src, file))).toEqual([]);
  });
});
