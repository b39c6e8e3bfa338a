import { StartError } from '../errors.ts';
import { askDatabase, checkAgent } from './answers.ts';
import type { Database, DatabaseConfig } from './database.ts';

/**
 * The Neo4j that `NEO4J_URI` names, once it has answered. It is somebody else's: disposing leaves it alone.
 * @throws StartError when it cannot be reached, refuses the user, lacks the database or is too old.
 */
export async function givenNeo4j(uri: string, config: DatabaseConfig): Promise<Database> {
  const shown = uri.replace(/\/\/[^/@]*@/, '//');
  const access = {
    uri,
    username: config.NEO4J_USERNAME,
    password: config.NEO4J_PASSWORD ?? '',
    database: config.NEO4J_DATABASE,
  };
  let agent: string;
  try {
    agent = await askDatabase(access);
  } catch (error) {
    throw explain(error as Error & { code?: string }, shown, config);
  }
  checkAgent(agent, `The database at NEO4J_URI=${shown}`);
  return {
    ...access,
    origin: `${agent} at ${shown} (NEO4J_URI), database "${access.database}"`,
    started: false,
    [Symbol.asyncDispose]: async () => {},
  };
}

function explain(error: Error & { code?: string }, uri: string, config: DatabaseConfig): StartError {
  const code = error.code ?? '';
  if (code.startsWith('Neo.ClientError.Security.')) {
    const given = config.NEO4J_PASSWORD === undefined ? 'no password' : 'the password given';
    return new StartError(
      `The database at NEO4J_URI=${uri} refuses user "${config.NEO4J_USERNAME}" with ${given} (${code}).\n` +
        'Ways out: set NEO4J_USERNAME and NEO4J_PASSWORD to a user that it knows.',
      { cause: error },
    );
  }
  if (code === 'Neo.ClientError.Database.DatabaseNotFound') {
    return new StartError(
      `The Neo4j at NEO4J_URI=${uri} has no database "${config.NEO4J_DATABASE}".\n` +
        'Ways out: set NEO4J_DATABASE to one that it has (SHOW DATABASES); by default that is "neo4j".',
      { cause: error },
    );
  }
  const why = /Caused by: (.+)/.exec(error.message)?.[1] ?? (code.startsWith('Neo.') ? code : error.message);
  return new StartError(
    `The database at NEO4J_URI=${uri} does not answer: ${why}.\n` +
      'Ways out: start it, correct NEO4J_URI (bolt:// or neo4j://, with +s for TLS; Bolt is mostly on port 7687), or ' +
      'unset it to have one started locally.',
    { cause: error },
  );
}
