import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the generated password of a data folder is kept, readable by its owner only. */
export function passwordFile(folder: string): string {
  return join(folder, 'password');
}

/**
 * The password of a data folder, generated when there is none yet.
 *
 * A new one is written as `password.new`, made the database's by `establish` (given that file), and only then renamed.
 * Whatever interrupts this, the next start does it again with the same password: there is no state in which the
 * database has a password that no file holds.
 */
export async function establishPassword(folder: string, establish: (file: string) => Promise<void>): Promise<string> {
  const file = passwordFile(folder);
  if (!existsSync(file)) {
    const pending = `${file}.new`;
    if (!existsSync(pending)) {
      writeFileSync(`${pending}.draft`, randomBytes(20).toString('hex'), { mode: 0o600 });
      renameSync(`${pending}.draft`, pending);
    }
    await establish(pending);
    renameSync(pending, file);
  }
  return readFileSync(file, 'utf8').trim();
}
