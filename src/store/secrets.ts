import { randomBytes } from 'node:crypto';
import type { Connection } from './connection.ts';

/**
 * A secret that all processes on one store share, made by whichever asks first. Whoever may read the store's own nodes has
 * it: it guards what those may read anyway.
 * @param name what it is for
 */
export function sharedSecret(connection: Pick<Connection, 'write'>, name: string): Promise<string> {
  const fresh = randomBytes(32).toString('base64url');
  return connection.write('secret', async (tx) => {
    const { records } = await tx.run(
      'CYPHER 5 MERGE (s:ConcordatSecret {name: $name}) ON CREATE SET s.value = $fresh RETURN s.value',
      { name, fresh },
    );
    return String(records[0]?.get(0));
  });
}
