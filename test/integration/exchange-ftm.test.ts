import { beforeEach, describe, expect, test } from 'vitest';
import { ftm as ftmExport } from '../../src/transfer/export/ftm.ts';
import { ftm } from '../../src/transfer/import/ftm.ts';
import { exchange, reasons, WORLDS, wild } from '../support/exchange.ts';
import { testGraph } from '../support/graph.ts';

const graph = testGraph();
const files = exchange(graph);
beforeEach(files.empty);

/** Without the import's own source, which the first export does not have. */
const lines = (text: string): string[] =>
  text
    .trimEnd()
    .split('\n')
    .filter((line) => !line.includes('"source.import-'))
    .sort();

describe('FollowTheMoney', () => {
  test.each(WORLDS)('%s comes back as it went out, in what it can express', async (_, fill) => {
    await fill(graph);
    const first = await files.write(ftmExport);
    await files.empty();
    const report = await files.bring(ftm, first);
    expect(report.refusals).toEqual([]);
    expect(report.notices).toEqual([]);
    expect(lines(await files.write(ftmExport))).toEqual(lines(first));
  });

  test('is read as it is found: countries by code, listings as policies, what is broken or dangles refused', async () => {
    const report = await files.bring(ftm, await wild('listed.ftm.jsonl'));
    expect(report.rows).toEqual({ read: 19, accepted: 13, refused: 6 });
    expect(reasons(report)).toEqual([
      { line: 7, code: 'UNREADABLE' },
      { line: 8, code: 'MISSING_FIELD' },
      { line: 9, code: 'UNKNOWN_RECORD' },
      { line: 10, code: 'INVALID_VALUE' },
      { line: 14, code: 'UNKNOWN_REFERENCE' },
      { line: 17, code: 'UNKNOWN_RECORD' },
    ]);
    expect(report.notices.find(({ path }) => path === 'country')?.message).toMatch(/3 times, first in line 1/);
    const nationalities = await graph.rows(
      'MATCH (p:Person)-[:CITIZEN_OF]->(c:Country) RETURN p.id, c.id, c.name ORDER BY c.id',
    );
    expect(nationalities).toEqual([
      ['person:ftm-NK-AAAA', 'country:ftm-territory-suhh', 'Soviet Union'],
      ['person:ftm-NK-AAAA', 'country:iso3166-RU', 'Russia'],
    ]);
    const listed = await graph.rows('MATCH (p:Policy)-[r:TARGETS]->(t) RETURN p.name, r.validFrom, t.name');
    expect(listed).toEqual([['EU-UKR', '2022-02-28', 'Олег Пример']]);
  });

  test('in fragments is one entity with all its names', async () => {
    const report = await files.bring(
      ftm,
      ['A', 'B', 'A']
        .map((name) => JSON.stringify({ id: 'x', schema: 'Person', properties: { name: [name] } }))
        .join('\n'),
    );
    expect(report.rows.refused).toBe(0);
    expect(await graph.rows('MATCH (p:Person) RETURN p.name, p.aliases')).toEqual([['A', ['B']]]);
  });
});
