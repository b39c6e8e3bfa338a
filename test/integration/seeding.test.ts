import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reportText } from '../../src/cli/report.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { seedFolder } from '../../src/transfer/seed.ts';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';

const graph = testGraph();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concordat seeds '));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, ...lines: string[]) => writeFileSync(join(folder, file), `${lines.join('\n')}\n`);
const seed = () => seedFolder(graph.connection, ontology, folder, 'test');
const count = async () => (await graph.rows('MATCH (n) WHERE NOT n:ConcordatLock RETURN count(n)'))[0]?.[0];

const source = ['- source:', '    id: source:gazette', '    name: The Gazette'];

describe('a folder of records', () => {
  test('is loaded file by file, in the order of the names, and reported', async () => {
    write('01-sources.yaml', ...source);
    write('02-people.jsonl', '{"person": {"name": "Ana Lima"}}', '', '{"government": {"name": "City of Veld"}}');
    write(
      '03-ties.yml',
      '- memberOf:',
      '    from: person:ana-lima',
      '    to: government:city-of-veld',
      '    claims:',
      '      - { text: She belongs to it., commitment: FACT, attribution: NARRATED, source: source:gazette }',
    );
    write('notes.txt', 'left alone');
    const report = await seed();
    expect(report.problems).toEqual([]);
    expect(report.files).toEqual([
      { file: '01-sources.yaml', records: 1, created: 1, updated: 0, unchanged: 0 },
      { file: '02-people.jsonl', records: 2, created: 2, updated: 0, unchanged: 0 },
      { file: '03-ties.yml', records: 1, created: 2, updated: 0, unchanged: 0 },
    ]);
    expect((await seed()).files.map((file) => file.unchanged)).toEqual([1, 2, 2]);
  });

  test('changes nothing when anything is wrong, and tells everything with file, line, path, code and a way out', async () => {
    const before = await count();
    write(
      '01-sources.yaml',
      ...source,
      '- person:',
      '    name: New One',
      '- person:',
      '    name: Bo',
      '    birthdate: "1970"',
      '- gang: {}',
    );
    write(
      '02-ties.yaml',
      '- memberOf:',
      '    from: person:nobody',
      '    to: government:city-of-veld',
      '- holdsPosition:',
      '    from: government:city-of-veld',
      '    to: person:ana-lima',
      '    validFrom: "2024"',
      '    validTo: "2023"',
      '    claims: []',
    );
    write(
      '03-lines.jsonl',
      '{"person": {"name": "C"}}',
      '{"person": ',
      '{"claim": {"text": "So.", "commitment": "FACT", "attribution": "NARRATED", "subject": "person:ana-lima"}}',
    );
    const report = await seed();
    expect(report.files).toEqual([]);
    expect(report.problems.map(({ file, line, path, code }) => [file, line, path, code])).toEqual([
      ['01-sources.yaml', 8, 'person.birthdate', 'UNKNOWN_FIELD'],
      ['01-sources.yaml', 9, 'gang', 'MISSING_FIELD'],
      ['02-ties.yaml', 1, 'memberOf', 'RELATIONSHIP_WITHOUT_CLAIM'],
      ['02-ties.yaml', 2, 'memberOf.from', 'UNKNOWN_REFERENCE'],
      ['02-ties.yaml', 4, 'holdsPosition', 'ILLEGAL_PAIR'],
      ['02-ties.yaml', 4, 'holdsPosition', 'RELATIONSHIP_WITHOUT_CLAIM'],
      ['02-ties.yaml', 7, 'holdsPosition.validFrom', 'IMPOSSIBLE_DATES'],
      ['03-lines.jsonl', 2, '', 'UNREADABLE'],
      ['03-lines.jsonl', 3, 'claim.source', 'CLAIM_WITHOUT_SOURCE'],
    ]);
    expect(report.problems.every((problem) => problem.message.length > 0)).toBe(true);
    expect(reportText(report, 'seeds')).toContain('01-sources.yaml:8  person.birthdate  UNKNOWN_FIELD');
    expect(reportText(report, 'seeds')).toContain('→ Did you mean birthDate?');
    expect(await count()).toBe(before);
  });

  test('does not blame those who refer to what is broken elsewhere', async () => {
    write('01-a.yaml', '- person:', '    id: person:broken', '    name: Broken', '    birthDate: soon', ...source);
    write(
      '02-b.yaml',
      '- memberOf:',
      '    from: person:broken',
      '    to: government:city-of-veld',
      '    claims:',
      '      - { text: So., commitment: FACT, attribution: NARRATED, source: source:gazette }',
    );
    expect((await seed()).problems.map(({ file, code }) => [file, code])).toEqual([['01-a.yaml', 'INVALID_VALUE']]);
  });

  test('is refused when a later file holds what an earlier one refers to, and nothing is half loaded', async () => {
    const before = await count();
    write('01-a.yaml', ...source, '- person:', '    name: Early Bird');
    write(
      '02-b.yaml',
      '- positionIn:',
      '    from: position:late',
      '    to: government:city-of-veld',
      '    claims:',
      '      - { text: So., commitment: FACT, attribution: NARRATED, source: source:gazette }',
    );
    write('03-c.yaml', '- position:', '    id: position:late', '    name: Late');
    expect((await seed()).problems).toMatchObject([{ file: '02-b.yaml', line: 2, code: 'UNKNOWN_REFERENCE' }]);
    expect(await count()).toBe(before);
  });

  test.each([
    ['that is no YAML', '01.yaml', ['- person: {name: "x'], /This is no YAML/],
    ['that is no list', '01.yaml', ['person: {}'], /A file of records is a list/],
  ])('says of a file %s where and why', async (_, file, lines, message) => {
    write(file, ...lines);
    expect((await seed()).problems[0]).toMatchObject({
      file,
      code: 'UNREADABLE',
      message: expect.stringMatching(message),
    });
  });

  test('that is not there, or holds no records, is refused', async () => {
    await expect(seedFolder(graph.connection, ontology, join(folder, 'none'), 'test')).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { suggestion: expect.stringContaining('.yaml') },
    });
    await expect(seed()).rejects.toThrow(/holds no file of records/);
  });

  test('of the project loads without a problem or a notice, and a second time unchanged', async () => {
    cpSync(projectFile('seeds/el-salvador-2025'), folder, { recursive: true });
    const first = await seed();
    expect([first.problems, first.notices]).toEqual([[], []]);
    const second = await seed();
    expect(second.files.every((file) => file.created === 0 && file.updated === 0)).toBe(true);
  });
});
