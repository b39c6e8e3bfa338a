import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFile } from '../support/project.ts';

/** The libraries and programs that exports are opened with, each in a process of its own. */

/** What a reader found: nodes as [id, label, type], edges as [from, to, type, status], both sorted; null for what it has no place for. */
export interface Found {
  readonly nodes: readonly (readonly (string | null)[])[];
  readonly edges: readonly (readonly (string | null)[])[];
  readonly more: Readonly<Record<string, unknown>>;
}

const run = promisify(execFile);
const SPACE = { maxBuffer: 512 * 1024 * 1024, timeout: 240_000 };

function folder(): string {
  const set = process.env['CONCORDAT_READERS'];
  if (!set) throw new Error('CONCORDAT_READERS is not set: make it with test/readers/prepare <folder>.');
  return set;
}

/** Reads files with a library of Python; see `read.py` for their names. */
export async function readWithPython(reader: string, ...files: readonly string[]): Promise<Found> {
  const { stdout } = await run(
    join(folder(), 'bin/python'),
    [projectFile('test/readers/read.py'), reader, ...files],
    SPACE,
  );
  return JSON.parse(stdout) as Found;
}

/** Reads a file with Gephi's importer. */
export async function readWithGephi(file: string, picture?: string): Promise<Found> {
  const jar = join(folder(), 'gephi-toolkit.jar');
  const program = projectFile('test/readers/Gephi.java');
  const { stdout } = await run(
    'java',
    ['-Djava.awt.headless=true', '-cp', jar, program, file, ...(picture ? [picture] : [])],
    SPACE,
  );
  const found = JSON.parse(stdout.slice(stdout.indexOf('{'))) as Found;
  return { ...found, nodes: sorted(found.nodes), edges: sorted(found.edges) };
}

/** Rows in the order of their cells. */
export const sorted = (rows: readonly (readonly (string | null)[])[]): (readonly (string | null)[])[] =>
  rows
    .map((row) => [JSON.stringify(row.map((cell) => cell ?? '')), row] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, row]) => row);
