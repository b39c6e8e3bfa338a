import { beforeEach, describe, expect, test } from 'vitest';
import { stix as stixExport } from '../../src/transfer/export/stix.ts';
import { stix } from '../../src/transfer/import/stix.ts';
import { exchange, reasons, WORLDS, wild } from '../support/exchange.ts';
import { testGraph } from '../support/graph.ts';

const graph = testGraph();
const files = exchange(graph);
beforeEach(files.empty);

/**
 * Objects without their times, which are those of writing (a report that has no day of its own is published then, since
 * STIX wants an instant), and without the import's own source.
 */
function objects(text: string): object[] {
  const bundle = JSON.parse(text) as { objects: (Record<string, unknown> & { id: string; name?: string })[] };
  return bundle.objects
    .filter(({ name }) => name !== 'file.stix.json')
    .map(({ created, modified: _, published, ...rest }) => ({
      ...rest,
      ...(published === created ? {} : { published }),
    }))
    .sort((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1));
}

describe('STIX', () => {
  test.each(WORLDS)(
    '%s comes back as it went out: every entity and relationship, with status, hedges, dates and fields',
    async (_, fill) => {
      await fill(graph);
      const first = await files.write(stixExport);
      await files.empty();
      const report = await files.bring(stix, first);
      expect(report.refusals).toEqual([]);
      expect(objects(await files.write(stixExport))).toEqual(objects(first));
    },
  );

  test('is read as it is found: what has no counterpart is told, what is broken or dangles is refused', async () => {
    const report = await files.bring(stix, await wild('crumbs.stix.json'));
    expect(report.rows).toEqual({ read: 16, accepted: 13, refused: 3 });
    expect(reasons(report)).toEqual([
      { line: 14, code: 'UNKNOWN_REFERENCE' },
      { line: 16, code: 'MISSING_FIELD' },
      { line: 17, code: 'INVALID_VALUE' },
    ]);
    expect(report.notices.map(({ path }) => path)).toContain('malware');
    const located = await graph.rows(
      'MATCH (a:Gang)-[r:LOCATED_IN]->(b:Country) RETURN a.name, b.name, r.validFrom, r.confidence, r.status',
    );
    expect(located).toEqual([['Crumbs', 'El Salvador', '2012-01-01', 60, 'FACT']]);
  });
});
