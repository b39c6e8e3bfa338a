import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from './processes.ts';

/** The last Neo4j that was run on a data folder; it may be gone. */
export interface Neo4jRun extends ProcessIdentity {
  readonly version: string;
  readonly boltPort: number;
  /** Fingerprint of everything it was started with but the port. */
  readonly settings: string;
}

/** The record of the last run; undefined when there was none, or none that can be read. */
export function readRun(folder: string): Neo4jRun | undefined {
  try {
    return JSON.parse(readFileSync(runFile(folder), 'utf8')) as Neo4jRun;
  } catch {
    return undefined;
  }
}

/** Written as soon as the process exists, so that a start after a crash finds it. */
export function writeRun(folder: string, run: Neo4jRun): void {
  writeFileSync(`${runFile(folder)}.draft`, JSON.stringify(run));
  renameSync(`${runFile(folder)}.draft`, runFile(folder));
}

function runFile(folder: string): string {
  return join(folder, 'neo4j.json');
}
