import { beforeEach, describe, expect, test } from 'vitest';
import { ftm as ftmExport } from '../../src/transfer/export/ftm.ts';
import { ftm } from '../../src/transfer/import/ftm.ts';
import { exchange, VELD } from '../support/exchange.ts';
import { testGraph } from '../support/graph.ts';

const graph = testGraph();
const files = exchange(graph);
beforeEach(files.empty);

const lines = (text: string): string[] => text.trimEnd().split('\n').sort();

describe('FollowTheMoney', () => {
  test('comes back as it went out, in what it can express', async () => {
    expect((await graph.record(VELD)).problems).toEqual([]);
    const first = await files.write(ftmExport);
    if (process.env['CONCORDAT_SCRATCH'])
      (await import('node:fs')).writeFileSync(`${process.env['CONCORDAT_SCRATCH']}/veld.ftm.jsonl`, first);
    await files.empty();
    const report = await files.bring(ftm, first);
    expect(report.refusals).toEqual([]);
    expect(report.notices).toEqual([]);
    expect(lines(await files.write(ftmExport))).toEqual(lines(first));
  });
});
