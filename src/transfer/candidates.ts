import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { badInput } from '../errors.ts';
import { nearest } from '../model/nearest.ts';

/** What is looked for in the graph, from a file: a line each as JSON, or a row each as CSV. */

/** In the shape of GraphQL's `MatchCandidate`. */
export interface Candidate {
  readonly name: string;
  readonly type?: string;
  readonly aliases?: readonly string[];
  readonly country?: string;
  readonly birthDate?: string;
  readonly externalIds?: readonly { readonly scheme: string; readonly value: string }[];
}

export interface PlacedCandidate {
  /** 1-based, in the file. */
  readonly line: number;
  readonly candidate: Candidate;
}

const FIELDS = ['name', 'type', 'aliases', 'country', 'birthDate', 'externalIds'] as const;

/**
 * Reads candidates as they are needed. CSV has a line of names; `aliases` and `externalIds` (`SCHEME:value`) are separated
 * by `;`. Columns and keys of other names are an error, since they would be passed over unseen.
 * @param file `-` is standard input
 * @throws BAD_USER_INPUT naming line, column and the way out
 */
export async function* readCandidates(file: string): AsyncIterable<PlacedCandidate> {
  const input: Readable = file === '-' ? process.stdin : createReadStream(file);
  const rows = /\.csv$/i.test(file) ? csvRows(input) : lineRows(input);
  for await (const { line, row } of rows) yield { line, candidate: candidateOf(row, file, line) };
}

interface Row {
  readonly line: number;
  readonly row: Readonly<Record<string, unknown>>;
}

async function* csvRows(input: Readable): AsyncIterable<Row> {
  const parser = input.pipe(parse({ columns: true, bom: true, skip_empty_lines: true, info: true, trim: true }));
  input.on('error', (error) => parser.destroy(error));
  for await (const { record, info } of parser as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number };
  }>)
    yield { line: info.lines, row: Object.fromEntries(Object.entries(record).filter(([, value]) => value !== '')) };
}

async function* lineRows(input: Readable): AsyncIterable<Row> {
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === '') continue;
    yield { line, row: parsed(text, line) };
  }
}

function parsed(text: string, line: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw badInput(`Line ${line} is no JSON: ${(cause as Error).message}.`, {
      path: [line],
      value: text.slice(0, 100),
      suggestion: 'Give a JSON object a line, or a file that ends in .csv.',
    });
  }
  throw badInput(`Line ${line} is no JSON object.`, { path: [line], value: text.slice(0, 100) });
}

function candidateOf(row: Readonly<Record<string, unknown>>, file: string, line: number): Candidate {
  for (const name of Object.keys(row))
    if (!(FIELDS as readonly string[]).includes(name)) {
      const near = nearest(name, FIELDS);
      throw badInput(`${file} has "${name}" in line ${line}, which no candidate has.`, {
        path: [line, name],
        value: row[name],
        suggestion: near ? `Did you mean ${near}?` : `There is: ${FIELDS.join(', ')}.`,
      });
    }
  if (typeof row['name'] !== 'string' || row['name'].trim() === '')
    throw badInput(`${file} has no name in line ${line}.`, {
      path: [line, 'name'],
      value: row['name'] ?? null,
      suggestion: 'Every candidate needs one.',
    });
  const { aliases, externalIds } = row;
  return {
    ...(row as unknown as Candidate),
    ...(typeof aliases === 'string' ? { aliases: listed(aliases) } : {}),
    ...(typeof externalIds === 'string' ? { externalIds: listed(externalIds).map(externalId) } : {}),
  };
}

const listed = (text: string): string[] =>
  text
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** `WIKIDATA:Q1`. */
export function externalId(text: string): { scheme: string; value: string } {
  const [, scheme, value] = /^([^:]+):(.+)$/.exec(text) ?? [];
  if (scheme && value) return { scheme, value };
  throw badInput(`"${text}" is no external id.`, {
    path: ['externalIds'],
    value: text,
    suggestion: 'Write it with its scheme: WIKIDATA:Q1.',
  });
}
