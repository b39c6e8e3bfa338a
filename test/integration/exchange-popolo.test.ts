import { beforeEach, describe, expect, test } from 'vitest';
import { popolo as popoloExport } from '../../src/transfer/export/popolo.ts';
import { popolo } from '../../src/transfer/import/popolo.ts';
import { exchange, reasons, WORLDS, wild } from '../support/exchange.ts';
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
  test.each(WORLDS)('%s comes back as it went out, in what it can express', async (_, fill) => {
    await fill(graph);
    const first = await files.write(popoloExport);
    await files.empty();
    const report = await files.bring(popolo, first);
    expect(report.refusals).toEqual([]);
    expect(sections(await files.write(popoloExport))).toEqual(sections(first));
  });

  test('is read as it is found: nested, with periods for dates, with numbers for ids, with what is broken refused', async () => {
    const report = await files.bring(popolo, await wild('council.popolo.json'));
    expect(report.rows).toEqual({ read: 22, accepted: 17, refused: 5 });
    expect(reasons(report)).toEqual([
      { line: 14, code: 'MISSING_FIELD' },
      { line: 15, code: 'UNKNOWN_REFERENCE' },
      { line: 27, code: 'INVALID_VALUE' },
      { line: 28, code: 'MISSING_FIELD' },
      { line: 30, code: 'UNREADABLE' },
    ]);
    expect(report.notices.find(({ path }) => path === 'motions')?.message).toMatch(
      /left out 2 times, first in line 34/,
    );
    const seats = await graph.rows(
      'MATCH (p:Person)-[r:MEMBER_OF]->(o:Agency {kind: "LEGISLATURE"}) RETURN p.name, o.name, r.role, r.constituency, r.validFrom, r.validTo ORDER BY r.validFrom',
    );
    expect(seats).toEqual([
      ['Ama Lund', 'Council of Veld', 'CHLEN', null, '2015-03-30', '2019'],
      ['Ama Lund', 'Council of Veld', 'MEMBER', 'Veld town', '2015-04-09', '2019'],
    ]);
  });

  test('that ends in the middle says where', async () => {
    await expect(
      files.bring(popolo, '{"persons": [\n{"id": "a", "name": "A"},\n{"id": "b", "name": "B'),
    ).rejects.toThrow(/Line 3/);
  });
});
