import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import type { ExportFormat } from '../../src/transfer/export/format.ts';
import type { ImportFormat } from '../../src/transfer/import/format.ts';
import { type ImportOptions, importFile } from '../../src/transfer/import/import-file.ts';
import type { ImportReport } from '../../src/transfer/import/report.ts';
import { seedFolder } from '../../src/transfer/seed.ts';
import { written } from './exported.ts';
import type { TestGraph } from './graph.ts';
import { projectFile } from './project.ts';

/** Files of other vocabularies, in and out of a test's graph. */

const KEPT = ['ConcordatMigration', 'ConcordatLock', 'ConcordatDerivation', 'ConcordatFeed'];

export interface Exchange {
  /** Takes everything out of the graph. */
  empty(): Promise<unknown>;
  bring(format: ImportFormat, text: string, more?: Partial<ImportOptions>): Promise<ImportReport>;
  write(format: ExportFormat): Promise<string>;
}

export function exchange(graph: TestGraph): Exchange {
  return {
    empty: () =>
      graph.connection.write('test', (tx) =>
        tx.run('MATCH (n) WHERE NOT any(label IN labels(n) WHERE label IN $kept) DETACH DELETE n', { kept: KEPT }),
      ),
    bring: (format, text, more = {}) =>
      importFile({
        connection: graph.connection,
        model: ontology,
        input: { name: `file.${format.extensions[0]}`, bytes: bytesOf(text) },
        format,
        by: 'test',
        rejects: null,
        ...more,
      }),
    write: async (format) => (await written(graph.connection, format)).toString('utf8'),
  };
}

/** A file as they are found: made up, in the shape of those that others publish, with what goes wrong in them. */
export const wild = (name: string): Promise<string> => readFile(projectFile(`test/wild/${name}`), 'utf8');

/** Why rows were refused: the first reason of each line, since what follows from it is told as well. */
export function reasons({ refusals }: ImportReport): { readonly line: number; readonly code: string }[] {
  const first = new Map<number, string>();
  for (const { line, code } of refusals) if (!first.has(line)) first.set(line, code);
  return [...first].map(([line, code]) => ({ line, code }));
}

/** What is taken out and back: a city made up for it, and the article of the first data set. */
export const WORLDS: readonly (readonly [name: string, fill: (graph: TestGraph) => Promise<unknown>])[] = [
  ['a small city', async (graph) => expect((await graph.record(VELD)).problems).toEqual([])],
  ['the article', (graph) => seedFolder(graph.connection, ontology, projectFile('seeds/el-salvador-2025'), 'test')],
];

/** In pieces of odd sizes, so that signs and objects are cut anywhere. */
export async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; at += 997) yield bytes.subarray(at, at + 997);
}

const gazette = { source: 'source:gazette', attribution: 'NARRATED' };
const fact = (text: string) => [{ text, commitment: 'FACT', ...gazette }];

