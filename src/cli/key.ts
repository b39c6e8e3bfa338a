import { Command, InvalidArgumentError, Option } from 'commander';
import { StartError } from '../errors.ts';
import { ROLES, type Role } from '../model/roles.ts';
import type { Connection } from '../store/connection.ts';
import { createKey, type Key, listKeys, revokeKey } from '../store/keys.ts';
import type { Run } from './run.ts';
import { openStore } from './start.ts';
import { tableLines } from './table.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { examples } from './usage.ts';

/** `concordat key`: makes, lists and revokes keys. Works beside a server that runs on the same local database. */

export function keyCommand(run: Run): Command {
  const terminal = createTerminal();
  const { say, print } = terminal;
  const onStore = (work: (connection: Connection) => Promise<void>) =>
    run(async ({ config, signal }) => {
      await using store = await openStore({ config, say, signal, shared: true });
      await work(store.connection);
    });

  const key = new Command('key')
    .description('make, list and revoke the keys that requests are sent with')
    .addHelpText(
      'after',
      examples(
        [
          'For a program that reads, for 90 days; the key alone is on standard output:',
          'concordat key create --name dashboard --role reader --expires 90d > key.txt',
        ],
        ['Which there are, and when each was last used:', 'concordat key list'],
      ),
    );
  key
    .command('create')
    .description('make a key and print it: it is shown this once, on standard output, alone')
    .requiredOption('--name <name>', 'who or what uses it; stands beside everything that is written with it')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
    .option('--expires <when>', 'when it stops to work: 90d, or a day such as 2027-01-01', expiry)
    .action(({ name, role, expires = null }: { name: string; role: Role; expires?: Date | null }) =>
      onStore(async (connection) => {
        const { id, text } = await createKey(connection, { name, role, createdBy: 'command line', expiresAt: expires });
        const until = expires ? `until ${expires.toISOString()}` : 'until it is revoked';
        say(`Key ${id} for ${name.trim()}: ${role}, ${until}. It is not shown again.`);
        print(text);
      }),
    );
  key
    .command('list')
    .description('list the keys, the newest first')
    .option('--json', 'a JSON object a line')
    .action(({ json }: { json?: boolean }) =>
      onStore(async (connection) => {
        const keys = await listKeys(connection);
        if (json) for (const each of keys) print(JSON.stringify(each));
        else print(keyTable(keys, new Date(), terminal));
      }),
    );
  key
    .command('revoke')
    .description('revoke a key for good; servers take it for some seconds more')
    .argument('<id>', 'its id, as key list shows it')
    .action((id: string) =>
      onStore(async (connection) => {
        const revoked = await revokeKey(connection, id);
        if (!revoked) throw new StartError(`There is no key ${id}. See: concordat key list`);
        say(`Key ${id} (${revoked.name}) is revoked since ${revoked.revokedAt}.`);
      }),
    );
  return key;
}

const DAY = 86_400_000;

/** The instant that a key stops to work at. @throws InvalidArgumentError when it is none, or past */
export function expiry(text: string, _?: unknown, now = Date.now()): Date {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  const at = days ? new Date(now + Number(days) * DAY) : /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(text) : null;
  // A day that there is not, such as 2027-02-30, JavaScript takes for a later one.
  if (!at || Number.isNaN(at.getTime()) || (!days && at.toISOString().slice(0, 10) !== text))
    throw new InvalidArgumentError('Give days, such as 90d, or a day, such as 2027-01-01, at whose beginning it ends.');
  if (at.getTime() <= now) throw new InvalidArgumentError('It would have ended already.');
  return at;
}

/** The keys as a table. */
export function keyTable(keys: readonly Key[], now: Date, terminal: Pick<Terminal, 'columns' | 'style'>): string {
  if (keys.length === 0) return 'There are no keys. Make one: concordat key create --name <name> --role <role>';
  const minute = (instant: string | null) => instant?.slice(0, 16).replace('T', ' ') ?? '-';
  const state = ({ revokedAt, expiresAt }: Key) =>
    revokedAt ? `revoked ${minute(revokedAt)}` : expiresAt && new Date(expiresAt) <= now ? 'expired' : 'valid';
  const rows = keys.map((each) => [
    ...[each.id, each.name, each.role, state(each), minute(each.expiresAt), minute(each.lastUsedAt)],
    ...[minute(each.createdAt), each.createdBy],
  ]);
  const names = ['id', 'name', 'role', 'state', 'expires', 'last used', 'created', 'by'];
  return tableLines(names, rows, { ...terminal, whole: new Set(['id']) }).join('\n');
}
