import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Config } from '../../config.ts';
import { StartError } from '../../errors.ts';
import { openStore } from '../start.ts';
import type { Terminal } from '../terminal.ts';
import { askServer } from './ask-server.ts';
import { askStore } from './ask-store.ts';
import type { Asker } from './asker.ts';

/** Who answers a command that reads: the server of `--url` or CONCORDAT_URL, else the database that the settings lead to. */

export interface AskingOptions {
  readonly url?: string;
  readonly key?: string;
}

/** Adds the options that say who answers. */
export const withAsking = (command: Command): Command =>
  command
    .addOption(new Option('--url <address>', 'ask this server instead of the database; as CONCORDAT_URL'))
    .addOption(
      new Option(
        '--key <key>',
        'key for that server, or @file that holds it; CONCORDAT_KEY keeps it out of the list of processes',
      ),
    );

export async function openAsker(
  options: AskingOptions,
  { config, signal, terminal }: { readonly config: Config; readonly signal: AbortSignal; readonly terminal: Terminal },
): Promise<Asker> {
  const url = options.url ?? config.CONCORDAT_URL;
  if (url !== undefined) return askServer({ url: checkedUrl(url), key: keyOf(options, config), signal });
  const store = await openStore({ config, say: terminal.say, signal, shared: true });
  const asker = askStore(store.connection, config, signal);
  return { ask: asker.ask, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
}

/** @throws StartError where it is no address */
export function checkedUrl(url: string): string {
  if (URL.canParse(url) && /^https?:/.test(url)) return url;
  throw new StartError(`"${url}" is no address of a server. Give one such as --url http://127.0.0.1:4000.`);
}

/** The key to ask with. @throws StartError where its file cannot be read */
export function keyOf({ key }: AskingOptions, config: Pick<Config, 'CONCORDAT_KEY'>): string | undefined {
  if (!key?.startsWith('@')) return key ?? config.CONCORDAT_KEY;
  try {
    return readFileSync(key.slice(1), 'utf8').trim();
  } catch (cause) {
    throw new StartError(`The key cannot be read from ${key.slice(1)}: ${(cause as Error).message}`, { cause });
  }
}
