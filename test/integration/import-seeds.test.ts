import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { importFile } from '../../src/transfer/import/import-file.ts';
import { mapping } from '../../src/transfer/import/mapping.ts';
import { cleanGraph, testDatabase } from '../support/database.ts';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';

/**
 * The mappings that are shipped, on small files of the same shape; and on the data sets themselves, where
 * `CONCORDAT_TESTS_DATA` names a folder that holds them.
 */

const graph = testGraph();
const database = testDatabase();

interface Expected {
  /** The file or folder, and its mapping in `seeds/`. */
  readonly of: readonly [file: string, mapping: string];
  readonly rows: readonly [read: number, refused: number];
  /** Created, updated, unchanged. */
  readonly entities: readonly [number, number, number];
  readonly relationships: number;
  readonly claims: number;
}

const CONGRESS = 'congress-legislators';
const files = {
  legislators: [`${CONGRESS}/legislators-current.yaml`, `${CONGRESS}/legislators.yaml`],
  committees: [`${CONGRESS}/committees-current.yaml`, `${CONGRESS}/committees.yaml`],
  membership: [`${CONGRESS}/committee-membership-current.yaml`, `${CONGRESS}/committee-membership.yaml`],
  executive: [`${CONGRESS}/executive.yaml`, `${CONGRESS}/executive.yaml`],
  factbook: ['factbook', 'factbook/factbook.yaml'],
  agreements: ['desta/agreements.csv', 'desta/agreements.yaml'],
  parties: ['desta/parties.csv', 'desta/parties.yaml'],
} as const;

/** In the order in which they are imported. */
const SMALL: readonly Expected[] = [
  { of: files.legislators, rows: [2, 0], entities: [8, 0, 0], relationships: 7, claims: 2 },
  { of: files.committees, rows: [2, 0], entities: [4, 0, 1], relationships: 3, claims: 2 },
  { of: files.membership, rows: [3, 1], entities: [0, 0, 0], relationships: 2, claims: 2 },
  { of: files.executive, rows: [1, 0], entities: [4, 0, 0], relationships: 2, claims: 1 },
  { of: files.factbook, rows: [2, 0], entities: [16, 0, 0], relationships: 16, claims: 2 },
  { of: files.agreements, rows: [2, 0], entities: [2, 0, 0], relationships: 0, claims: 2 },
  { of: files.parties, rows: [3, 0], entities: [1, 2, 1], relationships: 3, claims: 3 },
];

const WHOLE: readonly Expected[] = [
  { of: files.legislators, rows: [537, 0], entities: [544, 0, 0], relationships: 3332, claims: 537 },
  { of: files.committees, rows: [49, 0], entities: [231, 0, 2], relationships: 230, claims: 49 },
  { of: files.membership, rows: [3879, 0], entities: [0, 0, 0], relationships: 3879, claims: 3879 },
  { of: files.executive, rows: [80, 0], entities: [85, 0, 2], relationships: 131, claims: 80 },
];

async function bring(folder: string, [file, map]: Expected['of']) {
  const path = join(folder, file);
  const format = { connection: graph.connection, model: ontology, format: mapping, by: 'ana', rejects: null };
  return importFile({ ...format, path, mapping: projectFile(`seeds/${map}`) });
}

async function expectAll(folder: string, all: readonly Expected[]): Promise<void> {
  for (const { of, rows, entities, relationships, claims } of all) {
    const report = await bring(folder, of);
    expect([of[0], report.rows.read, report.rows.refused]).toEqual([of[0], ...rows]);
    expect([of[0], ...['created', 'updated', 'unchanged'].map((key) => report.entities[key as 'created'])]).toEqual([
      of[0],
      ...entities,
    ]);
    expect([of[0], report.relationships.created, report.claims.created]).toEqual([of[0], relationships, claims]);
  }
}

describe('the mappings that are shipped', () => {
  beforeAll(() => cleanGraph(database));

  test('make what they say of small files', async () => {
    await expectAll(projectFile('test/fixtures'), SMALL);
    expect(
      await graph.rows(
        `MATCH (p:Person)-[r:HOLDS_POSITION]->(q) RETURN p.name, q.name, r.validFrom, r.validTo, r.constituency, r.how, r.onBehalfOf
         ORDER BY p.name, r.validFrom, q.name`,
      ),
    ).toEqual([
      [
        'Ana B. Lima',
        'United States Representative',
        '2001-01-03',
        '2003-01-03',
        'VL-7',
        'ELECTED',
        'political-party:united-states-democrat',
      ],
      [
        'Ana B. Lima',
        'United States Senator',
        '2003-01-03',
        '2009-01-03',
        'VL',
        'ELECTED',
        'political-party:united-states-democrat',
      ],
      ['Ana LIMA Rocío', 'Chief of state of Veld', '2019-06-01', null, null, null, null],
      ['Ana LIMA Rocío', 'Head of government of Veld', '2019-06-01', null, null, null, null],
      ['Bo EK', 'Head of government of Berg', '2025-07-23', null, null, null, null],
      [
        'Bo Ek',
        'United States Senator',
        '2005-02-01',
        '2009-01-03',
        'VL',
        'APPOINTED',
        'political-party:united-states-independent',
      ],
      ['Cy D. Dal', 'Vice President of the United States', '1789-04-30', '1793-03-04', null, 'ELECTED', null],
      [
        'Cy D. Dal',
        'President of the United States',
        '1793-03-04',
        '1797-03-04',
        null,
        'SUCCEEDED',
        'political-party:united-states-federalist',
      ],
    ]);
    expect(await graph.rows('MATCH (n:Area) RETURN n.name, n.latitude, n.longitude ORDER BY n.name')).toEqual([
      ['Bergen', -1.95, 30.05],
      ['Veldstad', 13.7, -89.2],
    ]);
    expect(
      await graph.rows('MATCH (n:Country)-[r:MEMBER_OF]->(o) RETURN n.name, o.name, r.role ORDER BY n.name, o.name'),
    ).toEqual([
      ['Berg', 'UN', 'MEMBER'],
      ['Berg', 'WTO', 'MEMBER'],
      ['Veld', 'ACS', 'MEMBER'],
      ['Veld', 'NAM', 'OBSERVER'],
      ['Veld', 'UN', 'MEMBER'],
    ]);
  });

  const data = process.env['CONCORDAT_TESTS_DATA'] ?? '';
  if (existsSync(join(data, files.legislators[0])))
    test('make what they say of the data sets themselves', async () => {
      await cleanGraph(database);
      await expectAll(data, WHOLE);
    });
});
