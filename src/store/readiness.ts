import { ConcordatError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import type { Connection } from './connection.ts';
import { isHalfRestored } from './copy/restore-copy.ts';
import { missingSchema, pendingMigrations } from './migrations.ts';

/** Whether the store can serve, check by check. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly detail?: string }>>;
}

/** Asks the database whether it answers, whether every migration is applied, and whether every index is there and online. */
export async function readiness(connection: Connection, model: Model, folder: string): Promise<Readiness> {
  const database = await check(async () => {
    await connection.verify();
    return [];
  });
  const unknown = { ok: false, detail: 'unknown while the database does not answer' };
  const checks = {
    database,
    migrations: database.ok ? await check(() => pendingMigrations(connection, folder)) : unknown,
    whole: database.ok
      ? await check(async () => ((await isHalfRestored(connection)) ? ['a restore was begun and not ended'] : []))
      : unknown,
    indexes: database.ok ? await check(() => missingSchema(connection, model)) : unknown,
  };
  return { ready: Object.values(checks).every((each) => each.ok), checks };
}

/** A check passes when nothing is amiss. */
async function check(amiss: () => Promise<string[]>): Promise<{ ok: boolean; detail?: string }> {
  try {
    const found = await amiss();
    return found.length === 0 ? { ok: true } : { ok: false, detail: found.slice(0, 5).join('; ') };
  } catch (error) {
    return { ok: false, detail: error instanceof ConcordatError ? error.message : 'the check failed' };
  }
}

/** Whether the store holds no entity at all. */
export async function isEmpty(connection: Connection): Promise<boolean> {
  const rows = await connection.read(
    { text: 'CYPHER 5 RETURN EXISTS { MATCH (:Entity) }', parameters: {} },
    { operation: 'is the store empty' },
  );
  return rows[0]?.[0] === false;
}
