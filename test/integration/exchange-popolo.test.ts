import { beforeEach, describe, expect, test } from 'vitest';
import { popolo as popoloExport } from '../../src/transfer/export/popolo.ts';
import { popolo } from '../../src/transfer/import/popolo.ts';
import { exchange, VELD } from '../support/exchange.ts';
import { testGraph } from '../support/graph.ts';

const graph = testGraph();
const files = exchange(graph);
beforeEach(files.empty);

const sections = (text: string): Record<string, unknown> => {
  const { meta: _, ...rest } = JSON.parse(text) as Record<string, { id: string }[]>;
  return Object.fromEntries(
    Object.entries(rest).map(([key, list]) => [key, [...list].sort((a, b) => (a.id < b.id ? -1 : 1))]),
  );
};

describe('Popolo', () => {
  test('comes back as it went out, in what it can express', async () => {
    expect((await graph.record(VELD)).problems).toEqual([]);
    const first = await files.write(popoloExport);
    if (process.env['CONCORDAT_SCRATCH'])
      (await import('node:fs')).writeFileSync(`${process.env['CONCORDAT_SCRATCH']}/veld.popolo.json`, first);
    await files.empty();
    const report = await files.bring(popolo, first);
    expect(report.refusals).toEqual([]);
    expect(sections(await files.write(popoloExport))).toEqual(sections(first));
  });
});
