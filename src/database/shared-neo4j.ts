import { readFileSync } from 'node:fs';
import { StartError } from '../errors.ts';
import { askDatabase } from './answers.ts';
import type { Database } from './database.ts';
import type { Neo4jRun } from './neo4j-run.ts';
import { passwordFile } from './password.ts';

/**
 * The local Neo4j that another process runs, once it has answered: its port and its password are in the data folder.
 * It is that process's: disposing leaves it alone.
 * @throws StartError when it does not answer
 */
export async function sharedNeo4j(folder: string, run: Neo4jRun): Promise<Database> {
  const uri = `bolt://127.0.0.1:${run.boltPort}`;
  try {
    const password = readFileSync(passwordFile(folder), 'utf8').trim();
    const access = { uri, username: 'neo4j', password, database: 'neo4j' };
    const agent = await askDatabase(access);
    return {
      ...access,
      origin: `${agent} on ${uri}, which another process runs on the data in ${folder}`,
      started: false,
      [Symbol.asyncDispose]: async () => {},
    };
  } catch (error) {
    throw new StartError(
      `Another process runs the local database in ${folder}, and it does not answer on ${uri}: ${(error as Error).message}\n` +
        'Ways out: try again when it is ready, or set NEO4J_URI.',
      { cause: error },
    );
  }
}
