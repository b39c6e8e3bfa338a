import neo4j from 'neo4j-driver';
import { StartError } from '../errors.ts';
import type { Database } from './database.ts';
import { compareVersions, isCalendarVersion } from './versions.ts';

/** The oldest Neo4j whose Cypher this project writes. */
const oldestNeo4j = '5.26';

/**
 * Signs in and runs one statement.
 * @returns what the server calls itself, e.g. `Neo4j/5.26.31`.
 * @param patience milliseconds that each step may take
 * @throws the driver's error, within about twice the patience.
 */
export async function askDatabase(
  at: Pick<Database, 'uri' | 'username' | 'password' | 'database'>,
  patience = 5_000,
): Promise<string> {
  const driver = neo4j.driver(at.uri, neo4j.auth.basic(at.username, at.password), {
    connectionTimeout: patience,
    connectionAcquisitionTimeout: patience + 1_000,
    maxTransactionRetryTime: 0,
    userAgent: 'concordat',
    telemetryDisabled: true,
  });
  try {
    const session = driver.session({ database: at.database, defaultAccessMode: neo4j.session.READ });
    const { summary } = await session.run('RETURN 1', {}, { timeout: patience });
    return summary.server.agent ?? 'an unnamed server';
  } finally {
    await driver.close();
  }
}

/** @throws StartError when a server that calls itself so is none that this project can use. */
export function checkAgent(agent: string, where: string): void {
  const version = /^Neo4j\/(\d+\.\d+[^\s]*)$/.exec(agent)?.[1];
  if (version !== undefined && (isCalendarVersion(version) || compareVersions(version, oldestNeo4j) >= 0)) return;
  throw new StartError(
    `${where} is ${agent}; Neo4j ${oldestNeo4j} or newer is needed.\n` +
      'Ways out: set NEO4J_URI to a newer one, or unset it to have one started locally.',
  );
}
