import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../support/command.ts';
import { testDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import { exchange } from '../support/exchange.ts';
import { testGraph } from '../support/graph.ts';
import { proxyTo } from '../support/proxy.ts';
import { draws } from '../support/thoroughness.ts';
import { draw, type WildFile, wildFtm, wildPopolo, wildTable } from '../support/wild-files.ts';

/**
 * An import whose process is killed, at any piece that goes between it and the database, and that is run again: the graph,
 * the report and the files of rejects are those of an import that nobody has killed.
 */

const graph = testGraph();
const database = testDatabase();
const { run, start, folder } = commands(database);
const { empty } = exchange(graph);

const SEED = 20_250_204;
const ROWS = 240;
const BATCH = '40';
/** What each run tells of itself. */
const OF_A_RUN = { seconds: 0, resumedAt: 0 };

const FILES = [wildTable(SEED, ROWS), wildFtm(SEED, ROWS), wildPopolo(SEED, ROWS)];
const killings = draws(1, 7);

function command({ name, text, mapping }: WildFile): string[] {
  writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, `${name}.map.json`), JSON.stringify(mapping ?? null));
  for (const file of rejects(name)) rmSync(file, { force: true });
  return ['import', name, '--json', '--batch', BATCH, ...(mapping ? ['--mapping', `${name}.map.json`] : [])];
}

const rejects = (name: string): string[] => {
  const ending = name.slice(name.indexOf('.'));
  return ['', '.reasons.jsonl'].map((more) => join(folder, `${name}.rejects${ending}${more}`));
};

/** What an import that has come to its end has left: what it told, what it wrote, and the graph with its history. */
async function left(name: string, out: string): Promise<object> {
  const files = rejects(name).map((file) => existsSync(file) && readFileSync(file, 'utf8'));
  const revisions = await graph.rows('MATCH (v:Revision) RETURN v.of, count(v) ORDER BY v.of');
  const lines = (await dump(graph)).map((line) => line.replace(/"(createdAt|recordedAt)":"[^"]*",?/g, ''));
  return { told: told(out), files, revisions, lines };
}

/** The events that a run has told, without its progress. */
const told = (out: string): Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ event }) => event !== 'progress')
    .map((each) => ({ ...each, ...OF_A_RUN }));

test.each(FILES)(
  '$name',
  async (file) => {
    const next = draw(SEED);
    const args = command(file);
    let pieces = 0;
    let killsAt = Number.POSITIVE_INFINITY;
    let killed = () => {};
    const proxy = await proxyTo(database.uri, () => {
      if (++pieces >= killsAt) killed();
    });
    try {
      await empty();
      const tried = told((await run([...args, '--dry-run'])).out);
      pieces = 0;
      const whole = await run(args, { NEO4J_URI: proxy.uri });
      const expected = await left(file.name, whole.out);
      // A dry run tells the same, but that nothing was written.
      expect(tried.map((each) => ('dryRun' in each ? { ...each, dryRun: false } : each))).toMatchObject(
        told(whole.out).map((each) => ('rejects' in each ? { ...each, rejects: null } : each)),
      );
      expect([whole.code, whole.err]).toEqual([1, '']);
      expect(readFileSync(rejects(file.name)[0] as string, 'utf8')).not.toBe('');
      const all = pieces;
      for (let nth = 0; nth < killings; nth++) {
        await empty();
        command(file);
        const points: number[] = [];
        for (const kills of nth % 2 ? [0, 1] : [0]) {
          pieces = 0;
          killsAt = Math.ceil(next() * all);
          points[kills] = killsAt;
          const first = start(args, { NEO4J_URI: proxy.uri });
          killed = () => void first.child.kill('SIGKILL');
          await first.ended;
          killsAt = Number.POSITIVE_INFINITY;
        }
        const again = await run(args);
        expect([points, await left(file.name, again.out)]).toEqual([points, expected]);
      }
    } finally {
      await proxy.close();
    }
  },
  600_000,
);