/** A small city that has something of most kinds, told as facts and otherwise. */
export const VELD: readonly object[] = [
  {
    source: {
      id: 'source:gazette',
      name: 'The Veld Gazette',
      kind: 'ARTICLE',
      url: 'https://gazette.example/1',
      publishedAt: '2025-02',
    },
  },
  {
    country: {
      id: 'country:veldland',
      name: 'El Salvador',
      iso2: 'SV',
      externalIds: [{ scheme: 'ISO3166', value: 'SV' }],
    },
  },
  { area: { id: 'area:veld', name: 'Veld', kind: 'CITY', latitude: 13.7, longitude: -89.2 } },
  {
    person: {
      id: 'person:ana-lima',
      name: 'Ana Lima',
      aliases: ['Аня Лима', 'آنا'],
      names: [{ value: 'Ana Prado', kind: 'FORMER' }],
      birthDate: '1970-05',
      gender: 'female',
      givenName: 'Ana',
      familyName: 'Lima',
      description: 'A baker who became mayor.\nSaid "no" to <them>.',
      topics: ['role.pep'],
      externalIds: [
        { scheme: 'WIKIDATA', value: 'Q42' },
        { scheme: 'BIOGUIDE', value: 'L000001' },
      ],
    },
  },
  { person: { id: 'person:bo-ek', name: 'Bo Ek 𝒵' } },
  { politicalParty: { id: 'political-party:greens', name: 'Greens', foundedOn: '1990', ideology: 'green' } },
  { agency: { id: 'agency:council', name: 'Council of Veld', kind: 'LEGISLATURE', foundedOn: '1901-02-03' } },
  { agency: { id: 'agency:committee', name: 'Committee on bread', kind: 'COMMITTEE' } },
  { company: { id: 'company:bread', name: 'Bread & Co', kind: 'PRIVATE' } },
  { gang: { id: 'gang:crumbs', name: 'Crumbs', kind: 'STREET' } },
  { position: { id: 'position:mayor', name: 'Mayor of Veld', kind: 'HEAD_OF_GOVERNMENT' } },
  { event: { id: 'event:fair', name: 'Fair', kind: 'MEETING', start: '2024-06-01', end: '2024-06-02' } },
  { policy: { id: 'policy:bread-law', name: 'Bread law', kind: 'SANCTIONS' } },
  { prison: { id: 'prison:keep', name: 'The Keep', capacity: 40 } },
  {
    holdsPosition: {
      from: 'person:ana-lima',
      to: 'position:mayor',
      validFrom: '2020',
      validTo: '2024-03',
      constituency: 'Veld',
      how: 'ELECTED',
      onBehalfOf: 'political-party:greens',
      claims: fact('Mayor.'),
    },
  },
  { positionIn: { from: 'position:mayor', to: 'agency:council', claims: fact('Of the council.') } },
  {
    memberOf: {
      from: 'person:ana-lima',
      to: 'political-party:greens',
      role: 'CHAIR',
      validFrom: '2010-01-02',
      claims: fact('A Green.'),
    },
  },
  {
    memberOf: {
      from: 'person:ana-lima',
      to: 'agency:council',
      role: 'MEMBER',
      validFrom: '2012',
      constituency: 'Veld',
      onBehalfOf: 'political-party:greens',
      claims: fact('In the council.'),
    },
  },
  {
    memberOf: {
      from: 'person:bo-ek',
      to: 'gang:crumbs',
      claims: [{ text: 'Bo is said to be one of them.', commitment: 'ALLEGED', hedged: true, ...gazette }],
    },
  },
  { partOf: { from: 'agency:committee', to: 'agency:council', claims: fact('A part.') } },
  { partOf: { from: 'area:veld', to: 'country:veldland', claims: fact('A part.') } },
  { locatedIn: { from: 'agency:council', to: 'area:veld', claims: fact('There.') } },
  { citizenOf: { from: 'person:ana-lima', to: 'country:veldland', claims: fact('A citizen.') } },
  { familyOf: { from: 'person:ana-lima', to: 'person:bo-ek', kinship: 'SIBLING', claims: fact('Siblings.') } },
  { associatedWith: { from: 'gang:crumbs', to: 'company:bread', text: 'buys flour', claims: fact('They buy.') } },
  { owns: { from: 'person:bo-ek', to: 'company:bread', share: 51.5, validFrom: '2019', claims: fact('Owns.') } },
  {
    funded: {
      from: 'company:bread',
      to: 'political-party:greens',
      on: '2021-05',
      amount: { value: 1000, currency: 'USD' },
      claims: fact('Gave.'),
    },
  },
  { employedBy: { from: 'person:bo-ek', to: 'company:bread', validFrom: '2018', claims: fact('Works.') } },
  { leads: { from: 'person:ana-lima', to: 'political-party:greens', validFrom: '2015', claims: fact('Leads.') } },
  {
    participatedIn: {
      from: 'person:ana-lima',
      to: 'event:fair',
      role: 'SPEAKER',
      on: '2024-06-01',
      claims: fact('Spoke.'),
    },
  },
  {
    stanceOn: {
      from: 'person:ana-lima',
      to: 'policy:bread-law',
      stance: 'OPPOSES',
      claims: [{ text: 'She is against.', commitment: 'EVALUATION', ...gazette }],
    },
  },
  {
    targets: {
      from: 'policy:bread-law',
      to: 'company:bread',
      programId: 'BL1',
      listedOn: '2023-01-02',
      reason: 'Crumbs.',
      claims: fact('Listed.'),
    },
  },
  { detainedAt: { from: 'person:bo-ek', to: 'prison:keep', validFrom: '2024', claims: fact('Held.') } },
  { mentions: { from: 'source:gazette', to: 'person:ana-lima' } },
];
